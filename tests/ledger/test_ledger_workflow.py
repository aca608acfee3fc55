"""Steps, closing, and the rules a sound ledger holds to."""

from datetime import date

import pandas as pd
import pytest
from ledgers_by_hand import problem, review_of, task

from reviewlib.ledger.history import replay
from reviewlib.ledger.rules import check_ledger
from reviewlib.ledger.workflow import STEPS, closing_faults, step_fault
from reviewlib.schema import vocabularies as v

PERMITTED = {
    "draft": {"to_review"},
    "to_review": {"in_progress", "rejected", "pending_city"},
    "in_progress": {"to_close", "pending_city"},
    "to_close": {"closed", "in_progress"},
    "pending_city": {"in_progress"},
    "rejected": {"draft"},
    "closed": {"in_progress"},
}
"""The steps permitted, once more by hand."""

CLOSED = {"status": "closed", "evidence_ref": "整改佐证 1", "verified_by_role": "编办督查岗",
          "closed_on": pd.Timestamp("2025-10-20"), "closed_on_precision": "day"}  # fmt: skip
CRITERIA = dict.fromkeys(
    ("closure_leadership", "closure_capacity", "closure_plan", "closure_monitoring",
     "closure_result"), "met",
)  # fmt: skip


@pytest.mark.parametrize("old", v.LEDGER_STATUS.codes)
@pytest.mark.parametrize("new", v.LEDGER_STATUS.codes)
def test_every_pair_of_statuses(old, new):
    """A step is permitted where the table has it, or where nothing changes."""
    assert (step_fault(old, new) is None) == (old == new or new in PERMITTED[old])


def test_a_refused_step_says_what_is_possible():
    """The sentence names both statuses and the way out, in both languages."""
    fault = step_fault("in_progress", "closed")

    assert fault.zh == "“整改中”不能直接转为“已销号”；可转为：待销号、挂账"
    assert fault.en == (
        "In rectification cannot become Closed; it can become To be closed, Pending at city level"
    )


def test_steps_name_only_statuses():
    """Every status has its steps, and every step leads to a status."""
    assert set(STEPS) == set(v.LEDGER_STATUS.codes)
    assert {new for steps in STEPS.values() for new in steps} <= set(STEPS)


ROW = {"status": "closed", "owner": "DP01", "owner_role": "综合科科长", "evidence_ref": "佐证",
       "closed_on": "2025-10-20", "verified_by_role": "编办督查岗"}  # fmt: skip


@pytest.mark.parametrize(
    ("case", "changes", "columns"),
    [
        ("evidence, verifier and date", {}, []),
        ("no evidence", {"evidence_ref": ""}, ["evidence_ref"]),
        ("no verifier", {"verified_by_role": ""}, ["verified_by_role"]),
        ("no date", {"closed_on": ""}, ["closed_on"]),
        ("the owner's own post", {"verified_by_role": "综合科科长"}, ["verified_by_role"]),
        ("a post of the owner", {"verified_by_role": "商务委办公室主任"}, ["verified_by_role"]),
        ("the owner as verifying department", {"verified_by_dept": "DP01"}, ["verified_by_dept"]),
        ("another department, the same post", {"verified_by_role": "综合科科长",
                                               "verified_by_dept": "DP08"}, []),
        ("not closed at all", {"status": "to_close", "evidence_ref": ""}, []),
    ],
)  # fmt: skip
def test_what_closing_needs(case, changes, columns):
    """Closing needs evidence, a verifier who is not the owner, and a date."""
    row = {name: text for name, text in {**ROW, **changes}.items() if text}

    assert [fault.column for fault in closing_faults("problems", row, ("商务委",))] == columns


@pytest.mark.parametrize(
    ("case", "old", "new", "more", "status", "asks"),
    [
        ("one step on", "in_progress", "to_close", {}, "to_close", False),
        ("a step left out", "in_progress", "closed", CLOSED, "in_progress", True),
        ("a closing with all it needs", "to_close", "closed", CLOSED, "closed", False),
        ("a closing without evidence", "to_close", "closed", CLOSED | {"evidence_ref": None},
         "to_close", True),
        ("returned", "to_close", "in_progress", {"returned_count": 1}, "in_progress", False),
        ("reopened", "closed", "in_progress", {"closed_on": None}, "in_progress", False),
        ("closed to draft", "closed", "draft", {}, "closed", True),
        ("put on hold", "in_progress", "pending_city", {}, "pending_city", False),
    ],
)  # fmt: skip
def test_a_step_in_a_copy(desk, case, old, new, more, status, asks):
    """A permitted step is taken in; another is held back and asked, the row's other edits stand."""
    begun = CLOSED if old == "closed" else {}
    desk.begin(problems=[problem(1, **begun | {"status": old})])
    copy = desk.copy()
    for column, value in (more | {"status": new, "title": "同时改了标题"}).items():
        copy["problems"].loc[0, column] = value

    desk.merge(desk.book(copy))

    assert desk.value("problems", 0, "status") == status
    assert desk.value("problems", 0, "title") == "同时改了标题"
    assert list(desk.result.conflicts["question_kind"]) == ["not_permitted"] * asks


