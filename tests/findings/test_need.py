"""What posts are needed for: each number from its own place, never netted, never scored."""

import pandas as pd
import pytest

import reviewlib.findings as find


def staffed(approved, filled, kind="administrative", **more):
    return {"dept_code": "DP01", "estab_type": kind, "posts_approved_count": approved,
            "posts_filled_count": filled} | more  # fmt: skip


def first(review):
    """Return the row of the first department."""
    frame = find.need(review)
    assert frame["dept_code"].tolist() == ["DP01", "DP02", "DP03", "DP04"]
    return frame.iloc[0]


def test_types_are_summed_one_by_one(review_of):
    """Two vacant of one type and one over of another stay two and one."""
    row = first(review_of(staffing=[
        staffed(10, 8, seconded_in_count=3, seconded_out_count=1, off_estab_count=4),
        staffed(2, 3, "workers", seconded_in_count=0, seconded_out_count=0, off_estab_count=0),
    ]))  # fmt: skip

    assert (row["posts_vacant_count"], row["posts_over_count"]) == (2, 1)
    assert (row["seconded_net_count"], row["off_estab_count"]) == (2, 4)


def test_workload_stands_against_posts_and_last_year(review_of):
    """150 cases after 100: half as many again; by 10 posts, and by 8 people."""
    row = first(review_of(
        staffing=[staffed(10, 8)],
        other_counts=[{"dept_code": "DP01", "count_item": "workload", "num": 150, "den": 100,
                       "source_cell": "A14"}],
    ))  # fmt: skip

    assert (row["workload_change_share"], row["workload_per_post"]) == (0.5, 15)
    assert (row["workload_per_person"], row["source_cell"]) == (18.75, "A14")


@pytest.mark.parametrize(
    ("words", "stated", "note", "evidenced"),
    [
        ("tight, with evidence", "tight", "一人三岗", True),
        ("short, and nothing to show for it", "short", None, False),
        ("enough calls for no evidence", "enough", None, None),
        ("not stated", None, None, None),
    ],
)
def test_stated_pressure_with_its_evidence(review_of, words, stated, note, evidenced):
    """Whether a stated shortage is evidenced is said; without one there is nothing to evidence."""
    profile = {"dept_code": "DP01", "staffing_pressure": stated, "staffing_pressure_note": note}
    told = first(review_of(profiles=[profile]))["is_pressure_evidenced"]

    assert (None if pd.isna(told) else bool(told)) == evidenced


def test_duties_come_and_go_as_each_side_reports_them(review_of):
    """A duty counts for the side that reports it, once, with the posts that moved."""
    duty = {"matter_id": "DT-01", "from_dept": "DP01", "to_dept": "DP02", "posts_done_count": 3}
    frame = find.need(review_of(duty_transfers=[
        duty | {"dept_code": "DP01", "reported_by": "losing"},
        duty | {"dept_code": "DP02", "reported_by": "gaining", "posts_done_count": 2},
    ])).set_index("dept_code")  # fmt: skip

    assert frame.loc["DP01", ["duties_out_count", "posts_out_count"]].tolist() == [1, 3]
    assert frame.loc["DP02", ["duties_in_count", "posts_in_count"]].tolist() == [1, 2]


def test_nothing_reported_is_not_zero(review_of):
    """A number left out leaves sums and ratios unknown."""
    row = first(review_of(staffing=[staffed(10, None), staffed(2, 2, "workers")]))

    assert row["posts_approved_count"] == 12 and pd.isna(row["posts_filled_count"])
    assert pd.isna(row["workload_per_person"]) and pd.isna(row["workload_change_share"])
