"""Two rounds side by side: departments followed, figures compared only where they can be."""

import pandas as pd
import pytest
from ledgers_by_hand import RUBRIC, SETTINGS, problem, review_of

from reviewlib.errors import UsageError
from reviewlib.ledger.compare import compare
from reviewlib.ledger.compare_scores import moved_by_indicator, not_compared
from reviewlib.ledger.lineage import lineage
from reviewlib.rubric import parse_rubric
from reviewlib.scoring import Scores

LATER = {
    "cutoff_on": "2026-06-30", "as_of": "2026-10-31",
    "plan": {"start_on": "2026-07-01", "visits_start_on": "2026-07-13",
             "visits_end_on": "2026-07-17", "end_on": "2026-07-31"},
    "deadlines": SETTINGS["deadlines"] | {
        "return_due_on": "2026-07-09", "reminder_due_on": "2026-07-21",
        "first_progress_report_on": "2026-08-28"},
}  # fmt: skip
YEAR = pd.Timestamp("2026-03-01")


def dept(code: str, name: str, order: int, **more) -> dict:
    return {"dept_code": code, "short_name": name, "full_name": f"甲区{name}",
            "protocol_order": order, "mode": "visit", "group_id": "G1"} | more  # fmt: skip


def former(name: str, code: str, valid_to_on=YEAR) -> dict:
    return {"alias": name, "dept_code": code, "alias_kind": "former", "valid_to_on": valid_to_on}


def rounds(before: list[dict], after: list[dict], aliases=(), **tables):
    """An earlier review and a later one with these rosters."""
    old = review_of(departments=before, **tables.get("old", {}))
    new = review_of(departments=after, settings=LATER, dept_aliases=list(aliases),
                    **tables.get("new", {}))  # fmt: skip
    return old, new


def links(old, new) -> list[tuple]:
    """Old code, new code, lineage."""
    frame = lineage(old, new)[["old_code", "new_code", "lineage"]]
    return [tuple(row) for row in frame.fillna("").to_numpy()]


@pytest.mark.parametrize(
    ("case", "before", "after", "aliases", "expected"),
    [
        ("nothing changed", [dept("DP01", "商务委", 1)], [dept("DP01", "商务委", 1)], [],
         [("DP01", "DP01", "same")]),
        ("a new code for the same name", [dept("DP01", "商务委", 1)], [dept("DP09", "商务委", 1)],
         [], [("DP01", "DP09", "same")]),
        ("renamed, with the day", [dept("DP01", "商务委", 1)], [dept("DP01", "商务局", 1)],
         [former("商务委", "DP01")], [("DP01", "DP01", "renamed")]),
        ("two merged", [dept("DP01", "文化局", 1), dept("DP02", "旅游局", 2)],
         [dept("DP05", "文旅局", 1)], [former("文化局", "DP05"), former("旅游局", "DP05")],
         [("DP01", "DP05", "merged"), ("DP02", "DP05", "merged")]),
        ("one split", [dept("DP01", "城建委", 1)],
         [dept("DP01", "建设委", 1), dept("DP02", "交通委", 2)],
         [former("城建委", "DP01"), former("城建委", "DP02")],
         [("DP01", "DP01", "split"), ("DP01", "DP02", "split")]),
        ("part of one that stays", [dept("DP01", "经委", 1)],
         [dept("DP01", "经委", 1), dept("DP02", "商务委", 2)], [former("经委", "DP02")],
         [("DP01", "DP01", "split"), ("DP01", "DP02", "split")]),
        ("ended and new", [dept("DP01", "老局", 1)], [dept("DP01", "新局", 1)], [],
         [("", "DP01", "new"), ("DP01", "", "ended")]),
        ("a name that ceased before the earlier round", [dept("DP01", "民政局", 1)],
         [dept("DP01", "民政局", 1), dept("DP02", "老龄办", 2)],
         [former("民政局", "DP02", pd.Timestamp("2019-01-01"))],
         [("DP01", "DP01", "same"), ("", "DP02", "new")]),
        ("an undated name that nobody bears any more", [dept("DP01", "商务委", 1)],
         [dept("DP01", "商务局", 1)], [former("商务委", "DP01", None)],
         [("DP01", "DP01", "renamed")]),
        ("an undated name that somebody still bears", [dept("DP01", "经委", 1)],
         [dept("DP01", "经委", 1), dept("DP02", "商务委", 2)], [former("经委", "DP02", None)],
         [("DP01", "DP01", "same"), ("", "DP02", "new")]),
    ],
)  # fmt: skip
def test_departments_are_followed_by_their_names(case, before, after, aliases, expected):
    """Names tell, codes do not; a former name counts where it ceased between the rounds."""
    assert links(*rounds(before, after, aliases)) == expected


