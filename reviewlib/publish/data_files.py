"""The data beside the pages: tables, scores and data issues as files others can read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from reviewlib import schema
from reviewlib.publish.earlier import Earlier, take_over
from reviewlib.publish.tracker_file import tracker_sheets, write_tracker
from reviewlib.publish.workbook import write_workbook
from reviewlib.review import Review
from reviewlib.review.grounds import Grounds, answering
from reviewlib.schema.written import FORMULA_SIGNS

FORMULA_START = (*FORMULA_SIGNS, "\t", "\r")
"""A cell that begins so may be taken for a formula by whoever opens the CSV."""

_SCORE_SHEETS = {
    "totals": "总分 Totals",
    "dimensions": "维度 Dimensions",
    "aspects": "方面 Aspects",
    "items": "指标 Indicators",
    "adjustments": "加减分 Adjustments",
}
_SCORE_LABELS = {
    "dept_code": "部门代码 Department", "short_name": "部门 Name", "mode": "回访方式 Mode",
    "group_id": "回访组 Group", "dimension_id": "维度 Dimension", "aspect": "方面 Aspect",
    "indicator_id": "指标 Indicator", "weight": "权重 Weight", "status": "状态 Status",
    "stage": "评分环节 Stage", "num": "分子 Numerator", "den": "分母 Denominator",
    "value": "数值 Value", "level": "等次 Level", "share": "得分率 Share", "points": "得分 Points",
    "effective_weight": "实际权重 Effective weight", "is_provisional": "是否暂定 Provisional",
    "self_share": "自评得分率 Self share", "rate": "得分率 Rate",
    "weight_applicable": "适用权重 Applicable", "weight_scored": "已评权重 Scored",
    "coverage": "覆盖率 Coverage", "base": "基础分 Base", "deduction": "扣分 Deduction",
    "bonus": "加分 Bonus", "total": "总分 Total", "total_shown": "总分（显示） Shown",
    "band": "评定 Band", "is_barred": "评定等次受限 Capped", "bar_items": "受限事项 Capped by",
    "band_gap": "与最近评定线之差 Gap", "self_total_shown": "自评总分 Self total",
    "severity_adjustment": "尺度调整 Severity adjustment", "raw_total_shown": "原始总分 Raw total",
    "raw_band": "原评定 Raw band",
    "contribution": "计入基础分 Contribution", "is_clipped": "是否截断 Clipped",
    "item_id": "项目 Item", "kind": "类别 Kind", "count": "次数 Count",
    "counted": "计入次数 Counted", "reason": "事由 Reason", "evidence_ref": "佐证 Evidence",
    "approval_no": "批准文号 Approval", "is_computed": "是否自动计算 Computed",
    "note_zh": "说明 Note (Chinese)", "note_en": "说明 Note (English)",
    "source_file": "来源文件 File", "source_sheet": "工作表 Sheet", "source_cell": "单元格 Cell",
}  # fmt: skip


def write_data_files(
    review: Review, scores, folder: Path, earlier: Mapping[str, Earlier] | None = None
) -> dict[str, Grounds]:
    """Write `tables/*.csv`, `scores.xlsx`, `tracker.xlsx` and `data-issues.*` of one set.

    Parameters
    ----------
    review : Review
    scores : Scores
    folder : Path
        The set being built.
    earlier : mapping of str to Earlier, optional
        Files of the set published before, by their path in it: what still stands is taken over.

    Returns
    -------
    dict of str to Grounds
        What each file rests on, by its path in the set.
    """
    (folder / "tables").mkdir()
    earlier, rests_on = earlier or {}, {}
    for href, (ask, write) in _files(review, scores).items():
        if take_over(earlier.get(href), folder / href, review):
            rests_on[href] = earlier[href].grounds
        else:
            with answering() as looked_at:
                content = ask()
            write(content, folder / href)
            rests_on[href] = Grounds(tuple(sorted(looked_at)))
    return rests_on


def row_counts(review: Review, scores) -> dict[str, int]:
    """Return how many rows every published table has, by its name."""
    counts = {name: len(ask()) for name, ask in _tables(review, scores).items()}
    return counts | {"issues": len(review.issues)}


def _tables(review: Review, scores) -> dict[str, Callable[[], pd.DataFrame]]:
    """Return what to ask for each table that is published, by its name."""
    frames = [*schema.TABLES, "cells", "sheets"]
    parts = [*_SCORE_SHEETS, "ratings"]
    return {name: partial(review.frames.__getitem__, name) for name in frames} | {
        f"scores_{name}": partial(getattr, scores, name) for name in parts
    }


def _files(review: Review, scores) -> dict[str, tuple[Callable, Callable]]:
    """Return what to ask for each file and what writes the answer, by its path in the set."""
    tables = _tables(review, scores)
    return {
        **{f"tables/{name}.csv": (ask, write_csv) for name, ask in tables.items()},
        "scores.xlsx": (partial(_score_sheets, review, scores), _write_scores),
        "tracker.xlsx": (partial(tracker_sheets, review), write_tracker),
        **{href: (lambda: review.issues, write) for href, write in _ISSUE_FILES.items()},
    }


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame as CSV that Excel opens rightly and runs nothing of."""
    path.write_text(csv_text(frame), encoding="utf-8-sig", newline="\n")


