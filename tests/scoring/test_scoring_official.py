"""Which source counts, what is missing and when, and what the score tells of itself."""

import pandas as pd
import pytest
from reviews_by_hand import CAME, OTHER, OWN, VISITED, make_review, only

from reviewlib.errors import RubricError
from reviewlib.rubric import parse_rubric
from reviewlib.scoring import score

OWN_CAME = CAME | {"dept_code": "DP03", "source_file": "returns/丙办.xlsx"}
STAFF = {"dept_code": "DP01", "from_dept": "DP02", "to_dept": "DP01", "reported_by": "gaining",
         "due_count": 50, "done_count": 40}  # fmt: skip


def visit(indicator_id="A09", **more):
    return {"dept_code": "DP01", "group_id": "G1", "indicator_id": indicator_id,
            "answer": "reported"} | more  # fmt: skip


def own(level=None, answer="reported", dept_code="DP01", indicator_id="A09", **more):
    return {"dept_code": dept_code, "indicator_id": indicator_id, "answer": answer,
            "level": level} | more  # fmt: skip


def settled(stage, level=None, dept_code="DP01", indicator_id="A09", **more):
    return {"dept_code": dept_code, "indicator_id": indicator_id, "stage": stage,
            "answer": "reported", "level": level, "role": "编办", "reason": "理由",
            "dated_on": "2030-05-01"} | more  # fmt: skip


def item_of(indicator_id, dept_code="DP01", **frames):
    """Return the official item of one department, scored by this indicator alone."""
    frames = {"covers": [CAME, OWN_CAME]} | frames
    items = score(make_review(rubric=only(indicator_id), **frames)).items
    return items.set_index("dept_code").loc[dept_code]


AGREED = {"visit_scores": [visit(scorer_1="B", scorer_2="C", agreed="B")],
          "self_ratings": [own("A")]}  # fmt: skip


@pytest.mark.parametrize(
    "words, frames, status, stage, level",
    [
        ("the agreed level counts, not the own one", AGREED, "scored", "agreed", "B"),
        ("moderated comes before agreed", AGREED | {"moderations": [settled("moderated", "C")]},
         "scored", "moderated", "C"),
        ("final comes before moderated", AGREED | {"moderations": [
            settled("final", "D"), settled("moderated", "C")]}, "scored", "final", "D"),
        ("a challenge alone changes nothing", AGREED | {"moderations": [
            settled("challenged", "A")]}, "scored", "agreed", "B"),
        ("of two moderations the later counts", AGREED | {"moderations": [
            settled("moderated", "D", dated_on="2030-05-09"), settled("moderated", "C")]},
         "scored", "moderated", "D"),
        ("a moderation without a level says nothing", AGREED | {"moderations": [
            settled("moderated")]}, "scored", "agreed", "B"),
        ("a moderation may find evidence insufficient", AGREED | {"moderations": [
            settled("moderated", answer="insufficient")]}, "insufficient", "moderated", None),
        ("scorers without an agreed level", {"visit_scores": [visit(scorer_1="B", scorer_2="C")]},
         "pending", "visit", None),
        ("the group found evidence insufficient",
         {"visit_scores": [visit(answer="insufficient")]}, "insufficient", "visit", None),
        ("the group found nothing reported, after the deadline",
         {"visit_scores": [visit(answer="not_reported")]}, "unreported", "visit", None),
        ("not applicable by the group", {"visit_scores": [visit(answer="not_applicable")]},
         "not_applicable", "visit", None),
        ("a visited department waits for its group", {"self_ratings": [own("A")]},
         "pending", "visit", None),
    ],
)  # fmt: skip
def test_levels_of_the_visited(words, frames, status, stage, level):
    """实地回访的等次：最终认定＞统筹校准＞组内商定；没有商定的待定，自评不代替。"""
    item = item_of("A09", **frames)
    assert (item["status"], item["stage"]) == (status, stage)
    assert item["level"] == level if level else pd.isna(item["level"])


COUNTED = {"staff_transfers": [STAFF]}


