"""The report of one visit group (回访组报告): a function for each section, in their order."""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.schema import in_roster_order
from reviewlib.scoring import Scores
from reviewlib.show import words
from reviewlib.show.blocks import (
    Block,
    Outline,
    bullets,
    key_figures,
    note,
    paragraph,
    sentences,
    subhead,
)
from reviewlib.show.charts.bands import strip
from reviewlib.show.charts.departments import self_against_visit, staffing_bars
from reviewlib.show.charts.dimensions import dimension_rates
from reviewlib.show.charts.problems import problems_by_category
from reviewlib.show.found import find
from reviewlib.show.page import page_head
from reviewlib.show.pages.matters import (
    city_part,
    immediate_part,
    mismatches_part,
    opinions_part,
    suggestions_part,
)
from reviewlib.show.pages.parts import (
    dimension_list,
    labelled,
    notes_on_data,
    scope_of,
    subject_of,
    typical_cases,
    weakest_indicator,
    within,
)
from reviewlib.show.sentences.conduct import (
    methods_sentence,
    missing_sentence,
    returns_sentence,
    visits_sentence,
)
from reviewlib.show.sentences.fairness import fairness_note
from reviewlib.show.sentences.problems import findings_sentence, problems_sentence
from reviewlib.show.sentences.transfers import duties_sentence
from reviewlib.show.sentences.verdict import colour_counts, verdict
from reviewlib.show.sentences.watch import things_to_watch
from reviewlib.show.tables.counts import aspect_counts_table, by_department, rates_table
from reviewlib.show.tables.ledger import problems_table
from reviewlib.show.tables.scores import departments_table, indicator_matrix, legend
from reviewlib.show.tables.visits import visits_table
from reviewlib.show.voice import Voice

OUTLINE = Outline(
    "group", "回访组报告", "Visit group report",
    (
        ("summary", "一页摘要", "One-page summary"),
        ("conduct", "回访工作开展情况", "Conduct of visits"),
        ("assessment", "总体评价", "Overall assessment"),
        ("departments", "分部门情况", "By department"),
        ("aspects", "四个方面", "Four aspects"),
        ("problems", "发现的主要问题", "Main problems"),
        ("immediate", "立行立改情况", "Immediate rectification"),
        ("mismatches", "双方对碰不一致事项", "Two-sided mismatches within and across groups"),
        ("city", "需市级明确事项", "Matters pending at city level"),
        ("opinions", "意见建议", "Opinions and suggestions received, with handling"),
        ("recommendations", "组内建议", "Group's recommendations"),
        ("annex", "附：评分明细、数据质量说明", "Annex: scores, data-quality notes"),
    ),
)  # fmt: skip


MOST_UPRIGHT = 10
"""Departments whose scores fit side by side on an upright page."""


def head(review: Review, *, group: str, lang: str) -> Block:
    """Return the head of the page."""
    voice = Voice.of(review, lang)
    title = voice.say("{subject}报告", "{subject}: report", subject=subject_of(review, group, lang))
    return page_head(review, OUTLINE, lang, title=title, scope=scope_of(review, voice, group))


def summary(review: Review, scores: Scores, *, group: str, lang: str) -> Block:
    """Return the one-page summary: verdict, key figures, strip, things to watch."""
    voice, totals = Voice.of(review, lang), find.scored(review, scores, "totals", group)
    watched = things_to_watch(
        voice, totals=totals, missing=find.missing(review, group),
        problems=find.problems(review, group), mismatches=find.mismatches(review, group),
        city=find.city_matters(review, group),
        weakest=weakest_indicator(review, scores, voice, group),
    )  # fmt: skip
    said = verdict(totals, voice, subject=subject_of(review, group, lang))
    return OUTLINE.section(
        "summary", paragraph(said, class_="rl-verdict"),
        key_figures(_figures(review, totals, group, voice)),
        subhead(voice.say("各部门评定", "Departments")), strip(totals, voice),
        note(voice.say("按机构序列排列，不是排名。", "In protocol order; this is no ranking.")),
        rates_table(find.dimensions(review, scores, group), "dimension_id", review.rubric, voice,
                    caption=voice.say("各维度得分率", "Rates by dimension"),
                    empty=voice.say("暂无评分。", "Nothing is scored yet.")),
        subhead(voice.say("需关注事项", "To watch")), bullets(watched), lang=lang,
    )  # fmt: skip


