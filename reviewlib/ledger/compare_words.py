"""The words of a comparison of two rounds: lineage, change, reasons, what became of a problem."""

from __future__ import annotations

from reviewlib.schema.model import Vocabulary

LINEAGE = Vocabulary.of(
    "lineage", "沿革", "Lineage",
    ("same", "未变", "unchanged"), ("renamed", "更名", "renamed"), ("merged", "合并", "merged"),
    ("split", "拆分", "split"), ("new", "新设", "new"),
    ("ended", "本轮未列入名册", "not on the later roster"),
)  # fmt: skip
MOVED = Vocabulary.of(
    "moved", "变化", "Change",
    ("better", "上升", "better"), ("worse", "下降", "worse"), ("same", "持平", "unchanged"),
)  # fmt: skip
WHY_NOT = Vocabulary.of(
    "why_not", "不可比原因", "Why not comparable",
    ("lineage", "部门有合并、拆分或新设", "merged, split or new since"),
    ("rubric", "评分表口径不同", "the rubric measures otherwise"),
    ("mode", "回访方式不同", "visited in one round, self-assessed in the other"),
    ("coverage", "至少一轮覆盖不足，暂不评定", "not rated in one of the rounds"),
    ("not_scored", "至少一轮没有得分", "not scored in one of the rounds"),
)  # fmt: skip
STATE = Vocabulary.of(
    "problem_state", "问题延续情况", "What became of the problem",
    ("came_back", "已销号后再现", "closed, and came back"),
    ("persistent", "持续存在", "persistent"),
    ("new", "新增", "new"),
    ("stayed_closed", "已销号未再现", "closed, and stayed so"),
    ("not_seen", "上轮未销号，本轮未列入", "open then, not listed now"),
)  # fmt: skip
SUBJECT = Vocabulary.of(
    "compared_subject", "对象", "Subject",
    ("band", "评定", "band"), ("share", "得分率", "shares"),
)  # fmt: skip
