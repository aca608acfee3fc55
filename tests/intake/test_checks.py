"""Checks within a row, a table, a workbook and between departments: what breaks them, what not."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from reviewlib import schema
from reviewlib.intake.check import run_checks
from reviewlib.review import empty_frames
from reviewlib.schema.check_model import Facts

CUTOFF = date(2025, 6, 30)
ROSTER = [
    {"dept_code": f"DP{n:02}", "short_name": name, "mode": mode, "group_id": group,
     "change_type": "merged", "is_three_det_reissued": False}
    for n, name, mode, group in ((1, "区民政局", "visit", "G1"), (2, "区卫健委", "visit", "G2"),
                                 (3, "区史志办", "self", None))
]  # fmt: skip
STAFF = {"dept_code": "DP01", "from_dept": "DP01", "to_dept": "DP02", "reported_by": "losing",
         "estab_type": "administrative", "due_count": 50, "done_count": 46,
         "pending_count": 4}  # fmt: skip
DUTY = {"dept_code": "DP01", "matter_id": "DT-01", "matter": "老龄工作", "from_dept": "DP01",
        "to_dept": "DP02", "reported_by": "losing", "status": "done", "done_on": "2025-05-20",
        "posts_count": 4, "posts_done_count": 4}  # fmt: skip
OTHER = {"dept_code": "DP02", "reported_by": "gaining"}
HEAD = {"dept_code": "DP01", "post_type": "section_head", "leadership_posts_approved_count": 8,
        "leadership_posts_filled_count": 8, "leadership_posts_over_count": 0}  # fmt: skip
UNITS = [{"dept_code": "DP01", "unit_name": f"科{n}", "is_in_three_det": True, "is_set_up": True,
          "is_head_in_place": True, "head_posts_count": 1} for n in range(7)]  # fmt: skip
RATING = {"dept_code": "DP01", "indicator_id": "A09", "answer": "reported", "level": "B"}
SCORE = {"group_id": "G1", "dept_code": "DP01", "indicator_id": "A09", "answer": "reported"}
FINDING = {"finding_id": "F-001", "dept_code": "DP01", "group_id": "G1", "indicator_id": "A09"}
TASK = {"task_id": "T-001", "problem_id": "P-01", "status": "closed",
        "evidence_ref": "示委〔2025〕1号",
        "verified_by_role": "督查岗", "closed_on": "2025-06-20", "owner": "DP01"}  # fmt: skip
PROBLEM = {"problem_id": "P-01", "status": "in_progress", "found_on": "2025-06-01",
           "due_on": "2025-09-30"}  # fmt: skip

CASES = [
    # what, rows by table, ids of the checks that must fail
    ("50 due, 46 done, 4 pending", {"staff_transfers": [STAFF]}, []),
    ("52 done of 50", {"staff_transfers": [STAFF | {"done_count": 52, "pending_count": -2}]},
     ["staff-done-within-due"]),
    ("52 done of 50: what follows from 52 is not blamed too",
     {"staff_transfers": [STAFF | {"done_count": 52, "pending_count": 0,
                                   "realname_done_count": 52, "stated_done_share": 1.0}]},
     ["staff-done-within-due"]),
    ("46 and 3 are not 50", {"staff_transfers": [STAFF | {"pending_count": 3}]},
     ["staff-pending-adds-up"]),
    ("98% stated, 92.0% by the numbers",
     {"staff_transfers": [STAFF | {"stated_done_share": 0.98}]}, ["staff-stated-share"]),
    ("92.3% stated is near enough", {"staff_transfers": [STAFF | {"stated_done_share": 0.923}]},
     []),
    ("nobody due, no rate to compare", {"staff_transfers": [
        STAFF | {"due_count": 0, "done_count": 0, "pending_count": 0, "stated_done_share": 1.0}]},
     []),
    ("more registered than moved",
     {"staff_transfers": [STAFF | {"realname_done_count": 47}]}, ["staff-realname-within-done"]),
    ("reports for the other side", {"staff_transfers": [STAFF | {"reported_by": "gaining"}]},
     ["staff-own-side"]),
    ("more posts moved than there are", {"duty_transfers": [DUTY | {"posts_done_count": 5}]},
     ["duty-posts-within-due"]),
    ("in place, no day", {"duty_transfers": [DUTY | {"done_on": None}]}, ["duty-done-has-date"]),
    ("done after the date of the facts", {"duty_transfers": [DUTY | {"done_on": "2025-07-02"}]},
     ["duty-transfers-done-on-by-cutoff"]),
    ("head one over, deputy one short: the sum is equal", {"leadership_posts": [
        {"dept_code": "DP01", "post_type": "dept_head", "leadership_posts_approved_count": 1,
         "leadership_posts_filled_count": 2, "leadership_posts_over_count": 0},
        {"dept_code": "DP01", "post_type": "dept_deputy", "leadership_posts_approved_count": 3,
         "leadership_posts_filled_count": 2, "leadership_posts_over_count": 0}]},
     ["leadership-over-adds-up"]),
    ("8 section heads approved, 7 units", {"leadership_posts": [HEAD], "internal_units": UNITS},
     ["section-heads-approved"]),
    ("one unit leaves its head open: nobody knows the sum", {
        "leadership_posts": [HEAD],
        "internal_units": [*UNITS[1:], UNITS[0] | {"head_posts_count": None}]}, []),
    ("one unit leaves open whether it is one", {
        "leadership_posts": [HEAD],
        "internal_units": [*UNITS[1:], UNITS[0] | {"is_in_three_det": None}]}, []),
    ("7 in place at least, one left open, 6 in post", {
        "leadership_posts": [HEAD | {"leadership_posts_approved_count": 7,
                                     "leadership_posts_filled_count": 6}],
        "internal_units": [*UNITS, UNITS[0] | {"unit_name": "科8", "is_head_in_place": None,
                                               "head_posts_count": 0}]},
     ["section-heads-in-post"]),
    ("6 section heads in post, 7 in place", {"internal_units": UNITS, "leadership_posts": [
        HEAD | {"leadership_posts_approved_count": 7, "leadership_posts_filled_count": 6}]},
     ["section-heads-in-post"]),
    ("vacant and over are not netted", {"staffing": [
        {"dept_code": "DP01", "estab_type": "administrative", "posts_approved_count": 20,
         "posts_filled_count": 18, "posts_vacant_count": 2, "posts_over_count": 0}]}, []),
    ("4.5 points of 3", {"self_ratings": [RATING | {"stated_points": 4.5}]},
     ["rating-points-within-weight"]),
    ("answered without a level", {"self_ratings": [RATING | {"level": None}]},
     ["rating-level-given"]),
    ("not applicable, no reason",
     {"self_ratings": [RATING | {"answer": "not_applicable", "level": None}]},
     ["rating-reason-given"]),
    ("9 of 8 handed over",
     {"other_counts": [{"dept_code": "DP01", "count_item": "archives", "num": 9, "den": 8}]},
     ["count-within-total"]),
    ("more cases this year than last",
     {"other_counts": [{"dept_code": "DP01", "count_item": "workload", "num": 9, "den": 8}]}, []),
    ("two scorers, nothing agreed",
     {"visit_scores": [SCORE | {"scorer_1": "B", "scorer_2": "B"}]}, ["visit-level-agreed"]),
    ("two levels apart, no reason", {"visit_scores": [
        SCORE | {"scorer_1": "A", "scorer_2": "C", "agreed": "B", "evidence_ref": "纪要"}]},
     ["visit-gap-explained"]),
    ("in another group than the roster says", {"visit_scores": [SCORE | {"group_id": "G2"}]},
     ["visit-group-as-roster"]),
    ("a finding by another group", {"findings": [FINDING | {"group_id": "G2"}]},
     ["finding-group-as-roster"]),
    ("a finding of no indicator", {"findings": [FINDING | {"indicator_id": "Z99"}]},
     ["finding-indicator-known"]),
    ("60 for 60%", {"visit_scores": [SCORE | {"indicator_id": "A02", "raw_value": 60}]},
     ["visit-value-is-share"]),
    ("0.6 for 60%", {"visit_scores": [SCORE | {"indicator_id": "A02", "raw_value": 0.6}]}, []),
    ("closed as it should be", {"tasks": [TASK], "problems": [PROBLEM]}, []),
    ("closed without evidence", {"tasks": [TASK | {"evidence_ref": None}], "problems": [PROBLEM]},
     ["tasks-closing-founded"]),
    ("closed by its own owner",
     {"tasks": [TASK | {"verified_by_dept": "DP01"}], "problems": [PROBLEM]},
     ["tasks-verifier-not-owner"]),
    ("a task of no problem", {"tasks": [TASK]}, ["task-problem-known"]),
    ("due before it was found", {"problems": [PROBLEM | {"due_on": "2025-05-01"}]},
     ["problem-due-in-order"]),
    ("both sides say the same", {"duty_transfers": [DUTY, DUTY | OTHER]}, []),
    ("the other side differs",
     {"duty_transfers": [DUTY, DUTY | OTHER | {"status": "not_done", "done_on": None}]},
     ["two-sides-status", "two-sides-status"]),
    ("the sides name other departments",
     {"duty_transfers": [DUTY | {"to_dept": "DP03"}, DUTY | OTHER]},
     ["two-sides-to", "two-sides-to"]),
    ("from a department to itself", {"duty_transfers": [DUTY | {"to_dept": "DP01"}]},
     ["duty-two-departments"]),
    ("people moved from a department to itself", {"staff_transfers": [STAFF | {"to_dept": "DP01"}]},
     ["staff-two-departments"]),
    ("both on the same side: one is wrong, none is silent",
     {"duty_transfers": [DUTY | {"reported_by": "gaining"}, DUTY | OTHER]}, ["duty-own-side"]),
    ("the other side is silent", {"duty_transfers": [DUTY]},
     ["two-sides-duty-silent", "two-sides-duty-silent"]),
    ("the other side is a unit of the past",
     {"duty_transfers": [DUTY | OTHER | {"from_dept": "区老龄办"}]}, []),
    ("written otherwise, but the same matter",
     {"duty_transfers": [DUTY, DUTY | OTHER | {"matter": "老龄事业发展职责"}]}, []),
    ("nobody to move, nothing for the other side to report", {"staff_transfers": [
        STAFF | {"due_count": 0, "done_count": 0, "pending_count": 0}]}, []),
]  # fmt: skip
SILENT_HERE = {"staff_transfers": "two-sides-staff-silent"}
"""One-sided rows of these tables are no subject of the case unless it says so."""


def _frames(tables: dict[str, list[dict]]) -> dict[str, pd.DataFrame]:
    scored = [SCORE | {"dept_code": code, "group_id": group} for code, group in
              (("DP01", "G1"), ("DP02", "G2"))]  # fmt: skip
    tables = {"departments": ROSTER, "visit_scores": scored} | tables
    frames = empty_frames()
    for name, rows in tables.items():
        where = [{"source_file": f"{name}.xlsx", "source_sheet": name, "source_cell": f"A{n}"}
                 for n in range(2, len(rows) + 2)]  # fmt: skip
        frames[name] = schema.frame_of(name, [r | w for r, w in zip(rows, where, strict=True)])
    return frames


def _run(tables: dict[str, list[dict]]) -> tuple[dict[str, pd.DataFrame], list[dict]]:
    facts = Facts(_frames(tables), date(2025, 10, 31), CUTOFF, weights={"A02": 6.0, "A09": 3.0},
                  rated=frozenset(["A09"]), share_limits={"A02": 1.0})  # fmt: skip
    return run_checks(facts, {}, {})


@pytest.mark.parametrize(("what", "tables", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_breaks_a_check(what, tables, expected):
    """The checks named fail, and no other."""
    _, issues = _run(tables)

    beside = {"visit-missing", *(rule for t, rule in SILENT_HERE.items() if t in tables)}
    beside |= {"two-sides-duty-silent"} if len(tables.get("duty_transfers", "")) == 1 else set()
    assert [i["rule"] for i in issues if i["rule"] not in beside - set(expected)] == expected


def test_a_value_found_wrong_is_not_used_and_its_row_is_flagged():
    """52 of 50: the number is gone, the row carries the code, what was given is as it was."""
    before = _frames({"staff_transfers": [STAFF | {"done_count": 52}]})["staff_transfers"]

    frames, _ = _run({"staff_transfers": [STAFF | {"done_count": 52}]})

    after = frames["staff_transfers"]
    assert after["done_count"].isna().all()
    assert after["due_count"].tolist() == [50]
    assert "cell.constraint" in after["dq_flags"].iloc[0]
    assert before["done_count"].tolist() == [52]


def test_a_row_is_flagged_with_all_that_is_wrong_in_it_and_no_other_row_is():
    """What reading noted stands first, each code once; the rows beside keep what they have."""
    wrong = STAFF | {"done_count": 52, "realname_done_count": 60, "dq_flags": "cell.type"}
    beside = STAFF | {"dept_code": "DP02", "reported_by": "gaining", "dq_flags": "cell.limit"}

    frames, _ = _run({"staff_transfers": [wrong, beside, STAFF | {"estab_type": "public"}]})

    after = frames["staff_transfers"]
    assert after["dq_flags"].fillna("").tolist()[:2] == ["cell.type;cell.constraint", "cell.limit"]
    assert after["done_count"].isna().tolist() == [True, False, False]
    assert after.dtypes.equals(_frames({})["staff_transfers"].dtypes)


def test_an_unfounded_closing_is_taken_as_still_to_be_closed():
    """The task stays on the list, with what it lacks."""
    frames, issues = _run({"tasks": [TASK | {"evidence_ref": None, "closed_on": None}],
                           "problems": [PROBLEM]})  # fmt: skip

    assert frames["tasks"]["status"].tolist() == ["to_close"]
    assert issues[-1]["message_zh"] == "任务 T-001“已销号”而缺佐证、销号日期，暂按“待销号”"
    assert issues[-1]["message_en"] == (
        "T-001 is closed without what it takes (evidence, the date); taken as to be closed"
    )


def test_each_side_sees_its_own_statement_and_the_others():
    """Both departments get the mismatch at their own cell, with the other's words and address."""
    _, issues = _run({"duty_transfers": [DUTY, DUTY | OTHER | {"status": "partial"}]})

    told = [(i["dept_code"], i["cell"], i["message_zh"]) for i in issues
            if i["rule"] == "two-sides-status"]  # fmt: skip
    assert told == [
        ("DP01", "A2", "双方对碰：事项 DT-01 的状态本方填“到位”，区卫健委填“部分到位”"
                       "（《duty_transfers.xlsx》duty_transfers!A3）"),
        ("DP02", "A3", "双方对碰：事项 DT-01 的状态本方填“部分到位”，区民政局填“到位”"
                       "（《duty_transfers.xlsx》duty_transfers!A2）"),
    ]  # fmt: skip


