"""The note behind an answer (附注): it only explains, or it takes back what it stands behind.

完成（见附件） is done. 完成（3人未到位） may be done, in part or not at all: only its writer knows.
"""

from __future__ import annotations

import re

AFFIRMING = frozenset(("done", "both", "clear", "met", "closed", "adopted", "ample"))
"""Values of closed lists that say “yes, in full”: a note that denies something contradicts them."""

HARMLESS = re.compile(
    "无(异议|遗留|争议|问题|误|变化|偿|障碍|线|人机)|没有(异议|遗留|争议|问题)|不(动产|断|仅|但|再)"
    "|未(成年|来)|待遇|[接招]待|差(旅|额|别)|出差|[消排解清拆]除|统筹|时尚"
)
"""Words that hold one of the characters below and deny nothing."""
RESTRICTS = re.compile(r"但|不过|仅|只|除|部分|其余|个别|基本|一半|[?？]|存疑")
"""Said of part of it, or not quite: behind a yes and a no alike."""
DENIES = re.compile(
    r"[未没无不差缺欠待尚还暂剩]|余下|正在|筹[建备办]|拟|预计|将[于在]|争取|征求意见|草案"
    r"|(?<!按)计划(?!内)|撤销|取消|作废|废止"
    r"|(办理|推进|进行|审核|审批|协调|协商|建设|整改|制定|研究|交接|划转)中"
)
"""Not, not yet, short of: behind a yes."""
PROGRESS = re.compile(r"(\d+(?:\.\d+)?)%")
SOME_OF_ALL = re.compile(r"(?<![\d/.-])(\d{1,9})/(\d{1,9})(?![\d/.-])")


def takes_back(note: str, *, is_yes: bool) -> bool:
    """Say whether a note restricts or denies the answer it stands behind.

    Parameters
    ----------
    note : str
        In its plain form, without white space.
    is_yes : bool
        Whether the answer affirms; behind a no a negation only repeats it.
    """
    said = HARMLESS.sub("", note)
    if RESTRICTS.search(said):
        return True
    return is_yes and bool(DENIES.search(said) or _is_short(said))


def _is_short(note: str) -> bool:
    """Say whether a note tells of less than all: 80%, 8/10."""
    return any(float(share[1]) < 100 for share in PROGRESS.finditer(note)) or any(
        int(some[1]) < int(some[2]) for some in SOME_OF_ALL.finditer(note)
    )
