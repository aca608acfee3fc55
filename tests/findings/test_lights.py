"""The light of a task and of a problem, rule by rule, with the edges of each rule."""

import pandas as pd
import pytest

import reviewlib.findings as find
from reviewlib import ledger

# one open task whose term is 100 days and of which nothing is wrong at 2030-06-30
TASK = {"task_id": "T-001", "problem_id": "P-01", "measure": "整改", "owner": "DP01",
        "rectification_type": "deadline", "start_on": "2030-05-31", "due_on": "2030-09-08",
        "progress_share": 0.5, "status": "in_progress"}  # fmt: skip
REPORT = {"task_id": "T-001", "reported_on": "2030-06-25", "progress_text": "推进",
          "progress_share": 0.3}  # fmt: skip
CLOSED = {"status": "closed", "evidence_ref": "文1", "verified_by_role": "科长",
          "closed_on": "2030-06-20"}  # fmt: skip
PROBLEM = {"problem_id": "P-01", "category": "DUTY", "title": "问题", "description": "描述",
           "nature": "particular", "resolution_level": "department", "severity": "high",
           "rectification_type": "deadline", "owner": "DP01", "found_on": "2030-04-10",
           "due_on": "2030-09-08", "status": "in_progress"}  # fmt: skip

CASES = [
    # in plain words, changes to the task, changes to its report, light, reason
    ("nothing wrong", {}, {}, "green", "on_track"),
    ("closed with all it needs", CLOSED, {}, "green", "closed"),
    ("closed after its due date is still closed", CLOSED | {"due_on": "2030-06-01"}, {},
     "green", "closed"),
    ("closed on the day of reckoning", CLOSED | {"closed_on": "2030-06-30"}, {}, "green", "closed"),
    ("closed the day after is open", CLOSED | {"closed_on": "2030-07-01"}, {},
     "green", "on_track"),
    ("closed without evidence", CLOSED | {"evidence_ref": None}, {},
     "yellow", "closure_incomplete"),
    ("closed without a verifier", CLOSED | {"verified_by_role": None}, {},
     "yellow", "closure_incomplete"),
    ("closed without a date", CLOSED | {"closed_on": None}, {}, "yellow", "closure_incomplete"),
    ("closed by its own owner", CLOSED | {"verified_by_dept": "DP01"}, {},
     "yellow", "closure_incomplete"),
    ("set back when read: a date, no evidence",
     CLOSED | {"status": "to_close", "evidence_ref": None}, {}, "yellow", "closure_incomplete"),
    ("to be closed with all it takes", CLOSED | {"status": "to_close"}, {}, "green", "on_track"),
    ("closed by a post of its own owner", CLOSED | {"verified_by_role": "甲局办公室主任"}, {},
     "yellow", "closure_incomplete"),
    ("closed, verified by another", CLOSED | {"verified_by_dept": "DP02"}, {}, "green", "closed"),
    ("closed without evidence and overdue is red first",
     CLOSED | {"evidence_ref": None, "due_on": "2030-06-29"}, {}, "red", "overdue"),
    ("waits for the city although overdue", {"status": "pending_city", "due_on": "2030-06-01"}, {},
     "grey", "pending_city"),
    ("long-term although overdue", {"rectification_type": "long_term", "due_on": "2030-06-01"}, {},
     "grey", "long_term"),
    ("one day over", {"due_on": "2030-06-29"}, {}, "red", "overdue"),
    ("on the due date it is not overdue", {"due_on": "2030-06-30"}, {}, "yellow", "due_soon"),
    ("returned twice", {"returned_count": 2}, {}, "red", "returned"),
    ("returned once", {"returned_count": 1}, {}, "green", "on_track"),
    ("20 days left", {"due_on": "2030-07-20"}, {"progress_share": 0.6}, "yellow", "due_soon"),
    ("21 days left", {"due_on": "2030-07-21"}, {"progress_share": 0.6}, "green", "on_track"),
    ("20 points behind", {}, {"progress_share": 0.1}, "green", "on_track"),
    ("more than 20 points behind", {}, {"progress_share": 0.09}, "yellow", "behind"),
    ("nothing reported of 30 per cent elapsed", {}, {"progress_share": None, "task_id": "T-999"},
     "yellow", "silent"),
    ("silent for 30 days", {"due_on": "2030-12-31"}, {"reported_on": "2030-05-31"},
     "yellow", "silent"),
    ("silent for 29 days", {"due_on": "2030-12-31"}, {"reported_on": "2030-06-01"},
     "green", "on_track"),
    ("an obstacle", {}, {"obstacle": "经费未落实"}, "yellow", "obstacle"),
    ("“无” is no obstacle", {}, {"obstacle": "无。"}, "green", "on_track"),
    ("waiting for its closure to be approved", {"status": "to_close"}, {}, "green", "on_track"),
]  # fmt: skip


