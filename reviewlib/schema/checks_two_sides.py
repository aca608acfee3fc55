"""Both sides of every transfer must say the same (双方对碰); each side sees its own statement.

A side that says nothing where the other reports is a mismatch too. A unit of the past, not in the
roster, cannot answer and makes none.
"""

from __future__ import annotations

import pandas as pd

from reviewlib.schema.check_model import CROSS_DEPARTMENT, Breaks, Check, Facts, where

MATTER = ("matter_id",)
PAIR = ("from_dept", "to_dept", "estab_type")
PAIR_ZH = "{from_dept}到{to_dept}（{estab_type}）"
PAIR_EN = "{from_dept} to {to_dept} ({estab_type})"
OTHER_SIDE = {"losing": "gaining", "gaining": "losing"}


def _other_rows(frame: pd.DataFrame, keys: tuple[str, ...]) -> pd.Series:
    """Return the other side's row of every row that names its own side, or missing."""
    told = frame[[*keys, "reported_by"]].dropna()
    told = told[told["reported_by"].isin(list(OTHER_SIDE))]
    stated = list(zip(*(told[name].tolist() for name in told), strict=True))
    first = dict(zip(reversed(stated), reversed(told.index), strict=True))
    others = [first.get((*key, OTHER_SIDE[side])) for *key, side in stated]
    return pd.Series(others, index=told.index, dtype="Int64", name="other_row")


def differs(table: str, keys: tuple[str, ...], column: str) -> Breaks:
    """Return the rows whose other side states a column otherwise."""

    def breaks(facts: Facts) -> pd.DataFrame:
        frame = facts.frames[table]
        other = _other_rows(frame, keys).dropna().astype("int64")
        theirs = frame[column].loc[other].set_axis(other.index).reindex(frame.index)
        own = frame[column]
        return where(
            frame, own.notna() & theirs.notna() & (own != theirs),
            other_row=other, other_table=table, other_column=column, other_value=theirs,
        )  # fmt: skip

    return breaks


def silent(table: str, keys: tuple[str, ...], count: str | None = None) -> Breaks:
    """Return the rows whose other side reports nothing, though its department is in the roster.

    Where `count` is 0 there is nothing to report. A department that has the row, only on the wrong
    side (填报方), is not silent.
    """

    def breaks(facts: Facts) -> pd.DataFrame:
        frame = facts.frames[table]
        other = _other_rows(frame, keys)
        alone = frame.loc[other.index[other.isna()]]
        if count is not None:
            alone = alone[alone[count].fillna(1) > 0]
        told = alone["to_dept"].where(alone["reported_by"] == "losing", alone["from_dept"])
        is_known = told.isin(facts.frames["departments"]["dept_code"])
        return where(alone, is_known & ~_lists(frame, alone, keys, told), told_dept=told)

    return breaks


def _lists(
    frame: pd.DataFrame, rows: pd.DataFrame, keys: tuple[str, ...], told: pd.Series
) -> pd.Series:
    """Say of rows whether the department told of has one with the same key, on whichever side."""
    stated = set(zip(frame["dept_code"], *(frame[name] for name in keys), strict=True))
    asked = zip(told, *(rows[name] for name in keys), strict=True)
    return pd.Series([one in stated for one in asked], index=rows.index, dtype="boolean")


def _differs(id: str, table: str, keys: tuple[str, ...], column: str, zh: str, en: str) -> Check:
    return Check(
        id, CROSS_DEPARTMENT, (table,), column,
        f"双方对碰：{zh}本方填“{{{column}}}”，{{other_dept}}填“{{other_value}}”（{{other_at}}）",
        f"Two sides: {en} {{{column}}} here, {{other_value}} by {{other_dept}} ({{other_at}})",
        differs(table, keys, column),
    )  # fmt: skip


TWO_SIDED_CHECKS = (
    _differs("two-sides-from", "duty_transfers", MATTER, "from_dept",
             "事项 {matter_id} 的划出部门", "{matter_id}, from"),
    _differs("two-sides-to", "duty_transfers", MATTER, "to_dept",
             "事项 {matter_id} 的划入部门", "{matter_id}, to"),
    _differs("two-sides-status", "duty_transfers", MATTER, "status",
             "事项 {matter_id} 的状态", "{matter_id}, status"),
    _differs("two-sides-posts", "duty_transfers", MATTER, "posts_count",
             "事项 {matter_id} 涉及编制", "{matter_id}, posts due"),
    _differs("two-sides-posts-done", "duty_transfers", MATTER, "posts_done_count",
             "事项 {matter_id} 已划转编制", "{matter_id}, posts moved"),
    _differs("two-sides-duty-staff", "duty_transfers", MATTER, "staff_count",
             "事项 {matter_id} 涉及人员", "{matter_id}, staff due"),
    _differs("two-sides-duty-staff-done", "duty_transfers", MATTER, "staff_done_count",
             "事项 {matter_id} 已划转人员", "{matter_id}, staff moved"),
    _differs("two-sides-staff-due", "staff_transfers", PAIR, "due_count",
             f"{PAIR_ZH}应转隶人数", f"{PAIR_EN}, due:"),
    _differs("two-sides-staff-done", "staff_transfers", PAIR, "done_count",
             f"{PAIR_ZH}已转隶人数", f"{PAIR_EN}, moved:"),
    Check("two-sides-duty-silent", CROSS_DEPARTMENT, ("duty_transfers",), "matter_id",
          "双方对碰：事项 {matter_id}（{matter}）只有{reported_by}填报，{told_dept}没有这一条",
          "Two sides: {matter_id} is reported by {reported_by} only; "
          "{told_dept} lists no such matter",
          silent("duty_transfers", MATTER), code="row.foreign-key"),
    Check("two-sides-staff-silent", CROSS_DEPARTMENT, ("staff_transfers",), "from_dept",
          "双方对碰：{from_dept}到{to_dept}的转隶（{estab_type}）只有{reported_by}填报，{told_dept}没有这一条",
          "Two sides: {from_dept} to {to_dept} ({estab_type}) is reported by {reported_by} only; "
          "{told_dept} lists nothing", silent("staff_transfers", PAIR, "due_count"),
          code="row.foreign-key"),
)  # fmt: skip
