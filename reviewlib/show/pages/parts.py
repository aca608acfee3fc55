"""What several reports share: who is spoken of, notes on data and fairness, small selections."""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.scoring import Scores
from reviewlib.show.blocks import Block, bullets, element, join, paragraph, subhead
from reviewlib.show.found import find
from reviewlib.show.sentences.dimensions import dimension_sentence
from reviewlib.show.sentences.problems import case_sentence
from reviewlib.show.tables.scores import indicator_name
from reviewlib.show.tables.visits import group_name, issue_counts_table, provisional_table
from reviewlib.show.voice import DATA_QUALITY, Voice

MOST_NOTES = 12
"""Provisional values shown in an annex; the rest is on the data-quality page."""


def of_mode(frame: pd.DataFrame, mode: str) -> pd.DataFrame:
    """Return the rows of one mode, in the order given."""
    return frame[frame["mode"] == mode].reset_index(drop=True)


def subject_of(review: Review, group: str, lang: str) -> str:
    """Return what a visit group is called."""
    return group_name(review.settings.groups, group, lang)


def scope_of(review: Review, voice: Voice, group: str | None = None) -> Block:
    """Return 数据口径: how many departments, how many answers, which mode."""
    coverage = find.coverage(review, group)
    visit, own = coverage[coverage["mode"] == "visit"], coverage[coverage["mode"] == "self"]
    parts = []
    if len(visit):
        parts.append(voice.say(
            "实地回访部门{n}家，评分已录{part}",
            "{n} to visit, answers entered {part}", n=len(visit),
            part=voice.part_of(visit["visit_items_filled"].fillna(0).sum(),
                               visit["visit_items_expected"].sum()),
        ))  # fmt: skip
    if len(own):
        parts.append(voice.say(
            "单位自评部门{n}家，自评已填{part}",
            "{n} self-assessed, answers given {part}", n=len(own),
            part=voice.part_of(own["items_filled"].fillna(0).sum(), own["items_expected"].sum()),
        ))  # fmt: skip
    if not parts:
        return voice.say("名册中没有相应部门", "no department on the roster")
    return join(parts, voice.say("；", "; "))


def within(problems: pd.DataFrame, codes: set[str]) -> pd.DataFrame:
    """Keep of the departments of each problem those in `codes`: a group speaks of its own."""
    kept = [
        [one for one in str(cell).split(";") if one in codes] for cell in problems["dept_codes"]
    ]
    joined = pd.Series([";".join(own) for own in kept], index=problems.index, dtype="str")
    return problems.assign(dept_codes=joined, dept_count=[len(own) for own in kept])


def labelled(medians: pd.DataFrame, review: Review, lang: str) -> pd.DataFrame:
    """Add the name of each dimension in the language."""
    names = {node.id: node.en if lang == "en" else node.zh for node in review.rubric.dimensions}
    return medians.assign(label=medians["dimension_id"].map(names))


def dimension_list(
    review: Review, rates: pd.DataFrame, medians: pd.DataFrame, voice: Voice
) -> Block:
    """Return one sentence per dimension; departments below the middle band are named."""
    coverage = medians.set_index("dimension_id")["coverage"]
    edges = sorted(float(band.at_least) for band in review.rubric.bands)
    edge = edges[1] / 100 if len(edges) > 1 else 0.0
    told = []
    for node in review.rubric.dimensions:
        part = rates[rates["dimension_id"] == node.id]
        label = node.en if voice.lang == "en" else node.zh
        told.append(dimension_sentence(
            label, part, voice, edge=edge, coverage=coverage.get(node.id)
        ))  # fmt: skip
    return bullets(told)


def weakest_indicator(
    review: Review, scores: Scores, voice: Voice, group: str | None = None
) -> tuple[str, float] | None:
    """Return the visited indicator with the lowest median, where at least three are scored."""
    medians = find.indicators(review, scores, group)
    known = medians[(medians["mode"] == "visit") & (medians["dept_count"] >= 3)]
    known = known.dropna(subset=["rate_median"])
    if known.empty or known["rate_median"].min() >= 1:
        return None
    lowest = known.loc[known["rate_median"].astype("float64").idxmin()]
    name = indicator_name(review.rubric, lowest["indicator_id"], voice.lang)
    return name, float(lowest["rate_median"])


def typical_cases(cases: pd.DataFrame, voice: Voice) -> Block:
    """Return one typical case per category, with its source."""
    if cases.empty:
        return Block()
    told = [case_sentence(case, voice) for case in cases.to_dict("records")]
    return subhead(voice.say("典型案例", "Typical cases")) + bullets(told)


def notes_on_data(review: Review, voice: Voice, group: str | None = None) -> Block:
    """Return counts of data issues by department and the values used provisionally."""
    counts = find.issue_counts(review, group)
    counts = counts[counts["dept_code"].isin(review.departments["dept_code"])]
    uncertain = find.uncertain(review, group)
    more = len(uncertain) - MOST_NOTES
    link = element("a", voice.say("数据质量页", "data-quality page"), href=DATA_QUALITY)
    listed = provisional_table(
        uncertain.head(MOST_NOTES), voice,
        caption=voice.say("暂定或近似的数据（{n}处）", "Provisional or approximate values ({n})",
                          n=len(uncertain)),
        empty=voice.say("没有暂定或近似的数据。", "No value is provisional or approximate."),
        below=voice.say("其余{n}处见{link}。", "{n} more: {link}.", n=more, link=link)
        if more > 0 else voice.say("全部明细见{link}。", "All details: {link}.", link=link),
    )  # fmt: skip
    return join((
        paragraph(voice.say(
            "错误项在更正前不采用；提示项先采用、标为暂定；拒收的文件或表不采用。",
            "Errors are not used until corrected; warnings are used and provisional; refused files "
            "and sheets are not used.")),
        issue_counts_table(
            counts, voice, caption=voice.say("各部门数据质量问题数", "Data issues by department"),
            empty=voice.say("没有部门。", "There are no departments.")),
        listed,
    ))  # fmt: skip