def test_a_silent_side_is_told_that_it_is_silent():
    """The department that reports nothing gets the issue too, without a cell of its own."""
    _, issues = _run({"duty_transfers": [DUTY]})

    told = [(i["dept_code"], i["cell"]) for i in issues if i["rule"] == "two-sides-duty-silent"]
    assert told == [("DP01", "A2"), ("DP02", "")]


def test_a_department_that_was_not_visited_is_listed():
    """Due to be visited and without scores: named, not silently left out."""
    _, issues = _run({"visit_scores": [SCORE]})

    assert [(i["dept_code"], i["code"]) for i in issues if i["rule"] == "visit-missing"] == [
        ("DP02", "file.missing-department")
    ]


def test_what_is_wrong_on_one_side_is_not_held_against_the_other():
    """5 of 4 posts moved is an error of one department, not also a mismatch between two."""
    _, issues = _run({"duty_transfers": [DUTY | {"posts_done_count": 5}, DUTY | OTHER]})

    assert [found["rule"] for found in issues] == ["duty-posts-within-due"]


def test_an_issue_names_the_very_file_it_was_found_in(sample_review):
    """Its checksum goes with its name, also where another department's file gave rise to it."""
    issues, inputs = sample_review.issues, pd.Series(sample_review.inputs)
    named = issues[issues["file"].isin(inputs.index)]

    assert len(named) > 50
    assert (named["file_sha256"] == named["file"].map(inputs)).all()
