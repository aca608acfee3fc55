"""What a department has to correct in one return (应改事项): data issues as marks and a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import pandas as pd

from reviewlib.forms.correction_list import MARKS, OFFICE, Line, Listed
from reviewlib.forms.gathered import gathered
from reviewlib.forms.marking import Mark
from reviewlib.forms.sheets import NONE_ROW
from reviewlib.forms.texts import NONE_BOX, writable
from reviewlib.review import Review
from reviewlib.schema import tables_of
from reviewlib.schema.codes import NOT_USED

NONE_BOX_CELL = f"A{NONE_ROW}"
NO_PLACE = "该行未能放回本工作簿，原有内容列于“现填”"
FILL_AGAIN = "请按“现填”补填到本表相应栏目后报送"
IN_PLACE = "请直接在本工作簿中改正标色单元格，更新封面的填报日期后报送"
ELSEWHERE = "本工作簿只有清单：请按“处理办法”改正原文件，或改填下发的自评工作簿后重新报送"
MOST = 1000
"""Cells of one return that are marked, and problems that are listed; who has more begins there."""


def marks_of(issues: pd.DataFrame) -> tuple[Mark, ...]:
    """Return a mark for every faulty cell, the worst where there are very many."""
    return tuple(_marks(_worst_first(issues).head(MOST)))


def _marks(issues: pd.DataFrame) -> Iterator[Mark]:
    """Yield a mark for every faulty cell; of an empty list at the box that says so."""
    is_empty_list = issues["cell"].isna() & (issues["code"] == "sheet.no-rows")
    placed = issues.assign(cell=issues["cell"].mask(is_empty_list, NONE_BOX_CELL))
    placed = placed[placed["cell"].notna() & placed["sheet"].notna()]
    place = itemgetter("sheet", "cell")
    for (sheet, cell), found in groupby(sorted(placed.to_dict("records"), key=place), key=place):
        rows = list(found)
        text = "\n".join(
            f"【{MARKS[row['severity']][0]}】{text_of(row['message_zh'])}。{_advice_of(row)}"
            for row in rows
        )
        yield Mark(
            sheet, cell, min((row["severity"] for row in rows), key=list(MARKS).index), text,
            holds=NONE_BOX if cell == NONE_BOX_CELL else "",
            has_hidden=any(row["rule"] == "hidden-characters" for row in rows),
        )  # fmt: skip


def listed_of(
    issues: pd.DataFrame, name: str, review: Review, homeless: Sequence[Mapping] = (),
    *, is_alone: bool = False,
) -> Listed:  # fmt: skip
    """Return the list of a department: the worst first, those that say the same told once.

    Parameters
    ----------
    issues : DataFrame
    name : str
        Of the department.
    review : Review
    homeless : sequence of mapping
        Rows that have no place in our form, with all that they hold; none is ever left out.
    is_alone : bool
        No sheet of the return stands behind the list: there is no cell to correct in it.
    """
    every = gathered(_worst_first(issues))
    told = every.head(MOST)
    must = int(issues["severity"].isin(NOT_USED).sum()) + len(homeless)
    rest = len(issues) + len(homeless) - must
    head = (
        f"{text_of(name)}自评工作簿退回修改清单",
        f"必须更正 {must} 处（{'' if is_alone else '橙色单元格，'}更正前不采用），请核对 {rest} 处"
        f"（{'' if is_alone else '黄色单元格，'}暂按现填使用）。"
        + (f"先列 {MOST} 项，其余待改正后重新核对时告知。" if len(told) < len(every) else ""),
        f"{ELSEWHERE if is_alone else IN_PLACE}；"
        f"联系单位：{text_of(review.settings.feedback.contact_zh) or OFFICE}。",
    )
    lines = [*map(_line, told.to_dict("records")), *map(_homeless_line, homeless)]
    return Listed(head, tuple(sorted(lines, key=lambda line: list(MARKS).index(line.severity))))


def _worst_first(issues: pd.DataFrame) -> pd.DataFrame:
    ordered = issues.assign(rank=issues["severity"].map(list(MARKS).index))
    return ordered.sort_values(["rank", "sheet", "row", "column"], kind="stable")


def _line(issue: dict) -> Line:
    texts = (issue["sheet"], issue["cells"], _heading(issue), issue["raw"], issue["message_zh"],
             issue["expected"], _advice_of(issue), issue["cell"])  # fmt: skip
    return Line(issue["severity"], *map(text_of, texts))


def _homeless_line(row: Mapping) -> Line:
    cell = f"A{row['row']}"
    return Line("error", text_of(row["sheet"]), cell, "", text_of(row["raw"]), NO_PLACE, "",
                FILL_AGAIN, cell)  # fmt: skip


def _advice_of(issue: Mapping) -> str:
    """Return what to do, and what may be meant where reading has an idea of it (建议)."""
    suggestion = text_of(issue["suggestion"])
    return text_of(issue["fix"]) + (f"。建议：{suggestion}" if suggestion else "")


def _heading(issue: dict) -> str:
    """Return the heading of the column an issue points at; empty where no one column is meant."""
    for table in tables_of("return"):
        if table.sheet == issue["sheet"] and issue["column"] in table.names:
            return table[issue["column"]].heading
    return ""


def text_of(value: object) -> str:
    """Return a value of the record as text that a cell can hold; nothing where it is missing."""
    return "" if pd.isna(value) else writable(str(value))
