"""The rectification tracker (整改跟踪，挂图作战): red and yellow first, the whole ledger last."""

from __future__ import annotations

import pandas as pd

from reviewlib.ledger import course
from reviewlib.review import Review
from reviewlib.show import words
from reviewlib.show.blocks import (
    Block,
    Outline,
    box,
    bullets,
    element,
    join,
    key_figures,
    note,
    paragraph,
    sentences,
)
from reviewlib.show.charts.course import burn_down_lines, flow_ribbons
from reviewlib.show.charts.tracker import labelled, light_bars
from reviewlib.show.found import find
from reviewlib.show.page import page_head
from reviewlib.show.sentences.course import ageing_sentence, burn_down_sentence, flow_sentence
from reviewlib.show.sentences.lights import (
    attention_sentence,
    change_sentence,
    decision_sentence,
    light_rules,
)
from reviewlib.show.sentences.progress import city_sentence, closing_figure, closing_sentence
from reviewlib.show.sentences.tracker import (
    categories_title,
    closed_sentence,
    contact_sentence,
    counting_note,
    due_soon_sentence,
    owners_sentence,
    recommendations_sentence,
)
from reviewlib.show.tables.course import age_table
from reviewlib.show.tables.ledger import city_table
from reviewlib.show.tables.tracker import (
    all_problems_table,
    all_tasks_table,
    attention_table,
    closed_problems_table,
    closed_table,
    due_table,
    label_of,
    recommendation_status_table,
    reopened_table,
    totals_table,
)
from reviewlib.show.voice import Voice

OUTLINE = Outline(
    "tracker", "整改跟踪", "Rectification tracker",
    (
        ("attention", "红黄灯事项", "Red and yellow"),
        ("overview", "总览", "Overview"),
        ("categories", "四类问题进度", "Progress by category"),
        ("owners", "部门进度", "Progress by owner"),
        ("recommendations", "建议落实", "Status of the recommendations"),
        ("city", "需市级明确事项", "City-level list"),
        ("due", "近期到期", "Due soon"),
        ("closed", "销号明细与佐证", "Closed items with evidence"),
        ("ledger", "台账全表", "Full ledger"),
    ),
)  # fmt: skip
FILES = (
    ("problems", "问题台账", "Problems"), ("tasks", "整改任务", "Tasks"),
    ("followups", "整改跟踪", "Follow-ups"), ("recommendations", "工作建议", "Recommendations"),
)  # fmt: skip
"""Tables of the ledger that a run publishes beside the pages."""


def head(review: Review, *, lang: str) -> Block:
    """Return the head of the page."""
    voice = Voice.of(review, lang)
    scope = voice.say(
        "问题{p}项、任务{t}项、跟踪报告{f}次", "{p} problems, {t} tasks, {f} follow-ups",
        p=len(review.problems), t=len(review.tasks), f=len(review.followups),
    )  # fmt: skip
    title = voice.say("整改跟踪", "Rectification tracker")
    return page_head(review, OUTLINE, lang, title=title, scope=scope)


def attention(review: Review, *, lang: str) -> Block:
    """Return the answer: what is red or yellow, what blocks it, who can unblock it."""
    voice, frame = Voice.of(review, lang), find.attention(review)
    problems, tasks = find.totals(find.problems(review)), find.totals(find.rectification(review))
    said = attention_sentence(frame, problems, tasks, voice, review.settings.as_of)
    asked = decision_sentence(frame, voice)
    listed = attention_table(
        frame, voice,
        caption=voice.say("红灯在前，黄灯在后，各按责任单位机构序列",
                          "Red, then yellow, each in protocol order of the owner"),
    ) if len(frame) else ""  # fmt: skip
    return OUTLINE.section(
        "attention", paragraph(said, class_="rl-verdict"),
        key_figures(_figures(review, problems, tasks, voice)), paragraph(asked), listed, lang=lang,
    )  # fmt: skip


