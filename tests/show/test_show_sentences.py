"""Sentences of the reports: true for every set of departments, in both languages."""

import pandas as pd
import pytest
from review_by_hand import make_review

import reviewlib.findings as find
from reviewlib.show.sentences import conduct, dimensions, problems, progress, transfers, watch
from reviewlib.show.sentences.verdict import colour_counts, verdict
from reviewlib.show.voice import Voice

REVIEW = make_review()


def voice(lang):
    return Voice.of(REVIEW, lang)


def totals(*bands):
    """Return totals of DP01, DP02, … with these bands."""
    codes = [f"DP0{n}" for n in range(1, len(bands) + 1)]
    return pd.DataFrame({"dept_code": codes, "band": list(bands)}, dtype="str")


@pytest.mark.parametrize(
    "what, bands, zh, en",
    [
        ("no departments", [],
         "一组没有部门，无可评定事项。",
         "Group 1: there are no departments, so there is nothing to assess."),
        ("one department, green", ["green"],
         "一组仅有1家部门（甲局），评定为落实到位（绿）。改革任务落实到位，重在巩固成效。",
         "Group 1 has one department, 甲局: in place (green). The reform tasks are in place; the "
         "work now is to keep them so."),
        ("one department, red", ["red"],
         "一组仅有1家部门（甲局），评定为重点整改（红）。改革任务落实尚有较大差距。", None),
        ("one department, not rated", ["not_rated"],
         "一组仅有1家部门（甲局），暂不评定。现有资料不足以作出总体评价。",
         "Group 1 has one department, 甲局: not rated yet. What has come in does not allow an "
         "overall assessment."),
        ("all green", ["green", "green"],
         "一组2家部门全部评定为落实到位（绿）。改革任务落实到位，重在巩固成效。", None),
        ("none can be rated", ["not_rated", "not_rated"],
         "一组2家部门均暂不评定。现有资料不足以作出总体评价。",
         "Group 1: none of 2 departments can be rated yet. What has come in does not allow an "
         "overall assessment."),
        ("green and one not rated", ["green", "not_rated"],
         "一组2家部门中，评定为落实到位（绿）1家，另有1家（乙局）暂不评定。"
         "改革任务落实到位，重在巩固成效。", None),
        ("green and yellow", ["green", "yellow", "green"],
         "一组3家部门中，评定为落实到位（绿）2家、基本到位（黄）1家。改革任务基本落实，"
         "乙局需继续巩固提升。",
         "Group 1: of 3 departments, 2 in place (green), 1 largely in place (yellow). The "
         "reform tasks are largely in place; 乙局 still needs work."),
        ("a minority red", ["green", "red", "yellow"],
         "一组3家部门中，评定为落实到位（绿）1家、基本到位（黄）1家、重点整改（红）1家。"
         "多数部门已落实或基本落实，乙局需重点整改。", None),
        ("half red", ["green", "red"],
         "一组2家部门中，评定为落实到位（绿）1家、重点整改（红）1家。"
         "需重点整改的达到半数以上，改革任务落实尚有较大差距。", None),
        ("all red", ["red", "red"],
         "一组2家部门全部评定为重点整改（红）。"
         "需重点整改的达到半数以上，改革任务落实尚有较大差距。", None),
    ],
)  # fmt: skip
def test_verdict(what, bands, zh, en):
    """At most two sentences, true for every mix of bands."""
    assert verdict(totals(*bands), voice("zh"), subject="一组").text == zh, what
    if en is not None:
        assert verdict(totals(*bands), voice("en"), subject="Group 1").text == en, what


def test_colour_counts_name_only_the_colours_that_occur():
    """Counts of colours leave out what nobody has."""
    frame = totals("green", "red", "not_rated", "green")

    assert colour_counts(frame, voice("zh")).text == "绿2家、红1家、暂不评定1家"
    assert colour_counts(frame, voice("en")).text == "2 green, 1 red, 1 not rated"
    assert colour_counts(totals(), voice("zh")).text == "—"


def medians(*rates):
    """Return medians of dimensions 甲, 乙, …"""
    return pd.DataFrame({"label": list("甲乙丙丁")[: len(rates)],
                         "rate_median": pd.array(rates, dtype="Float64")})  # fmt: skip


