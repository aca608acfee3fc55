"""Data issues that say the same of many cells, told once (归并): “C5:C17、C19（14 处）”."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import pandas as pd
from openpyxl.utils.cell import coordinate_from_string

SAME = ["dept_code", "file", "sheet", "column", "severity", "code", "raw", "message_zh", "fix",
        "suggestion"]  # fmt: skip
"""Issues that agree in these are one problem."""


def gathered(issues: pd.DataFrame) -> pd.DataFrame:
    """Return one row per problem: what agrees in everything but its cell stands together.

    Returns
    -------
    DataFrame
        The first issue of each problem, in the order given, with `cells` (the cells as ranges,
        missing where no cell is meant) and `count` (how many places).
    """
    cells_of: dict[tuple, list[str | None]] = {}  # by hand: pandas takes long for many small groups
    firsts: list[int] = []
    problems = zip(*(plain_values(issues[name]) for name in SAME), strict=True)
    cells = plain_values(issues["cell"])
    for place, (problem, cell) in enumerate(zip(problems, cells, strict=True)):
        if problem not in cells_of:
            firsts.append(place)
        cells_of.setdefault(problem, []).append(cell)
    told = issues.iloc[firsts]
    ranges = [ranges_of(filter(None, found)) or None for found in cells_of.values()]
    counts = pd.Series(map(len, cells_of.values()), index=told.index, dtype="int64")
    return told.assign(cells=pd.Series(ranges, index=told.index, dtype="str"), count=counts)


def plain_values(column: pd.Series) -> list:
    """Return a column as plain values of Python, None where one is missing."""
    return column.astype(object).where(column.notna(), None).tolist()


def ranges_of(cells: Iterable[str]) -> str:
    """Return cells as ranges down their columns: C5, C6, C7, C9 → C5:C7、C9."""
    places = sorted({coordinate_from_string(cell) for cell in cells})
    spans = []
    for (letters, _), run in groupby(
        enumerate(places), key=lambda one: (one[1][0], one[1][1] - one[0])
    ):
        rows = [row for _, (_, row) in run]
        first, last = f"{letters}{rows[0]}", f"{letters}{rows[-1]}"
        spans.append(first if first == last else f"{first}:{last}")
    return "、".join(spans)
