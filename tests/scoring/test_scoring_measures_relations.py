"""Dimension B: duties between departments, both sides of a transfer, coordination bodies."""

import pytest
from reviews_by_hand import fraction, make_review, told

from reviewlib.scoring.measures import run_measure


def count(item, num=None, den=None):
    return {"count_item": item, "num": num, "den": den}


def matter(boundary="clear", written=True, resolved_on=None, n=1):
    return {"matter": f"事项{n}", "lead_dept": "DP01", "boundary": boundary,
            "is_written": written, "resolved_on": resolved_on}  # fmt: skip


@pytest.mark.parametrize(
    "words, matters, expected",
    [
        ("one of twenty unclear", [matter("unclear")], (19, 20)),
        ("disputed is unclear too", [matter("disputed")], (19, 20)),
        ("mostly clear is clear", [matter("mostly_clear")], (20, 20)),
        ("resolved before the cut-off date", [matter("unclear", resolved_on="2030-03-01")],
         (20, 20)),
        ("resolved after it", [matter("unclear", resolved_on="2030-04-01")], (19, 20)),
        ("never below nothing", [matter("unclear", n=i) for i in range(25)], (0, 20)),
        ("no cross-department matter", [], (20, 20)),
    ],
)  # fmt: skip
def test_b01_boundaries(words, matters, expected):
    """职责边界：1－边界不清事项÷主要职责条数，下限 0。"""
    counts = [count("main_duties", 20)]
    assert fraction(told("B01", cross_dept_matters=matters, other_counts=counts)) == expected


def test_b01_without_the_number_of_duties_was_not_reported():
    """没有填主要职责条数，无从计算。"""
    assert told("B01", cross_dept_matters=[matter()])["answer"] == "not_reported"


@pytest.mark.parametrize(
    "words, written, expected",
    [
        ("6 of 8", [True] * 6 + [False] * 2, (6, 8)),
        ("a blank is left out", [True, None], (1, 1)),
        ("no matter at all", [], (0, 0)),
    ],
)
def test_b02_leads(words, written, expected):
    """牵头配合：已书面明确÷跨部门事项数。"""
    rows = [matter(written=flag, n=i) for i, flag in enumerate(written)]
    assert fraction(told("B02", cross_dept_matters=rows)) == expected


@pytest.mark.parametrize(
    "words, counts, expected, answer",
    [
        ("7 of 9 − 1", [count("city_alignment", 7, 9), count("city_alignment_pending", 1)],
         (7, 8), "reported"),
        ("none pending", [count("city_alignment", 7, 9)], (7, 9), "reported"),
        ("all pending", [count("city_alignment", 0, 2), count("city_alignment_pending", 2)],
         (0, 0), "pending_city"),
        ("none to align", [count("city_alignment", 0, 0)], (0, 0), "reported"),
    ],
)  # fmt: skip
def test_b03_city(words, counts, expected, answer):
    """与市级衔接：待市级明确的不进分母。"""
    result = told("B03", other_counts=counts)
    assert fraction(result) == expected
    assert result["answer"] == answer


def test_b04_disputes():
    """职责争议：已办结÷提出。"""
    assert fraction(told("B04", other_counts=[count("disputes", 1, 2)])) == (1, 2)


def report(side, status, matter_id="DT-01", losing="DP02", gaining="DP01"):
    owner = losing if side == "losing" else gaining
    return {"dept_code": owner, "matter_id": matter_id, "matter": "事项", "from_dept": losing,
            "to_dept": gaining, "reported_by": side, "status": status}  # fmt: skip


BOTH = [report("losing", "done"), report("gaining", "done")]


@pytest.mark.parametrize(
    "words, reports, gaining_side, losing_side",
    [
        ("both say the same", BOTH, (1, 1), (1, 1)),
        ("they differ", [report("losing", "done"), report("gaining", "partial")], (0, 1), (0, 1)),
        ("one side is silent", [report("gaining", "done")], (0, 1), (0, 1)),
        ("two matters", [*BOTH, report("gaining", "done", "DT-02")], (1, 2), (1, 2)),
        ("the other side no longer exists", [report("gaining", "done", losing="原某局")],
         (0, 0), (0, 0)),
        ("no transfer", [], (0, 0), (0, 0)),
    ],
)  # fmt: skip
def test_b05_both_sides(words, reports, gaining_side, losing_side):
    """双方对碰：状态一致的事项÷涉及事项，一方未报视为不一致，双方都计。"""
    review = make_review(duty_transfers=reports)
    result = run_measure(review, review.rubric.indicator("B05"))
    assert fraction(result.loc["DP01"]) == gaining_side
    assert fraction(result.loc["DP02"]) == losing_side


SOUND = {"body_name": "甲委", "body_level": "party_committee", "office_dept": "DP01",
         "has_rules": True, "has_office_duty_list": True, "has_member_duties": True,
         "has_liaison": True, "meetings_required_count": 2, "meetings_held_count": 2,
         "has_decision_ledger": True}  # fmt: skip


@pytest.mark.parametrize(
    "words, bodies, expected",
    [
        ("all five met", [SOUND], (5, 5)),
        ("duties without liaison officers", [SOUND | {"has_liaison": False}], (4, 5)),
        ("one meeting of two", [SOUND | {"meetings_held_count": 1}], (4, 5)),
        ("no meeting, none required", [SOUND | {"meetings_required_count": 0,
                                                "meetings_held_count": 0}], (4, 5)),
        ("a blank is not met", [SOUND | {"has_rules": None}], (4, 5)),
        ("the mean of two bodies", [SOUND, SOUND | {"body_name": "乙委", "has_rules": False,
                                                    "has_decision_ledger": False}], (8, 10)),
        ("bodies of the government are not asked", [SOUND | {"body_level": "government"}], (0, 0)),
    ],
)  # fmt: skip
def test_b06_bodies(words, bodies, expected):
    """议事协调机构：五项达标数÷5，多个机构取均值，只看区委议事协调机构。"""
    assert fraction(told("B06", coordination_bodies=bodies)) == expected