def _figures(review: Review, totals: pd.DataFrame, group: str, voice: Voice) -> list[tuple]:
    coverage = find.coverage(review, group)
    found = find.visit_findings(review, group)
    spot = _on_the_spot(review, group)
    rated = totals["total_shown"].dropna()
    planned, visited = len(coverage), int(coverage["is_visited"].sum())
    return [
        (voice.say("{a}/{b}", "{a}/{b}", a=visited, b=planned),
         voice.say("已回访部门", "visited"),
         voice.say("计划回访{n}家", "of {n} planned", n=planned)),
        (words.score(rated.astype("float64").median() if len(rated) else None),
         voice.say("得分中位数", "median score"),
         voice.say("已评定{n}家：{c}", "{n} rated: {c}", n=len(rated),
                   c=colour_counts(totals, voice))),
        (words.count(len(found)), voice.say("回访发现（条）", "findings"),
         voice.say("涉及{n}家部门", "departments concerned: {n}", n=found["dept_code"].nunique())),
        (voice.say("{a}/{b}", "{a}/{b}", a=int(spot["is_done"].sum()), b=len(spot)),
         voice.say("立行立改已完成", "immediate rectification done"),
         voice.say("列入{n}项", "of {n} listed", n=len(spot))),
    ]  # fmt: skip


def _on_the_spot(review: Review, group: str) -> pd.DataFrame:
    """Return what the visits listed; tasks of the ledger repeat it and are left out."""
    frame = find.immediate(review, group)
    return frame[frame["source"] == "finding"].reset_index(drop=True)


def conduct(review: Review, *, group: str, lang: str) -> Block:
    """Return how the visits went: dates, methods, departments, who is missing."""
    voice, coverage = Voice.of(review, lang), find.coverage(review, group)
    roster = in_roster_order(review.departments[review.departments["group_id"] == group])
    visits = review.visits[review.visits["dept_code"].isin(roster["dept_code"])]
    visits = visits.sort_values(["visit_on", "half_day"], kind="stable")
    told = sentences(
        [visits_sentence(coverage, visits, review.settings.plan, voice,
                         subject=subject_of(review, group, lang)),
         methods_sentence(visits, voice), returns_sentence(coverage, voice),
         missing_sentence(find.missing(review, group), voice) if len(coverage) else ""], lang,
    )  # fmt: skip
    listed = visits_table(
        roster, visits, coverage, voice,
        caption=voice.say("回访安排与完成情况", "Visits as planned and done"),
        empty=voice.say("本组没有部门。", "This group has no departments."),
    )  # fmt: skip
    return OUTLINE.section("conduct", told, listed, lang=lang)


def assessment(review: Review, scores: Scores, *, group: str, lang: str) -> Block:
    """Return the dimensions: bar with median and range, one sentence each."""
    voice = Voice.of(review, lang)
    medians = labelled(find.dimensions(review, scores, group), review, lang)
    count = len(find.scored(review, scores, "totals", group))
    who = voice.say("本组{n}", "the group's {n}", n=voice.departments(count))
    return OUTLINE.section(
        "assessment", dimension_rates(medians, voice, who=who),
        dimension_list(review, find.scored(review, scores, "dimensions", group), medians, voice),
        note(fairness_note(review, voice)), lang=lang,
    )  # fmt: skip


def departments(review: Review, scores: Scores, *, group: str, lang: str) -> Block:
    """Return one row per department, protocol order, no rank: band, rates, gap, key finding."""
    voice, totals = Voice.of(review, lang), find.scored(review, scores, "totals", group)
    listed = departments_table(
        totals, find.scored(review, scores, "dimensions", group), review.rubric, voice,
        remark=_key_findings(review, group),
        caption=voice.say("各部门评定（按机构序列，不排名）",
                          "Departments (protocol order, no ranking)"),
        empty=voice.say("本组没有部门。", "This group has no departments."),
        below=voice.say(
            "回访减自评为百分制得分之差；“—”为无可比数据。",
            "{dimensions}. Visit − self in points of 100; “—”: nothing to compare.",
            dimensions="; ".join(f"{node.id}: {node.en}" for node in review.rubric.dimensions),
        ),
    )  # fmt: skip
    return OUTLINE.section("departments", listed, self_against_visit(totals, voice), lang=lang)


def _key_findings(review: Review, group: str) -> dict[str, str]:
    """Return the first finding of each department: merged into the ledger before the others."""
    found = find.visit_findings(review, group)
    found = found.assign(_late=found["merge_status"] != "merged")
    first = found.sort_values("_late", kind="stable")
    return first.drop_duplicates("dept_code").set_index("dept_code")["text"].to_dict()


