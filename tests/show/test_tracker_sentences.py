"""The tracker in words: true for a full, an empty and a finished ledger, in both languages."""

import pandas as pd
import pytest
from review_by_hand import make_review

import reviewlib.findings as find
from reviewlib import ledger
from reviewlib.show.sentences import lights, tracker
from reviewlib.show.voice import Voice

PROBLEM = {"problem_id": "P-01", "category": "DUTY", "title": "老龄工作", "description": "描述",
           "nature": "particular", "resolution_level": "department", "severity": "high",
           "rectification_type": "deadline", "owner": "DP01", "found_on": "2030-04-10",
           "due_on": "2030-09-08", "status": "in_progress"}  # fmt: skip
TASK = {"task_id": "T-001", "problem_id": "P-01", "measure": "整改", "owner": "DP01",
        "rectification_type": "deadline", "start_on": "2030-05-31", "due_on": "2030-09-08",
        "progress_share": 0.5, "status": "in_progress"}  # fmt: skip
REPORT = {"task_id": "T-001", "reported_on": "2030-06-25", "progress_text": "推进",
          "progress_share": 0.3}  # fmt: skip
CLOSED = {"status": "closed", "evidence_ref": "文1", "verified_by_role": "科长",
          "closed_on": "2030-06-20"}  # fmt: skip
OVERDUE = {"due_on": "2030-06-19"}


def review_with(*tasks, reports=(), problems=(PROBLEM,)):
    """Return a review whose ledger holds these tasks."""
    rows = [TASK | {"task_id": f"T-00{n}"} | task for n, task in enumerate(tasks, start=1)]
    return make_review(tasks=rows, followups=list(reports), problems=list(problems))


def attention_said(review, lang):
    """Return the verdict of the tracker."""
    problems, tasks = find.totals(find.problems(review)), find.totals(find.rectification(review))
    return lights.attention_sentence(
        find.attention(review), problems, tasks, Voice.of(review, lang), review.settings.as_of
    ).text


@pytest.mark.parametrize(
    "words, review, zh, en",
    [
        ("empty ledger", make_review(), "截至2030年6月30日，台账没有登记问题和整改任务。",
         "As of 30 June 2030 the ledger holds no problems and no tasks."),
        ("nothing alarming", review_with({}, reports=[REPORT]),
         "截至2030年6月30日，没有红灯和黄灯事项。",
         "As of 30 June 2030 nothing is red or yellow."),
        ("one red", review_with(OVERDUE, reports=[REPORT]),
         "截至2030年6月30日，红灯事项1项、黄灯事项0项；红灯涉及甲局。",
         "As of 30 June 2030, 1 red and 0 yellow; the red ones are owned by 甲局."),
        ("one yellow with an obstacle", review_with({}, reports=[REPORT | {"obstacle": "缺人"}]),
         "截至2030年6月30日，红灯事项0项、黄灯事项1项，其中1项报告了障碍。",
         "As of 30 June 2030, 0 red and 1 yellow; obstacles are reported on 1."),
    ],
)  # fmt: skip
def test_verdict_of_the_tracker(words, review, zh, en):
    """The first sentence is true of an empty ledger, a calm one and an alarming one."""
    assert attention_said(review, "zh") == zh
    assert attention_said(review, "en") == en


def test_the_rules_of_lights_say_over_where_the_threshold_itself_is_no_light():
    """Behind by exactly 20 points is green: the rule says 超过, as the English says more than."""
    review = make_review()
    zh, en = (lights.light_rules(review.settings.lights, Voice.of(review, lang)).text
              for lang in ("zh", "en"))  # fmt: skip

    assert "进度落后超过20个百分点、" in zh
    assert "more than 20 points behind" in en


@pytest.mark.parametrize(
    "words, due_on, zh, en",
    [
        ("over", "2030-06-19", "2030年6月19日（超期11天）", "19 June 2030 (11 days overdue)"),
        ("one day over", "2030-06-29", "2030年6月29日（超期1天）", "29 June 2030 (1 day overdue)"),
        ("that day", "2030-06-30", "2030年6月30日（核算日到期）",
         "30 June 2030 (due this very day)"),
        ("ahead", "2030-07-01", "2030年7月1日（剩1天）", "1 July 2030 (1 day left)"),
    ],
)  # fmt: skip
def test_due_date_says_what_is_left(words, due_on, zh, en):
    """The days stand with the date, in the singular where there is one."""
    review = review_with({"due_on": due_on}, reports=[REPORT])
    row = find.rectification(review).iloc[0].to_dict()

    assert lights.due_words(row, Voice.of(review, "zh")).text == zh
    assert lights.due_words(row, Voice.of(review, "en")).text == en