@pytest.mark.parametrize(
    "words, frames, status, stage, share",
    [
        ("recomputed from the list where the group entered nothing",
         COUNTED | {"visit_scores": [visit("A02")]}, "scored", "return", 0.8),
        ("the group's numbers come first",
         COUNTED | {"visit_scores": [visit("A02", num=35, den=50)]}, "scored", "visit", 0.7),
        ("the group's value comes first",
         COUNTED | {"visit_scores": [visit("A02", raw_value=0.6)]}, "scored", "visit", 0.6),
        ("a numerator alone does not count",
         COUNTED | {"visit_scores": [visit("A02", num=35)]}, "scored", "return", 0.8),
        ("without a visit row the list counts", COUNTED, "scored", "return", 0.8),
        ("未填 by the group leaves the word to the list",
         COUNTED | {"visit_scores": [visit("A02", answer="not_reported")]}, "scored", "return",
         0.8),
        ("insufficient evidence by the group",
         COUNTED | {"visit_scores": [visit("A02", answer="insufficient")]}, "insufficient",
         "visit", 0.0),
        ("moderated numbers come before the group's", COUNTED | {
            "visit_scores": [visit("A02", num=35, den=50)],
            "moderations": [settled("moderated", num=45, den=50, indicator_id="A02")]},
         "scored", "moderated", 0.9),
        ("more done than due is cut to all", COUNTED | {
            "visit_scores": [visit("A02", num=60, den=50)]}, "scored", "visit", 1.0),
    ],
)  # fmt: skip
def test_numbers_of_the_visited(words, frames, status, stage, share):
    """实地回访的数：组内填的优先，没填的按自评明细重新计算。"""
    item = item_of("A02", **frames)
    assert (item["status"], item["stage"], item["share"]) == (status, stage, share)


def test_stated_scores_are_never_used():
    """工作簿自带的得分只供对照。"""
    rows = [visit("A02", num=35, den=50, stated_points=6)]
    stated = [own(indicator_id="A02", stated_share=1.0, stated_points=6)]
    assert item_of("A02", visit_scores=rows, self_ratings=stated, **COUNTED)["share"] == 0.7


@pytest.mark.parametrize(
    "words, frames, status, stage, level",
    [
        ("the own level counts", {"self_ratings": [own("B", dept_code="DP03",
                                                       indicator_id="C11")]},
         "scored", "return", "B"),
        ("a visit row of a department that is not visited is not taken",
         {"self_ratings": [own("B", dept_code="DP03", indicator_id="C11")],
          "visit_scores": [visit("C11", dept_code="DP03", agreed="D")]}, "scored", "return", "B"),
        ("moderated comes first",
         {"self_ratings": [own("A", dept_code="DP03", indicator_id="C11")],
          "moderations": [settled("moderated", "C", "DP03", "C11")]}, "scored", "moderated", "C"),
        ("own evidence insufficient",
         {"self_ratings": [own(None, "insufficient", "DP03", "C11")]}, "insufficient", "return",
         None),
        ("not applicable with a reason",
         {"self_ratings": [own(None, "not_applicable", "DP03", "C11",
                               not_applicable_reason="没有关键岗位")]}, "not_applicable", "return",
         None),
        ("not applicable without a reason is not reported",
         {"self_ratings": [own(None, "not_applicable", "DP03", "C11")]}, "unreported", "return",
         None),
        ("nothing said", {}, "unreported", "return", None),
    ],
)  # fmt: skip
def test_levels_of_the_self_assessed(words, frames, status, stage, level):
    """单位自评的等次：取第 11 表，认定的优先；不适用要说明理由。"""
    item = item_of("C11", "DP03", **frames)
    assert (item["status"], item["stage"]) == (status, stage)
    assert item["level"] == level if level else pd.isna(item["level"])


@pytest.mark.parametrize(
    "words, frames, status, level",
    [
        ("waits for the office, whatever the department says",
         {"self_ratings": [own("A", dept_code="DP03", indicator_id="D04")]}, "pending", None),
        ("rated by the office", {"moderations": [settled("moderated", "B", "DP03", "D04")]},
         "scored", "B"),
        ("no opinions, stated in writing",
         {"self_ratings": [own(None, "not_applicable", "DP03", "D04",
                               not_applicable_reason="确无意见")]}, "not_applicable", None),
    ],
)  # fmt: skip
def test_what_the_office_rates(words, frames, status, level):
    """D03、D04：自评部门由编办认定，认定前待定；书面说明无意见的不适用。"""
    item = item_of("D04", "DP03", **frames)
    assert item["status"] == status
    assert item["level"] == level if level else pd.isna(item["level"])