def test_a_closing_held_back_passes_once_its_evidence_is_there(desk):
    """The copy corrected and sent again closes the problem and the question."""
    desk.begin(problems=[problem(1, status="to_close")])
    copy = desk.copy()
    for column, value in (CLOSED | {"evidence_ref": None}).items():
        copy["problems"].loc[0, column] = value
    desk.merge(desk.book(copy))
    again = desk.copy()
    again["problems"].loc[0, ["status", "evidence_ref"]] = ["closed", "整改佐证 1"]

    desk.merge(desk.book(again, "补正.xlsx"))

    assert desk.value("problems", 0, "status") == "closed"
    assert desk.frames["ledger_questions"].empty


def test_reopening_keeps_what_was(desk):
    """The earlier closure stays on the log when its date is cleared."""
    desk.begin(problems=[problem(1, **CLOSED)])
    copy = desk.copy()
    copy["problems"].loc[0, ["status", "evidence_ref"]] = ["in_progress", None]
    copy["problems"]["closed_on"] = pd.NaT

    desk.merge(desk.book(copy))

    assert desk.log.events[-2].changes["closed_on"] == ("2025-10-20", None)
    assert desk.log.events[-2].changes["evidence_ref"] == ("整改佐证 1", None)


GOOD = problem(1, **CLOSED, **CRITERIA)


@pytest.mark.parametrize(
    ("case", "tables", "found"),
    [
        ("nothing wrong", {"problems": [GOOD]}, []),
        ("a criterion not recorded", {"problems": [GOOD | {"closure_plan": None}]},
         [("row.constraint", "销号标准：整改方案", "warn")]),
        ("closed without result", {"problems": [GOOD | {"closure_result": "not_met"}]},
         [("row.constraint", "销号标准：实际成效", "warn")]),
        ("verified by a post of the owner", {"problems": [
            GOOD | {"verified_by_role": "商务委办公室主任"}]},
         [("row.closing", "销号审核岗位", "error")]),
        ("the city asked before it was found", {"problems": [
            problem(1, city_contacted_on=pd.Timestamp("2025-07-01"))]},
         [("row.constraint", "最近与市级沟通日期", "error")]),
        ("a task before its problem",
         {"problems": [problem(1)], "tasks": [task(1, start_on=pd.Timestamp("2025-07-01"))]},
         [("row.constraint", "开始日期", "error")]),
        ("a report before its task", {"problems": [problem(1)], "tasks": [task(1)], "followups": [
            {"task_id": "T-001", "reported_on": pd.Timestamp("2025-07-31"), "progress_text": "…"}]},
         [("row.constraint", "报告日期", "error")]),
        ("adopted into nothing", {"opinions": [{"dept_code": "DP01", "opinion_id": "O-001"}],
                                  "opinion_handlings": [
            {"opinion_id": "O-001", "handling": "adopted"}]},
         [("row.constraint", "建议编号", "warn")]),
        ("merged into nothing", {"findings": [{"finding_id": "F-001"}], "problem_findings": [
            {"finding_id": "F-001", "status": "merged"}]},
         [("row.constraint", "问题编号", "warn")]),
        ("not closed, yet dated", {"problems": [problem(1, closed_on=pd.Timestamp("2025-10-01"))]},
         [("row.constraint", "销号日期", "warn")]),
        ("closed with an open task", {"problems": [GOOD], "tasks": [task(1)]},
         [("row.constraint", "状态", "warn")]),
        ("pending at a level of its own", {"problems": [problem(1, status="pending_city")]},
         [("row.constraint", "解决层级", "warn")]),
    ],
)  # fmt: skip
def test_rules_of_a_sound_ledger(case, tables, found):
    """Each breach is named once, with its column and how grave it is."""
    issues = check_ledger(review_of(**tables))

    assert [tuple(row) for row in issues[["code", "column", "severity"]].to_numpy()] == found


def test_a_breach_is_named_with_its_cell():
    """File, sheet and cell lead to where it stands."""
    place = {"source_file": "ledger.xlsx", "source_sheet": "问题台账", "source_cell": "A7"}
    review = review_of(problems=[GOOD | {"closure_plan": None} | place])

    row = check_ledger(review).loc[0]

    assert (row["file"], row["sheet"], row["cell"]) == ("ledger.xlsx", "问题台账", "A7")
    assert row["message_zh"] == "已销号，但未记录“销号标准：整改方案”"
    assert row["message_en"] == "Closed; Closure: plan is not recorded"


def test_counts_below_the_log_are_named(desk):
    """A task that was returned on the log but not counted in the workbook is named."""
    desk.begin(problems=[problem(1)], tasks=[task(1, status="to_close")])
    copy = desk.copy()
    copy["tasks"].loc[0, "status"] = "in_progress"
    desk.merge(desk.book(copy))

    issues = check_ledger(review_of(desk.frames), replay(desk.log.events))

    assert [tuple(row) for row in issues[["column", "message_en"]].to_numpy()] == [
        ("退回次数", "The log has 1")]  # fmt: skip


def test_a_day_is_as_given(desk):
    """Events carry the date of the merge, never the clock's."""
    desk.begin(problems=[problem(1)])

    assert {event.dated_on for event in desk.log.events} == {date(2025, 8, 1)}
