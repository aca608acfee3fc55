"""What `reviewlib check` says and writes: data issues as a list, and the workbooks to send back."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from reviewlib import forms
from reviewlib.forms.corrections import said_in
from reviewlib.forms.gathered import gathered
from reviewlib.forms.layout import text_width
from reviewlib.publish.data_files import csv_text, json_lines, write_issues
from reviewlib.review import Review
from reviewlib.schema.vocabularies import SEVERITY

LIST = "data-issues"
SAID = ["file", "sheet", "cells", "dept_code", "count", "severity", "code", "message_zh", "fix",
        "message_en"]  # fmt: skip
"""What is said of a problem."""
OTHER = "其他文件 Other files"


def issue_list(issues: pd.DataFrame, form: str) -> str:
    """Return the whole list in one form.

    Parameters
    ----------
    issues : DataFrame
        The data issues of a review.
    form : {"text", "json", "csv"}
        Words of both languages; JSON Lines; CSV.
    """
    if form == "json":
        return json_lines(issues)
    if form == "csv":
        return csv_text(issues)
    told = gathered(issues)[SAID]
    words = told.astype(object).where(told.notna(), "")
    return "".join(_said(row) + "\n" for row in words.to_dict("records"))


def _said(row: dict) -> str:
    """Return one problem as two lines: where and what in Chinese, the same in English."""
    place = "!".join(part for part in (row["file"], row["sheet"], row["cells"]) if part)
    many = f"（{row['count']} 处）" if row["count"] > 1 else ""
    level = f"{SEVERITY.label(row['severity'])} {row['code']}"
    said = f"{row['message_zh']}。{row['fix']}"
    return f"{place or row['dept_code']}{many}  [{level}] {said}\n    {row['message_en']}"


def summary(review: Review) -> str:
    """Return a table in text: one line per department, in protocol order, and what has none.

    Counts by severity; a department without an issue has a line of zeros, so that none is missing.
    """
    issues, names = review.issues, review.departments.set_index("dept_code")["short_name"]
    known = issues["dept_code"].where(issues["dept_code"].isin(names.index), "")
    counts = pd.crosstab(known, issues["severity"])
    counts = counts.reindex(index=[*names.index, ""], columns=SEVERITY.codes, fill_value=0)
    first = [f"{code} {names[code]}" if code else OTHER for code in counts.index]
    rows = [[name, *map(str, row)] for name, row in zip(first, counts.to_numpy(), strict=True)]
    lines = _aligned([["部门 Department", *(f"{one.zh} {one.en}" for one in SEVERITY)], *rows])
    total = counts.sum()
    said_zh = "，".join(f"{choice.zh} {total[choice.code]}" for choice in SEVERITY)
    said_en = ", ".join(f"{choice.en.lower()} {total[choice.code]}" for choice in SEVERITY)
    lines.append(f"共 {len(issues)} 处：{said_zh}。 {len(issues)} in all: {said_en}.")
    return "\n".join(lines)


def _aligned(rows: list[list[str]]) -> list[str]:
    """Return rows as lines: names left, numbers right, a Chinese character as wide as two."""
    widths = [max(map(text_width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for name, *numbers in rows:
        padded = [" " * (width - text_width(number)) + number
                  for width, number in zip(widths[1:], numbers, strict=True)]  # fmt: skip
        lines.append("  ".join([name + " " * (widths[0] - text_width(name)), *padded]))
    return lines


def write_check(review: Review, folder: Path, out: Path) -> int:
    """Write the list in every form, and `corrections/` with the workbooks to send back.

    What an earlier check wrote for a return that has nothing to correct any more is removed.

    Returns
    -------
    int
        How many workbooks go back.
    """
    out.mkdir(parents=True, exist_ok=True)
    text = issue_list(review.issues, "text") + "\n" + summary(review) + "\n"
    (out / f"{LIST}.txt").write_text(text, encoding="utf-8", newline="\n")
    write_issues(review.issues, out)
    written = forms.write_corrections(review, folder, out / "corrections")
    for path in set(_of_an_earlier_check(out / "corrections", review)).difference(written):
        path.unlink()
    return len(written)


def _of_an_earlier_check(folder: Path, review: Review) -> list[Path]:
    """Return the workbooks that are surely ours: by name, by what they carry, and left as written.

    What somebody has saved since, or called otherwise, is theirs; no link is followed.
    """
    if folder.is_symlink() or not folder.is_dir():
        return []
    codes = "|".join(re.escape(code.lower()) for code in review.departments["dept_code"])
    name = re.compile(rf"(?:{codes})(?:-\d+)?\.xlsx")
    plain = (one for one in folder.iterdir() if one.is_file() and not one.is_symlink())
    return [path for path in plain if name.fullmatch(path.name) and said_in(path)]
