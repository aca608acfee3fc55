"""The overall report (总报告): a function for each section, in their order."""

from __future__ import annotations

from reviewlib.review import Review
from reviewlib.schema import vocabularies as v
from reviewlib.scoring import Scores
from reviewlib.show import words
from reviewlib.show.blocks import (
    Block,
    Outline,
    box,
    bullets,
    columns,
    join,
    key_figures,
    nothing,
    paragraph,
    sentences,
    subhead,
)
from reviewlib.show.charts.bands import strip
from reviewlib.show.charts.dimensions import dimension_rates
from reviewlib.show.charts.problems import problems_by_category
from reviewlib.show.found import find
from reviewlib.show.page import page_head
from reviewlib.show.pages import annexes as more
from reviewlib.show.pages.analysis import analysis_parts
from reviewlib.show.pages.certainty import certainty_part
from reviewlib.show.pages.matters import decisions_part
from reviewlib.show.pages.parts import (
    dimension_list,
    labelled,
    of_mode,
    scope_of,
    typical_cases,
)
from reviewlib.show.sentences.background import (
    closing_rule,
    coverage_sentence,
    loop_sentence,
    rubric_sentence,
    scope_sentence,
    timetable_sentence,
)
from reviewlib.show.sentences.conduct import methods_sentence, missing_sentence, returns_sentence
from reviewlib.show.sentences.fairness import fairness_heading
from reviewlib.show.sentences.problems import causes as cause_sentences
from reviewlib.show.sentences.problems import natures_sentence, problems_sentence
from reviewlib.show.sentences.progress import closing_sentence
from reviewlib.show.sentences.results import results as result_items
from reviewlib.show.sentences.transfers import mode_word
from reviewlib.show.sentences.verdict import verdict
from reviewlib.show.tables.counts import rates_table
from reviewlib.show.tables.ledger import problems_table, recommendations_table
from reviewlib.show.tables.overview import (
    categories_table,
    colours_table,
    groups_table,
    types_table,
)
from reviewlib.show.voice import Voice

OUTLINE = Outline(
    "overall", "总报告", "Overall report",
    (
        ("summary", "呈阅摘要", "Leader's page"),
        ("background", "基本情况", "Background and method"),
        ("results", "改革成效", "Results"),
        ("assessment", "总体评价", "Overall assessment"),
        ("analysis", "分项分析", "Analysis"),
        ("problems", "存在问题", "Problems"),
        ("causes", "原因分析", "Causes"),
        ("recommendations", "工作建议", "Recommendations"),
        ("rectification", "整改安排", "Rectification plan"),
        ("decisions", "需提请研究事项", "Matters for decision"),
        ("annexes", "附件", "Annexes"),
    ),
    unnumbered=("summary",),
)  # fmt: skip


def head(review: Review, *, lang: str) -> Block:
    """Return the head of the page."""
    voice = Voice.of(review, lang)
    title = voice.say("机构改革“回头看”总报告", "Look-back review: overall report")
    return page_head(review, OUTLINE, lang, title=title, scope=scope_of(review, voice))


def summary(review: Review, scores: Scores, *, lang: str) -> Block:
    """Return the leader's page: conclusion, numbers, what must be decided."""
    voice, known = Voice.of(review, lang), find.problems(review)
    visited = of_mode(scores.totals, "visit")
    said = verdict(visited, voice, subject=mode_word("visit", voice, is_first=True))
    empty = voice.say("暂无。", "None yet.")
    rates = rates_table(
        of_mode(find.dimensions(review, scores), "visit"), "dimension_id", review.rubric, voice,
        caption=voice.say("实地回访部门各维度得分率", "Rates of the visited departments"),
        empty=empty, is_brief=True,
    )  # fmt: skip
    kinds = categories_table(
        known, voice, caption=voice.say("问题类别", "Problems by category"),
        empty=voice.say("台账没有登记问题。", "The ledger holds no problems."),
    )  # fmt: skip
    colours = colours_table(
        scores.totals, voice, empty=empty,
        caption=voice.say("三色评定（两种方式分开统计）", "Bands, the two modes apart"),
    )  # fmt: skip
    return OUTLINE.section(
        "summary", paragraph(said, class_="rl-verdict"), key_figures(_figures(review, voice)),
        colours, columns(rates, kinds),
        paragraph(closing_sentence(find.totals(known), voice)),
        decisions_part(review, voice, is_brief=True), lang=lang,
    )  # fmt: skip


def _figures(review: Review, voice: Voice) -> list[tuple]:
    coverage = find.coverage(review)
    visit, own = of_mode(coverage, "visit"), of_mode(coverage, "self")
    groups = coverage["group_id"].nunique()
    known = find.problems(review)
    recs = find.recommendations(review)
    return [
        (words.count(len(coverage)), voice.say("涉改部门", "departments"),
         voice.say("全部纳入", "all covered")),
        (f"{int(visit['is_visited'].sum())}/{len(visit)}", voice.say("实地回访", "visited"),
         voice.say("分{n}组", "groups: {n}", n=groups)),
        (f"{int(own['is_returned'].sum())}/{len(own)}", voice.say("单位自评", "self-assessed"),
         voice.say("已报送自评材料", "returns received")),
        (words.count(len(known)), voice.say("台账问题", "problems"),
         voice.say("{n}类，对应建议{r}条", "categories: {n}; recommendations: {r}",
                   n=known["category"].nunique(), r=len(recs))),
    ]  # fmt: skip


