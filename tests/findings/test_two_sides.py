"""Two-sided reconciliation of transfers: what agrees, what differs, who is silent."""

import pandas as pd
import pytest

import reviewlib.findings as find

LOSING = {"dept_code": "DP01", "matter_id": "DT-01", "matter": "老龄工作", "from_dept": "DP01",
          "to_dept": "DP02", "reported_by": "losing", "status": "done", "posts_count": 2,
          "posts_done_count": 2, "source_file": "returns/甲.xlsx", "source_sheet": "03 职责划转",
          "source_cell": "A4"}  # fmt: skip
GAINING = LOSING | {"dept_code": "DP02", "reported_by": "gaining",
                    "source_file": "returns/乙.xlsx", "source_cell": "A7"}  # fmt: skip


@pytest.mark.parametrize(
    "words, losing, gaining, agreement, listed",
    [
        ("both say done", {}, {}, "agree", []),
        ("done against not received", {}, {"status": "not_done"}, "differ", ["status"]),
        ("gaining side silent", {}, None, "gaining_silent", ["status"]),
        ("losing side silent", None, {}, "losing_silent", ["status"]),
        ("losing department no longer exists", None, {"from_dept": "原子局"}, "no_counterpart", []),
        ("posts differ", {}, {"posts_done_count": 1}, "agree", ["posts_done_count"]),
        ("one side leaves posts blank", {}, {"posts_count": None}, "agree", []),
        ("one side leaves the status blank", {}, {"status": None}, "differ", ["status"]),
        ("status and posts differ", {"posts_count": 3}, {"status": "partial"}, "differ",
         ["status", "posts_count"]),
    ],
)  # fmt: skip
def test_two_sides_of_one_duty(review_of, words, losing, gaining, agreement, listed):
    """One matter gives one verdict, and one row for each fact that differs."""
    sides = [(LOSING, losing), (GAINING, gaining)]
    rows = [side | change for side, change in sides if change is not None]
    review = review_of(duty_transfers=rows)

    assert find.duties(review)["agreement"].tolist() == [agreement]
    assert find.mismatches(review)["field"].tolist() == listed


def test_mismatch_shows_both_statements_and_both_cells(review_of):
    """The address is the cell of the differing value, not of the row."""
    cells = [
        {"table": "duty_transfers", "column": "status", "file": "returns/甲.xlsx",
         "sheet": "03 职责划转", "row": 4, "cell": "H4"},
        {"table": "duty_transfers", "column": "status", "file": "returns/乙.xlsx",
         "sheet": "03 职责划转", "row": 7, "cell": "H7"},
    ]  # fmt: skip
    review = review_of(duty_transfers=[LOSING, GAINING | {"status": "not_done"}], cells=cells)
    row = find.mismatches(review).iloc[0]

    assert (row["losing_statement"], row["gaining_statement"]) == ("done", "not_done")
    assert (row["losing_file"], row["losing_cell"]) == ("returns/甲.xlsx", "H4")
    assert (row["gaining_file"], row["gaining_cell"]) == ("returns/乙.xlsx", "H7")


def test_numbers_that_differ_give_the_difference(review_of):
    """Gaining less losing, and the numbers as text beside it."""
    review = review_of(duty_transfers=[LOSING, GAINING | {"posts_done_count": 1}])
    row = find.mismatches(review).iloc[0]
    assert (row["losing_statement"], row["gaining_statement"], row["difference"]) == ("2", "1", -1)


@pytest.mark.parametrize(
    "words, to_dept, scope",
    [
        ("both in one group", "DP02", "within"),
        ("two groups", "DP03", "across"),
        ("one assesses itself and is in no group", "DP04", "across"),
    ],
)
def test_scope_of_a_mismatch(review_of, words, to_dept, scope):
    """Within a visit group, or across."""
    rows = [LOSING | {"to_dept": to_dept},
            GAINING | {"to_dept": to_dept, "dept_code": to_dept, "status": "not_done"}]  # fmt: skip
    assert find.mismatches(review_of(duty_transfers=rows))["scope"].tolist() == [scope]


def test_status_that_counts_is_the_gaining_sides(review_of):
    """The losing side's counts only where the gaining side is silent."""
    city = LOSING | {"status": "pending_city"}
    both = find.duties(review_of(duty_transfers=[city, GAINING]))
    alone = find.duties(review_of(duty_transfers=[city]))

    assert both.loc[0, "status"] == "done" and not both.loc[0, "is_pending_city"]
    assert alone.loc[0, "status"] == "pending_city" and alone.loc[0, "is_pending_city"]


def test_staff_transfers_are_compared_by_pair_and_type(review_of):
    """A silent side is listed once, under the number due."""
    told = {"dept_code": "DP01", "from_dept": "DP01", "to_dept": "DP03", "reported_by": "losing",
            "estab_type": "administrative", "due_count": 5, "done_count": 5}  # fmt: skip
    heard = told | {"dept_code": "DP03", "reported_by": "gaining"}
    place = {"source_file": "returns/x.xlsx", "source_sheet": "04", "source_cell": "A4"}
    rows = [
        told | place, heard | place | {"done_count": 4},
        told | place | {"estab_type": "workers"},
    ]  # fmt: skip
    frame = find.mismatches(review_of(staff_transfers=rows))

    assert list(zip(frame["record"], frame["field"], strict=True)) == [
        ("workers", "due_count"), ("administrative", "done_count"),
    ]  # fmt: skip
    assert pd.isna(frame.loc[0, "gaining_statement"])
    assert frame.loc[1, "difference"] == -1


def test_silence_beside_nobody_due_is_no_mismatch(review_of):
    """Where one side reports 0 people due and the other lists nothing, both say the same."""
    told = {"dept_code": "DP01", "from_dept": "DP01", "to_dept": "DP03", "reported_by": "losing",
            "estab_type": "administrative", "due_count": 0, "done_count": 0}  # fmt: skip
    assert find.mismatches(review_of(staff_transfers=[told])).empty


def test_group_sees_the_mismatches_its_departments_take_part_in(review_of):
    """A mismatch across groups stands in both groups' reports."""
    rows = [LOSING | {"to_dept": "DP03"}, GAINING | {"to_dept": "DP03", "status": "not_done"}]
    review = review_of(duty_transfers=rows)

    assert len(find.mismatches(review, group="G1")) == 1
    assert len(find.mismatches(review, group="G2")) == 1
    assert find.mismatches(review, department="DP04").empty


def test_no_transfers_give_empty_frames_with_their_columns(review_of):
    """An empty list is an answer, with the same columns as a full one."""
    review = review_of()
    full = review_of(duty_transfers=[LOSING, GAINING | {"status": "not_done"}])

    assert find.duties(review).columns.equals(find.duties(full).columns)
    assert find.mismatches(review).columns.equals(find.mismatches(full).columns)
