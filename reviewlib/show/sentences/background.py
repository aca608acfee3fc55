"""What the review is: its loop, its scope, its timetable, its rubric, its limits."""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.show import words
from reviewlib.show.blocks import Block
from reviewlib.show.voice import Voice
from reviewlib.show.words import plural


def loop_sentence(review: Review, voice: Voice) -> Block:
    """Say what a look-back review is for."""
    return voice.say(
        "{district}开展机构改革“回头看”，形成“推进改革、调研回访、问题督导、巩固成效”的工作闭环。",
        "{district} looks back at its reorganisation to close the loop: carry out the reform, "
        "visit, follow up problems, keep the results.",
        district=review.settings.text("district", voice.lang),
    )  # fmt: skip


def scope_sentence(coverage: pd.DataFrame, review: Review, voice: Voice) -> Block:
    """Say whom and what the review covers (两个全覆盖).

    Parameters
    ----------
    coverage : DataFrame
        `find.coverage` of the whole review.
    """
    n = len(coverage)
    visit = int((coverage["mode"] == "visit").sum())
    groups = coverage["group_id"].nunique()
    contents = [node.en if voice.lang == "en" else node.zh for node in review.rubric.dimensions]
    return voice.say(
        "对象全覆盖：涉及改革的{n}家部门全部纳入，其中实地回访{visit}家、分{g}组进行，单位自评{own}家。"
        "内容全覆盖：{contents}。",
        "All {many} concerned are covered: {visit} visited by {groups}, {own} self-assessed. "
        "All contents are covered: {contents}.",
        n=n, many=plural(n, "department"), visit=visit, own=n - visit, g=groups,
        groups=plural(groups, "group"), contents=voice.listed(contents),
    )  # fmt: skip


def timetable_sentence(review: Review, voice: Voice) -> Block:
    """Say when the review took place."""
    plan = review.settings.plan
    return voice.say(
        "自{start}至{end}完成准备、回访、总结，其中{first}至{last}集中实地回访。",
        "Prepared, visited and summed up from {start} to {end}, with the visits from {first} to "
        "{last}.",
        start=voice.date(plan.start_on), end=voice.date(plan.end_on),
        first=voice.date(plan.visits_start_on), last=voice.date(plan.visits_end_on),
    )  # fmt: skip


def rubric_sentence(review: Review, voice: Voice) -> Block:
    """Say by which scoring table, of what standing."""
    rubric = review.rubric
    standing = {
        "proposal": voice.say("建议稿，权重和阈值未经正式审定", "a proposal, not yet approved"),
        "official": voice.say("正式稿", "approved"),
    }[rubric.status]
    return voice.say(
        "各部门按统一模版报送自评材料，按评分表（{edition}，{n}项指标）评定；评分表为{standing}。",
        "Departments reported on one template and were assessed by one rubric ({edition}, "
        "{n} indicators), which is {standing}.",
        edition=rubric.edition, n=len(rubric.indicators), standing=standing,
    )  # fmt: skip


def coverage_sentence(totals: pd.DataFrame, review: Review, voice: Voice) -> Block:
    """Say how much of the applicable weight is scored, and what happens below the threshold.

    Parameters
    ----------
    totals : DataFrame
        Rows of `Scores.totals` of one mode.
    """
    known = totals["coverage"].dropna().astype("float64")
    if known.empty:
        return voice.say("覆盖率：暂无。", "Coverage: none yet.")
    return voice.say(
        "覆盖率中位数{median}，最低{low}；低于{edge}的暂不评定。",
        "Median coverage {median}, lowest {low}; below {edge} a department is not rated.",
        median=words.rate(known.median()), low=words.rate(known.min()),
        edge=words.rate(review.rubric.coverage_min),
    )  # fmt: skip


def limits(voice: Voice) -> list[Block]:
    """Return what must not be read out of this report."""
    return [
        voice.say(
            "不排名：各部门改革任务不同，分差很小时没有意义，只看三色和分项。",
            "No ranking: tasks differ between departments and small differences mean nothing; read "
            "the three colours and the parts.",
        ),
        voice.say(
            "实地回访与单位自评依据不同，分开统计，不作比较。",
            "Visits and self-assessments rest on different evidence; they are counted apart and "
            "not compared.",
        ),
        voice.say(
            "待市级明确的事项不计入得分和销号率。",
            "What the city level must settle counts in neither scores nor closing rates.",
        ),
    ]  # fmt: skip


def closing_rule(review: Review, voice: Voice) -> Block:
    """Say when the first report is due and when a problem is closed."""
    deadlines = review.settings.deadlines
    return voice.say(
        "首次整改进展于{day}前报送，此后每月一报。销号须有佐证、由责任单位以外的岗位审核并注明日期；"
        "立行立改事项一般{n}个工作日内完成。",
        "The first progress report is due on {day}, then one each month. Closing needs evidence, a "
        "verifier outside the responsible department, and a date; immediate rectification is done "
        "within {many}.",
        day=voice.date(deadlines.first_progress_report_on), n=deadlines.immediate_workdays,
        many=plural(deadlines.immediate_workdays, "working day"),
    )  # fmt: skip