def test_predecessors_on_the_roster_tell_too():
    """The list of predecessors serves where no alias was entered."""
    after = [dept("DP05", "文旅局", 1, predecessors="文化局、旅游局")]

    assert links(*rounds([dept("DP01", "文化局", 1), dept("DP02", "旅游局", 2)], after)) == [
        ("DP01", "DP05", "merged"), ("DP02", "DP05", "merged")]  # fmt: skip


def scored(*totals: tuple, items: tuple = ()) -> Scores:
    """Scores with (dept, mode, band, total) and (dept, mode, indicator, status, share)."""
    rows = [dict(zip(("dept_code", "mode", "band", "total_shown"), row, strict=True))
            | {"coverage": 1.0} for row in totals]  # fmt: skip
    columns = ("dept_code", "mode", "indicator_id", "status", "share")
    return Scores(
        pd.DataFrame([dict(zip(columns, row, strict=True)) for row in items], columns=columns),
        pd.DataFrame(rows, columns=["dept_code", "mode", "band", "total_shown", "coverage"]),
        None, None, None, None, None,
    )  # fmt: skip


ONE = [dept("DP01", "商务委", 1)]


@pytest.mark.parametrize(
    ("case", "old", "new", "after", "why_not", "moved"),
    [
        ("better", ("visit", "yellow", 80.0), ("visit", "green", 91.0), ONE, "", "better"),
        ("worse", ("visit", "green", 91.0), ("visit", "red", 60.0), ONE, "", "worse"),
        ("the same band", ("visit", "green", 91.0), ("visit", "green", 99.0), ONE, "", "same"),
        ("visited, then self-assessed", ("visit", "green", 91.0), ("self", "green", 95.0), ONE,
         "mode", ""),
        ("not rated before", ("visit", "not_rated", None), ("visit", "green", 95.0), ONE,
         "coverage", ""),
        ("another department", ("visit", "green", 91.0), ("visit", "green", 95.0),
         [dept("DP01", "新局", 1)], "lineage", ""),
    ],
)  # fmt: skip
def test_bands_are_compared_only_where_they_can_be(case, old, new, after, why_not, moved):
    """Same department, same mode, rated in both rounds; else the reason why not."""
    before, later = rounds(ONE, after)
    found = compare(before, later, scored(("DP01", *old)), scored(("DP01", *new))).bands.loc[0]

    assert tuple(found[["why_not", "moved"]].fillna("")) == (why_not, moved)
    assert bool(found["is_comparable"]) == (why_not == "")


@pytest.mark.parametrize(
    ("case", "change", "band_why", "indicator_why"),
    [
        ("only the wording", {"zh": "完成情况"}, "", ""),
        ("another weight", {"weight": "40"}, "rubric", ""),
        ("another measure", {"measure": "duties_transferred"}, "rubric", "rubric"),
    ],
)
def test_a_rubric_that_measures_otherwise(case, change, band_why, indicator_why):
    """A weight changes the total and not the indicator; a measure changes both; words neither."""
    before, later = rounds(ONE, ONE)
    first, second = RUBRIC["indicators"]
    other = {"weight": "60"} if "weight" in change else {}
    changed = parse_rubric(RUBRIC | {"indicators": [first | change, second | other]})
    object.__setattr__(later, "rubric", changed)
    scores = scored(("DP01", "visit", "green", 91.0),
                    items=(("DP01", "visit", "A02", "scored", 0.5),))  # fmt: skip

    found = compare(before, later, scores, scores)

    assert found.bands["why_not"].fillna("").loc[0] == band_why
    assert found.indicators["why_not"].fillna("").loc[0] == indicator_why
    assert found.rubric.empty == (band_why == "")