@pytest.mark.parametrize("words, task, report, light, reason", CASES, ids=[c[0] for c in CASES])
def test_first_rule_that_applies(review_of, words, task, report, light, reason):
    """Each rule gives its light at its edge, and an earlier rule goes before a later one."""
    review = review_of(tasks=[TASK | task], followups=[REPORT | report], problems=[PROBLEM])

    row = find.rectification(review).iloc[0]

    assert (light, reason) == (row["light"], row["reason"])


def test_rejected_task_has_no_light_and_counts_nowhere(review_of):
    """A rejected task is no longer anyone's to do, however overdue it looks."""
    task = TASK | {"status": "rejected", "due_on": "2030-06-01"}
    rows = find.rectification(review_of(tasks=[task], problems=[PROBLEM]))

    assert pd.isna(rows.loc[0, "light"])
    assert find.totals(rows)["total"] == 0


@pytest.mark.parametrize(
    "words, task, report, reasons",
    [
        ("due soon, and an obstacle", {"due_on": "2030-07-05"},
         {"obstacle": "缺人", "progress_share": 0.9}, "due_soon;obstacle"),
        ("overdue implies due soon and behind", {"due_on": "2030-06-20"},
         {"obstacle": "缺人"}, "overdue;obstacle"),
        ("returned, and due soon", {"due_on": "2030-07-05", "returned_count": 2},
         {"progress_share": 0.9}, "returned;due_soon"),
        ("at the city nothing else matters", {"due_on": "2030-06-20", "status": "pending_city"},
         {"obstacle": "缺人"}, "pending_city"),
    ],
)  # fmt: skip
def test_every_reason_to_be_alarmed_is_kept(review_of, words, task, report, reasons):
    """A red or yellow task says all that is wrong with it, the rule that decided first."""
    review = review_of(tasks=[TASK | task], problems=[PROBLEM], followups=[REPORT | report])
    assert find.rectification(review).loc[0, "reasons"] == reasons


def test_thresholds_come_from_the_settings(review_of):
    """With five days instead of twenty, a task with 20 days left is not due soon."""
    late = {"tasks": [TASK | {"due_on": "2030-07-20"}], "problems": [PROBLEM],
            "followups": [REPORT | {"progress_share": 0.6}]}  # fmt: skip
    review = review_of(settings={"lights": {"due_soon_days": 5}}, **late)
    assert find.rectification(review).loc[0, "light"] == "green"


def test_past_date_knows_no_later_report_and_no_later_closure(review_of):
    """At the end of May the June report and the June closure had not happened."""
    review = review_of(
        tasks=[TASK | CLOSED | {"start_on": "2030-05-01", "due_on": "2030-08-09"}],
        problems=[PROBLEM],
        followups=[
            REPORT | {"reported_on": "2030-05-20", "progress_share": 0.2},
            REPORT | {"progress_share": 1.0},
        ],
    )
    then = find.rectification(review.at(pd.Timestamp("2030-05-31").date())).iloc[0]

    assert (then["status"], then["progress_share"]) == ("in_progress", 0.2)
    assert then["last_reported_on"] == pd.Timestamp("2030-05-20")
    assert pd.isna(then["closed_on"]) and not then["is_closed"]


def test_past_date_does_not_know_a_problem_found_later(review_of):
    """A problem found after the date of reckoning is not in the ledger yet, nor are its tasks."""
    review = review_of(tasks=[TASK], problems=[PROBLEM]).at(pd.Timestamp("2030-04-09").date())
    assert find.problems(review).empty and find.rectification(review).empty


def tasks_of(*lights):
    """Return one task of problem P-01 for each light."""
    made = {"red": {"due_on": "2030-06-01"}, "grey": {"status": "pending_city"}, "green": CLOSED,
            "yellow": {"due_on": "2030-07-01"}}  # fmt: skip
    return [TASK | made[light] | {"task_id": f"T-00{n}"} for n, light in enumerate(lights)]


@pytest.mark.parametrize(
    "words, lights, expected",
    [
        ("one red among green", ("green", "red", "yellow"), "red"),
        ("yellow goes before grey", ("grey", "yellow"), "yellow"),
        ("grey goes before green", ("green", "grey"), "grey"),
        ("all closed", ("green", "green"), "green"),
    ],
)
def test_problem_has_the_light_of_its_worst_task(review_of, words, lights, expected):
    """The worst task decides the light of the problem."""
    review = review_of(tasks=tasks_of(*lights), problems=[PROBLEM])
    assert find.problems(review).loc[0, "light"] == expected


@pytest.mark.parametrize(
    "words, problem, light",
    [
        ("overdue", {"due_on": "2030-06-29"}, "red"),
        ("waits for the city", {"status": "pending_city", "due_on": "2030-06-29"}, "grey"),
        ("far from due", {}, "green"),
        ("closure claimed, nothing behind it", {"status": "closed"}, "yellow"),
    ],
)
def test_problem_without_tasks_has_a_light_of_its_own(review_of, words, problem, light):
    """Without tasks the problem's own dates and status decide."""
    assert find.problems(review_of(problems=[PROBLEM | problem])).loc[0, "light"] == light


