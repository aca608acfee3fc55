"""A scenario of moving posts, shown: its outcome in words, its assumptions, never a decision."""

import pytest
from review_by_hand import make_review

import reviewlib.findings as find
from reviewlib.show.staffing import claims, need, network, rebalancing

ROWS = [{"dept_code": code, "estab_type": "administrative", "posts_approved_count": 10,
         "posts_filled_count": 10} for code in ("DP01", "DP02")]  # fmt: skip
REVIEW = make_review(staffing=ROWS, profiles=[
    {"dept_code": "DP01", "staffing_pressure": "short",
     "staffing_pressure_note": "<b>一人</b>三岗"},
])  # fmt: skip
SPARE, ALIKE, NONE = {"DP01": 14, "DP02": 6}, {"DP01": 12, "DP02": 12}, {"DP01": 9, "DP02": 9}


@pytest.mark.parametrize(
    ("words", "wanted", "limits", "zh", "en"),
    [
        ("eased", SPARE, {}, "最大缺口可由4.0名降至0.0名", "moving 4 posts would bring"),
        ("obliged by a limit", ALIKE, {"lowest": {"DP01": 11}},
         "最大缺口由2.0名变为3.0名，并不缩小", "The limits oblige to move 1 post;"),
        ("no better", ALIKE, {}, "调剂不能使其缩小", "no move makes it smaller"),
        ("no shortfall", NONE, {}, "无需调剂", "No department has fewer posts"),
        ("infeasible", SPARE, {"lowest": {"DP01": 30}}, "所列条件不能同时满足",
         "The limits cannot all be met"),
        ("nobody", {}, {}, "未作推演", "nothing is proposed"),
    ],
)  # fmt: skip
def test_every_outcome_is_said_and_is_no_decision(words, wanted, limits, zh, en):
    """Each outcome has its sentence in both languages, beside the one that it decides nothing."""
    found = find.rebalance(REVIEW, need=wanted, limits=find.Limits(**limits))
    told = {lang: rebalancing(found, REVIEW, lang=lang).text for lang in ("zh", "en")}

    assert zh in told["zh"] and en in told["en"]
    assert "不是调整方案" in told["zh"] and "neither a plan" in told["en"]


@pytest.mark.parametrize(
    ("words", "limits", "said"),
    [
        ("none", {}, "未设其他限制。"),
        ("for every department", {"per_department": 3}, "每家部门划出、划入各不超过3名。"),
        ("for one department", {"per_department": {"DP02": 2}}, "调剂不超过：乙局2名；其余不限。"),
        ("for a type", {"per_type": {"administrative": 5}}, "调剂不超过：行政编制5名；其余不限。"),
        ("at least", {"lowest": {"DP01": 9}}, "调剂后不少于：甲局9名。"),
        ("at most", {"highest": {"DP01": 15}}, "调剂后不超过：甲局15名。"),
        ("vacant only", {"is_vacant_only": True}, "只调剂空编，不涉及在编人员。"),
    ],
)
def test_every_limit_is_among_the_assumptions(words, limits, said):
    """What was assumed stands below what came of it."""
    found = find.rebalance(REVIEW, need=SPARE, limits=find.Limits(**limits))

    assert said in rebalancing(found, REVIEW).text


def test_need_shows_what_was_written_as_text():
    """The evidence stands as it was written, escaped; every department has its row."""
    html = need(REVIEW).html

    assert "&lt;b&gt;一人&lt;/b&gt;三岗" in html and html.count("<tr>") == 1 + 4


def test_claims_show_every_wording_with_its_place():
    """Each list's words, escaped, with file and cell; nothing found is said in words."""
    rows = [{"dept_code": code, "cross_matter_id": "XM-01", "matter": f"食品<i>{code}",
             "lead_dept": code, "source_file": f"{code}.xlsx", "source_cell": "A7"}
            for code in ("DP01", "DP02")]  # fmt: skip
    html = claims(make_review(cross_dept_matters=rows)).html

    for code in ("DP01", "DP02"):
        assert f"食品&lt;i&gt;{code}" in html and f"{code}.xlsx" in html
    assert "未发现疑似重复或空白" in claims(REVIEW).text and "没有职责划转" in network(REVIEW).text
