"""Establishment and sections: vacant and over apart, never netted."""

import pandas as pd
import pytest

import reviewlib.findings as find


@pytest.mark.parametrize(
    "words, approved, filled, vacant, over",
    [
        ("two vacant", 10, 8, 2, 0),
        ("two over", 10, 12, 0, 2),
        ("exactly full", 10, 10, 0, 0),
        ("nothing approved, one in post", 0, 1, 0, 1),
    ],
)
def test_vacant_and_over_are_never_below_zero(review_of, words, approved, filled, vacant, over):
    """One of the two is always 0."""
    row = find.staffing(review_of(staffing=[posts(approved, filled)])).iloc[0]
    assert (row["posts_vacant_count"], row["posts_over_count"]) == (vacant, over)


def posts(approved, filled, estab_type="administrative", code="DP01"):
    """Return one row of the establishment sheet."""
    return {"dept_code": code, "estab_type": estab_type, "posts_approved_count": approved,
            "posts_filled_count": filled}  # fmt: skip


def test_over_in_one_type_does_not_fill_a_vacancy_in_another(review_of):
    """Two over and two vacant add up to two over and two vacant."""
    frame = find.staffing(review_of(staffing=[posts(10, 12), posts(5, 3, "institution")]))
    assert (frame["posts_over_count"].sum(), frame["posts_vacant_count"].sum()) == (2, 2)


def test_deputy_vacancy_does_not_excuse_a_head_too_many(review_of):
    """One head over and one deputy missing is one over (X81)."""
    rows = [
        {"dept_code": "DP01", "post_type": kind, "leadership_posts_approved_count": approved,
         "leadership_posts_filled_count": filled}
        for kind, approved, filled in (("dept_deputy", 2, 1), ("dept_head", 1, 2))
    ]  # fmt: skip
    frame = find.leadership(review_of(leadership_posts=rows))

    assert frame["post_type"].tolist() == ["dept_head", "dept_deputy"]  # as on the form
    assert frame["leadership_posts_over_count"].tolist() == [1, 0]


def test_number_not_reported_is_not_zero(review_of):
    """Without a number in post, vacant and over are unknown; a row without numbers is no row."""
    frame = find.staffing(review_of(staffing=[posts(10, None), posts(None, None, "workers")]))
    assert len(frame) == 1
    assert pd.isna(frame.loc[0, "posts_vacant_count"]) and pd.isna(frame.loc[0, "filled_share"])


def unit(name="综合科", **changes):
    """Return one internal unit in perfect order, with changes."""
    return {"dept_code": "DP01", "unit_name": name, "approved_name": name, "is_in_three_det": True,
            "is_set_up": True, "is_head_in_place": True, "is_duties_issued": True,
            "approved_staff_count": 3, "actual_staff_count": 3} | changes  # fmt: skip


@pytest.mark.parametrize(
    "words, change, expected",
    [
        ("in order", {}, {"approved_count": 1, "headed_count": 1, "staffed_count": 1}),
        ("no head, two staff", {"is_head_in_place": False, "actual_staff_count": 2},
         {"headed_count": 0, "staffed_count": 1}),
        ("only the head is there", {"actual_staff_count": 1}, {"staffed_count": 0}),
        ("one-person unit", {"actual_staff_count": 1, "approved_staff_count": 1},
         {"staffed_count": 1}),
        ("approved, not set up", {"is_set_up": False}, {"unset_count": 1, "set_up_count": 0}),
        ("set up without approval", {"is_in_three_det": False},
         {"extra_count": 1, "approved_count": 0}),
        ("a mere nameplate", {"is_in_three_det": False, "is_nameplate": True}, {"extra_count": 0}),
        ("under another name", {"approved_name": "办公室"}, {"renamed_count": 1}),
        ("of several predecessors", {"predecessor_mix": "merged"}, {"cross_predecessor_count": 1}),
    ],
)  # fmt: skip
def test_sections_by_case(review_of, words, change, expected):
    """Each kind of unit is counted where it belongs."""
    row = find.sections(review_of(internal_units=[unit(**change)])).iloc[0]
    assert {name: row[name] for name in expected} == expected