def test_problem_closed_without_evidence_is_shown_even_if_its_tasks_are_done(review_of):
    """Its status falls back to 待销号 and it turns yellow."""
    review = review_of(tasks=tasks_of("green"), problems=[PROBLEM | {"status": "closed"}])
    row = find.problems(review).iloc[0]
    assert (row["status"], row["light"], row["reason"]) == (
        "to_close", "yellow", "closure_incomplete",
    )  # fmt: skip


def test_closing_rate_leaves_out_what_waits_for_the_city(review_of):
    """Two closed of five, one at the city: two of four."""
    rows = tasks_of("green", "green", "red", "yellow", "grey")
    counts = find.totals(find.rectification(review_of(tasks=rows, problems=[PROBLEM])))

    assert counts["total"] == 5 and counts["pending_city"] == 1
    assert counts["closing_share"] == 0.5
    assert (counts["green"], counts["closed"]) == (0, 2)  # closed ones are not counted twice


def test_totals_of_an_empty_ledger_have_no_rate(review_of):
    """Nothing to close is not a rate of 0."""
    counts = find.totals(find.rectification(review_of()))
    assert counts["total"] == 0 and pd.isna(counts["closing_share"])


def test_change_compares_with_the_last_report_of_an_earlier_month(review_of):
    """The previous period is the latest report date before the month of reckoning."""
    review = review_of(
        tasks=[TASK | CLOSED], problems=[PROBLEM],
        followups=[REPORT | {"reported_on": day} for day in
                   ("2030-04-28", "2030-05-30", "2030-06-25")],
    )  # fmt: skip
    frame = ledger.change(review).set_index(["kind", "period"])

    assert frame.loc[("tasks", "previous"), "as_of"] == pd.Timestamp("2030-05-30")
    assert frame.loc[("tasks", "previous"), "closed"] == 0
    assert frame.loc[("tasks", "now"), "closed"] == 1


def test_change_without_an_earlier_report_has_only_now(review_of):
    """A first report has nothing to be compared with."""
    frame = ledger.change(review_of(tasks=[TASK], problems=[PROBLEM], followups=[REPORT]))
    assert set(frame["period"]) == {"now"}


def test_due_soon_lists_open_tasks_only(review_of):
    """Overdue, closed and city-level tasks are not on the list of what falls due."""
    rows = tasks_of("green", "red", "yellow", "grey")
    listed = find.due_soon(review_of(tasks=rows, problems=[PROBLEM]))
    assert listed["task_id"].tolist() == ["T-002"]


@pytest.mark.parametrize(
    ("case", "due_on", "is_listed"),
    [
        ("due yesterday", "2030-06-29", False),
        ("due on the day of reckoning", "2030-06-30", True),
        ("due on the last day of the list", "2030-07-30", True),
        ("due a day later", "2030-07-31", False),
    ],
)
def test_due_soon_begins_today_and_ends_with_the_days_of_the_settings(
    review_of, case, due_on, is_listed
):
    """What was due yesterday is overdue, and stands on another list."""
    review = review_of(tasks=[TASK | {"due_on": due_on}], problems=[PROBLEM])
    assert len(find.due_soon(review)) == is_listed


def test_task_frames_do_not_change_their_inputs(review_of):
    """Reckoning leaves the frames of the review as they were."""
    review = review_of(tasks=tasks_of("red"), problems=[PROBLEM], followups=[REPORT])
    before = {name: frame.copy() for name, frame in review.frames.items()}

    find.problems(review), ledger.change(review)

    for name, frame in review.frames.items():
        pd.testing.assert_frame_equal(before[name], frame)


def test_attention_lists_red_before_yellow_and_each_thing_once(review_of):
    """Red tasks, then yellow ones; a problem only where none of its tasks says it already."""
    unproven = PROBLEM | {"problem_id": "P-02", "status": "closed", "owner": "DP03"}
    review = review_of(
        tasks=[*tasks_of("yellow", "red", "grey", "green"),
               TASK | CLOSED | {"task_id": "T-009", "problem_id": "P-02"}],
        problems=[PROBLEM, unproven],
        followups=[REPORT | {"task_id": "T-000", "obstacle": "缺人", "can_unblock": "区委编办"}],
    )  # fmt: skip
    rows = find.attention(review)

    assert rows["reference"].tolist() == ["T-001", "T-000", "P-02"]
    assert rows["kind"].tolist() == ["task", "task", "problem"]
    assert rows.loc[1, ["obstacle", "can_unblock"]].tolist() == ["缺人", "区委编办"]


def test_nothing_red_or_yellow_is_an_empty_list(review_of):
    """An empty ledger and a closed one give an empty frame with all its columns."""
    assert find.attention(review_of()).empty
    closed = review_of(tasks=tasks_of("green"), problems=[PROBLEM | CLOSED])
    assert find.attention(closed).empty


@pytest.mark.parametrize("find_one", [find.rectification, find.problems, find.immediate])
def test_empty_ledger_of_a_group_keeps_its_columns(review_of, find_one):
    """Nothing to select from is an empty frame with the columns of a full one."""
    full = review_of(tasks=[TASK], problems=[PROBLEM])
    assert find_one(review_of(), group="G1").columns.equals(find_one(full).columns)
