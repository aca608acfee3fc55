"""Tables of scores: by department, by indicator, own value against the median of its like."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewlib.rubric import Rubric
from reviewlib.rubric.scales import Ratio
from reviewlib.show import words
from reviewlib.show.blocks import Block, Part
from reviewlib.show.figures import bar
from reviewlib.show.sentences.trace import place
from reviewlib.show.tables import Col, rows_with, table
from reviewlib.show.voice import Voice

STATUS_WORDS = {
    "not_applicable": ("不适用", "n/a"),
    "pending": ("待评", "pending"),
    "unreported": ("未报", "not reported"),
    "insufficient": ("证据不足", "no evidence"),
    "pending_city": ("待市级", "city level"),
}
"""Why an indicator carries no plain rate; the kinds of empty are never merged."""


_OF_ITEM = (
    "indicator_id", "status", "share", "is_provisional", "median", "level", "num", "den", "value",
    "weight", "effective_weight", "contribution", "source_sheet", "source_cell",
)  # fmt: skip


def status_word(status: str, lang: str) -> str:
    """Return the word for an indicator that is not plainly scored."""
    zh, en = STATUS_WORDS.get(status, (status, status))
    return en if lang == "en" else zh


def cell_of_item(row: dict, lang: str) -> Part:
    """Return one indicator's share, or the word for why there is none; * marks a provisional one.

    未报 and 证据不足 count as scored and show both.
    """
    star = "*" if row.get("is_provisional") else ""
    if row["status"] == "scored":
        return words.rate(row["share"], lang) + star
    word = status_word(row["status"], lang)
    if row["status"] in ("unreported", "insufficient") and not words.is_missing(row["share"]):
        return f"{word} {words.rate(row['share'], lang)}{star}"
    return word + star


def indicator_matrix(items: pd.DataFrame, rubric: Rubric, voice: Voice, **options) -> Block:
    """Return indicators as rows and departments as columns, protocol order.

    Parameters
    ----------
    items : DataFrame
        Rows of `Scores.items` of some departments of one mode.
    """
    lang = voice.lang
    shown = items.assign(cell=[cell_of_item(row, lang) for row in items.to_dict("records")])
    codes = list(dict.fromkeys(items["dept_code"]))
    frame = shown.pivot(index="indicator_id", columns="dept_code", values="cell")
    order = [item.id for item in rubric.indicators if item.id in frame.index]
    frame = frame.reindex(index=order, columns=codes).reset_index()
    frame["indicator"] = [indicator_name(rubric, one, lang) for one in frame["indicator_id"]]
    cols = [Col("indicator", "指标", "Indicator", words.as_is)]
    cols += [Col(code, voice.name(code), voice.name(code), words.as_is, is_number=True)
             for code in codes]  # fmt: skip
    return table(frame, cols, lang=lang, is_compact=True, **options)


def indicator_name(rubric: Rubric, indicator_id: str, lang: str) -> str:
    """Return the id and name of an indicator: C03 科室负责人配备率."""
    item = rubric.indicator(indicator_id)
    return f"{item.id} {item.en if lang == 'en' else item.zh}"


def against_median(
    frame: pd.DataFrame, rubric: Rubric, voice: Voice, *, is_score_shown: bool = False, **options
) -> Block:
    """Return a department's indicators beside the median of its like, and nobody else's value.

    Parameters
    ----------
    frame : DataFrame
        One row per indicator: `indicator_id, status, share, is_provisional, median` (0–1; missing
        where too few departments are scored)`, weight, effective_weight, contribution,
        source_sheet, source_cell`.
    is_score_shown : bool
        Whether the points that each indicator brings are shown; they add up to the base.
    """
    lang = voice.lang
    shown = [
        row | {
            "indicator": indicator_name(rubric, row["indicator_id"], lang),
            "own": _own(row, lang), "count": stated(row, rubric, lang),
            "weights": _weights(row, lang), "source": place(row, lang),
        }
        for row in rows_with(frame, _OF_ITEM)
    ]  # fmt: skip
    cols = [
        Col("indicator", "指标", "Indicator", words.as_is),
        Col("weights", "权重→折算", "Weight → effective", words.as_is, is_number=True),
        Col("count", "数量或等次", "Count or level"),
        Col("source", "来源", "From", words.as_is),
        Col("own", "得分率（竖线为中位数）", "Own rate (tick: median)", words.as_is),
        Col("median", "中位数", "Median", words.rate),
    ]
    if is_score_shown:
        cols.append(Col("contribution", "得分", "Points", words.score))
    return table(shown, cols, lang=lang, is_compact=True, **options)


def _weights(row: dict, lang: str) -> str:
    """Return the weight as the rubric gives it and the points that hang on it: 4 → 4.3."""
    hangs = row["effective_weight"]
    counts = not words.is_missing(hangs) and float(hangs) > 0
    said = words.score(hangs) if counts else words.MISSING
    return f"{words.number(row['weight'], lang)} → {said}"


def stated(row: dict, rubric: Rubric, lang: str) -> str:
    """Return what a rate rests on: a level, a named case, a count of a total, or a step."""
    scale = rubric.indicator(row["indicator_id"]).scale
    if not words.is_missing(row["level"]):
        cases = {case.id: case for case in getattr(scale, "cases", ())}
        return _worded(cases[row["level"]], lang) if row["level"] in cases else str(row["level"])
    if not words.is_missing(row["num"]) and not words.is_missing(row["den"]):
        return f"{words.number(row['num'], lang)}/{words.number(row['den'], lang)}"
    if words.is_missing(row["value"]):
        return words.MISSING
    value = np.array([float(row["value"])])
    if isinstance(scale, Ratio):
        return words.MISSING  # the value is the rate itself
    held = [step for step in getattr(scale, "steps", ()) if step.holds(value)[0]]
    return _worded(held[0], lang) if held else words.number(row["value"], lang)


def _worded(part, lang: str) -> str:
    return part.en if lang == "en" else part.zh


def _own(row: dict, lang: str) -> Part:
    word = cell_of_item(row, lang)
    if words.is_missing(row["share"]):
        return word
    return bar(row["share"], lang, mark=row["median"], word=word)


def departments_table(
    totals: pd.DataFrame, dimensions: pd.DataFrame, rubric: Rubric, voice: Voice,
    *, remark: dict[str, Part] | None = None, is_score_shown: bool = False, **options,
) -> Block:  # fmt: skip
    """Return band, coverage, dimension rates and self against visit, one row per department.

    Parameters
    ----------
    totals, dimensions : DataFrame
        Rows of `Scores.totals` and `Scores.dimensions` of departments of one mode.
    remark : dict, optional
        A closing column by department, such as the key finding.
    is_score_shown : bool
        Whether the total stands beside the band.
    """
    rates = dimensions.pivot(index="dept_code", columns="dimension_id", values="rate")
    frame = totals.join(rates, on="dept_code")
    is_visit = bool((frame["mode"] == "visit").any())
    cols = [Col("dept_code", "部门", "Department", voice.names),
            Col("band", "评定", "Band", voice.bands)]  # fmt: skip
    if is_score_shown:
        cols.append(Col("total_shown", "得分", "Score", words.total))
    cols.append(Col("coverage", "覆盖率", "Coverage", words.rate))
    for node in rubric.dimensions:
        if node.id in frame:
            cols.append(Col(node.id, f"{node.id} {node.zh}", node.id, words.rate))
    if is_visit:
        frame = frame.assign(gap=frame["raw_total_shown"] - frame["self_total_shown"])
        cols.append(Col("gap", "回访减自评", "Visit − self", words.gap))
    if remark is not None:
        said = [remark.get(code, words.MISSING) for code in frame["dept_code"]]
        frame = frame.assign(remark=said)
        cols.append(Col("remark", "主要发现", "Key finding", words.original))
    return table(frame, cols, lang=voice.lang, is_compact=True, **options)


def legend(voice: Voice) -> Block:
    """Return what the words in a table of indicators mean."""
    return voice.say(
        "数值为得分率。不适用、待市级不计入；待评暂不计入；未报、证据不足按评分表规定计分并标明。*为暂定值。",
        "Figures are rates. n/a and city level do not count; pending does not count yet; not "
        "reported and no evidence count as the rubric says and are labelled. * provisional.",
    )
