"""The kinds of mess seen in such workbooks, cell by cell: what each is read as.

`dirty_cases.csv` is the table; the first columns are meant to be read by the office. Cases of
files, headings and rows stand in the tests named in `ELSEWHERE`.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from sheets_by_hand import spelt

from reviewlib.intake.records import text_of
from reviewlib.intake.values import parse
from reviewlib.intake.workbook import NUMBER, Cell
from reviewlib.schema import TABLES
from reviewlib.schema.rules import RULES

SEVERITIES = ("ok", "info", "warn", "error")
ELSEWHERE = {
    "test_files.py": "X01 X02 X03 X04 X05 X06 X07 X08",
    "test_identity.py": "X10 X11",
    "test_locate.py": "X15 X16 X17 X18 X19",
    "test_rows.py": "X20 X21 X22 X24 X25 X26",
    "test_checks.py": "X43 X44 X45 X77 X78 X79 X81 X82 X83 X85",
}


def _cases() -> list[dict]:
    with (Path(__file__).parent / "dirty_cases.csv").open(encoding="utf-8", newline="") as file:
        return [{key: spelt(text) for key, text in row.items()} for row in csv.DictReader(file)]


CASES = _cases()


def _cell(case: dict) -> Cell:
    value = case["input"]
    if case["type"] == NUMBER:
        value = float(value) if "." in value else int(value)
    shown = "" if case["format"] == "unseen" else case["format"] or "General"
    return Cell(1, 1, value, case["type"], shown)


@pytest.mark.parametrize("case", CASES, ids=[f"{c['case']} {c['what']}" for c in CASES])
def test_a_cell_is_read_as_the_table_says(case, reading):
    """Value, precision, severity and code come out as the table says."""
    table, name = case["column"].split(".")

    parsed = parse(_cell(case), TABLES[table][name], reading)

    rules = [RULES[rule] for rule in parsed.rules] if parsed else []
    graver = max((rule.grade or "ok" for rule in rules), key=SEVERITIES.index, default="ok")
    codes = {rule.code for rule in rules if rule.grade == graver and rule.code}
    found = text_of(parsed.value) if parsed else ""
    assert (found, graver, codes) == (
        case["value"], case["severity"], {case["code"]} if case["code"] else set(),
    )  # fmt: skip
    assert (parsed.precision if parsed else "") == case["precision"]


def test_every_kind_of_mess_has_its_case():
    """The 68 kinds are all tried, here or in the tests named beside them."""
    here = {case["case"] for case in CASES}
    elsewhere = {case for cases in ELSEWHERE.values() for case in cases.split()}

    assert len(here | elsewhere) == 68
    assert not here & elsewhere