@pytest.mark.parametrize(
    "what, rates, said",
    [
        ("none scored", [None, None], "各方面均暂无可评定的得分率"),
        ("one scored", [None, 0.8], "“乙”得分率中位数为80.0%"),
        ("all alike", [0.8, 0.8], "各方面得分率中位数相同，均为80.0%"),
        ("alike as shown", [0.80001, 0.79999], "各方面得分率中位数相同，均为80.0%"),
        ("one lowest", [0.5, 0.9, 0.7], "“甲”得分率中位数最低，为50.0%；“乙”最高，为90.0%"),
        ("two lowest", [0.5, 0.9, 0.5],
         "“甲”和“丙”得分率中位数最低，为50.0%；“乙”最高，为90.0%"),
    ],
)  # fmt: skip
def test_dimension_title(what, rates, said):
    """The title of the chart names the lowest and highest as they are shown, ties included."""
    assert dimensions.dimension_title(medians(*rates), voice("zh")).text == said, what


@pytest.mark.parametrize(
    "what, rates, said",
    [
        ("none", [None, None], "甲：暂无部门可以评定。"),
        ("one", [0.9, None], "甲：甲局得分率90.0%（覆盖率95.0%）。"),
        ("none below the edge", [0.8, 0.9],
         "甲：2家部门得分率中位数85.0%，在80.0%至90.0%之间（覆盖率95.0%），均不低于75.0%。"),
        ("exactly on the edge is not below", [0.75, 0.85],
         "甲：2家部门得分率中位数80.0%，在75.0%至85.0%之间（覆盖率95.0%），均不低于75.0%。"),
        ("one below", [0.7, 0.9],
         "甲：2家部门得分率中位数80.0%，在70.0%至90.0%之间（覆盖率95.0%），甲局低于75.0%。"),
    ],
)  # fmt: skip
def test_dimension_sentence(what, rates, said):
    """One sentence a dimension: how many, median, range, coverage, who is low."""
    frame = pd.DataFrame({"dept_code": ["DP01", "DP02"], "rate": pd.array(rates, "Float64")})
    made = dimensions.dimension_sentence("甲", frame, voice("zh"), edge=0.75, coverage=0.95)

    assert made.text == said, what


VISIT = {"visit_on": "2030-04-08", "half_day": "am", "methods": "meeting;site"}


@pytest.mark.parametrize(
    "what, visits, said",
    [
        ("nobody visited", [], "一组应回访2家部门，尚无回访记录。"),
        ("all on one day", [("DP01", "2030-04-08"), ("DP02", "2030-04-08")],
         "一组应回访2家部门，已回访2家，回访时间为2030年4月8日，均在计划时间内。"),
        ("one missing", [("DP01", "2030-04-09")],
         "一组应回访2家部门，已回访1家，回访时间为2030年4月9日，均在计划时间内。"),
        ("one late", [("DP01", "2030-04-08"), ("DP02", "2030-04-15")],
         "一组应回访2家部门，已回访2家，回访时间为2030年4月8日至2030年4月15日，其中1次不在计划时间"
         "（2030年4月8日至2030年4月12日）内。"),
    ],
)  # fmt: skip
def test_visits_sentence(what, visits, said):
    """The sentence on visits says how many of those planned, when, and which were not in time."""
    rows = [VISIT | {"dept_code": code, "visit_on": day, "group_id": "G1"} for code, day in visits]
    review = make_review(visits=rows)
    coverage = find.coverage(review, "G1")

    made = conduct.visits_sentence(
        coverage, review.visits, review.settings.plan, voice("zh"), subject="一组"
    )

    assert made.text == said, what


def test_methods_are_counted_by_department():
    """A method used twice at one department counts once."""
    rows = [VISIT | {"dept_code": "DP01"}, VISIT | {"dept_code": "DP01", "half_day": "pm"},
            VISIT | {"dept_code": "DP02", "methods": "site"}]  # fmt: skip
    visits = make_review(visits=rows).visits

    assert conduct.methods_sentence(visits, voice("zh")).text == "回访方式：座谈1家、实地查看2家。"
    assert conduct.methods_sentence(visits, voice("en")).text == (
        "Methods, with the number of departments: meeting 1, site inspection 2."
    )
    assert not conduct.methods_sentence(visits.head(0), voice("zh"))


def test_missing_things_are_named_by_kind():
    """Who has not returned and who was not visited are named apart; nothing missing is said too."""
    gone = find.missing(make_review(), "G1")

    assert conduct.missing_sentence(gone, voice("zh")).text == (
        "尚缺：未报送自评：甲局和乙局；未回访：甲局和乙局。"
    )
    assert conduct.missing_sentence(gone.head(0), voice("zh")).text == (
        "回访记录和自评材料均已收齐。"
    )


