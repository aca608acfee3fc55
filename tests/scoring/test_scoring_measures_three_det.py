"""Dimension C: sections, heads, posts and duties under the three-determinations regulation."""

import pandas as pd
import pytest
from reviews_by_hand import OTHER, OWN, VISITED, fraction, make_review, only, told

from reviewlib.scoring import score


def unit(n=1, **more):
    """Return an approved section, set up, with head and staff."""
    return {"unit_name": f"科{n}", "approved_name": f"科{n}", "is_in_three_det": True,
            "is_set_up": True, "approved_staff_count": 4, "actual_staff_count": 4,
            "is_head_in_place": True, "is_duties_issued": True} | more  # fmt: skip


def units(**last):
    """Return eight approved sections, the last of them changed."""
    return [*(unit(n) for n in range(7)), unit(8, **last)]


@pytest.mark.parametrize(
    "words, indicator_id, rows, expected",
    [
        ("C01 seven of eight issued", "C01", units(is_duties_issued=False), (7, 8)),
        ("C01 an added section is not asked", "C01",
         [*units(), unit(9, is_in_three_det=False, is_duties_issued=False)], (8, 8)),
        ("C02 all as approved", "C02", units(), (8, 8)),
        ("C02 one added", "C02", [*units(), unit(9, is_in_three_det=False)], (7, 8)),
        ("C02 one listed but neither approved nor set up", "C02",
         [*units(), unit(9, is_in_three_det=False, is_set_up=False)], (8, 8)),
        ("C02 one not set up", "C02", units(is_set_up=False), (7, 8)),
        ("C02 one wrongly named", "C02", units(unit_name="综合处"), (7, 8)),
        ("C02 the approved name left blank says nothing", "C02", units(approved_name=None), (8, 8)),
        ("C02 never below nothing", "C02",
         [unit(), unit(2, is_in_three_det=False), unit(3, is_in_three_det=False)], (0, 1)),
        ("C03 one without a head", "C03", units(is_head_in_place=False), (7, 8)),
        ("C04 the head alone is not enough", "C04", units(actual_staff_count=1), (7, 8)),
        ("C04 one besides the head", "C04", units(actual_staff_count=2), (8, 8)),
        ("C04 one at work where there is no head", "C04",
         units(actual_staff_count=1, is_head_in_place=False), (8, 8)),
        ("C04 a section approved for one person counts as met", "C04",
         units(approved_staff_count=1, actual_staff_count=1), (8, 8)),
        ("C04 empty", "C04", units(actual_staff_count=0), (7, 8)),
        ("C03 a blank is left out", "C03", units(is_head_in_place=None), (7, 7)),
        ("C04 a blank is left out", "C04", units(actual_staff_count=None), (7, 7)),
        ("C03 no approved section", "C03", [unit(is_in_three_det=False)], (0, 0)),
    ],
)  # fmt: skip
def test_sections(words, indicator_id, rows, expected):
    """内设机构：都以核定内设机构数为分母。"""
    assert fraction(told(indicator_id, internal_units=rows)) == expected


@pytest.mark.parametrize(
    "words, complete_on, rows, days, case",
    [
        ("30 days", "2030-01-31", [unit()], 30, None),
        ("75 days", "2030-03-17", [unit()], 75, None),
        ("not stated, in place by the list", None, [unit(set_up_on="2030-01-11",
                                                         head_on="2030-01-21")], 20, None),
        ("after the cut-off date", "2030-04-02", [unit()], None, "unfinished"),
        ("not stated and nothing to go by", None, [], None, "unfinished"),
        ("stated, but the list shows a section without head", "2030-01-31",
         [unit(is_head_in_place=False)], None, "unfinished"),
    ],
)  # fmt: skip
def test_c05_days(words, complete_on, rows, days, case):
    """“三定”落实：从印发日起算的天数，至基准日仍未到位的另计。"""
    profile = {"three_det_complete_on": complete_on, "stated_three_det_on": "2030-01-05"}
    result = told("C05", profiles=[profile], internal_units=rows)
    assert (result["value"] == days) if days else pd.isna(result["value"])
    assert result["level"] == case if case else pd.isna(result["level"])


def test_c05_takes_the_date_of_the_roster_first():
    """印发日以名册为准，名册没有的取部门填报。"""
    profile = {"three_det_complete_on": "2030-01-31", "stated_three_det_on": "2030-01-21"}
    departments = [VISITED | {"three_det_on": None}, OTHER, OWN]
    assert told("C05", profiles=[profile])["value"] == 30
    assert told("C05", profiles=[profile], departments=departments)["value"] == 10