def aspects(review: Review, scores: Scores, *, group: str, lang: str) -> Block:
    """Return the aspects: counts first, then rates; staffing as a picture."""
    voice = Voice.of(review, lang)
    empty = voice.say("没有可计数的材料。", "There is nothing to count.")
    counts = aspect_counts_table(
        find.aspect_counts(review, group), voice, empty=empty,
        caption=voice.say("先看数量（{day}）", "Counts first ({day})",
                          day=voice.date(review.settings.cutoff_on)),
        below=voice.say("划转和转隶以划入方填报为准；空编、超编分列，不相抵。",
                        "Transfers as the gaining side reports; vacant and over are never netted."),
    )  # fmt: skip
    rates = rates_table(
        find.aspects(review, scores, group), "aspect", review.rubric, voice,
        caption=voice.say("再看得分率", "Then rates"),
        empty=voice.say("暂无评分。", "Nothing is scored yet."),
    )  # fmt: skip
    posts = by_department(find.staffing(review, group))
    drawn = staffing_bars(posts, voice, below=voice.say(
        "各类编制合计。", "All types of establishment together."))  # fmt: skip
    duties = paragraph(duties_sentence(find.duties(review, group), voice))
    return OUTLINE.section("aspects", duties, counts, rates, drawn, lang=lang)


def problems(review: Review, *, group: str, lang: str) -> Block:
    """Return the main problems: by category, typical cases, common and particular apart."""
    voice = Voice.of(review, lang)
    codes = set(review.departments.loc[review.departments["group_id"] == group, "dept_code"])
    known = within(find.problems(review, group), codes)
    told = sentences([findings_sentence(find.visit_findings(review, group), voice),
                      problems_sentence(known, voice)], lang)  # fmt: skip
    listed = problems_table(
        known, voice, caption=voice.say("涉及本组部门的台账问题（只列本组部门）",
                                       "Ledger problems of this group (its departments only)"),
        empty=voice.say("本组没有列入台账的问题。",
                        "No problem of the ledger concerns this group."),
    )  # fmt: skip
    return OUTLINE.section(
        "problems", told, problems_by_category(known, voice), listed,
        typical_cases(find.typical_cases(review, group), voice), lang=lang,
    )  # fmt: skip


def immediate(review: Review, *, group: str, lang: str) -> Block:
    """Return how immediate rectification stands."""
    part = immediate_part(_on_the_spot(review, group), Voice.of(review, lang))
    return OUTLINE.section("immediate", part, lang=lang)


def mismatches(review: Review, *, group: str, lang: str) -> Block:
    """Return where two sides differ: within the group, then across groups."""
    part = mismatches_part(find.mismatches(review, group), Voice.of(review, lang))
    return OUTLINE.section("mismatches", part, lang=lang)


def city(review: Review, *, group: str, lang: str) -> Block:
    """Return what only the city level can settle."""
    part = city_part(find.city_matters(review, group), Voice.of(review, lang))
    return OUTLINE.section("city", part, lang=lang)


def opinions(review: Review, *, group: str, lang: str) -> Block:
    """Return opinions with their handling."""
    part = opinions_part(find.opinions(review, group), Voice.of(review, lang))
    return OUTLINE.section("opinions", part, lang=lang)


def recommendations(review: Review, *, group: str, lang: str) -> Block:
    """Return what the group itself recommends, with the finding each rests on."""
    part = suggestions_part(find.visit_findings(review, group), Voice.of(review, lang))
    return OUTLINE.section("recommendations", part, lang=lang)


def annex(review: Review, scores: Scores, *, group: str, lang: str) -> Block:
    """Return the scores in detail and what to know about the data."""
    voice, items = Voice.of(review, lang), find.scored(review, scores, "items", group)
    matrix = indicator_matrix(
        items, review.rubric, voice, is_wide=items["dept_code"].nunique() > MOST_UPRIGHT,
        caption=voice.say("各指标得分率", "Rates by indicator"), below=legend(voice),
        empty=voice.say("暂无评分。", "Nothing is scored yet."),
    )  # fmt: skip
    return OUTLINE.section(
        "annex", matrix, subhead(voice.say("数据质量说明", "Data-quality notes")),
        notes_on_data(review, voice, group), lang=lang,
    )  # fmt: skip