def csv_text(frame: pd.DataFrame) -> str:
    """Return a frame as CSV without anything a spreadsheet would take for a formula."""
    texts = frame.select_dtypes(include=["str", "object"])
    safe = frame.assign(**{name: _harmless(column) for name, column in texts.items()})
    return safe.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n")


def json_lines(frame: pd.DataFrame) -> str:
    """Return a frame as JSON Lines: one object a row, null where a value is missing."""
    lines = (
        {name: None if pd.isna(value) else value for name, value in row.items()}
        for row in frame.astype(object).to_dict("records")
    )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def write_issues(issues: pd.DataFrame, folder: Path) -> None:
    """Write the data issues as JSON Lines, CSV and workbook."""
    for name, write in _ISSUE_FILES.items():
        write(issues, folder / name)


def _write_json_lines(frame: pd.DataFrame, path: Path) -> None:
    path.write_text(json_lines(frame), encoding="utf-8", newline="\n")


def _write_issue_book(issues: pd.DataFrame, path: Path) -> None:
    labels = {column.name: f"{column.zh} {column.en}" for column in schema.RECORDS["issues"]}
    write_workbook(path, {"数据问题 Data issues": issues}, labels)


_ISSUE_FILES = {
    "data-issues.jsonl": _write_json_lines,
    "data-issues.csv": write_csv,
    "data-issues.xlsx": _write_issue_book,
}


def _score_sheets(review: Review, scores) -> dict[str, pd.DataFrame]:
    return {title: _named(getattr(scores, name), review) for name, title in _SCORE_SHEETS.items()}


def _write_scores(sheets: Mapping[str, pd.DataFrame], path: Path) -> None:
    write_workbook(path, sheets, _SCORE_LABELS)


def _harmless(column: pd.Series) -> pd.Series:
    """Put a quote before texts that may be taken for a formula."""
    texts = column
    if column.dtype == object:  # whatever stands in it
        texts = column.where(column.map(lambda value: isinstance(value, str)).astype(bool))
    texts = texts.astype("str")
    is_risky = texts.str.startswith(FORMULA_START, na=False)
    return column.mask(is_risky, "'" + texts) if is_risky.any() else column


def _named(frame: pd.DataFrame, review: Review) -> pd.DataFrame:
    """Return a scores frame with the short name after the code, for people."""
    if "dept_code" not in frame:
        return frame
    names = frame["dept_code"].map(review.departments.set_index("dept_code")["short_name"])
    columns = list(frame.columns)
    columns.insert(columns.index("dept_code") + 1, "short_name")
    return frame.assign(short_name=names)[columns]