@pytest.mark.parametrize(
    "words, as_of, status, base",
    [
        ("before the reminder deadline", "2030-04-10", "pending", None),
        ("on its very day", "2030-04-15", "pending", None),
        ("after it", "2030-04-16", "unreported", 0.0),
    ],
)
def test_missing_items_by_the_date_of_reckoning(words, as_of, status, base):
    """缺项：催报截止前待补，之后按 0 分并标未报。"""
    scores = score(make_review({"as_of": as_of}, rubric=only("C11"), covers=[CAME, OWN_CAME]))
    item = scores.items.set_index("dept_code").loc["DP03"]
    total = scores.totals.set_index("dept_code").loc["DP03", "base"]
    assert item["status"] == status
    assert total == base if base is not None else pd.isna(total)


def test_a_department_without_a_return_is_not_rated():
    """全未报送：暂不评定，不是 0 分；回访过也一样。"""
    rows = [visit("A02", num=50, den=50, dept_code="DP02")]
    scores = score(make_review(rubric=only("A02"), visit_scores=rows))
    row = scores.totals.set_index("dept_code").loc["DP02"]
    assert row["band"] == "not_rated"
    assert pd.isna(row["total_shown"])
    assert scores.items.set_index("dept_code").loc["DP03", "status"] == "pending"
    assert scores.items.set_index("dept_code").loc["DP03", "note_zh"] == "未报送自评工作簿"


@pytest.mark.parametrize(
    "words, indicator_id, change, status",
    [
        ("A09 is for the merged", "A09", {"change_type": "renamed"}, "not_applicable"),
        ("C10 is for government departments", "C10", {"side": "party"}, "not_applicable"),
        ("C10 is for those with a list", "C10", {"has_power_list": False}, "not_applicable"),
        ("C10 applies to the others", "C10", {}, "scored"),
    ],
)
def test_roster_facts_decide_what_applies(words, indicator_id, change, status):
    """名册事实不适用的，填了也不计，理由写明。"""
    item = item_of(
        indicator_id, departments=[VISITED | change, OTHER, OWN],
        visit_scores=[visit(indicator_id, agreed="A")],
    )  # fmt: skip
    assert item["status"] == status
    assert (status == "scored") == (str(item["note_zh"]) in {"nan"})


def test_own_share_stands_beside_the_official_one():
    """自评得分与认定得分并列：同一指标两个数。"""
    rows = [visit("A02", num=35, den=50)]
    item = item_of("A02", visit_scores=rows, **COUNTED)
    assert (item["share"], item["self_share"]) == (0.7, 0.8)


def test_own_total_has_no_deductions():
    """自评总分只由自评表得出，不含组内扣分。"""
    rows = [{"dept_code": "DP01", "item_id": "K04", "count": 2, "reason": "借用"}]
    scores = score(make_review(rubric=only("A02"), adjustments=rows, **COUNTED))
    row = scores.totals.set_index("dept_code").loc["DP01"]
    assert (row["total_shown"], row["self_total_shown"]) == (79.0, 80.0)


def test_the_address_leads_to_the_cell_that_counts():
    """每个指标指向真正采用的那一格。"""
    rows = [visit("A02"), visit("A09", agreed="B")]
    cells = [{"table": "visit_scores", "column": "agreed", "file": "visit_scores.xlsx",
              "sheet": "评分", "cell": "L7", "row": 7}]  # fmt: skip
    item = item_of("A09", visit_scores=rows, cells=cells)
    assert (item["source_file"], item["source_sheet"], item["source_cell"]) == (
        "visit_scores.xlsx", "评分", "L7"
    )  # fmt: skip


POSTS = {"estab_type": "administrative", "posts_filled_count": 20, "posts_approved_count": 20}


