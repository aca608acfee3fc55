"""The ledger over time: earlier days, burn-down, ageing, flow."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from ledgers_by_hand import Desk, frames, problem, review_of, task
from pandas.testing import assert_frame_equal

from reviewlib.findings import problems, rectification, totals
from reviewlib.ledger.course import age_counts, ageing, burn_down, change, flow
from reviewlib.ledger.history import rebuild
from reviewlib.ledger.past import event_frame, ledger_at

CLOSED = {"status": "closed", "evidence_ref": "佐证", "verified_by_role": "编办督查岗",
          "verified_by_dept": "DP02"}  # fmt: skip
LINKS = {
    "recommendations": [
        {"rec_id": "R-01", "strand": "establishment", "text": "一", "lead_dept": "DP02",
         "status": "adopted"},
        {"rec_id": "R-02", "strand": "functions", "text": "二", "lead_dept": "DP02",
         "status": "adopted"},
    ],
    "problem_recs": [{"problem_id": "P-01", "rec_id": "R-01"},
                     {"problem_id": "P-01", "rec_id": "R-02"},
                     {"problem_id": "P-02", "rec_id": "R-01"}],
}  # fmt: skip


def step(desk: Desk, day: str, row: int, **fields) -> None:
    """Change one problem and take it in on a day."""
    changed = desk.copy()
    for column, value in fields.items():
        changed["problems"].loc[row, column] = value
    desk.merge(desk.book(changed), as_of=day)


@pytest.fixture
def told() -> Desk:
    """P-01 closed in September and reopened in October; P-02 pending at the city since August."""
    desk = Desk().begin(problems=[problem(1), problem(2, resolution_level="city")], **LINKS)
    step(desk, "2025-08-20", 1, status="pending_city")
    step(desk, "2025-09-10", 0, status="to_close")
    step(desk, "2025-09-12", 0, **CLOSED, closed_on=pd.Timestamp("2025-09-12"))
    step(desk, "2025-10-08", 0, status="in_progress", closed_on=pd.NaT)
    return desk


def review_at(desk: Desk, as_of: str = "2025-10-31"):
    """A review with a ledger and its log."""
    ledger = desk.frames | {"ledger_events": event_frame(desk.log)}
    return review_of(ledger, settings={"as_of": as_of})


@pytest.mark.parametrize("day", [date(2025, 8, 1), date(2025, 8, 25), date(2025, 9, 30),
                                 date(2025, 10, 31)])  # fmt: skip
def test_the_frame_of_events_rebuilds_what_the_log_does(told, day):
    """A notebook that holds only the snapshot sees the same earlier ledger as the log's reader."""
    found = ledger_at(review_at(told), day)

    for name, frame in rebuild(told.log, day, "ledger-log.jsonl").items():
        assert_frame_equal(found.frames[name], frame)
    assert found.settings.as_of == day


def test_an_earlier_day_knows_nothing_later(told):
    """Looking back from September, the reopening of October is not on the log."""
    then = ledger_at(review_at(told), date(2025, 9, 30))

    assert then.problems.loc[0, "status"] == "closed"
    assert then.ledger_events["dated_on"].max() == pd.Timestamp("2025-09-12")


def test_a_rekeyed_row_is_rebuilt_once(desk):
    """A finding given its problem does not stand in the rebuilt ledger twice."""
    desk.begin(problem_findings=[{"finding_id": "F-001", "status": "unmerged"}])
    changed = desk.copy()
    changed["problem_findings"].loc[0, ["problem_id", "status"]] = ["P-01", "merged"]
    desk.merge(desk.book(changed))

    found = ledger_at(review_at(desk), date(2025, 10, 31)).problem_findings

    assert found[["finding_id", "problem_id"]].to_numpy().tolist() == [["F-001", "P-01"]]


def test_burn_down(told):
    """Each month end shows the ledger as it stood: closed in September, open again in October."""
    found = burn_down(review_at(told))

    assert list(found["as_of"].dt.strftime("%m-%d")) == ["07-31", "08-31", "09-30", "10-31"]
    assert list(found["open"]) == [2, 2, 1, 2]
    assert list(found["closed"]) == [0, 0, 1, 0]
    assert list(found["pending_city"]) == [0, 1, 1, 1]


@pytest.mark.parametrize("of", ["problems", "tasks"])
def test_every_month_is_what_asking_as_of_its_end_would_tell(told, of):
    """One replay of the log counts every month end just as the ledger of that day is counted."""
    busy = told.copy() | frames(tasks=[task(1), task(2, problem_id="P-02")], followups=[
        {"task_id": "T-001", "reported_on": pd.Timestamp("2025-10-05"), "obstacle": "经费",
         "progress_share": 0.1, "progress_text": "…"}])  # fmt: skip
    told.merge(told.book(busy), as_of="2025-10-09")
    done = told.copy()
    done["tasks"].loc[0, "status"] = "to_close"
    told.merge(told.book(done), as_of="2025-11-03")
    review = review_at(told, "2026-02-10")

    found = burn_down(review, of)

    then = [ledger_at(review, day.date()) for day in found["as_of"]]
    asked = [totals({"problems": problems, "tasks": rectification}[of](known)) for known in then]
    assert len(found) == 8 and found["yellow"].max() > 0
    for name in ("total", "closed", "green", "yellow", "red", "grey", "pending_city"):
        assert list(found[name]) == [counts[name] for counts in asked]