def test_closed_task_has_no_days_left():
    """A closed task shows its due date alone, however long ago it was."""
    review = review_with(CLOSED | {"due_on": "2030-06-01"})
    row = find.rectification(review).iloc[0].to_dict()
    assert lights.due_words(row, Voice.of(review, "zh")).text == "2030年6月1日"


def test_reasons_carry_their_figures():
    """Behind, silent and returned say by how much."""
    review = review_with(
        {"due_on": "2030-09-08", "start_on": "2030-05-01"}, reports=[
            REPORT | {"reported_on": "2030-05-31", "obstacle": "缺人", "progress_share": 0.1}],
    )  # fmt: skip
    row = find.rectification(review).iloc[0].to_dict()
    said = lights.reason_words(row, Voice.of(review, "zh")).text
    assert said == "进度10.0%，时间已过46.2%；30天未报进展；存在障碍"


@pytest.mark.parametrize(
    "words, reports, tasks, zh",
    [
        ("first period", [REPORT], [{}], "没有上期报告，不作比较。"),
        ("nothing moved", [REPORT | {"reported_on": "2030-05-31"}, REPORT], [{}],
         "任务亮灯与上期（2030年5月31日）相同。"),
        ("one closed since", [REPORT | {"reported_on": "2030-05-31"}], [CLOSED],
         "与上期（2030年5月31日）相比，整改任务已销号增加1项、绿灯减少1项。"),
    ],
)  # fmt: skip
def test_change_since_the_last_period(words, reports, tasks, zh):
    """What moved is named with its sign, what stood still is not."""
    review = review_with(*tasks, reports=reports)
    assert lights.change_sentence(ledger.change(review), Voice.of(review, "zh")).text == zh


@pytest.mark.parametrize(
    "words, problems, zh",
    [
        ("one red", [PROBLEM | OVERDUE], "1类问题中，“职责调整衔接”有红灯"),
        ("none red", [PROBLEM], "1类问题均无红灯"),
        (
            "none red, one closed",
            [PROBLEM, PROBLEM | CLOSED | {"problem_id": "P-02", "category": "STAFF"}],
            "2类问题均无红灯，1类已全部销号",
        ),
        ("all closed", [PROBLEM | CLOSED], "各类问题均已销号"),
    ],
)
def test_title_of_the_chart_of_categories(words, problems, zh):
    """The title names the categories with red lights, or says that there are none."""
    review = make_review(problems=problems)
    said = tracker.categories_title(find.by_category(review), Voice.of(review, "zh"))
    assert said.text == zh


def test_city_contact_names_what_lies_idle_and_what_was_never_raised():
    """The last contact, the problems without contact for too long, and those without any."""
    city = {"status": "pending_city"}
    days = ("2030-06-20", "2030-05-01", None)
    review = make_review(problems=[
        PROBLEM | city | {"problem_id": f"P-0{n}", "city_contacted_on": day}
        for n, day in enumerate(days, start=1)
    ])  # fmt: skip
    said = tracker.contact_sentence(
        find.city_matters(review), Voice.of(review, "zh"), review.settings.as_of, 30
    ).text
    assert said == (
        "台账挂账3项，最近一次与市级沟通在2030年6月20日；P-02已30天以上未沟通；P-03没有沟通记录。"
    )


def test_closure_without_proof_is_named():
    """A claim without evidence is listed among the closed, as what it is."""
    review = review_with(CLOSED, CLOSED | {"evidence_ref": None})
    said = tracker.closed_sentence(
        find.rectification(review), find.problems(review), Voice.of(review, "zh")
    ).text
    assert said == (
        "已销号任务1项、问题0项，均有佐证、审核岗位和日期。T-002标为销号而要件不全，按待销号处理。"
    )


def test_owner_with_red_tasks_is_named():
    """Departments with a red task are named; the others are counted."""
    review = review_with(OVERDUE, CLOSED | {"owner": "DP02"})
    said = tracker.owners_sentence(find.by_owner(review), Voice.of(review, "zh")).text
    assert said == "2家部门承担整改任务2项，其中1家已全部销号；有红灯任务的是甲局。"


def test_empty_frames_have_honest_sentences():
    """Without recommendations, owners or due tasks each sentence says so."""
    review = make_review()
    voice = Voice.of(review, "en")
    assert tracker.recommendations_sentence(find.recommendations(review), voice).text == (
        "The ledger holds no recommendations."
    )
    assert tracker.owners_sentence(find.by_owner(review), voice).text == (
        "No department owns a task."
    )
    assert tracker.due_soon_sentence(find.due_soon(review), voice, 30).text == (
        "No open task falls due within 30 days."
    )
    assert pd.isna(find.totals(find.problems(review))["closing_share"])
