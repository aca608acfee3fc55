"""The method page: the whole rubric, its bands, the rules of empty, and a check of the groups."""

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from review_by_hand import DEPARTMENTS, make_review

import reviewlib.findings as find
from reviewlib.rubric import load_rubric
from reviewlib.schema import frame_of
from reviewlib.scoring import score
from reviewlib.show.pages import method
from reviewlib.show.sentences import method as said
from reviewlib.show.sentences.fairness import hint_sentence, linkage_sentence
from reviewlib.show.voice import Voice
from reviewlib.terms import TERMS

RUBRIC = load_rubric(Path(__file__).parents[2] / "data" / "sample" / "rubric.toml")


@pytest.fixture(scope="module")
def review():
    """Return the review made by hand under the rubric of the sample."""
    return replace(make_review(), rubric=RUBRIC)


def page(review, lang):
    """Return every section of the page, one after another."""
    scores = score(review)
    parts = [
        getattr(method, key)(*((review, scores) if key == "fairness" else (review,)), lang=lang)
        for key, *_ in method.OUTLINE.rows
    ]
    return "".join(part.html for part in parts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_indicator_deduction_and_term_is_on_the_page(review, lang):
    """The rubric is printed whole: names, weights, formulas; so is the glossary."""
    html = method.rubric(review, lang=lang).text
    for item in RUBRIC.indicators:
        assert item.id in html and item.label(lang) in html
        assert item.text("formula", lang) in html
    for part in (*RUBRIC.deductions, *RUBRIC.bonuses, *RUBRIC.diagnostics):
        assert part.label(lang) in method.adjustments(review, lang=lang).text
    for term in TERMS:
        assert term.zh in method.terms(review, lang=lang).text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_section_is_there_in_order_even_with_nothing_scored(review, lang):
    """A review without returns has its method all the same."""
    found = re.findall(r'<section class="[^"]*" id="([^"]+)"', page(review, lang))
    assert found == [key for key, *_ in method.OUTLINE.rows]


def test_english_page_marks_what_stays_chinese(review):
    """Outside marked spans the English page holds no Chinese."""
    unmarked = re.sub(r'<span lang="zh-CN">[^<]*</span>', "", page(review, "en"))
    assert re.findall(r"[\u4e00-\u9fff]+", unmarked) == []


def test_levels_show_the_share_the_rubric_gives_them(review):
    """The share of a level is read from the rubric, not written in the text."""
    text = method.rubric(review, lang="zh").text
    assert "A（1）" in text and "D（0.3）" in text


def test_bands_are_said_from_best_to_worst_with_their_edges(review):
    """Each band with the points from which it holds, and when there is none."""
    lines = [line.text for line in said.bands_list(RUBRIC, Voice.of(review, "zh"))]
    assert lines == [
        "● 绿 落实到位：90分及以上", "▲ 黄 基本到位：75分及以上、低于90分",
        "■ 红 重点整改：低于75分", "○ 暂不评定：覆盖率低于80.0%，或没有报送任何材料",
    ]  # fmt: skip


def test_total_says_which_deductions_bar_the_best_band(review):
    """K01, K03 and K05 leave yellow at most; caps are those of the rubric."""
    text = "".join(line.text for line in said.total_formula(RUBRIC, Voice.of(review, "zh")))
    assert "有K01、K03和K05任何一项的，最高评为▲ 黄 基本到位" in text
    assert "合计不超过10" in text and "合计不超过3" in text


def other(aggregation="arithmetic", decimals=1, **changes):
    """Return the rubric of the sample made another way."""
    total = RUBRIC.total.model_copy(update={"aggregation": aggregation, "decimals": decimals})
    return RUBRIC.model_copy(update={"total": total, **changes})


FORMULA = "Σ(权重×s)"


@pytest.mark.parametrize(
    ("words", "rubric", "lang", "told", "untold"),
    [
        ("as the sample has it", RUBRIC, "zh", [FORMULA, "总分保留1位小数"], ["几何"]),
        ("in English", RUBRIC, "en", ["Σ(weight × s)", "totals to 1 decimal,"], ["geometric"]),
        ("a geometric mean", other("geometric"), "zh",
         ["总分取加权几何平均", "由全部已评指标分担"], [FORMULA]),
        ("in English", other("geometric"), "en",
         ["total: weighted geometric mean", "goes to all that is"], ["Σ(weight ×"]),
        ("weights that stay in their dimension", other(renormalise="node"), "zh",
         ["总分取加权平均", "由同一维度的已评指标分担"], [FORMULA]),
        ("totals to two decimals", other(decimals=2), "en", ["totals to 2 decimals,"], []),
    ],
)  # fmt: skip
def test_the_formula_is_that_of_the_rubric(review, words, rubric, lang, told, untold):
    """Another way to make the total gives another sentence, never an untrue formula."""
    lines = said.total_formula(rubric, Voice.of(review, lang))
    text = "".join(line.text for line in lines)
    assert [part for part in told if part not in text] == []
    assert [part for part in untold if part in text] == []


@pytest.mark.parametrize(
    ("source", "is_told"), [("S（模版）", True), ("Second law", False), ("", False)]
)
def test_letters_are_explained_where_they_are_used(review, source, is_told):
    """S, F and P are a custom of the sample's rubric, not of every one."""
    items = tuple(item.model_copy(update={"source": source}) for item in RUBRIC.indicators)
    page = replace(review, rubric=RUBRIC.model_copy(update={"indicators": items}))
    assert ("S 为源文件点到的内容" in method.rubric(page, lang="zh").text) == is_told


@pytest.mark.parametrize(
    "words, after, insufficient, zero_said, lowest_said",
    [("as the sample has it", "zero", "lowest", True, True),
     ("both stay pending", "pending", "pending", False, False)],
)  # fmt: skip
def test_rules_of_empty_follow_the_policy(
    review, words, after, insufficient, zero_said, lowest_said
):
    """Another missing policy gives another sentence."""
    policy = RUBRIC.missing_policy.model_copy(
        update={"after_deadline": after, "insufficient": insufficient}
    )
    rubric = RUBRIC.model_copy(update={"missing_policy": policy})
    rules = said.missing_rules(rubric, review.settings, Voice.of(review, "zh"))
    text = "".join(rule.text for rule in rules)
    assert ("按 0 分计" in text) == zero_said and ("按最低等次计" in text) == lowest_said
    assert "2030年4月15日" in text


@pytest.mark.parametrize(
    "words, expected, zh",
    [
        ("nothing expected", {}, ""),
        ("as expected", {"departments": 4, "visit": 3, "self_assessed": 1, "groups": 2}, ""),
        ("another number of groups", {"groups": 3}, "与预期不符：回访组预期3、实有2。"),
    ],
)
def test_difference_from_what_was_expected_is_said(words, expected, zh):
    """Expected counts warn; they are never constants."""
    one = make_review(settings={"expected": expected})
    assert said.expected_sentence(one, Voice.of(one, "zh")).text == zh


@pytest.mark.parametrize(
    "words, rows, zh",
    [
        ("one group alone", [("DP01", "G1")],
         "只有一个回访组评分，不存在组间尺度差异。下表只作提示，不作调整。"),
        ("no department in common", [("DP01", "G1"), ("DP03", "G2")],
         "各组评的是不同的部门，组间分数高低分不清是部门差异还是尺度差异，只能组内比较。"
         "下表只作提示，不作调整。"),
        ("one judged by both", [("DP01", "G1"), ("DP01", "G2")],
         "与别组共同评定的部门，最少的组只有1个，少于3个，不足以测算尺度差异，只能组内比较。"
         "下表只作提示，不作调整。"),
    ],
)  # fmt: skip
def test_groups_are_compared_only_where_they_are_linked(words, rows, zh):
    """Without enough departments in common the page says that no comparison is possible."""
    scores = [{"dept_code": code, "group_id": group, "indicator_id": "A09", "agreed": "A"}
              for code, group in rows]  # fmt: skip
    one = make_review(visit_scores=scores)
    assert linkage_sentence(one, Voice.of(one, "zh")).text == zh


@pytest.mark.parametrize(
    "words, is_applied, zh",
    [("the settings ask for nothing", False, "本次回访的设置没有要求调整，总分未动。"),
     ("the settings declare it", True, "按本次回访的设置，总分已据此（收缩后）调整，原始分并列。")],
)  # fmt: skip
def test_linked_groups_have_their_severity_beside_the_score(words, is_applied, zh):
    """With enough departments in common each group's severity is told, and what was done."""
    scores = [
        {"dept_code": code, "group_id": group, "indicator_id": "A09", "answer": "reported",
         "agreed": level}
        for group, levels in (("G1", "AAA"), ("G2", "BBA"))
        for code, level in zip(("DP01", "DP02", "DP03"), levels, strict=True)
    ]  # fmt: skip
    fairness = {"is_severity_applied": is_applied}
    one = replace(make_review({"fairness": fairness}, visit_scores=scores), rubric=RUBRIC)
    text = linkage_sentence(one, Voice.of(one, "zh")).text
    assert "测算的尺度差异（正为偏宽）：一组+6.7分、二组−6.7分。" in text
    assert text.endswith(zh)


def test_group_far_from_the_others_is_named_with_its_gap():
    """The hint names the group and by how many points it differs."""
    rows = [
        {"group_id": group, "dept_code": code, "indicator_id": "A09", "answer": "reported",
         "scorer_1": level, "scorer_2": level, "agreed": level}
        for code, group, level in (("DP01", "G1", "A"), ("DP02", "G1", "A"), ("DP03", "G2", "B"))
    ]  # fmt: skip
    departments = frame_of("departments", DEPARTMENTS).assign(change_type="merged")
    one = make_review(visit_scores=rows).with_frames(departments=departments)
    frame = find.moderation(one, _rated(one))
    text = hint_sentence(frame, one.settings.groups, 5, Voice.of(one, "zh")).text
    assert text == "尺度差异提示：二组（−20.0分）等次类指标的中位数与总体中位数相差超过5分。"


def _rated(review):
    """Return frames of scores in which every agreed level counts."""
    shares = {"A": 1.0, "B": 0.8}
    items = review.visit_scores.assign(
        mode="visit", weight=60, level=review.visit_scores["agreed"],
        share=review.visit_scores["agreed"].map(shares),
    )  # fmt: skip
    totals = items.assign(total_shown=90.0, self_total_shown=90.0)
    return SimpleNamespace(items=items, totals=totals)
