"""Tables of posts: what they are needed for, and what moving them would do."""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.vocabularies import LEFT_OUT, LIMIT
from reviewlib.show import words
from reviewlib.show.blocks import Block
from reviewlib.show.tables import Col, col, table
from reviewlib.show.voice import Voice


def need_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return what departments say they need; see `find.need`."""
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        Col("posts_approved_count", "核定", "Approved", words.count),
        Col("posts_filled_count", "实有", "In post", words.count),
        Col("posts_vacant_count", "空编", "Vacant", words.count),
        Col("posts_over_count", "超编", "Over", words.count),
        Col("seconded_net_count", "净借入", "Net seconded in", words.number, True),
        Col("workload_per_post", "每编办件", "Cases per post", words.score),
        Col("workload_change_share", "业务量增减", "Change of workload", _change, True),
        col("profiles", "staffing_pressure"),
        Col("staffing_pressure_note", "佐证", "Evidence"),
    ]  # fmt: skip
    return table(frame, cols, lang=voice.lang, **options)


def moves_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return the moves of a scenario; see `Rebalancing.moves`."""
    cols = [
        Col("from_dept", "划出", "From", voice.names), Col("to_dept", "划入", "To", voice.names),
        col("staffing", "estab_type"), Col("posts_count", "编制", "Posts", words.count),
    ]  # fmt: skip
    return table(frame, cols, lang=voice.lang, **options)


def scenario_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return posts and shortfall before and after; see `Rebalancing.departments`."""
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        Col("posts_approved_count", "现有编制", "Posts", words.count),
        Col("posts_needed", "折算所需", "Needed", words.score),
        Col("shortfall", "缺口", "Shortfall", words.score),
        Col("posts_out_count", "划出", "Out", words.count),
        Col("posts_in_count", "划入", "In", words.count),
        Col("posts_after_count", "调剂后", "After", words.count),
        Col("shortfall_after", "调剂后缺口", "Shortfall after", words.score),
        Col("staff_over_count", "超出编制人数", "In post beyond", words.count),
    ]
    return table(frame, cols, lang=voice.lang, **options)


def unmet_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return the limits that cannot be met; see `Rebalancing.unmet`."""
    cols = [
        Col("limit", "条件", "Limit", lambda code, lang: words.label(LIMIT, code, lang)),
        Col("dept_code", "部门", "Department", voice.names),
        Col("wanted", "要求", "Asked", words.count),
        Col("possible", "可能", "Possible", words.count),
    ]
    return table(frame, cols, lang=voice.lang, **options)


def left_out_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return the departments a scenario leaves as they are; see `Rebalancing.left_out`."""
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        Col("why", "原因", "Why", lambda code, lang: words.label(LEFT_OUT, code, lang)),
    ]
    return table(frame, cols, lang=voice.lang, **options)


def _change(share: object, lang: str) -> str:
    if words.is_missing(share):
        return words.MISSING
    return f"{words.gap(share * 100, lang)}%"