PROBLEM = {"problem_id": "P-01", "category": "DUTY", "title": "老龄工作", "description": "描述",
           "nature": "particular", "resolution_level": "department", "severity": "high",
           "rectification_type": "deadline", "owner": "DP01", "found_on": "2030-04-10",
           "due_on": "2030-09-08", "status": "in_progress", "cause": "duty_boundary"}  # fmt: skip
COMMON = PROBLEM | {"problem_id": "P-02", "category": "STAFF", "title": "编制偏紧",
                    "nature": "common", "resolution_level": "city", "owner": "DP02",
                    "cause": None}  # fmt: skip


def ledger(*rows, depts=()):
    """Return `find.problems` of a ledger with these rows."""
    links = [{"problem_id": p, "dept_code": d, "role": "main"} for p, d in depts]
    return find.problems(make_review(problems=list(rows), problem_depts=links))


@pytest.mark.parametrize(
    "what, rows, zh, en",
    [
        ("none", [], "台账没有登记问题。", "The ledger holds no problems."),
        ("one", [PROBLEM],
         "台账登记1类1项问题，涉及1家部门，其中共性问题0项、个性问题1项，均可在区内解决。",
         "The ledger holds 1 problem in 1 category, concerning 1 department: 0 common, 1 "
         "particular; the district can settle all."),
        ("two, one for the city", [PROBLEM, COMMON],
         "台账登记2类2项问题，涉及2家部门，其中共性问题1项、个性问题1项；1项需市级明确。",
         "The ledger holds 2 problems in 2 categories, concerning 2 departments: 1 common, 1 "
         "particular; 1 must be settled at city level."),
    ],
)  # fmt: skip
def test_problems_sentence(what, rows, zh, en):
    """How many problems, of what nature, and what the district cannot settle."""
    assert problems.problems_sentence(ledger(*rows), voice("zh")).text == zh, what
    assert problems.problems_sentence(ledger(*rows), voice("en")).text == en, what


@pytest.mark.parametrize(
    "what, rows, depts, said",
    [
        ("none", [], [], "没有登记问题"),
        ("a tie", [PROBLEM, COMMON], [], "“职责调整衔接”和“力量配备”问题涉及部门最多，各1家"),
        ("one category", [PROBLEM, COMMON], [("P-02", "DP03")], "“力量配备”问题涉及部门最多，2家"),
    ],
)
def test_problems_title(what, rows, depts, said):
    """The title of the chart names the category that touches most departments, or the tie."""
    assert problems.problems_title(ledger(*rows, depts=depts), voice("zh")).text == said, what


def test_causes_are_told_and_an_unstated_cause_is_said_to_be_so():
    """Every problem stands under its cause; none vanishes for want of one."""
    told = [one.text for one in problems.causes(ledger(PROBLEM, COMMON), voice("zh"))]

    assert told == ["职责边界（1项）：老龄工作。", "成因未填（1项）：编制偏紧。"]


CLOSED = {"status": "closed", "evidence_ref": "文1", "verified_by_role": "科长",
          "closed_on": "2030-06-20"}  # fmt: skip


@pytest.mark.parametrize(
    "what, rows, said",
    [
        ("none", [], "没有需要整改的问题。"),
        ("everything closed", [PROBLEM | CLOSED], "1项问题已全部销号。"),
        ("one closed, one at the city", [PROBLEM | CLOSED, COMMON | {"status": "pending_city"}],
         "2项问题中，已销号1项、灰灯1项；挂账1项待市级明确，不计入销号率。"),
        ("one overdue", [PROBLEM | {"due_on": "2030-06-01"}], "1项问题中，红灯1项。"),
    ],
)
def test_closing_sentence(what, rows, said):
    """How far the ledger is: what waits for the city counts in no rate, and this is said."""
    assert progress.closing_sentence(find.totals(ledger(*rows)), voice("zh")).text == said, what


def spot(*done):
    """Return rows of `find.immediate` for DP01, DP02, …"""
    codes = [f"DP0{n}" for n in range(1, len(done) + 1)]
    return pd.DataFrame({"dept_code": pd.Series(codes, dtype="str"),
                         "is_done": pd.array(done, dtype="boolean")})  # fmt: skip


@pytest.mark.parametrize(
    "what, done, zh, en",
    [
        ("nothing listed", [], "没有列入立行立改的事项。",
         "Nothing was listed for immediate rectification."),
        ("all done", [True], "列入立行立改1项，已全部完成。",
         "All 1 item listed for immediate rectification is done."),
        ("one open", [True, False], "列入立行立改2项，已完成1项，乙局尚有未完成事项。",
         "Of 2 items listed for immediate rectification 1 is done; 乙局 still has open items."),
    ],
)
def test_immediate_sentence(what, done, zh, en):
    """What was listed for immediate rectification is done, or it is said who still has to."""
    assert progress.immediate_sentence(spot(*done), voice("zh")).text == zh, what
    assert progress.immediate_sentence(spot(*done), voice("en")).text == en, what


