"""Tables of the four aspects and of staffing: counts first, then rates."""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.vocabularies import ASPECT_COUNT
from reviewlib.rubric import Rubric
from reviewlib.schema import vocabularies as v
from reviewlib.show import words
from reviewlib.show.blocks import Block
from reviewlib.show.figures import bar
from reviewlib.show.tables import Col, col, table
from reviewlib.show.voice import Voice


def aspect_counts_table(counts: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return counts with the rate that follows from them; see `find.aspect_counts`.

    A count that nothing applies to is left out.
    """
    known = counts[counts["den"] > 0]
    item = Col("item", "计数项目", "Count", _item)
    if known["mode"].nunique() > 1:
        return table(_side_by_side(known, voice), [item, *_mode_cols()], lang=voice.lang,
                     **options)  # fmt: skip
    cols = [
        item,
        Col("num", "数量", "Number", words.count),
        Col("den", "总数", "Out of", words.count),
        Col("share", "比率", "Rate", bar),
    ]
    if known["pending_city"].sum():
        cols.append(Col("pending_city", "另待市级明确", "Pending at city level", words.count))
    return table(known, cols, lang=voice.lang, **options)


def _item(code: object, lang: str) -> str:
    return words.label(ASPECT_COUNT, code, lang)


def _side_by_side(counts: pd.DataFrame, voice: Voice) -> pd.DataFrame:
    """Return one row per count, the modes in columns of their own, never added up."""
    told = counts.assign(told=[
        words.part_of(row["num"], row["den"], voice.lang) for row in counts.to_dict("records")
    ])  # fmt: skip
    wide = told.pivot(index="item", columns="mode", values="told")
    return wide.reindex(dict.fromkeys(counts["item"])).reset_index()


def _mode_cols() -> list[Col]:
    return [Col(choice.code, choice.zh, choice.en, is_number=True) for choice in v.MODE]


def rates_table(
    medians: pd.DataFrame, key: str, rubric: Rubric, voice: Voice, *, is_brief: bool = False,
    **options,
) -> Block:  # fmt: skip
    """Return median and range of aspects or dimensions, with coverage beside.

    Parameters
    ----------
    medians : DataFrame
        As `find.aspects` or `find.dimensions` returns it, of one mode.
    key : {"aspect", "dimension_id"}
    is_brief : bool
        Median and coverage only.
    """
    parts = rubric.aspects if key == "aspect" else rubric.dimensions
    names = {part.id: part.en if voice.lang == "en" else part.zh for part in parts}
    frame = medians.assign(part=medians[key].map(names))
    cols = [
        Col("part", "方面", "Aspect") if key == "aspect" else Col("part", "维度", "Dimension"),
        Col("dept_count", "评定部门数", "Departments rated", words.count),
        Col("rate_median", "得分率中位数", "Median rate", bar),
        Col("rate_min", "最低", "Lowest", words.rate),
        Col("rate_max", "最高", "Highest", words.rate),
        Col("coverage", "覆盖率", "Coverage", words.rate),
    ]
    if is_brief:
        cols = [one for one in cols if one.name in ("part", "rate_median", "coverage")]
    return table(frame, cols, lang=voice.lang, **options)


def staffing_table(staffing: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return approved, in post, vacant and over by department and type; never netted.

    A type of which a department has nobody and no post is left out.
    """
    counts = ["posts_approved_count", "posts_filled_count", "seconded_in_count",
              "seconded_out_count", "off_estab_count"]  # fmt: skip
    staffing = staffing[(staffing[counts].fillna(0) > 0).any(axis=1)]
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        *mode_col(staffing),
        col("staffing", "estab_type"),
        col("staffing", "posts_approved_count"),
        col("staffing", "posts_filled_count"),
        col("staffing", "posts_vacant_count"),
        col("staffing", "posts_over_count"),
        col("staffing", "seconded_in_count"),
        col("staffing", "seconded_out_count"),
        col("staffing", "off_estab_count"),
    ]
    return table(staffing, cols, lang=voice.lang, is_compact=True, **options)


def mode_col(frame: pd.DataFrame) -> list[Col]:
    """Return a column for the mode where a table holds both: they are never mixed unseen."""
    return [col("departments", "mode")] if frame["mode"].nunique() > 1 else []


def by_department(staffing: pd.DataFrame) -> pd.DataFrame:
    """Sum the types of establishment of each department; vacant and over are summed apart."""
    counts = ["posts_approved_count", "posts_filled_count", "posts_vacant_count",
              "posts_over_count"]  # fmt: skip
    return staffing.groupby("dept_code", sort=False, as_index=False)[counts].sum()


def integration_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return how far the departments put together have integrated; see `find.integration`."""
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        *mode_col(frame),
        col("departments", "change_type"),
        col("departments", "predecessors"),
        Col("level", "融合等次", "Level"),
        Col("cross_predecessor_count", "跨前身整合科室", "Units across predecessors", words.count),
        Col("approved_count", "核定内设机构", "Approved units", words.count),
        Col("cross_predecessor_share", "占比", "Share", words.rate),
    ]
    return table(frame, cols, lang=voice.lang, **options)
