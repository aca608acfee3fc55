"""The light of a task (红黄绿灰灯): one rule a line, the first that applies.

    green    closed, with evidence, a verifier other than the owner, and a date
    grey     pending at city level, or long-term
    red      overdue, or returned too often
    yellow   closure claimed but incomplete, due soon, behind, silent, or an open obstacle
    green    otherwise

Thresholds come from `settings.lights`; everything is reckoned at `as_of`, so that a date in the
past shows what was known then: no later report, no later closure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter

import pandas as pd

from reviewlib.findings.records import Reckoning, Record
from reviewlib.findings.verifiers import is_owners_own
from reviewlib.findings.vocabularies import LIGHT_REASON
from reviewlib.review.settings import Lights

RULES = {
    "closed": "green",
    "pending_city": "grey",
    "long_term": "grey",
    "overdue": "red",
    "returned": "red",
    "closure_incomplete": "yellow",
    "due_soon": "yellow",
    "behind": "yellow",
    "silent": "yellow",
    "obstacle": "yellow",
    "on_track": "green",
}
"""Light by reason, in the order the rules are tried."""

WORST_FIRST = ("red", "yellow", "grey", "green")
"""Lights from worst to best: a problem has the first of these that one of its tasks has."""

ALARMING = ("red", "yellow")
"""Lights that ask somebody to act."""

NO_OBSTACLE = ("无", "暂无", "没有", "无障碍", "不涉及")
"""What is written where there is no obstacle."""

assert tuple(RULES) == LIGHT_REASON.codes

DTYPES = {
    "is_closed": "boolean", "is_closure_incomplete": "boolean", "closed_on": "datetime64[us]",
    "days_left": "Int64", "elapsed_share": "Float64", "progress_share": "Float64",
    "last_reported_on": "datetime64[us]", "silent_days": "Int64", "is_decision_asked": "boolean",
}  # fmt: skip
"""Dtypes of what `lit` adds; all else it adds is text."""

REPORTED = ("progress_text", "obstacle", "can_unblock", "is_decision_asked", "next_step",
            "reviewer_opinion")  # fmt: skip
"""What a task takes over from its last report, besides its day and the progress."""


def lit(record: Record, by: Reckoning, reports: Sequence[Record] = ()) -> Record:
    """Return a task or a problem as it stood at `by.as_of`, with its light.

    Parameters
    ----------
    record : Record
        Of the ledger, with `start_on`.
    by : Reckoning
    reports : sequence of Record
        Its follow-ups, of any date.

    Returns
    -------
    Record
        As `stood`, `measured` and `lighted` add to it; no days are left of what is closed.
    """
    record = record | stood(record, by)
    record = record | measured(record, by.as_of, reports)
    record = record | lighted(record, by.lights)
    return record | {"days_left": None} if record["is_closed"] else record


def stood(record: Record, by: Reckoning) -> Record:
    """Return `status, is_closed, is_closure_incomplete, closed_on` as they stood at `by.as_of`.

    A record that claims closure without evidence, verifier (other than the owner) or date counts as
    待销号 (`is_closure_incomplete`), whether it still says 已销号 or was set back when it was read;
    one closed after `as_of` was still in progress then.
    """
    status, closed_on, verifier = record["status"], record["closed_on"], record["verified_by_role"]
    is_later = closed_on is not None and closed_on > by.as_of
    is_signed = closed_on is not None or verifier is not None
    is_set_back = status == "to_close" and is_signed
    is_claimed = (status == "closed" or is_set_back) and not is_later
    is_verified = verifier is not None and not _is_verified_by_owner(record, by)
    is_complete = is_verified and record["evidence_ref"] is not None and closed_on is not None
    is_closed = is_claimed and is_complete and not is_set_back
    if status == "closed" and not is_closed:
        status = "in_progress" if is_later else "to_close"
    return {
        "status": status, "is_closed": is_closed, "closed_on": closed_on if is_closed else None,
        "is_closure_incomplete": is_claimed and not is_complete,
    }  # fmt: skip


def _is_verified_by_owner(record: Record, by: Reckoning) -> bool:
    told = ("verified_by_dept", "verified_by_role", "owner", "owner_role")
    return is_owners_own(*(record.get(name) or "" for name in told),
                         by.owner_names.get(record["owner"], ()))  # fmt: skip


def measured(record: Record, as_of: pd.Timestamp, reports: Sequence[Record]) -> Record:
    """Return what the rules compare: days, elapsed share, the last report known at `as_of`.

    Returns
    -------
    Record
        `days_left` (below 0 when overdue)`, elapsed_share` (0–1)`, progress_share` (of the last
        report; the task's own where no report exists at all)`, last_reported_on, silent_days`
        (since the last report, or since the start)`, last_progress_text` and the others of
        `REPORTED`.
    """
    known = [one for one in reports if _is_by(one["reported_on"], as_of)]
    last = max(reversed(known), key=itemgetter("reported_on"), default={})
    progress = last.get("progress_share") if reports else record.get("progress_share")
    told = {name: last.get(name) for name in REPORTED}
    silent = _days(last.get("reported_on", record["start_on"]), as_of)
    return {
        "days_left": _days(as_of, record["due_on"]),
        "elapsed_share": _elapsed(record["start_on"], record["due_on"], as_of),
        "progress_share": progress,
        "last_reported_on": last.get("reported_on"),
        "silent_days": None if silent is None else max(silent, 0),
        "last_progress_text": told.pop("progress_text"),
        **told,
    }


def _is_by(day: pd.Timestamp | None, as_of: pd.Timestamp) -> bool:
    return day is not None and day <= as_of


def _days(first: pd.Timestamp | None, last: pd.Timestamp | None) -> int | None:
    return None if first is None or last is None else (last - first).days


def _elapsed(
    start_on: pd.Timestamp | None, due_on: pd.Timestamp | None, as_of: pd.Timestamp
) -> float | None:
    """Return the share of the term that has passed, 0–1; missing where a date is."""
    whole, passed = _days(start_on, due_on), _days(start_on, as_of)
    if whole is None:
        return None
    if whole <= 0:  # due at once
        return float(passed >= 0)
    return min(max(passed / whole, 0.0), 1.0)


def lighted(record: Record, lights: Lights) -> Record:
    """Return the light of a record that is measured, the reason for it, all reasons to be alarmed.

    Returns
    -------
    Record
        `light` (green, yellow, red, grey; missing for a rejected task, which is no longer anyone's
        to do)`, reason` (the rule that decided)`, reasons` (of a red or yellow light every
        alarming rule that applies, joined by ";"; overdue implies due soon and behind).
    """
    if record["status"] == "rejected":
        return dict.fromkeys(("light", "reason", "reasons"))
    applies = _rules(record, lights)
    first = next(reason for reason in RULES if applies[reason])
    told = [first]
    if RULES[first] in ALARMING:
        implied = ("due_soon", "behind") if first == "overdue" else ()
        told = [one for one in RULES
                if applies[one] and RULES[one] in ALARMING and one not in implied]  # fmt: skip
    return {"light": RULES[first], "reason": first, "reasons": ";".join(told)}


def _rules(record: Record, lights: Lights) -> dict[str, bool]:
    """Say for every rule whether it applies; `on_track` where none of the others does."""
    left, silent, elapsed = record["days_left"], record["silent_days"], record["elapsed_share"]
    behind = None if elapsed is None else (elapsed - (record["progress_share"] or 0)) * 100
    return {
        "closed": record["is_closed"],
        "pending_city": record["status"] == "pending_city",
        "long_term": record["rectification_type"] == "long_term",
        "overdue": left is not None and left < 0,
        "returned": _reaches(record["returned_count"], lights.returned_times),
        "closure_incomplete": record["is_closure_incomplete"],
        "due_soon": left is not None and left <= lights.due_soon_days,
        "behind": _exceeds(behind, lights.behind_points),
        "silent": _reaches(silent, lights.silent_days),
        "obstacle": _is_obstacle(record["obstacle"]),
        "on_track": True,
    }


def _reaches(count: int | None, least: int) -> bool:
    return count is not None and count >= least


def _exceeds(points: float | None, most: float) -> bool:
    return points is not None and round(points, 6) > most  # 0.7 − 0.5 is not quite 0.2


def _is_obstacle(text: str | None) -> bool:
    return text is not None and text.strip().rstrip("。") not in NO_OBSTACLE


def worst_of(lights: Iterable[object]) -> str | None:
    """Return the worst of some lights; None where there is none."""
    present = set(lights)
    return next((light for light in WORST_FIRST if light in present), None)