OPINION = {"dept_code": "DP01", "opinion_id": "O-001", "topic": "staff", "text": "增编"}
HANDLED = {"opinion_id": "O-001", "handling": "adopted"}


@pytest.mark.parametrize(
    "what, rows, handled, said",
    [
        ("none", [], [], "各部门未提出意见建议。"),
        ("not handled", [OPINION], [], "1家部门提出意见建议1条：尚未处理1条。"),
        ("handled and not", [OPINION, OPINION | {"opinion_id": "O-002"}], [HANDLED],
         "1家部门提出意见建议2条：采纳转建议1条、尚未处理1条。"),
    ],
)
def test_opinions_sentence(what, rows, handled, said):
    """Every opinion is counted under its handling, and one without any is said to wait."""
    frame = find.opinions(make_review(opinions=rows, opinion_handlings=handled))

    assert progress.opinions_sentence(frame, voice("zh")).text == said, what


DUTY = {"matter_id": "DT-01", "matter": "老龄工作", "from_dept": "DP01", "to_dept": "DP02",
        "status": "done", "source_file": "a.xlsx", "source_sheet": "03", "source_cell": "A4"}
SIDES = [DUTY | {"reported_by": "gaining", "dept_code": "DP02"},
         DUTY | {"reported_by": "losing", "dept_code": "DP01"}]  # fmt: skip


def test_two_sides_that_agree_are_said_to():
    """No mismatch is an answer too."""
    review = make_review(duty_transfers=SIDES)

    assert transfers.mismatch_sentence(find.mismatches(review), voice("zh")).text == (
        "双方对碰未发现不一致。"
    )
    assert transfers.duties_sentence(find.duties(review), voice("zh")).text == (
        "职责划转事项1项：到位1项；双方填报一致1项。"
    )


def test_two_sides_that_differ_are_counted_by_kind():
    """A differing status is one mismatch of two departments."""
    rows = [SIDES[0] | {"status": "pending_city"}, SIDES[1]]
    review = make_review(duty_transfers=rows)

    assert transfers.mismatch_sentence(find.mismatches(review), voice("zh")).text == (
        "双方对碰不一致1处，涉及2家部门：职责状态1处。"
    )
    assert transfers.duties_sentence(find.duties(review), voice("en")).text == (
        "1 duty transfer: 1 pending at city level; both sides agree on 0."
    )


@pytest.mark.parametrize(
    "what, vacant, over, said",
    [
        ("all at strength", [0, 0], [0, 0], "各部门均满编，无空编、无超编"),
        ("one vacant", [2, 0], [0, 0], "2家部门中，1家有空编（2名）"),
        ("vacant and over are never netted", [2, 0], [0, 2],
         "2家部门中，1家有空编（2名），1家有超编（2名）"),
    ],
)
def test_staffing_title(what, vacant, over, said):
    """Vacant and over stand side by side and are never set off against each other."""
    posts = pd.DataFrame({"posts_vacant_count": vacant, "posts_over_count": over}, dtype="Int64")

    assert transfers.staffing_title(posts, voice("zh")).text == said, what


def test_things_to_watch_are_three_at_most_and_the_gravest_first():
    """Red departments come before what is missing, overdue, mismatched, or weak."""
    late = ledger(PROBLEM | {"due_on": "2030-06-01"})
    sides = find.mismatches(make_review(duty_transfers=[SIDES[0]]))
    told = watch.things_to_watch(
        voice("zh"), totals=totals("red", "green"), missing=find.missing(make_review(), "G1"),
        problems=late, mismatches=sides, city=late.head(0), weakest=("C03", 0.4),
    )  # fmt: skip

    assert len(told) == 3
    assert told[0].text.startswith("甲局评定为")
    assert told[1].text.startswith("甲局和乙局未报送自评")
    assert told[2].text == "1项问题亮红灯（老龄工作），需协调推动。"


def test_nothing_to_watch_is_said():
    """A calm group has one honest sentence."""
    empty, missing = ledger(), find.missing(make_review(), "G1").head(0)
    told = watch.things_to_watch(
        voice("zh"), totals=totals("green"), missing=missing, problems=empty, mismatches=empty,
        city=empty, weakest=None,
    )  # fmt: skip

    assert [one.text for one in told] == ["没有需要特别关注的事项。"]
