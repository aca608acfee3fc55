"""The four aspects and the groups' severity: modes apart, counts first, nothing corrected."""

from types import SimpleNamespace

import pandas as pd
import pytest

import reviewlib.findings as find


def scores_of(items=(), totals=(), aspects=()):
    """Return the frames of Scores that findings read, made by hand."""
    columns = {
        "items": ["dept_code", "mode", "group_id", "indicator_id", "weight", "level", "share",
                  "status", "source_file", "source_sheet", "source_cell"],
        "totals": ["dept_code", "mode", "group_id", "total_shown", "self_total_shown"],
        "aspects": ["dept_code", "mode", "aspect", "rate", "weight_applicable", "weight_scored"],
    }  # fmt: skip
    rows = {"items": items, "totals": totals, "aspects": aspects}
    return SimpleNamespace(
        **{name: pd.DataFrame(list(rows[name]), columns=columns[name]) for name in columns}
    )


def rated(code, group, level, share):
    """Return one level item of a visited department."""
    return {"dept_code": code, "mode": "visit", "group_id": group, "indicator_id": "A09",
            "weight": 60, "level": level, "share": share, "status": "scored"}  # fmt: skip


@pytest.mark.parametrize(
    "words, shares, hints",
    [
        ("groups alike", (0.8, 0.8, 0.8), [False, False]),
        ("5 points above the overall median", (0.8, 0.9, 0.8), [False, False]),
        ("more than 5 points", (0.8, 1.0, 0.6), [True, True]),
    ],
)
def test_hint_where_a_group_is_more_than_five_points_from_the_overall_median(
    review_of, words, shares, hints
):
    """Medians of level items, 0–100, against the median of all visited departments."""
    items = [rated("DP01", "G1", "B", shares[0]), rated("DP02", "G1", "A", shares[1]),
             rated("DP03", "G2", "B", shares[2])]  # fmt: skip
    rows = find.moderation(review_of(), scores_of(items))
    assert rows["is_hint"].tolist() == hints


def test_group_without_scores_is_a_row_without_numbers(review_of):
    """A group of the settings that scored nothing is shown as such, without a hint."""
    totals = [{"dept_code": "DP01", "mode": "visit", "group_id": "G1", "total_shown": 88.0,
               "self_total_shown": 92.5}]  # fmt: skip
    rows = find.moderation(review_of(), scores_of([rated("DP01", "G1", "A", 1.0)], totals))

    assert rows["dept_count"].tolist() == [1, 0]
    assert rows.loc[0, "self_gap_median"] == -4.5 and rows.loc[0, "level_a_share"] == 1
    assert pd.isna(rows.loc[1, "total_median"]) and not rows.loc[1, "is_hint"]


def test_aspects_keep_the_two_modes_apart(review_of):
    """One row per aspect and mode; coverage is weight over weight, not a mean of coverages."""
    rows = [
        {"dept_code": code, "mode": mode, "aspect": "posts", "rate": rate,
         "weight_applicable": whole, "weight_scored": scored}
        for code, mode, rate, whole, scored in (
            ("DP01", "visit", 0.9, 40, 40), ("DP02", "visit", 0.7, 20, 5), ("DP04", "self", 1, 9, 9)
        )
    ]  # fmt: skip
    frame = find.aspects(review_of(), scores_of(aspects=rows))

    assert frame["mode"].tolist() == ["visit", "self"]
    assert frame.loc[0, ["rate_median", "rate_min", "rate_max"]].tolist() == [0.8, 0.7, 0.9]
    assert frame.loc[0, "coverage"] == 0.75 and frame.loc[0, "dept_count"] == 2
    assert find.aspects(review_of(), scores_of(aspects=rows), group="G1")["mode"].tolist() == [
        "visit"
    ]


def test_counts_of_the_aspects_leave_out_what_waits_for_the_city(review_of):
    """Three duties gained, one waits for the city: one of two in place."""
    told = {"dept_code": "DP02", "from_dept": "DP01", "to_dept": "DP02", "reported_by": "gaining"}
    states = enumerate(("done", "not_done", "pending_city"))
    duties = [told | {"matter_id": f"DT-0{n}", "matter": "x", "status": s} for n, s in states]
    losing = told | {"dept_code": "DP01", "reported_by": "losing", "matter_id": "DT-00",
                     "matter": "x", "status": "done"}  # fmt: skip
    counts = find.aspect_counts(review_of(duty_transfers=[*duties, losing]))
    row = counts.set_index(["item", "mode"]).loc[("duties_in_place", "visit")]

    assert (row["num"], row["den"], row["pending_city"]) == (1, 2, 1)
    assert row["share"] == 0.5


def test_count_of_nothing_has_no_share(review_of):
    """Nobody due to move is not a rate of 0."""
    counts = find.aspect_counts(review_of()).set_index(["item", "mode"])
    assert counts.loc[("staff_transferred", "visit"), "den"] == 0
    assert pd.isna(counts.loc[("staff_transferred", "visit"), "share"])


def test_integration_shows_merged_departments_only(review_of):
    """A renamed department has nothing to grow together; units of several predecessors count."""
    units = [
        {
            "dept_code": "DP01",
            "unit_name": name,
            "is_in_three_det": True,
            "is_set_up": True,
            "predecessor_mix": mix,
        }
        for name, mix in (("甲科", "merged"), ("乙科", "single"))
    ]
    frame = find.integration(
        review_of(internal_units=units), scores_of([rated("DP01", "G1", "B", 0.8)])
    )
    assert frame["dept_code"].tolist() == ["DP01", "DP02"]
    assert frame.loc[0, "level"] == "B" and frame.loc[0, "cross_predecessor_share"] == 0.5
    assert pd.isna(frame.loc[1, "level"]) and pd.isna(frame.loc[1, "cross_predecessor_share"])