def _figures(review: Review, problems: pd.Series, tasks: pd.Series, voice: Voice) -> list[tuple]:
    due = find.due_soon(review)
    return [
        (join((words.light("red", voice.lang), f" {tasks['red']}")),
         voice.say("红灯任务", "red tasks"), voice.say("红灯问题{n}项", "red problems: {n}",
                                                   n=problems["red"])),
        (join((words.light("yellow", voice.lang), f" {tasks['yellow']}")),
         voice.say("黄灯任务", "yellow tasks"), voice.say("黄灯问题{n}项", "yellow problems: {n}",
                                                       n=problems["yellow"])),
        (closing_figure(problems, voice), voice.say("问题销号", "problems closed"),
         voice.say("任务销号{part}", "tasks closed: {part}", part=closing_figure(tasks, voice))),
        (words.count(len(due), voice.lang), voice.say("近期到期任务", "tasks due soon"),
         voice.say("{n}日内", "within {n} days", n=review.settings.lights.due_list_days)),
    ]  # fmt: skip


def overview(review: Review, *, lang: str) -> Block:
    """Return the totals now and in the period before, the closing rate, burn-down and ages."""
    voice, change = Voice.of(review, lang), course.change(review)
    kinds = {"problems": ("问题", "Problems"), "tasks": ("任务", "Tasks")}
    labels = [
        voice.say("{kind}（{day}）", "{kind}, {day}", day=voice.date(row["as_of"]),
                  kind=kinds[row["kind"]][lang == "en"])
        for row in change.to_dict("records")
    ]  # fmt: skip
    closing, moved = closing_sentence(find.totals(find.problems(review)), voice), ""
    is_compared = bool((change["period"] == "previous").any())
    if not is_compared:
        moved = change_sentence(change, voice)
    told = sentences([closing, moved], lang)
    if not change["total"].sum():
        return OUTLINE.section("overview", told, lang=lang)
    title = voice.say(
        "问题和任务的亮灯：本期与上期", "Lights of problems and tasks, now and before"
    )
    drawn = light_bars(
        labelled(change, labels), voice,
        title=change_sentence(change, voice) if is_compared else title,
    )  # fmt: skip
    listed = totals_table(
        change.assign(label=labels), voice, label=label_of("label", "对象", "What", voice),
        caption=title, below=join((
            light_rules(review.settings.lights, voice),
            counting_note(voice, is_logged=len(review.ledger_events) > 0),
        ), voice.gap),
    )  # fmt: skip
    return OUTLINE.section("overview", told, drawn, listed, *_course(review, voice), lang=lang)


def _course(review: Review, voice: Voice) -> list[Block]:
    """Return how open problems became fewer month by month, and how old those left are."""
    counts, ages = course.burn_down(review), course.age_counts(review)
    parts = []
    if len(counts) > 1:
        parts.append(burn_down_lines(counts, voice, title=burn_down_sentence(counts, voice)))
    parts.append(paragraph(ageing_sentence(course.ageing(review), voice)))
    if len(ages):
        parts.append(age_table(
            ages, voice, caption=voice.say("未销号问题账龄（自发现之日起）",
                                           "Age of open problems since they were found"),
        ))  # fmt: skip
    return parts


def categories(review: Review, *, lang: str) -> Block:
    """Return progress by category of problem."""
    voice, counts = Voice.of(review, lang), find.by_category(review)
    if counts.empty:
        return OUTLINE.section("categories", _none(voice), lang=lang)
    label = label_of("category", "类别", "Category", voice)
    drawn = light_bars(
        labelled(counts, [label.show(code, lang) for code in counts["category"]]), voice,
        title=categories_title(counts, voice),
    )  # fmt: skip
    listed = totals_table(
        counts, voice, label=label, caption=voice.say("各类问题亮灯", "Problems by category"),
    )  # fmt: skip
    return OUTLINE.section("categories", drawn, listed, lang=lang)


def owners(review: Review, *, lang: str) -> Block:
    """Return progress by department responsible, in protocol order."""
    voice, counts = Voice.of(review, lang), find.by_owner(review)
    listed = totals_table(
        counts, voice, label=label_of("dept_code", "责任单位", "Owner", voice),
        caption=voice.say("各部门任务亮灯（按机构序列，不排名）",
                          "Tasks by owner (protocol order, no ranking)"),
    ) if len(counts) else ""  # fmt: skip
    return OUTLINE.section("owners", paragraph(owners_sentence(counts, voice)), listed, lang=lang)