def test_other_consistency_checks_touch_the_indicator_that_counts_them():
    """Another list of checks: that indicator and the bands do not compare, others do."""
    before, later = rounds(ONE, ONE)
    first, second = RUBRIC["indicators"]
    counting = RUBRIC | {"indicators": [first, second | {"measure": "checks_passed"}]}
    for review, checks in ((before, []), (later, ["duties-add-up"])):
        rubric = parse_rubric(counting | {"consistency_checks": checks})
        object.__setattr__(review, "rubric", rubric)
    scores = scored(("DP01", "visit", "green", 91.0), items=(
        ("DP01", "visit", "A02", "scored", 0.5), ("DP01", "visit", "C11", "scored", 0.5)))

    found = compare(before, later, scores, scores)

    assert list(found.bands["why_not"]) == ["rubric"]
    assert list(found.indicators["why_not"].fillna("")) == ["", "rubric"]


@pytest.mark.parametrize(
    ("case", "old", "new", "why_not", "moved"),
    [
        ("up", ("scored", 0.5), ("scored", 0.75), "", "better"),
        ("down by a hair", ("scored", 0.5), ("scored", 0.4999), "", "worse"),
        ("less than can be shown", ("scored", 0.5), ("scored", 0.50001), "", "same"),
        ("not applicable before", ("not_applicable", None), ("scored", 1.0), "not_scored", ""),
        ("unreported now", ("scored", 1.0), ("unreported", 0.0), "not_scored", ""),
    ],
)
def test_indicators(case, old, new, why_not, moved):
    """Both scored, or no comparison."""
    before, later = rounds(ONE, ONE)
    scores = [scored(items=(("DP01", "visit", "A02", *told),)) for told in (old, new)]
    found = compare(before, later, *scores).indicators.loc[0]

    assert tuple(found[["why_not", "moved"]].fillna("")) == (why_not, moved)
    assert pd.isna(found["change"]) == (why_not != "")


CLOSED = {"status": "closed", "evidence_ref": "佐证", "verified_by_role": "编办督查岗",
          "closed_on": pd.Timestamp("2025-10-01")}  # fmt: skip
NEXT = {"found_on": pd.Timestamp("2026-07-16"), "due_on": pd.Timestamp("2026-12-31")}


@pytest.mark.parametrize(
    ("case", "old", "new", "expected"),
    [
        ("open then, and again", [problem(1, title="编制偏紧")],
         [problem(4, title="编制偏紧", **NEXT)], [("persistent", "P-01", "P-04")]),
        ("closed, and back", [problem(1, title="编制偏紧", **CLOSED)],
         [problem(1, title="编制仍偏紧", **NEXT)], [("came_back", "P-01", "P-01")]),
        ("closed, and stayed so", [problem(1, title="编制偏紧", **CLOSED)], [],
         [("stayed_closed", "P-01", "")]),
        ("open, and not listed any more", [problem(1, title="编制偏紧")], [],
         [("not_seen", "P-01", "")]),
        ("the same id, another problem", [problem(1, title="编制偏紧")],
         [problem(1, title="科室职责未印发", **NEXT)],
         [("new", "", "P-01"), ("not_seen", "P-01", "")]),
        ("another category", [problem(1, title="编制偏紧")],
         [problem(1, title="编制偏紧", category="DUTY", **NEXT)],
         [("new", "", "P-01"), ("not_seen", "P-01", "")]),
        ("rejected then, found now", [problem(1, title="编制偏紧", status="rejected")],
         [problem(1, title="编制偏紧", **NEXT)], [("new", "", "P-01")]),
        ("open then, rejected now", [problem(1, title="编制偏紧")],
         [problem(1, title="编制偏紧", status="rejected", **NEXT)], [("not_seen", "P-01", "")]),
        ("two come from one", [problem(1, title="编制偏紧")],
         [problem(n, title=f"说法{n}", previous_problem_id="P-01", **NEXT) for n in (1, 2)],
         [("persistent", "P-01", "P-01"), ("persistent", "P-01", "P-02")]),
        ("named by the ledger itself", [problem(1, title="编制偏紧")],
         [problem(9, title="全然不同的说法", previous_problem_id="P-01", **NEXT)],
         [("persistent", "P-01", "P-09")]),
        ("one of two, the more alike", [problem(1, title="人员编制偏紧")],
         [problem(2, title="人员编制偏紧了", **NEXT), problem(3, title="人员编制偏紧", **NEXT)],
         [("persistent", "P-01", "P-03"), ("new", "", "P-02")]),
    ],
)  # fmt: skip
def test_what_became_of_problems(case, old, new, expected):
    """Closed and back, persistent, new, stayed closed, not seen again."""
    before, later = rounds(ONE, ONE, old={"problems": old}, new={"problems": new})
    found = compare(before, later, scored(), scored()).problems

    columns = ["state", "old_problem_id", "new_problem_id"]
    assert [tuple(row) for row in found[columns].fillna("").to_numpy()] == expected


