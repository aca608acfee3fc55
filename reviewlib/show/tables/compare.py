"""Tables of a comparison of two rounds; departments in protocol order, no ranks."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviewlib.ledger.compare_words import LINEAGE, MOVED, STATE, SUBJECT, WHY_NOT
from reviewlib.schema import Vocabulary
from reviewlib.schema import vocabularies as v
from reviewlib.show import words
from reviewlib.show.blocks import Block
from reviewlib.show.tables import Col, table
from reviewlib.show.voice import Voice
from reviewlib.show.words import Names


def _words(vocabulary: Vocabulary):
    return lambda code, lang: words.label(vocabulary, code, lang)


def problems_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return problems of both rounds; see `Comparison.problems`."""
    cols = [
        Col("state", "情况", "What became of it", _words(STATE)),
        Col("old_problem_id", "上轮编号", "Earlier"),
        Col("new_problem_id", "本轮编号", "Now"),
        Col("category", "类别", "Category", _words(v.CATEGORY)),
        Col("title", "问题名称", "Title"),
        Col("old_status", "上轮状态", "Status then", _words(v.LEDGER_STATUS)),
        Col("new_status", "本轮状态", "Status now", _words(v.LEDGER_STATUS)),
        Col("basis", "对照依据", "Matched by", _as_it_is),
    ]
    told = frame.assign(basis=[_basis(row, voice) for row in frame.to_dict("records")])
    return table(told, cols, lang=voice.lang, **options)


def again_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return the problems that came back or persist, with whom they concern now."""
    cols = [
        Col("new_problem_id", "本轮编号", "No."),
        Col("title", "问题名称", "Title"),
        Col("state", "情况", "What became of it", _words(STATE)),
        Col("dept_codes", "涉及部门", "Departments", voice.names),
        Col("new_status", "本轮状态", "Status now", _words(v.LEDGER_STATUS)),
    ]
    return table(frame, cols, lang=voice.lang, **options)


def _basis(row: Mapping, voice: Voice) -> str:
    """Say whether the ledger itself names the earlier problem, or only the titles read alike."""
    if words.is_missing(row["likeness"]):
        return words.MISSING
    if row["is_stated"]:
        return voice.say("台账注明", "named by the ledger").text
    return voice.say("名称相近（{n}）", "likeness {n}", n=row["likeness"]).text


def bands_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return the bands of both rounds with their coverage; see `Comparison.bands`."""
    told = frame.assign(moved=[
        words.label(MOVED, row["moved"], voice.lang) if row["is_comparable"]
        else words.label(WHY_NOT, row["why_not"], voice.lang)
        for row in frame.to_dict("records")
    ])  # fmt: skip
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        Col("old_band", "上轮评定", "Band then", voice.bands),
        Col("old_coverage", "上轮覆盖率", "Coverage then", words.rate),
        Col("new_band", "本轮评定", "Band now", voice.bands),
        Col("new_coverage", "本轮覆盖率", "Coverage now", words.rate),
        Col("moved", "变化（不可比的注明原因）", "Change, or why not compared", _as_it_is),
    ]
    return table(told, cols, lang=voice.lang, **options)


def indicators_table(
    frame: pd.DataFrame, names: Mapping[str, str], voice: Voice, **options
) -> Block:
    """Return the indicators that moved; see `Comparison.indicators`."""
    told = frame.assign(name=frame["indicator_id"].map(names),
                        points=frame["change"].astype("Float64") * 100)  # fmt: skip
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        Col("indicator_id", "编号", "No.", _as_it_is),
        Col("name", "指标", "Indicator", _as_it_is),
        Col("old_share", "上轮", "Then", words.rate),
        Col("new_share", "本轮", "Now", words.rate),
        Col("points", "变化（百分点）", "Change (points)", words.gap),
    ]
    return table(told, cols, lang=voice.lang, **options)


def indicator_counts_table(
    frame: pd.DataFrame, names: Mapping[str, str], voice: Voice, **options
) -> Block:
    """Return how many departments rose and fell; see `moved_by_indicator`."""
    cols = [
        Col("indicator_id", "编号", "No.", _as_it_is),
        Col("name", "指标", "Indicator", _as_it_is),
        Col("comparable_count", "可比部门", "Compared", words.count),
        Col("better_count", "上升", "Rose", words.count),
        Col("worse_count", "下降", "Fell", words.count),
        Col("same_count", "持平", "Stayed", words.count),
    ]
    told = frame.assign(name=frame["indicator_id"].map(names))
    return table(told, cols, lang=voice.lang, **options)


def departments_table(frame: pd.DataFrame, voice: Voice, earlier: Names, **options) -> Block:
    """Return the departments that changed, with the former name that tells and its last day.

    `earlier` names the departments as the roster of the earlier round does.
    """
    cols = [
        Col("lineage", "沿革", "Lineage", _words(LINEAGE)),
        Col("old_code", "上轮", "Then", earlier),
        Col("new_code", "本轮", "Now", voice.names),
        Col("basis", "依据的曾用名", "Former name that tells"),
        Col("valid_to_on", "停用日期", "Ceased on", words.date),
    ]
    return table(frame, cols, lang=voice.lang, **options)


def reasons_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return what is not compared, with the reason; see `not_compared`."""
    whole = voice.say("全部指标", "every indicator").text
    told = frame.assign(which=[
        whole if row["is_whole"] else _ids(row["indicator_ids"], voice)
        for row in frame.to_dict("records")
    ])  # fmt: skip
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        Col("subject", "对象", "What", _words(SUBJECT)),
        Col("why_not", "原因", "Why not", _words(WHY_NOT)),
        Col("count", "项数", "Number", words.count),
        Col("which", "指标", "Indicators", _as_it_is),
    ]
    return table(told, cols, lang=voice.lang, **options)


def _ids(joined: object, voice: Voice) -> str:
    between = ", " if voice.lang == "en" else "、"
    return words.MISSING if words.is_missing(joined) else str(joined).replace(";", between)


def rubric_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return what the later rubric measures otherwise; see `Comparison.rubric`."""
    cols = [
        Col("part", "部分", "Part", _as_it_is), Col("id", "编号", "No.", _as_it_is),
        Col("field", "内容", "Field", _as_it_is), Col("old", "上轮", "Then"),
        Col("new", "本轮", "Now"),
    ]  # fmt: skip
    return table(frame, cols, lang=voice.lang, **options)


def _as_it_is(value: object, lang: str) -> str:
    return words.MISSING if words.is_missing(value) else str(value)