def recommendations(review: Review, *, lang: str) -> Block:
    """Return how far the recommendations are."""
    voice, frame = Voice.of(review, lang), find.recommendations(review)
    listed = recommendation_status_table(
        frame, voice, caption=voice.say("建议落实情况", "Recommendations"),
        below=voice.say("亮灯取其任务中最差的；没有任务的取所对应问题的。",
                        "Light: the worst of its tasks; without tasks, of its problems."),
    ) if len(frame) else ""  # fmt: skip
    links = course.flow(review)
    drawn = flow_ribbons(
        links, voice, title=flow_sentence(links, voice),
        below=voice.say("由左至右：问题类别、建议方面、问题状态；一项问题对应几条建议的，各计一次。",
                        "From left: category, strand, status of the problem; a problem counts once "
                        "for each of its recommendations."),
    ) if len(links) else ""  # fmt: skip
    return OUTLINE.section(
        "recommendations", paragraph(recommendations_sentence(frame, voice)), drawn, listed,
        lang=lang,
    )


def city(review: Review, *, lang: str) -> Block:
    """Return what waits for the city level, with the date of the last contact."""
    voice, frame, settings = Voice.of(review, lang), find.city_matters(review), review.settings
    told = sentences([city_sentence(frame, voice), contact_sentence(
        frame, voice, settings.as_of, settings.lights.silent_days)], lang)  # fmt: skip
    listed = city_table(
        frame, voice, caption=voice.say("需市级明确事项", "Matters for the city level")
    ) if len(frame) else ""  # fmt: skip
    return OUTLINE.section("city", told, listed, lang=lang)


def due(review: Review, *, lang: str) -> Block:
    """Return the open tasks that fall due soon."""
    voice, frame = Voice.of(review, lang), find.due_soon(review)
    days = review.settings.lights.due_list_days
    listed = due_table(
        frame, voice, caption=voice.say("近{n}日到期", "Due within {n} days", n=days)
    ) if len(frame) else ""  # fmt: skip
    said = due_soon_sentence(frame, voice, days)
    return OUTLINE.section("due", paragraph(said), listed, lang=lang)


def closed(review: Review, *, lang: str) -> Block:
    """Return closed items with their evidence and verifier, and what was reopened."""
    voice, tasks, problems = (
        Voice.of(review, lang),
        find.rectification(review),
        find.problems(review),
    )
    done = tasks[tasks["is_closed"].astype(bool)].sort_values("closed_on", kind="stable")
    settled = problems[problems["is_closed"].astype(bool)]
    reopened = tasks[tasks["reopened_count"].fillna(0) > 0]
    parts = [
        closed_problems_table(settled, voice, caption=voice.say("已销号问题", "Closed problems"))
        if len(settled) else "",
        closed_table(done, voice, caption=voice.say("已销号任务", "Closed tasks"))
        if len(done) else "",
        reopened_table(reopened, voice, caption=voice.say("重新打开的任务", "Reopened tasks"))
        if len(reopened) else "",
    ]  # fmt: skip
    said = closed_sentence(tasks, problems, voice)
    return OUTLINE.section("closed", paragraph(said), *parts, lang=lang)


def ledger(review: Review, *, lang: str) -> Block:
    """Return the full ledger, to be printed landscape, and where to fetch it as files."""
    voice, problems, tasks = (
        Voice.of(review, lang),
        find.problems(review),
        find.rectification(review),
    )
    if problems.empty and tasks.empty:
        return OUTLINE.section("ledger", _none(voice), lang=lang)
    book = element("a", voice.say("整改台账（工作簿）", "The ledger (workbook)"),
                   href=f"{voice.top}tracker.xlsx")  # fmt: skip
    links = bullets([book, *(
        element("a", voice.say("{zh}（CSV）", "{en} (CSV)", zh=zh, en=en),
                href=f"{voice.top}tables/{name}.csv")
        for name, zh, en in FILES
    )])  # fmt: skip
    return box(OUTLINE.section(
        "ledger",
        all_problems_table(problems, voice, caption=voice.say("问题台账全表", "All problems")),
        all_tasks_table(tasks, voice, caption=voice.say("整改任务全表", "All tasks"),
                        empty=voice.say("没有整改任务。", "There are no tasks.")),
        note(voice.say("随页面发布的台账数据：", "The ledger as files beside this page:")), links,
        lang=lang,
    ), class_="rl-landscape")  # fmt: skip


def _none(voice: Voice) -> Block:
    return paragraph(
        voice.say("台账没有登记问题和整改任务。", "The ledger holds no problems and no tasks."),
        class_="rl-nothing",
    )