@pytest.mark.parametrize(
    "words, told, share, deducted",
    [
        ("the group counts one over", {"num": 21, "den": 20}, 0, 1),
        ("the group counts three over", {"num": 23, "den": 20}, 0, 3),
        ("the group counts within", {"num": 19, "den": 20}, 1, 0),
        ("the group states the share in use", {"raw_value": 0.8}, 0.8, 0),
        ("the group states more than all", {"raw_value": 1.05}, 0, 1),
    ],
)
def test_posts_counted_by_the_group(words, told, share, deducted):
    """组内数出超编而没有批准的，0 分并记 K02，每超 1 名记 1 人。"""
    scores = score(make_review(rubric=only("C06"), staffing=[POSTS],
                               visit_scores=[visit("C06", **told)]))  # fmt: skip
    assert scores.items.set_index("dept_code").loc["DP01", "share"] == share
    assert scores.adjustments["counted"].sum() == deducted


def test_an_excess_the_group_recorded_is_not_counted_twice():
    """组内已记 K02 的，不再由系统重复记。"""
    over = POSTS | {"posts_filled_count": 22}
    rows = [{"dept_code": "DP01", "item_id": "K02", "count": 1, "reason": "超编"}]
    scores = score(make_review(rubric=only("C06"), staffing=[over], adjustments=rows))
    assert scores.adjustments[["count", "is_computed"]].values.tolist() == [[1, False]]


def test_a_computed_deduction_says_where_it_comes_from():
    """系统记的扣分写明指标和情形，并指向那一格。"""
    over = POSTS | {"posts_filled_count": 22}
    row = score(make_review(rubric=only("C06"), staffing=[over])).adjustments.iloc[0]
    assert (row["item_id"], row["count"], row["points"], bool(row["is_computed"])) == (
        "K02", 2, 2, True
    )  # fmt: skip
    assert row["reason"] == "C06 行政编制使用率：＞100%且未经批准"
    assert row["source_file"] == "staffing.xlsx"


def test_departments_stand_in_protocol_order():
    """次序按机构序列，不排名。"""
    departments = [OWN | {"protocol_order": 3}, OTHER | {"protocol_order": 2}, VISITED]
    scores = score(make_review(rubric=only("A02"), departments=departments))
    for frame in (scores.totals, scores.items):
        assert frame["dept_code"].tolist() == ["DP01", "DP02", "DP03"]


def test_the_trace_of_a_department_adds_up():
    """贡献之和等于基础分，失分加贡献等于有效权重。"""
    scores = score(make_review(covers=[CAME], visit_scores=[visit("A09", agreed="C")], **COUNTED))
    trace = scores.trace("DP01")
    base = scores.totals.set_index("dept_code").loc["DP01", "base"]
    assert len(trace) == 31
    assert trace["contribution"].sum() == pytest.approx(base)
    assert (trace["contribution"] + trace["lost"]).sum() == pytest.approx(100)


def test_an_empty_review_scores_nobody():
    """一个部门也没有报送：全部暂不评定，不报错。"""
    scores = score(make_review(covers=[]))
    assert set(scores.totals["band"]) == {"not_rated"}
    assert len(scores.items) == 3 * 31
    assert scores.adjustments.empty


@pytest.mark.parametrize(
    "words, change, says",
    [
        ("an unknown measure", {"measure": "magic"}, "没有登记"),
        ("an unknown fact", {"applies": [{"is_large": True}]}, r"未知的事实 \['is_large'\]"),
    ],
)
def test_a_rubric_that_the_review_cannot_serve(words, change, says):
    """评分表引用了不存在的口径或事实，报错并说明在哪里。"""
    raw = only("C11").model_dump()
    broken = parse_rubric(raw | {"indicators": [raw["indicators"][0] | change]})
    with pytest.raises(RubricError, match=says):
        score(make_review(rubric=broken))


def test_a_band_that_is_no_colour_is_refused():
    """页面以颜色和形状表示评定；代码只能是颜色，名称由评分表另定。"""
    raw = only("C11").model_dump()
    first, *others = raw["bands"]
    broken = parse_rubric(raw | {"bands": [first | {"id": "excellent"}, *others]})
    with pytest.raises(RubricError, match=r"bands\[excellent\]"):
        score(make_review(rubric=broken))


STAGES = ["self", "scorer_1", "scorer_2", "agreed", "moderated", "challenged", "final"]