def background(review: Review, *, lang: str) -> Block:
    """Return background and method: loop, scope, timetable, template, rubric."""
    voice, coverage = Voice.of(review, lang), find.coverage(review)
    listed = groups_table(
        coverage, review.settings.groups, voice,
        caption=voice.say("组织实施", "Who was covered"),
    )  # fmt: skip
    return OUTLINE.section(
        "background",
        sentences([loop_sentence(review, voice), scope_sentence(coverage, review, voice),
                   timetable_sentence(review, voice), rubric_sentence(review, voice)], lang),
        sentences([methods_sentence(review.visits, voice), returns_sentence(coverage, voice),
                   missing_sentence(find.missing(review), voice)], lang),
        listed, lang=lang,
    )  # fmt: skip


def results(review: Review, *, lang: str) -> Block:
    """Return the five results, each with counts or marked as qualitative."""
    voice = Voice.of(review, lang)
    items = result_items(find.aspect_counts(review), review.coordination_bodies, voice)
    return OUTLINE.section("results", bullets(items), lang=lang)


def assessment(review: Review, scores: Scores, *, lang: str) -> Block:
    """Return the assessment of the visited, apart that of the self-assessed, and how sure it is."""
    voice = Voice.of(review, lang)
    parts = [_assessed(review, scores, mode, voice) for mode in v.MODE.codes]
    heading, note = fairness_heading(review, voice)
    fair = box(subhead(heading), paragraph(note))
    sure = certainty_part(review, scores, voice)
    return OUTLINE.section("assessment", *parts, fair, sure, lang=lang)


def _assessed(review: Review, scores: Scores, mode: str, voice: Voice) -> Block:
    totals = of_mode(scores.totals, mode)
    medians = labelled(of_mode(find.dimensions(review, scores), mode), review, voice.lang)
    title = subhead(voice.label(v.MODE, mode))
    subject = mode_word(mode, voice, is_first=True)
    told = paragraph(verdict(totals, voice, subject=subject))
    if totals.empty:
        return join((title, told))
    return join((
        title, told, strip(totals, voice), paragraph(coverage_sentence(totals, review, voice)),
        dimension_rates(medians, voice, who=mode_word(mode, voice)),
        dimension_list(review, of_mode(scores.dimensions, mode), medians, voice),
    ))  # fmt: skip


def analysis(review: Review, scores: Scores, *, lang: str) -> Block:
    """Return the four contents of the review: counts first, then what they show."""
    parts = analysis_parts(review, scores, Voice.of(review, lang))
    return OUTLINE.section("analysis", *parts, lang=lang)


def problems(review: Review, *, lang: str) -> Block:
    """Return the problems: 表现—涉及部门—成因—层级."""
    voice, known = Voice.of(review, lang), find.problems(review)
    listed = problems_table(
        known, voice, caption=voice.say("问题台账", "The ledger of problems"),
        empty=voice.say("台账没有登记问题。", "The ledger holds no problems."),
    )  # fmt: skip
    return OUTLINE.section(
        "problems", paragraph(problems_sentence(known, voice)),
        problems_by_category(known, voice), listed, paragraph(natures_sentence(known, voice)),
        typical_cases(find.typical_cases(review), voice), lang=lang,
    )  # fmt: skip


def causes(review: Review, *, lang: str) -> Block:
    """Return the causes as the ledger states them, each with its problems."""
    voice = Voice.of(review, lang)
    told = cause_sentences(find.problems(review), voice)
    empty = nothing(voice.say("没有可归因的问题。", "There are no problems to trace."))
    return OUTLINE.section("causes", bullets(told) if told else empty, lang=lang)


def recommendations(review: Review, *, lang: str) -> Block:
    """Return the recommendations by strand: lead, support, date, deliverable, problems."""
    voice, frame = Voice.of(review, lang), find.recommendations(review)
    parts = [
        recommendations_table(part, voice, caption=voice.label(v.STRAND, strand))
        for strand in v.STRAND.codes
        if len(part := frame[frame["strand"] == strand])
    ]
    empty = nothing(voice.say("尚未提出工作建议。", "No recommendations have been made."))
    return OUTLINE.section("recommendations", *(parts or [empty]), lang=lang)


def rectification(review: Review, *, lang: str) -> Block:
    """Return the rectification plan: types, progress by category, first report, closing rule."""
    voice, known = Voice.of(review, lang), find.problems(review)
    by_type = types_table(
        find.rectification(review), voice,
        caption=voice.say("整改任务（{day}）", "Rectification tasks ({day})",
                          day=voice.date(review.settings.as_of)),
        empty=voice.say("没有整改任务。", "There are no rectification tasks."),
    )  # fmt: skip
    return OUTLINE.section(
        "rectification",
        sentences([closing_sentence(find.totals(known), voice), closing_rule(review, voice)], lang),
        by_type, more.tracker_link(voice), lang=lang,
    )  # fmt: skip


def decisions(review: Review, *, lang: str) -> Block:
    """Return what the district's leaders must decide, and what the city must settle."""
    return OUTLINE.section("decisions", decisions_part(review, Voice.of(review, lang)), lang=lang)


def annexes(review: Review, scores: Scores, *, lang: str) -> Block:
    """Return the annexes: roster, rubric, scores, mismatches, staffing, opinions, method."""
    return OUTLINE.section("annexes", *more.annexes(review, scores, lang), lang=lang)