def test_a_problem_follows_its_department_through_a_merger():
    """The owner merged into another: its problem is known there, and not at a third one."""
    before, later = rounds(
        [dept("DP01", "文化局", 1), dept("DP02", "旅游局", 2)],
        [dept("DP05", "文旅局", 1), dept("DP06", "体育局", 2)],
        [former("文化局", "DP05"), former("旅游局", "DP05")],
        old={"problems": [problem(1, title="编制偏紧", owner="DP02")]},
        new={"problems": [problem(1, title="编制偏紧", owner="DP06", **NEXT),
                          problem(2, title="编制偏紧", owner="DP05", **NEXT)]},
    )  # fmt: skip
    found = compare(before, later, scored(), scored()).problems.set_index("new_problem_id")

    assert tuple(found.loc["P-02", ["state", "old_problem_id"]]) == ("persistent", "P-01")
    assert found.loc["P-01", "state"] == "new"


def test_rounds_of_the_same_length_are_not_needed():
    """A department of the earlier round alone is on the list of departments and nowhere else."""
    before, later = rounds([*ONE, dept("DP02", "老局", 2)], ONE)
    found = compare(before, later, scored(("DP01", "visit", "green", 91.0),
                                          ("DP02", "visit", "green", 91.0)),
                    scored(("DP01", "visit", "green", 91.0)))  # fmt: skip

    assert list(found.bands["dept_code"]) == ["DP01"]
    assert list(found.departments["lineage"]) == ["same", "ended"]


def test_the_earlier_round_comes_first():
    """Two reviews in the wrong order, or one review twice, are no comparison."""
    before, later = rounds(ONE, ONE)

    for pair in ((later, before), (before, before)):
        with pytest.raises(UsageError, match="应早于本轮"):
            compare(*pair, scored(), scored())


def test_what_moved_and_what_is_not_compared_add_up():
    """Every share of the later round is counted once: moved, stayed, or listed with its reason."""
    both = [*ONE, dept("DP02", "水务局", 2), dept("DP03", "新局", 3)]
    before, later = rounds(both[:2], both)
    then = (("DP01", "visit", "A02", "scored", 0.5), ("DP01", "visit", "A03", "scored", 0.5),
            ("DP02", "visit", "A01", "scored", 0.5), ("DP02", "visit", "A02", "scored", 0.9),
            ("DP02", "visit", "A03", "scored", 0.9))  # fmt: skip
    now = (("DP01", "visit", "A01", "pending", None), ("DP01", "visit", "A02", "scored", 0.6),
           ("DP01", "visit", "A03", "pending", None), ("DP02", "visit", "A01", "scored", 1.0),
           ("DP02", "visit", "A02", "scored", 0.8), ("DP02", "visit", "A03", "scored", 0.9),
           ("DP03", "visit", "A02", "scored", 1.0),
           ("DP03", "visit", "A03", "scored", 1.0))  # fmt: skip
    bands = [(code, "visit", "green", 91.0) for code in ("DP01", "DP02", "DP03")]
    found = compare(before, later, scored(*bands[:2], items=then), scored(*bands, items=now))
    counts = moved_by_indicator(found.indicators)
    reasons = not_compared(found.bands, found.indicators)

    assert counts.to_numpy().tolist() == [["A01", 1, 1, 0, 0], ["A02", 2, 1, 1, 0]]
    assert reasons.fillna("").to_numpy().tolist() == [
        ["DP01", "share", "not_scored", 2, "A01;A03", False],
        ["DP03", "band", "lineage", 1, "", False],
        ["DP03", "share", "lineage", 2, "A02;A03", True],
    ]