def test_every_rating_is_kept_in_order():
    """评分留痕：自评、两位评分人、商定、校准、申辩、最终，各有岗位、理由和日期。"""
    review = make_review(
        self_ratings=[own("A")],
        visit_scores=[visit(scorer_1="B", scorer_2="C", agreed="B", comment="见纪要",
                            scored_on="2030-04-12")],
        moderations=[settled("final", "D"), settled("challenged", "A"), settled("moderated", "C")],
    )  # fmt: skip
    ratings = score(review).ratings
    assert ratings["stage"].tolist() == STAGES
    assert ratings["level"].tolist() == ["A", "B", "C", "B", "C", "A", "D"]
    agreed = ratings.set_index("stage").loc["agreed"]
    assert (agreed["reason"], agreed["dated_on"]) == ("见纪要", pd.Timestamp("2030-04-12"))
    assert ratings["role"].tolist()[1:] == [
        "评分人一", "评分人二", "回访组组长", *["编办"] * 3
    ]  # fmt: skip


def test_ratings_of_strangers_are_left_out():
    """名册之外的部门、评分表之外的指标不进留痕表。"""
    rows = [own("A", dept_code="DP99"), own("A", indicator_id="Z01"), own("A")]
    assert len(score(make_review(self_ratings=rows)).ratings) == 1


def test_scoring_changes_nothing_it_is_given():
    """评分不改动任何输入。"""
    review = make_review(visit_scores=[visit(agreed="B")], **COUNTED)
    before = {name: frame.copy(deep=True) for name, frame in review.frames.items()}
    score(review)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(review.frames[name], frame)


@pytest.mark.parametrize(
    "words, indicator_id, value, frames, stage, share",
    [
        ("85 for 85 per cent is no share", "A02", 85, COUNTED, "return", 0.8),
        ("nor is 92 of posts in use", "C06", 92, {"staffing": [POSTS]}, "return", 1.0),
    ],
)
def test_a_value_that_is_no_share_is_not_used(words, indicator_id, value, frames, stage, share):
    """组内把 85% 填成 85 的，不猜、不采用，按明细计算并写明。"""
    item = item_of(indicator_id, visit_scores=[visit(indicator_id, raw_value=value)], **frames)
    assert (item["stage"], item["share"]) == (stage, share)
    assert item["note_zh"] == f"组内所填 {value} 不是 0–1 的比率，未采用"
    assert item["is_provisional"]


def test_a_level_the_rubric_does_not_have_is_not_used():
    """评分表没有的等次不采用，等于没有商定。"""
    raw = only("A09").model_dump()
    fewer = [level for level in raw["levels"] if level["id"] != "D"]
    scale = raw["indicators"][0]["scale"]
    told = {"kind": "level", "levels": [d for d in scale["levels"] if d["id"] != "D"]}
    changed = raw | {"levels": fewer, "indicators": [raw["indicators"][0] | {"scale": told}]}
    review = make_review(rubric=parse_rubric(changed), visit_scores=[visit(agreed="D")])
    assert score(review).items.set_index("dept_code").loc["DP01", "status"] == "pending"


def test_an_indicator_that_only_people_enter():
    """没有对应表格的指标，由回访组填数计分。"""
    raw = only("A02").model_dump()
    item = raw["indicators"][0] | {"measure": "entered_only"}
    rows = [visit("A02", num=3, den=4)]
    review = make_review(rubric=parse_rubric(raw | {"indicators": [item]}), visit_scores=rows)
    assert score(review).items.set_index("dept_code").loc["DP01", "share"] == 0.75


def test_a_department_listed_twice_is_scored_once():
    """名册重复的部门只计一次。"""
    review = make_review(rubric=only("A02"), departments=[VISITED, VISITED, OTHER, OWN])
    assert score(review).totals["dept_code"].tolist() == ["DP01", "DP02", "DP03"]


def test_a_return_without_its_cover_is_still_dated():
    """封面读不出的自评表，及时性照样按接收登记计算。"""
    rows = [STAFF | {"source_file": "returns/甲局.xlsx"}]
    receipts = [{"file": "甲局.xlsx", "received_on": "2030-04-05"}]
    item = item_of("D01", covers=[], staff_transfers=rows, receipts=receipts)
    assert item["status"] == "scored"