def test_burn_down_without_log():
    """Without log the dates in the rows tell; what they do not tell stays as it is today."""
    done = problem(1, **CLOSED, closed_on=pd.Timestamp("2025-09-12"))
    found = burn_down(review_of(problems=[done, problem(2, found_on=pd.Timestamp("2025-08-05"))]))

    assert list(found["total"]) == [1, 2, 2, 2]
    assert list(found["open"]) == [1, 2, 1, 1]


def test_burn_down_respects_the_date(told):
    """Seen from September there is no October."""
    found = burn_down(review_at(told, "2025-09-15"))

    assert list(found["as_of"].dt.strftime("%m-%d")) == ["07-31", "08-31", "09-15"]
    assert list(found["closed"]) == [0, 0, 1]


def test_nothing_found_burns_nothing():
    """An empty ledger gives empty frames with their columns."""
    review = review_of()

    for frame in (burn_down(review), ageing(review), age_counts(review), flow(review)):
        assert frame.empty and len(frame.columns) > 3


@pytest.mark.parametrize(
    ("case", "found_on", "days", "band"),
    [
        ("found today", "2025-10-31", 0, "to_30"),
        ("thirty days", "2025-10-01", 30, "to_30"),
        ("a day more", "2025-09-30", 31, "to_60"),
        ("sixty days", "2025-09-01", 60, "to_60"),
        ("sixty-one", "2025-08-31", 61, "to_90"),
        ("ninety days", "2025-08-02", 90, "to_90"),
        ("older", "2025-07-16", 107, "over_90"),
    ],
)
def test_age_of_an_open_problem(case, found_on, days, band):
    """Days count from the day it was found; a band includes its last day."""
    row = ageing(review_of(problems=[problem(1, found_on=pd.Timestamp(found_on))])).loc[0]

    assert (row["age_days"], row["age_band"]) == (days, band)


def test_days_in_a_status_come_from_the_log(told):
    """P-02 has been pending since 20 August, P-01 reopened since 8 October."""
    found = ageing(review_at(told)).set_index("problem_id")["in_status_days"]

    assert (found["P-01"], found["P-02"]) == (23, 72)


def test_closed_and_rejected_problems_do_not_age(told):
    """Only what is open grows older."""
    found = ageing(review_at(told, "2025-09-15"))

    assert list(found["problem_id"]) == ["P-02"]
    assert age_counts(review_at(told, "2025-09-15"))["open"].sum() == 1


def test_flow(told):
    """A problem with recommendations of two strands flows through both; one without has a blank."""
    told.merge(told.book(told.copy() | frames(problems=[problem(3, category="IMPL")])))
    found = flow(review_at(told))

    listed = found.astype(object).where(found.notna(), None).to_numpy().tolist()
    assert listed == [
        ["STAFF", "functions", "in_progress", 1, 1],
        ["STAFF", "establishment", "in_progress", 1, 1],
        ["STAFF", "establishment", "pending_city", 1, 1],
        ["IMPL", None, "in_progress", 1, 1],
    ]


def test_change_since_the_previous_follow_up(told):
    """The earlier period is the ledger of then: the closure since reopened counts as closed."""
    changed = told.copy() | frames(tasks=[task(1)], followups=[
        {"task_id": "T-001", "reported_on": pd.Timestamp("2025-09-28"), "progress_text": "…"}])
    told.merge(told.book(changed), as_of="2025-10-09")  # fmt: skip
    found = change(review_at(told)).set_index(["kind", "period"])

    assert found.loc[("problems", "now"), "closed"] == 0
    assert found.loc[("problems", "previous"), "closed"] == 1
    assert found.loc[("problems", "previous"), "as_of"] == pd.Timestamp("2025-09-28")


@pytest.mark.parametrize("seed", range(5))
def test_counts_add_up_on_any_day(seed):
    """Open and closed make the total, lights of open problems make the open ones."""
    rng = np.random.default_rng(seed)
    desk = Desk().begin(problems=[problem(n) for n in range(1, 6)])
    for day in ("2025-08-09", "2025-09-09", "2025-10-09"):
        row = int(rng.integers(0, 5))
        now = desk.frames["problems"].loc[row, "status"]
        onward = {"in_progress": "to_close", "to_close": "closed", "closed": "in_progress"}
        step(desk, day, row, **CLOSED | {"status": onward[now]}, closed_on=pd.Timestamp(day))

    found = burn_down(review_at(desk))

    assert (found["open"] + found["closed"] == found["total"]).all()
    lights = found[["green", "yellow", "red", "grey"]].sum(axis=1)
    assert list(lights) == list(found["open"])
    assert len(problems(review_at(desk))) == 5
