"""The sample's planted mess comes out as its key says, and nothing else is found wrong.

The key (`data/sample/KEY.csv`) was written by whoever planted the mess, not by the reader.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd
import pytest

from reviewlib import schema
from reviewlib.intake import open_review
from reviewlib.review import Review

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
READ_AS = re.compile(
    r"(?:读作|暂按|暂用|归到|按)\s*“?((?:[\dA-D]|DP|到位|部分到位)[^\s，、（）“”并]*)”?"
)
"""How the key says what a cell is read as, where it names a value."""
TRUE_OF_THE_SAMPLE = ("two-sides-", "visit-level-agreed", "figures-exact")
"""Rules that also meet what the sample means: departments that disagree, one item not agreed."""


def _key() -> list[dict]:
    with (SAMPLE / "KEY.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


KEY = _key()


def _each(planted: list[dict]):
    """Return the decorator that runs a test for each of these rows of the key."""
    names = [f"{row['case']} {row['file']} {row['cell']}" for row in planted]
    return pytest.mark.parametrize("planted", planted, ids=names)


@pytest.fixture(scope="module")
def review() -> Review:
    return open_review(SAMPLE)


def _row(cell: str) -> float:
    digits = re.sub(r"\D", "", cell)
    return float(digits) if digits else float("nan")


def _near(issues: pd.DataFrame, planted: dict) -> pd.DataFrame:
    """Return the data issues of a planted mess: those of its row, sheet or file."""
    if planted["case"] == "X10":  # of two returns, either may be named
        return issues[issues["code"] == "file.duplicate-file"]
    found = issues[issues["file"] == planted["file"]]
    if planted["sheet"]:
        found = found[found["sheet"] == planted["sheet"]]
    if planted["cell"] and planted["code"] != "sheet.no-rows":
        found = found[found["row"] == _row(planted["cell"])]
    return found


@_each([row for row in KEY if row["code"]])
def test_planted_mess_is_found_where_it_stands(review, planted):
    """What is wrong is a data issue with the key's code, in its row; a cell's at its cell."""
    found = _near(review.issues, planted)
    found = found[found["code"] == planted["code"]]

    assert len(found) > 0
    if planted["code"].startswith("cell.") and "two-sides" not in str(found["rule"].iloc[0]):
        column = re.sub(r"\d", "", planted["cell"])
        totals = found["rule"] == "total-differs"  # the key names the row, the issue the number
        assert (totals | (found["cell"].str.replace(r"\d", "", regex=True) == column)).any()


@_each([row for row in KEY if not row["code"]])
def test_mess_that_is_read_by_a_rule_raises_nothing(review, planted):
    """What can be read by a documented rule is read, and nobody is asked about it."""
    issues = review.issues
    at = (issues["file"] == planted["file"]) & (issues["sheet"] == planted["sheet"])
    at &= (issues["cell"] == planted["cell"]) & issues["severity"].isin(["block", "error", "warn"])

    assert issues[at]["message_zh"].tolist() == []


@_each([row for row in KEY if row["cell"] and READ_AS.search(row["what_must_come_of_it"])])
def test_values_are_what_the_key_says(review, planted):
    """Where the key names a value, the change log has it at that cell."""
    stated = READ_AS.search(planted["what_must_come_of_it"])[1]
    cells = review.cells
    found = cells[(cells["file"] == planted["file"]) & (cells["sheet"] == planted["sheet"])
                  & (cells["cell"] == planted["cell"])]  # fmt: skip

    assert [_said(row) for row in found.to_dict("records")] == [stated]


def _said(row: dict) -> str:
    """Return a logged value as the key writes it."""
    column = schema.TABLES[row["table"]][row["column"]]
    if column.vocabulary is not None:
        return column.vocabulary.label(row["value"])
    if column.dtype == "Float64" and column.kind == schema.Kind.SHARE:
        return f"{float(row['value']):.0%}"
    return row["value"]


def test_nothing_else_is_found_wrong(review):
    """Every error stands where the key has planted something: there are no false ones."""
    issues = review.issues[review.issues["severity"].isin(["block", "error", "warn"])]
    issues = issues[~issues["rule"].fillna("").str.startswith(TRUE_OF_THE_SAMPLE)]
    planted = {(row["file"], row["sheet"], _row(row["cell"])) for row in KEY if row["code"]}
    planted_files = {row["file"] for row in KEY if row["case"] == "X10"}
    sheets = {(row["file"], row["sheet"]) for row in KEY if row["code"] == "sheet.no-rows"}

    unexplained = [
        row["message_zh"]
        for row in issues.to_dict("records")
        if (row["file"], row["sheet"], row["row"]) not in planted
        and (row["file"], row["sheet"]) not in sheets
        and not (row["code"] == "file.duplicate-file" and planted_files)
    ]
    assert unexplained == []


def test_every_row_is_accounted_for(review):
    """Rows seen by the independent counter are header, blank, excluded, clean or quarantined."""
    parts = ["header_count", "blank_count", "excluded_count", "clean_count", "quarantined_count"]

    pd.testing.assert_series_equal(
        review.sheets[parts].sum(axis=1).astype("Int64"), review.sheets["seen_count"],
        check_names=False,
    )  # fmt: skip
    assert review.sheets["seen_count"].sum() > 1000
