"""Measures of dimension A: is the reform plan carried out (落实机构改革方案)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewlib.rubric import Indicator, meets
from reviewlib.schema.checks import FORMALITIES
from reviewlib.scoring.facts import facts_of
from reviewlib.scoring.measures.base import GAINING, measure, tally, where
from reviewlib.scoring.returns import Returns

"""The four formalities of a staff transfer (转隶手续)."""


@measure("profiles", "nameplate_done_on")
def stand_up(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Credit the four steps of standing up (组建): on time, a little late, or not.

    A step done after the cut-off date is not done yet; one without a planned date is on time.
    """
    review, profiles, items = returns.review, returns.profiles, indicator.scale.items
    due = profiles[[f"{item.id}_due_on" for item in items]].to_numpy()
    told = profiles[[f"{item.id}_done_on" for item in items]].to_numpy()
    done = np.where(told <= np.datetime64(review.settings.cutoff_on), told, np.datetime64("NaT"))
    days_late = (done - due) / np.timedelta64(1, "D")
    is_unplanned = np.isnat(due) & ~np.isnat(done)
    credit = np.select(
        [(days_late <= 0) | is_unplanned, days_late <= float(indicator.parameters["late_days"])],
        [1.0, float(indicator.parameters["late_credit"])],
    )
    facts = facts_of(review).reindex(profiles.index).to_dict("records")
    applies = [meets(item.applies, one) for one in facts for item in items]
    applies = np.array(applies, dtype=bool).reshape(credit.shape)
    return _checklist(profiles.index, applies, credit, np.isnat(due) & np.isnat(done))


@measure("profiles", "funds_state")
def assets_handed_over(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Credit the handover of budget, assets and accommodation (经费、资产、办公用房移交)."""
    items, in_progress = indicator.scale.items, float(indicator.parameters["in_progress_credit"])
    states = returns.profiles[[f"{item.id}_state" for item in items]].to_numpy(dtype=object)
    credit = np.select([states == "done", states == "in_progress"], [1.0, in_progress])
    return _checklist(returns.profiles.index, states != "not_applicable", credit, pd.isna(states))


def _checklist(
    departments: pd.Index, applies: np.ndarray, credit: np.ndarray, is_blank: np.ndarray
) -> pd.DataFrame:
    """Add up the items that apply (department × item).

    All of them blank: not reported. Some blank: they earn nothing, provisionally.
    """
    num, den = (credit * applies).sum(axis=1), applies.sum(axis=1)
    blank = (is_blank & applies).sum(axis=1)
    is_empty = (blank >= den) & (den > 0)
    told = pd.DataFrame({"num": num, "den": den, "blank": blank}, departments, dtype=float)
    return told[~is_empty]


@measure("staff_transfers", "done_count", GAINING)
def staff_transferred(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count staff transferred over staff due, as the gaining department reports (人员转隶)."""
    rows = returns.review.staff_transfers
    gained = rows["reported_by"] == "gaining"
    return tally(
        returns, "staff_transfers", gained, ["due_count", "done_count"],
        num=rows["done_count"], den=rows["due_count"],
    )  # fmt: skip


@measure("staff_transfers", "realname_done_count", GAINING)
def transfer_formalities(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count formalities completed over formalities due (转隶手续): four for each person due.

    A formality left blank is left out of both.
    """
    rows = returns.review.staff_transfers
    gained = rows["reported_by"] == "gaining"
    done = rows[list(FORMALITIES)]
    due = rows["due_count"] * done.notna().sum(axis=1)
    return tally(
        returns, "staff_transfers", gained & done.notna().any(axis=1), ["due_count"],
        num=done.sum(axis=1), den=due,
    )  # fmt: skip


@measure("duty_transfers", "status", GAINING)
def duties_transferred(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count duties in place, as the gaining department reports; those the city holds up are out."""
    rows = returns.review.duty_transfers
    status, gained = rows["status"], rows["reported_by"] == "gaining"
    partial = float(indicator.parameters["partial_credit"])
    return tally(
        returns, "duty_transfers", gained, ["status"],
        num=(status == "done") + partial * (status == "partial"),
        den=status != "pending_city",
        pending=status == "pending_city",
    )  # fmt: skip


@measure("duty_transfers", "posts_done_count", GAINING)
def posts_followed(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count posts moved with duties over posts due, as the gaining department reports."""
    rows = returns.review.duty_transfers
    gained = rows["reported_by"] == "gaining"
    counts = rows[["posts_count", "posts_done_count"]]
    return tally(
        returns, "duty_transfers", gained & counts.notna().any(axis=1), list(counts),
        num=rows["posts_done_count"], den=rows["posts_count"],
    )  # fmt: skip


@measure("other_counts", "num", where("count_item", "archives"))
def archives_handed_over(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count record classes handed over over those due (档案文书移交)."""
    return returns.counts("archives")


@measure("profiles", "subordinates_done_count")
def subordinates_realigned(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count subordinate institutions realigned over those due (所属事业单位调整)."""
    counts = returns.profiles[["subordinates_done_count", "subordinates_due_count"]]
    done, due = counts.to_numpy(dtype=float, na_value=np.nan).T
    num = np.where(np.isnan(done) & (due == 0), 0.0, done)
    return pd.DataFrame({"num": num, "den": due}, index=counts.index)
