"""Our form, filled with any valid content, comes back as it was; what is broken in it is found.

The content is random, from fixed seeds; the forms are those of the forms room.
"""

from __future__ import annotations

import csv
import random
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from readers_here import IN_PLACE
from sheets_by_hand import spelt

from reviewlib import forms, schema
from reviewlib.intake import open_office
from reviewlib.intake.file_read import FileRead, Job
from reviewlib.intake.roster import read_roster, reading_of
from reviewlib.intake.take_in import take_in
from reviewlib.schema.model import Column, Kind, Layout

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
LETTERS = "机构改革部门职责划转人员编制到位负责协调推进落实明确（）：，。、；“”《》123abc %"
PRESET = ("self_ratings",)
"""Tables in which the form itself fills in what the roster settles."""
SEEDS = (1, 2, 3)
BREAKS = 60


@cache
def _office():
    settings, rubric, departments = open_office(SAMPLE)
    roster = read_roster(SAMPLE, settings, IN_PLACE)
    return settings, rubric, departments, reading_of(roster, settings, rubric)


def _value(column: Column, rng: random.Random, number: int):
    """Return a random valid value of a column, as frames hold it."""
    codes = list(_office()[2]["dept_code"])
    of_kind = {
        Kind.TEXT: lambda: "科" + "".join(rng.choices(LETTERS, k=rng.randint(1, 20))).strip(),
        Kind.CODE: lambda: f"{rng.choice('ABX')}{number:03}",
        Kind.COUNT: lambda: rng.choice([0, 1, 7, 35, 5210]),
        Kind.NUMBER: lambda: rng.choice([0, 1.5, 3]),
        Kind.SHARE: lambda: rng.choice([0, 0.005, 0.5, 0.98, 1]),
        Kind.DATE: lambda: pd.Timestamp(2025, rng.randint(1, 6), rng.randint(1, 28)),
        Kind.YES_NO: lambda: rng.choice([True, False]),
        Kind.DEPARTMENT: lambda: rng.choice(codes),
        Kind.DEPARTMENTS: lambda: ";".join(rng.sample(codes, 2)),
        Kind.DOC_NO: lambda: f"示委编〔2025〕{rng.randint(1, 99)}号",
    }
    if column.vocabulary is not None:
        return rng.choice(column.vocabulary.codes)
    return of_kind[column.kind]()


def _rows(table: schema.Table, rng: random.Random, department: dict) -> list[dict]:
    rubric = _office()[1]
    if table.layout is Layout.FIXED:
        printed = table.row_keys.codes if table.row_keys else [i.id for i in rubric.indicators]
    else:
        printed = [None] * (1 if table.layout is Layout.RECORD else rng.randint(1, 6))
    rows = []
    for number, key in enumerate(printed):
        filled = [c for c in table.columns if c.required or rng.random() < 0.7]
        row = {c.name: _value(c, rng, number) for c in filled}
        row |= {"dept_code": department["dept_code"]}
        row |= {table.columns[0].name: key} if key else {}
        if table.name == "covers":
            row |= {"declared_code": row["dept_code"], "declared_name": department["short_name"]}
        rows.append(row)
    return rows


def _filled_in(path: Path, seed: int) -> dict[str, pd.DataFrame]:
    """Write a return with random valid content; return what it says."""
    settings, rubric, departments, _ = _office()
    department = departments.iloc[seed].to_dict()
    rng = random.Random(seed)
    records = {table.name: schema.frame_of(table.name, _rows(table, rng, department))
               for table in schema.tables_of("return")}  # fmt: skip
    forms.write_return(path, settings, rubric, department, departments, records)
    return records


def _read(path: Path) -> FileRead:
    return take_in(Job(path, "returns/a.xlsx", "return"), _office()[3])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_valid_return_comes_back_as_it_was(tmp_path, seed):
    """Every value of every table is the same, and nothing is found wrong."""
    records = _filled_in(tmp_path / "a.xlsx", seed)

    read = _read(tmp_path / "a.xlsx")

    assert [f["message_zh"] for f in read.issues if f["severity"] != "info"] == []
    for table in schema.tables_of("return"):
        if table.name not in PRESET:
            names = [column.name for column in table.columns if column.is_input]
            found = schema.frame_of(table.name, read.rows[table.name])
            pd.testing.assert_frame_equal(found[names], records[table.name][names])


def _messes() -> dict[Kind, list[dict]]:
    """Return the cases of the table that are data issues and hold for any column of their kind."""
    with (Path(__file__).parent / "dirty_cases.csv").open(encoding="utf-8", newline="") as file:
        cases = [case for case in csv.DictReader(file) if case["code"] and case["type"] == "text"]
    found: dict[Kind, list[dict]] = {}
    for case in cases:
        table, name = case["column"].split(".")
        kind = schema.TABLES[table][name].kind
        is_general = kind in (Kind.DATE, Kind.SHARE) or case["case"] in ("X32", "X50", "X41", "X69")
        if is_general and kind not in (Kind.TEXT, Kind.NUMBER):
            found.setdefault(kind, []).append(case)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_broken_is_found_at_its_cell(tmp_path, seed):
    """Sixty cells of a valid return are spoilt: each is found with its code, and no other."""
    path, rng, messes = tmp_path / "a.xlsx", random.Random(seed), _messes()
    _filled_in(path, seed)
    cells = [c for c in _read(path).cells if schema.TABLES[c[0]][c[3]].kind in messes]
    book = openpyxl.load_workbook(path)
    planted = {}
    for table, _, _, name, _, sheet, cell, *_ in rng.sample(cells, min(BREAKS, len(cells))):
        case = rng.choice(messes[schema.TABLES[table][name].kind])
        book[sheet][cell] = spelt(case["input"])
        planted[sheet, cell] = case["code"]
    book.save(path)

    told = [one for one in _read(path).issues if one["code"].startswith("cell.")]
    found = {(one["sheet"], one["cell"]): one["code"] for one in told}

    assert len(planted) >= 40
    assert found == planted
