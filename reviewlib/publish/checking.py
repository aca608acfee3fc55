"""What `reviewlib check` says and writes: data issues as a list, and the workbooks to send back."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reviewlib import forms
from reviewlib.publish.data_files import csv_text, json_lines, write_issues
from reviewlib.review import Review
from reviewlib.schema.vocabularies import SEVERITY

LIST = "data-issues"


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
    words = issues.astype(object).where(issues.notna(), "")
    return "".join(_said(row) + "\n" for row in words.to_dict("records"))


def _said(row: dict) -> str:
    """Return one issue as two lines: where and what in Chinese, the same in English."""
    parts = (row["file"], row["sheet"], row["cell"])
    place = "!".join(part for part in parts if part) or row["dept_code"]
    level = f"{SEVERITY.label(row['severity'])} {row['code']}"
    return f"{place}  [{level}] {row['message_zh']}。{row['fix']}\n    {row['message_en']}"


def summary(review: Review) -> str:
    """Return a table in text: one line per department, in protocol order, and what has none.

    Counts by severity; a department without an issue has a line of zeros, so that none is missing.
    """
    issues, names = review.issues, review.departments.set_index("dept_code")["short_name"]
    known = issues["dept_code"].where(issues["dept_code"].isin(names.index), "")
    counts = pd.crosstab(known, issues["severity"])
    counts = counts.reindex(index=[*names.index, ""], columns=SEVERITY.codes, fill_value=0)
    head = "  ".join(["", *(f"{choice.zh} {choice.en}" for choice in SEVERITY)])
    lines = [f"部门 Department{head}"]
    for code, row in zip(counts.index, counts.to_numpy(), strict=True):
        name = f"{code} {names[code]}" if code else "其他文件 Other files"
        lines.append(f"{name}: " + "  ".join(str(count) for count in row))
    total = counts.sum()
    said_zh = "，".join(f"{choice.zh} {total[choice.code]}" for choice in SEVERITY)
    said_en = ", ".join(f"{choice.en.lower()} {total[choice.code]}" for choice in SEVERITY)
    lines.append(f"共 {len(issues)} 处：{said_zh}。 {len(issues)} in all: {said_en}.")
    return "\n".join(lines)


def write_check(review: Review, folder: Path, out: Path) -> None:
    """Write the list in every form, and `corrections/` with the workbooks to send back."""
    out.mkdir(parents=True, exist_ok=True)
    text = issue_list(review.issues, "text") + "\n" + summary(review) + "\n"
    (out / f"{LIST}.txt").write_text(text, encoding="utf-8", newline="\n")
    write_issues(review.issues, out)
    forms.write_corrections(review, folder, out / "corrections")
