"""Measures of dimension A: is the reform plan carried out (落实机构改革方案)."""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.rubric import Indicator, meets
from reviewlib.scoring.facts import facts_of
from reviewlib.scoring.measures.base import GAINING, count_of, measure, tally, where

FORMALITIES = ("realname_done_count", "payroll_done_count", "party_done_count", "file_done_count")
"""The four formalities of a staff transfer (转隶手续)."""

NO_MATTER_NOTE = ("未填 {n} 项，按未完成计", "{n} item(s) left blank, counted as not done")


@measure("profiles", "nameplate_done_on")
def stand_up(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Credit the four steps of standing up (组建): on time, a little late, or not.

    A step done after the cut-off date is not done yet; one without a planned date is on time.
    """
    cutoff = pd.Timestamp(review.settings.cutoff_on)
    late_days = float(indicator.parameters["late_days"])
    late_credit = float(indicator.parameters["late_credit"])
    profiles = review.profiles.drop_duplicates("dept_code").set_index("dept_code")
    facts = facts_of(review).reindex(profiles.index).to_dict("index")
    num, den, blank = (pd.Series(0.0, index=profiles.index) for _ in range(3))
    for item in indicator.scale.items:
        due, done = profiles[f"{item.id}_due_on"], profiles[f"{item.id}_done_on"]
        done = done.where(done <= cutoff)
        days = (done - due).dt.days
        credit = pd.Series(0.0, index=profiles.index)
        credit = credit.mask(days <= late_days, late_credit)
        credit = credit.mask((days <= 0) | (done.notna() & due.isna()), 1.0)
        applies = pd.Series([meets(item.applies, facts[code]) for code in profiles.index],
                            index=profiles.index)  # fmt: skip
        num, den = num + credit.where(applies, 0.0), den + applies
        blank += (due.isna() & done.isna() & applies).astype(float)
    return _checklist(num, den, blank)


@measure("profiles", "funds_state")
def assets_handed_over(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Credit the handover of budget, assets and accommodation (经费、资产、办公用房移交)."""
    credits = {"done": 1.0, "in_progress": float(indicator.parameters["in_progress_credit"])}
    profiles = review.profiles.drop_duplicates("dept_code").set_index("dept_code")
    states = profiles[[f"{item.id}_state" for item in indicator.scale.items]]
    applies = states != "not_applicable"
    gained = sum(states[name].map(credits).fillna(0.0).astype(float) for name in states)
    return _checklist(gained, applies.sum(axis=1), states.isna().sum(axis=1))


def _checklist(num: pd.Series, den: pd.Series, blank: pd.Series) -> pd.DataFrame:
    """All items blank: not reported. Some blank: they earn nothing, provisionally."""
    is_empty = (blank >= den) & (den > 0)
    some = (blank > 0) & ~is_empty
    notes = {
        f"note_{lang}": blank.map(lambda n, words=words: words.format(n=int(n))).where(some)
        for lang, words in zip(("zh", "en"), NO_MATTER_NOTE, strict=True)
    }
    return pd.DataFrame(
        {"num": num.where(~is_empty), "den": den.astype(float).where(~is_empty),
         "is_provisional": some} | notes
    )  # fmt: skip


@measure("staff_transfers", "done_count", GAINING)
def staff_transferred(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Count staff transferred over staff due, as the gaining department reports (人员转隶)."""
    rows = review.staff_transfers
    gained = rows["reported_by"] == "gaining"
    return tally(
        review, "staff_transfers", gained, ["due_count", "done_count"],
        num=rows["done_count"], den=rows["due_count"],
    )  # fmt: skip


@measure("staff_transfers", "realname_done_count", GAINING)
def transfer_formalities(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Count formalities completed over formalities due (转隶手续): four for each person due.

    A formality left blank is left out of both.
    """
    rows = review.staff_transfers
    gained = rows["reported_by"] == "gaining"
    done = rows[list(FORMALITIES)]
    due = rows["due_count"] * done.notna().sum(axis=1)
    return tally(
        review, "staff_transfers", gained & done.notna().any(axis=1), ["due_count"],
        num=done.sum(axis=1), den=due,
    )  # fmt: skip


@measure("duty_transfers", "status", GAINING)
def duties_transferred(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Count duties in place, as the gaining department reports; those the city holds up are out."""
    rows = review.duty_transfers
    status, gained = rows["status"], rows["reported_by"] == "gaining"
    partial = float(indicator.parameters["partial_credit"])
    counts = tally(
        review, "duty_transfers", gained, ["status"],
        num=(status == "done") + partial * (status == "partial"),
        den=status != "pending_city",
        pending=status == "pending_city",
    )  # fmt: skip
    return without_city(counts)


def without_city(counts: pd.DataFrame) -> pd.DataFrame:
    """Say how many matters wait for the city; where all of them do, the indicator waits too."""
    pending, some = counts["pending"], counts["pending"] > 0
    answer = pd.Series("pending_city", index=counts.index).where((counts["den"] <= 0) & some)
    counts = counts.drop(columns="pending").assign(answer=answer)
    for name, words, glue in (
        ("note_zh", "待市级明确 {:.0f} 项，不计入", "；"),
        ("note_en", "{:.0f} pending at city level, left out", "; "),
    ):
        said = counts[name] if name in counts else [None] * len(counts)
        notes = [(words.format(n) if n > 0 else None, other)
                 for n, other in zip(pending, said, strict=True)]  # fmt: skip
        counts[name] = [glue.join(part for part in pair if isinstance(part, str)) or None
                        for pair in notes]  # fmt: skip
    return counts


@measure("duty_transfers", "posts_done_count", GAINING)
def posts_followed(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Count posts moved with duties over posts due, as the gaining department reports."""
    rows = review.duty_transfers
    gained = rows["reported_by"] == "gaining"
    counts = rows[["posts_count", "posts_done_count"]]
    return tally(
        review, "duty_transfers", gained & counts.notna().any(axis=1), list(counts),
        num=rows["posts_done_count"], den=rows["posts_count"],
    )  # fmt: skip


@measure("other_counts", "num", where("count_item", "archives"))
def archives_handed_over(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Count record classes handed over over those due (档案文书移交)."""
    return pd.DataFrame(
        {"num": count_of(review, "archives"), "den": count_of(review, "archives", "den")}
    )


@measure("profiles", "subordinates_done_count")
def subordinates_realigned(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Count subordinate institutions realigned over those due (所属事业单位调整)."""
    profiles = review.profiles.drop_duplicates("dept_code").set_index("dept_code")
    due = profiles["subordinates_due_count"].astype("Float64").astype(float)
    done = profiles["subordinates_done_count"].astype("Float64").astype(float)
    return pd.DataFrame({"num": done.where(done.notna() | (due != 0), 0.0), "den": due})
