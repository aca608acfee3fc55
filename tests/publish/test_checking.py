"""What `reviewlib check` says: the whole list in three forms, and the summary by department."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil

import pandas as pd
from command_runs import SAMPLE
from openpyxl import load_workbook

from reviewlib import schema
from reviewlib.forms.gathered import gathered
from reviewlib.publish.checking import issue_list, summary, write_check
from reviewlib.schema.records import ISSUE_COLUMNS
from reviewlib.schema.vocabularies import SEVERITY

FIELDS = [column.name for column in ISSUE_COLUMNS]


def test_json_lines_hold_every_issue_with_every_field(sample_review):
    """One object a line, the fields of the record in order, null where nothing is known."""
    issues = sample_review.issues
    lines = [json.loads(line) for line in issue_list(issues, "json").splitlines()]
    assert [list(line) for line in lines] == [FIELDS] * len(issues)
    assert [line["cell"] for line in lines] == [
        None if pd.isna(cell) else cell for cell in issues["cell"]
    ]


def test_csv_holds_the_same_and_no_formula(sample_review):
    """The same rows as a table; what a department wrote as =… stands behind an apostrophe."""
    issues = sample_review.issues
    odd = pd.concat([issues, issues.iloc[[0]].assign(raw='=HYPERLINK("x")')])
    head, *rows = csv.reader(io.StringIO(issue_list(odd, "csv")))
    assert head == FIELDS
    assert len(rows) == len(odd)
    assert rows[-1][FIELDS.index("raw")] == '\'=HYPERLINK("x")'


def test_text_tells_every_problem_with_its_place_in_both_languages(sample_review):
    """Two lines a problem: file, sheet and cells with the Chinese sentence; then the English."""
    issues = sample_review.issues
    lines = issue_list(issues, "text").splitlines()
    told = gathered(issues)
    assert len(lines) == 2 * len(told)
    for line, english, row in zip(lines[::2], lines[1::2], told.to_dict("records"), strict=True):
        place = [row["file"], row["sheet"], row["cells"]]
        assert line.startswith("!".join(part for part in place if isinstance(part, str)))
        assert row["message_zh"] in line and row["message_en"] in english


def test_the_summary_has_a_line_for_every_department(sample_review):
    """In protocol order, those without an issue too; the columns add up to the list."""
    _, *lines, last = summary(sample_review).splitlines()
    departments = sample_review.departments.sort_values("protocol_order")
    assert [line.split()[0] for line in lines[:-1]] == list(departments["dept_code"])
    counts = [list(map(int, line.split()[-len(SEVERITY.codes) :])) for line in lines]
    by_severity = sample_review.issues["severity"].value_counts()
    assert [sum(column) for column in zip(*counts, strict=True)] == [
        by_severity.get(code, 0) for code in SEVERITY.codes
    ]
    assert last.startswith(f"共 {len(sample_review.issues)} 处")


def test_a_review_without_issues_is_said(sample_review):
    """No line but the summary, all zeros."""
    clean = sample_review.with_frames(issues=schema.frame_of("issues"))
    assert issue_list(clean.issues, "text") == ""
    assert summary(clean).splitlines()[-1].startswith("共 0 处")


def test_what_an_earlier_check_wrote_and_is_settled_goes_and_nothing_else(sample_review, tmp_path):
    """No department gets its old workbook again; what others put there, or saved, stays."""
    out, issues = tmp_path / "corrections", sample_review.issues
    few = sample_review.with_frames(issues=issues[issues["dept_code"].isin(["DP02", "DP06"])])
    assert write_check(few, SAMPLE, tmp_path) == 2
    ours = out / "dp06.xlsx"
    for name in ("dp06-2.xlsx", "dp99.xlsx", "dp06 copy.xlsx"):
        shutil.copyfile(ours, out / name)
    (out / "dp07.xlsx").symlink_to(ours.rename(tmp_path / "elsewhere.xlsx"))
    shutil.copyfile(tmp_path / "elsewhere.xlsx", ours)
    load_workbook(ours).save(out / "dp08.xlsx")  # saved by somebody: that sets the time
    (out / "dp09.xlsx").write_text("a note", encoding="utf-8")
    (out / "dp10.xlsx").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(out / "dp11.xlsx")  # whoever opens it waits
    else:
        (out / "dp11.xlsx").touch()

    left = sample_review.with_frames(issues=issues[issues["dept_code"] == "DP02"])
    assert write_check(left, SAMPLE, tmp_path) == 1

    assert sorted(path.name for path in out.iterdir()) == [
        "dp02.xlsx", "dp06 copy.xlsx", "dp07.xlsx", "dp08.xlsx", "dp09.xlsx",
        "dp10.xlsx", "dp11.xlsx", "dp99.xlsx",
    ]  # fmt: skip