def estab(filled, approved, approval=None, kind="administrative"):
    return {"estab_type": kind, "posts_filled_count": filled, "posts_approved_count": approved,
            "over_approval_no": approval}  # fmt: skip


def shares_of(indicator_id, **frames):
    """Return the official share of an indicator of DP01, and its deductions."""
    scores = score(make_review(rubric=only(indicator_id), **frames))
    items = scores.items.set_index(["dept_code", "indicator_id"])
    mine = scores.adjustments
    counted = mine.groupby("item_id")["counted"].sum().to_dict()
    return items.loc[("DP01", indicator_id), "share"], counted


@pytest.mark.parametrize(
    "words, row, share, deductions",
    [
        ("17 of 20 is 85%", estab(17, 20), 1, {}),
        ("full", estab(20, 20), 1, {}),
        ("just under 85%", estab(84, 100), 0.8, {}),
        ("75%", estab(15, 20), 0.8, {}),
        ("under 75%", estab(14, 20), 0.6, {}),
        ("over with an approved plan", estab(22, 20, "示编〔2030〕1号"), 0.6, {}),
        ("two over without", estab(22, 20), 0, {"K02": 2}),
        ("no administrative posts approved", estab(0, 0), None, {}),
        ("other establishments do not count", estab(30, 20, kind="institution"), None, {}),
    ],
)
def test_c06_posts_used(words, row, share, deductions):
    """行政编制使用率：分段给分，超编无批准的 0 分并记 K02。"""
    found, counted = shares_of("C06", staffing=[row])
    assert found == share if share is not None else pd.isna(found) or found == 0
    assert counted == deductions


def post(kind, filled, approved, approval=None):
    return {"post_type": kind, "leadership_posts_filled_count": filled,
            "leadership_posts_approved_count": approved, "leadership_approval_no": approval}


APPROVAL = "示组〔2030〕2号"
WITHIN = [post("dept_head", 1, 1), post("dept_deputy", 3, 4)]


@pytest.mark.parametrize(
    "words, rows, share, deductions",
    [
        ("none over", WITHIN, 1, {}),
        ("a vacancy does not cover an excess",
         [post("dept_head", 2, 1), post("dept_deputy", 2, 4)], 0, {"K03": 1}),
        ("over with approval",
         [post("dept_head", 1, 1), post("dept_deputy", 5, 4, APPROVAL)], 0.6, {}),
        ("one approved, one not",
         [post("dept_head", 2, 1), post("dept_deputy", 5, 4, APPROVAL)], 0, {"K03": 1}),
        ("two over without", [post("dept_deputy", 6, 4)], 0, {"K03": 2}),
        ("section posts are not asked here", [*WITHIN, post("section_head", 9, 1)], 1, {}),
    ],
)  # fmt: skip
def test_c07_department_posts(words, rows, share, deductions):
    """领导职数：正职、副职分别比对，不相互抵扣，无批准的 0 分并记 K03。"""
    assert shares_of("C07", leadership_posts=rows) == (share, deductions)


def test_c07_shows_kind_by_kind():
    """说明里正职、副职分开写。"""
    assert told("C07", leadership_posts=WITHIN)["note_zh"] == "部门正职 1/1、部门副职 3/4"


@pytest.mark.parametrize(
    "words, rows, answer",
    [
        ("approved posts", [post("section_head", 1, 2)], "reported"),
        ("none approved, none filled", [post("section_head", 0, 0)], "not_applicable"),
        ("left blank", [post("section_head", None, None)], "not_reported"),
    ],
)
def test_c08_applies_where_there_are_posts(words, rows, answer):
    """科级职数：核定数为 0 的不适用，未填的是未填。"""
    assert told("C08", leadership_posts=rows)["answer"] == answer


@pytest.mark.parametrize(
    "words, duties, performed, partial, pending, expected, answer",
    [
        ("the worked example", 20, 18, 0, 0, (18, 20), "reported"),
        ("in part counts half", 20, 16, 2, 0, (17, 20), "reported"),
        ("those pending at the city are out", 20, 16, 0, 2, (16, 18), "reported"),
        ("all pending", 2, 0, 0, 2, (0, 0), "pending_city"),
    ],
)
def test_c09_duties_performed(words, duties, performed, partial, pending, expected, answer):
    """主要职责履行：部分履行计 0.5，待市级明确的剔除。"""
    numbers = {"main_duties": duties, "duties_performed": performed, "duties_partial": partial,
               "duties_pending_city": pending}  # fmt: skip
    rows = [{"count_item": name, "num": value} for name, value in numbers.items()]
    result = told("C09", other_counts=rows)
    assert fraction(result) == expected
    assert result["answer"] == answer
