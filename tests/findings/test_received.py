"""Who answered, when and how completely."""

import pandas as pd

import reviewlib.findings as find

RETURN = {"dept_code": "DP01", "declared_code": "DP01", "declared_on": "2030-04-03",
          "source_file": "returns/甲局.xlsx"}  # fmt: skip


def by_department(frame):
    """Index rows by department."""
    return frame.set_index("dept_code")


def test_departments_stand_in_protocol_order_whatever_the_roster_order(review_of):
    """The roster of the test is out of order; the answer is not."""
    assert find.coverage(review_of())["dept_code"].tolist() == ["DP01", "DP02", "DP03", "DP04"]


def test_lateness_counts_working_days_after_the_deadline(review_of):
    """Friday 5 April is in time; Tuesday 9 April is two working days late."""
    review = review_of(
        covers=[RETURN, RETURN | {"dept_code": "DP02", "source_file": "returns/乙.xlsx"},
                RETURN | {"dept_code": "DP04", "source_file": "returns/丁.xlsx"}],
        receipts=[{"file": "甲局.xlsx", "received_on": "2030-04-05"},
                  {"file": "乙.xlsx", "received_on": "2030-04-09"}],
    )  # fmt: skip
    rows = by_department(find.coverage(review))

    assert rows.loc["DP01", "late_workdays"] == 0
    assert rows.loc["DP02", "late_workdays"] == 2
    assert rows.loc["DP04", "is_returned"] and pd.isna(rows.loc["DP04", "late_workdays"])
    assert not rows.loc["DP03", "is_returned"]


def test_return_without_a_readable_cover_is_a_return(review_of):
    """Any sheet of a return shows that it came."""
    review = review_of(staffing=[{"dept_code": "DP03", "estab_type": "administrative",
                                  "source_file": "returns/丙.xlsx"}])  # fmt: skip
    assert by_department(find.coverage(review)).loc["DP03", "is_returned"]


def test_items_count_answers_other_than_not_reported(review_of):
    """不适用 and 证据不足 are answers, 未填 is none; the visit is counted apart."""
    rated = [{"dept_code": "DP01", "indicator_id": "A09", "answer": "not_applicable"},
             {"dept_code": "DP01", "indicator_id": "A02", "answer": "not_reported"}]  # fmt: skip
    scored = {"dept_code": "DP01", "indicator_id": "A09", "answer": "reported", "agreed": "A"}
    review = review_of(covers=[RETURN], self_ratings=rated, visit_scores=[scored])
    rows = by_department(find.coverage(review))

    assert (rows.loc["DP01", "items_filled"], rows.loc["DP01", "items_expected"]) == (1, 2)
    assert rows.loc["DP01", "visit_items_filled"] == 1
    assert pd.isna(rows.loc["DP04", "visit_items_expected"])  # self-assessed: no visit expected


def test_missing_names_what_is_missing(review_of):
    """A self-assessed department lacks only its return; a visited one may lack three things."""
    review = review_of(
        covers=[RETURN],
        visits=[{"dept_code": code, "visit_on": "2030-04-08", "group_id": "G1"}
                for code in ("DP01", "DP02")],
        visit_scores=[{"dept_code": "DP01", "indicator_id": "A09", "answer": "reported"}],
    )  # fmt: skip
    lacks = find.missing(review)

    assert list(zip(lacks["dept_code"], lacks["what"], strict=True)) == [
        ("DP02", "return"), ("DP02", "scores"), ("DP03", "return"), ("DP03", "visit"),
        ("DP04", "return"),
    ]  # fmt: skip


def test_filters_narrow_to_a_group_or_a_department(review_of):
    """A group of two, a department of one, a group of none."""
    review = review_of()
    assert find.coverage(review, group="G1")["dept_code"].tolist() == ["DP01", "DP02"]
    assert find.coverage(review, department="DP04")["dept_code"].tolist() == ["DP04"]
    assert find.coverage(review, group="G9").empty and find.missing(review, group="G9").empty
