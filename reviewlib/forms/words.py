"""From a value of a frame to what a cell shows: Chinese words, department names, dates."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviewlib.schema import Column, Kind, in_roster_order

YES, NO = "是", "否"

NUMBER_FORMATS = {Kind.DATE: "yyyy-mm-dd", Kind.SHARE: "0.0%", Kind.COUNT: "0"}


def names_of(departments: pd.DataFrame) -> dict[str, str]:
    """Return short name by dept_code, in protocol order."""
    ordered = in_roster_order(departments)
    return dict(zip(ordered["dept_code"], ordered["short_name"], strict=True))


def cell_value(value: object, column: Column, names: Mapping[str, str], precision: str = "day"):
    """Return what a form shows for a value of a frame; None for a missing one.

    Parameters
    ----------
    value : object
        As the frame holds it: code, number, Timestamp, text, NaN.
    column : Column
    names : mapping of str to str
        Short name by dept_code; a code without a name is shown as it is.
    precision : {"day", "month"}
        Of a date; a month is written in words.
    """
    if value is None or pd.isna(value):
        return None
    match column.kind:
        case Kind.YES_NO:
            return YES if value else NO
        case Kind.COUNT:
            return int(value)
        case Kind.NUMBER | Kind.SHARE:
            return float(value)
        case Kind.DATE:
            return f"{value.year}年{value.month}月" if precision == "month" else value.date()
        case Kind.CHOICE | Kind.CHOICES:
            return "、".join(column.vocabulary.label(code) for code in str(value).split(";"))
        case Kind.DEPARTMENT | Kind.DEPARTMENTS:
            return "、".join(names.get(code, code) for code in str(value).split(";"))
    return str(value)


def options_of(column: Column, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return what may be chosen in a column; empty where anything may be written.

    Columns that take several values have no drop-down: a spreadsheet allows one choice a cell.
    """
    if column.kind is Kind.YES_NO:
        return (YES, NO)
    if column.kind in (Kind.CHOICE, Kind.LEVEL):
        return tuple(choice.zh for choice in column.vocabulary)
    if column.kind is Kind.DEPARTMENT:
        return tuple(names.values())
    if column.name == "dept_code":
        return tuple(names)
    return ()
