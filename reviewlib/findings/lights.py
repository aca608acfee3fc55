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

import pandas as pd

from reviewlib.findings.verifiers import verified_by_owner
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


def reckoned(
    records: pd.DataFrame, as_of: pd.Timestamp, departments: pd.DataFrame
) -> pd.DataFrame:  # fmt: skip
    """Return tasks or problems with `status`, `is_closed` and `closed_on` as they stood at `as_of`.

    A row that claims closure without evidence, verifier (other than the owner) or date counts as
    待销号 (`is_closure_incomplete`), whether it still says 已销号 or was set back when it was read;
    one closed after `as_of` was still in progress then.
    """
    is_later = records["closed_on"] > as_of
    is_signed = records["closed_on"].notna() | records["verified_by_role"].notna()
    set_back = (records["status"] == "to_close") & is_signed
    claimed = ((records["status"] == "closed") | set_back) & ~is_later
    verified = records["verified_by_role"].notna() & ~verified_by_owner(records, departments)
    complete = verified & records["evidence_ref"].notna() & records["closed_on"].notna()
    is_closed = claimed & complete & ~set_back
    status = records["status"].mask(claimed & ~is_closed, "to_close")
    return records.assign(
        status=status.mask((records["status"] == "closed") & is_later, "in_progress"),
        is_closed=is_closed.astype("boolean"),
        is_closure_incomplete=(claimed & ~complete).astype("boolean"),
        closed_on=records["closed_on"].where(is_closed),
    )


def measured(tasks: pd.DataFrame, reports: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Add what the rules compare: days, elapsed share, the last report known at `as_of`.

    Parameters
    ----------
    tasks : DataFrame
        Rows of `reckoned`, with `start_on` and `due_on`.
    reports : DataFrame
        Follow-ups (整改跟踪) of any date.
    as_of : Timestamp
        Date of reckoning.

    Returns
    -------
    DataFrame
        `tasks` with `days_left` (below 0 when overdue)`, elapsed_share` (0–1)`, progress_share`
        (of the last report; the task's own where no report exists at all)`, last_reported_on,
        silent_days` (since the last report, or since the start)`, last_progress_text, obstacle,
        can_unblock, is_decision_asked, next_step, reviewer_opinion`.
    """
    last = _last_reports(reports, as_of)
    own = tasks["progress_share"].mask(tasks["task_id"].isin(reports["task_id"]))
    frame = tasks.drop(columns="progress_share").merge(last, on="task_id", how="left")
    frame["progress_share"] = frame["progress_share"].fillna(own.reset_index(drop=True))
    heard_on = frame["last_reported_on"].fillna(frame["start_on"])
    return frame.assign(
        days_left=_days(frame["due_on"] - as_of),
        elapsed_share=_elapsed(frame["start_on"], frame["due_on"], as_of),
        silent_days=_days(as_of - heard_on).clip(lower=0),
    )


def lit(tasks: pd.DataFrame, lights: Lights) -> pd.DataFrame:
    """Give each task its `light`, the `reason` for it, and all `reasons` to be alarmed.

    Parameters
    ----------
    tasks : DataFrame
        As `measured` returns them.
    lights : Lights
        Thresholds: days, points, times.

    Returns
    -------
    DataFrame
        `tasks` with `light` (green, yellow, red, grey; missing for a rejected task, which is no
        longer anyone's to do)`, reason` (the rule that decided)`, reasons` (of a red or yellow
        light every alarming rule that applies, joined by ";"; overdue implies due soon and behind).
    """
    applies = pd.DataFrame(
        {reason: mask.fillna(False).astype(bool) for reason, mask in _rules(tasks, lights).items()},
        columns=list(RULES), index=tasks.index,
    )  # fmt: skip
    reason = applies.idxmax(axis=1) if len(tasks) else pd.Series(index=tasks.index)
    reason = reason.astype("str").where(tasks["status"] != "rejected")
    light = reason.map(RULES).astype("str")
    rows = zip(applies.to_dict("records"), reason.fillna(""), strict=True)
    reasons = [";".join(_reasons(row, first)) for row, first in rows]
    reasons = pd.Series(reasons, index=tasks.index, dtype="str").where(light.notna())
    return tasks.assign(light=light, reason=reason, reasons=reasons)


def _reasons(applies: dict[str, bool], first: str) -> list[str]:
    """Return the reason that decided and, of an alarming light, the others that apply as well."""
    if RULES.get(first) not in ALARMING:
        return [first]
    implied = ("due_soon", "behind") if first == "overdue" else ()
    return [r for r in RULES if applies[r] and RULES[r] in ALARMING and r not in implied]


def worst_of(lights: pd.Series) -> object:
    """Return the worst of some lights; missing where there is none."""
    present = set(lights.dropna())
    return next((light for light in WORST_FIRST if light in present), float("nan"))


def _rules(tasks: pd.DataFrame, lights: Lights) -> dict[str, pd.Series]:
    """Say for every rule where it applies; `on_track` applies where none of the others does."""
    elapsed = tasks["elapsed_share"].astype("Float64")
    behind = (elapsed - tasks["progress_share"].astype("Float64").fillna(0)) * 100
    obstacle = tasks["obstacle"].str.strip().str.rstrip("。")
    return {
        "closed": tasks["is_closed"],
        "pending_city": tasks["status"] == "pending_city",
        "long_term": tasks["rectification_type"] == "long_term",
        "overdue": tasks["days_left"] < 0,
        "returned": tasks["returned_count"] >= lights.returned_times,
        "closure_incomplete": tasks["is_closure_incomplete"],
        "due_soon": tasks["days_left"] <= lights.due_soon_days,
        "behind": behind.round(6) > lights.behind_points,  # 0.7 − 0.5 is not quite 0.2
        "silent": tasks["silent_days"] >= lights.silent_days,
        "obstacle": obstacle.notna() & ~obstacle.isin(NO_OBSTACLE),
        "on_track": pd.Series(True, index=tasks.index),
    }


def _last_reports(reports: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the last report of each task that was known at `as_of`."""
    known = reports[reports["reported_on"] <= as_of].sort_values("reported_on", kind="stable")
    last = known.drop_duplicates("task_id", keep="last")
    names = {"reported_on": "last_reported_on", "progress_text": "last_progress_text"}
    kept = ["task_id", "reported_on", "progress_text", "progress_share", "obstacle",
            "can_unblock", "is_decision_asked", "next_step", "reviewer_opinion"]  # fmt: skip
    return last[kept].rename(columns=names)


def _days(span: pd.Series) -> pd.Series:
    return span.dt.days.astype("Int64")


def _elapsed(start_on: pd.Series, due_on: pd.Series, as_of: pd.Timestamp) -> pd.Series:
    """Return the share of the term that has passed, 0–1; missing where a date is."""
    whole = _days(due_on - start_on).astype("Float64")
    passed = _days(as_of - start_on).astype("Float64")
    share = (passed / whole.where(whole > 0)).clip(0, 1)
    at_once = (whole <= 0).fillna(False)
    return share.mask(at_once, (passed >= 0).astype("Float64"))
