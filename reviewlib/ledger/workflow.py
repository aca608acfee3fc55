"""The steps a problem or a task may take, and what closing needs.

    草稿 ▶ 待审核 ▶ 整改中 ▶ 待销号 ▶ 已销号        returned: 待销号 ▶ 整改中
             │  └──▶ 已驳回 ▶ 草稿                  reopened: 已销号 ▶ 整改中
             └──▶ 挂账 ◀─▶ 整改中
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reviewlib.findings.verifiers import is_owners_own
from reviewlib.ledger.rows import words
from reviewlib.schema import vocabularies as v

STEPS: dict[str, tuple[str, ...]] = {
    "draft": ("to_review",),
    "to_review": ("in_progress", "rejected", "pending_city"),
    "in_progress": ("to_close", "pending_city"),
    "to_close": ("closed", "in_progress"),
    "pending_city": ("in_progress",),
    "rejected": ("draft",),
    "closed": ("in_progress",),
}
"""Status → the statuses one step may lead to; the same for problems and tasks."""

STEPPED = ("problems", "tasks")
"""The tables whose `status` walks these steps."""

CRITERIA = ("closure_leadership", "closure_capacity", "closure_plan", "closure_monitoring",
            "closure_result")  # fmt: skip
"""The five closure criteria of a problem."""


@dataclass(frozen=True)
class Fault:
    """One way a row breaks the rules: the column to look at, and the sentence in both languages."""

    column: str
    zh: str
    en: str


def is_return(old: str | None, new: str | None) -> bool:
    """True where a step sends work back from the check of its closure."""
    return (old, new) == ("to_close", "in_progress")


def is_reopening(old: str | None, new: str | None) -> bool:
    """True where a step takes up again what was closed."""
    return (old, new) == ("closed", "in_progress")


def step_fault(old: str | None, new: str | None) -> Fault | None:
    """Return what is wrong with a change of status; None where the step is permitted."""
    if old is None or new is None or old == new or new in STEPS.get(old, ()):
        return None
    label = v.LEDGER_STATUS.label
    allowed = STEPS.get(old, ())
    return Fault(
        "status",
        f"“{label(old)}”不能直接转为“{label(new)}”；可转为：{'、'.join(map(label, allowed))}",
        f"{label(old, 'en')} cannot become {label(new, 'en')}; it can become "
        + ", ".join(label(code, "en") for code in allowed),
    )


def closing_faults(table: str, row: Mapping[str, str], owner_names: tuple[str, ...] = ()) -> list:
    """Return what a closed row lacks: evidence, verifier other than the owner, date.

    Parameters
    ----------
    table : str
        problems or tasks.
    row : mapping
        Plain row.
    owner_names : tuple of str
        Names of the responsible department, to know it in a verifier's post.
    """
    if row.get("status") != "closed":
        return []
    needed = (("evidence_ref", "销号佐证", "evidence"), ("closed_on", "销号日期", "a date"),
              ("verified_by_role", "销号审核岗位", "a verifier"))  # fmt: skip
    faults = [
        Fault(name, f"已销号，但缺少{zh}", f"Closed without {en}")
        for name, zh, en in needed if not row.get(name)
    ]  # fmt: skip
    return faults + _verifier_faults(table, row, owner_names)


def _verifier_faults(table: str, row: Mapping[str, str], owner_names: tuple[str, ...]) -> list:
    role, dept = row.get("verified_by_role", ""), row.get("verified_by_dept", "")
    owner, owner_role = row.get("owner", ""), row.get("owner_role", "")
    if not is_owners_own(dept, role, owner, owner_role, owner_names):
        return []
    return [Fault(
        "verified_by_dept" if dept else "verified_by_role",
        f"销号审核不能由责任单位自己进行（{words(table, 'verified_by_role', role) or dept}）",
        f"The verifier must not be the owner ({role or dept})",
    )]  # fmt: skip


def held_back(
    table: str, old: Mapping[str, str], new: Mapping[str, str], owner_names: tuple[str, ...] = ()
) -> list[Fault]:
    """Return why a change of status is not taken in; empty where it may be.

    A row's other fields are taken in all the same.
    """
    if table not in STEPPED or old.get("status") == new.get("status"):
        return []
    step = step_fault(old.get("status"), new.get("status"))
    return [step] if step else closing_faults(table, new, owner_names)
