"""What a department has to correct in one return (应改事项): data issues as marks and a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

NONE_BOX_CELL = f"A{NONE_ROW}"
NO_PLACE = "该行未能放回本工作簿，原有内容列于“现填”"
FILL_AGAIN = "请按“现填”补填到本表相应栏目后报送"


MOST = 1000
"""Data issues of one return that are marked and listed; who has more has to begin with these."""


def worst_first(issues: pd.DataFrame) -> pd.DataFrame:
    """Return what is told of a return: as many data issues as anybody reads, worst first."""
    ordered = issues.assign(rank=issues["severity"].map(list(MARKS).index))
    return ordered.sort_values(["rank", "sheet", "row", "column"], kind="stable").head(MOST)


def marks_of(issues: pd.DataFrame) -> Iterator[Mark]:
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


def listed_of(issues: pd.DataFrame, name: str, review: Review) -> Listed:
    """Return the list of a department: the worst first, those that say the same told once."""
    told = worst_first(issues)
    must = int(issues["severity"].isin(["block", "error"]).sum())
    head = (
        f"{text_of(name)}自评工作簿退回修改清单",
        f"必须更正 {must} 处（橙色单元格，更正前不采用），请核对 {len(issues) - must} 处"
        "（黄色单元格，暂按现填使用）。"
        + (f"先列前 {MOST} 处，其余待改正后重新核对时告知。" if len(told) < len(issues) else ""),
        f"请直接在本工作簿中改正标色单元格，更新封面的填报日期后报送；"
        f"联系单位：{text_of(review.settings.feedback.contact_zh) or OFFICE}。",
    )
    return Listed(head, tuple(map(_line, gathered(told).to_dict("records"))))


def _line(issue: dict) -> Line:
    texts = (issue["sheet"], issue["cells"], _heading(issue), issue["raw"], issue["message_zh"],
             issue["expected"], _advice_of(issue))  # fmt: skip
    sheet, cell = text_of(issue["sheet"]), text_of(issue["cell"])
    return Line(issue["severity"], sheet, cell, tuple(map(text_of, texts)))


def with_homeless(issues: pd.DataFrame, homeless: list[dict]) -> pd.DataFrame:
    """Add the rows that have no place in our form to what is listed, with all that they hold."""
    common = issues.iloc[0].to_dict() | dict.fromkeys(["column", "expected", "suggestion"])
    rows = [
        common | {**row, "code": "sheet.far-cell", "severity": "error", "cell": f"A{row['row']}",
                  "message_zh": NO_PLACE, "fix": FILL_AGAIN}
        for row in homeless
    ]  # fmt: skip
    if not rows:
        return issues
    added = pd.DataFrame(rows, columns=issues.columns).astype(issues.dtypes)
    return pd.concat([issues, added], ignore_index=True)


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
