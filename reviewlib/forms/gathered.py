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
    rows = []
    for _, same in issues.groupby(SAME, sort=False, dropna=False):
        cells = same["cell"].dropna()
        rows.append({"cells": ranges_of(cells) if len(cells) else None, "count": len(same)})
    firsts = issues.drop_duplicates(SAME)
    told = pd.DataFrame(rows, columns=["cells", "count"], index=firsts.index)
    return firsts.assign(cells=told["cells"].astype("str"), count=told["count"].astype("int64"))


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
