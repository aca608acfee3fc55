"""Forms filled in by LibreOffice itself come back whole: as .xlsx, as .xls and as .ods."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from command_runs import SAMPLE
from openpyxl import load_workbook
from sample.truth import truth

import reviewlib as rl
from reviewlib import forms, schema
from reviewlib.forms import write_corrections

ENDINGS = (".xlsx", ".xls", ".ods")
RETURNS, VISITS = schema.tables_of("return"), schema.tables_of("visit")


def _typed(blank: Path, filled: Path) -> dict[tuple[str, str], str]:
    """Return what a clerk types to make the one form into the other, by sheet and cell.

    Where the form calculates, nothing is typed.
    """
    typed = {}
    after = load_workbook(filled)
    for sheet in load_workbook(blank):
        for row in after[sheet.title].iter_rows():
            for cell in row:
                before = sheet[cell.coordinate]
                if cell.value not in (None, before.value) and before.data_type != "f":
                    typed[sheet.title, cell.coordinate] = _text(cell)
    return typed


def _text(cell) -> str:
    if isinstance(cell.value, datetime):
        return f"{cell.value:%Y-%m-%d}"
    if isinstance(cell.value, float) and "%" in cell.number_format:
        return f"{cell.value * 100:.10g}%"
    return str(cell.value)


def _of(tables, codes) -> dict[str, pd.DataFrame]:
    """Return what the sample's clean workbooks say of some departments."""
    frames = truth()
    return {t.name: frames[t.name][frames[t.name]["dept_code"].isin(codes)] for t in tables}


def _without_dates_of_computed(records: dict, rubric) -> dict:
    """Leave the date blank where the system computes the indicator: the form has it locked."""
    scores = records["visit_scores"]
    is_rated = [rubric.indicator(name).rater != "system" for name in scores["indicator_id"]]
    dates = {name: scores[name].where(is_rated) for name in ("scored_on", "scored_on_precision")}
    return records | {"visit_scores": scores.assign(**dates)}


@dataclass(frozen=True)
class Piece:
    """One workbook that comes back: of a department or of a visit group, in one format."""

    ending: str
    folder: str  # returns or visits
    name: str
    records: dict[str, pd.DataFrame]
    write: Callable[[Path, dict | None], Path]


@pytest.fixture(scope="module")
def pieces(settings, rubric) -> list[Piece]:
    """A return of a department of each of three groups, and the groups' workbooks: each format."""
    roster = truth()["departments"].sort_values("protocol_order")
    found = []
    for ending, group in zip(ENDINGS, settings.groups, strict=True):
        members = roster[roster["group_id"] == group].head(2)
        first = members.iloc[0]
        write_return = partial(_write_return, settings, rubric, first, roster)
        write_visit = partial(_write_visit, settings, rubric, group, members)
        found += [
            Piece(ending, "returns", first["dept_code"], _of(RETURNS, [first["dept_code"]]),
                  write_return),
            Piece(ending, "visits", group,
                  _without_dates_of_computed(_of(VISITS, members["dept_code"]), rubric),
                  write_visit),
        ]
    return found


def _write_return(settings, rubric, department, roster, path, records=None) -> Path:
    return forms.write_return(path, settings, rubric, department, roster, records)


def _write_visit(settings, rubric, group, roster, path, records=None) -> Path:
    return forms.write_visit(path, settings, rubric, group, roster, records)


@pytest.fixture(scope="module")
def folder(office, pieces, settings, tmp_path_factory) -> Path:
    """A review folder whose returns and visit workbooks LibreOffice filled in and saved."""
    folder, desk = tmp_path_factory.mktemp("review"), tmp_path_factory.mktemp("desk")
    for name in ("review.toml", "rubric.toml"):
        shutil.copy(SAMPLE / name, folder)
    forms.write_roster(folder / "departments.xlsx", settings, truth())
    for name in ("returns", "visits", "to-ods/returns", "to-ods/visits"):
        (folder / name if "/" not in name else desk / name).mkdir(parents=True)
    work = []
    for piece in pieces:
        blank = piece.write(desk / "blank" / f"{piece.name}.xlsx", None)
        filled = piece.write(desk / "filled" / f"{piece.name}.xlsx", piece.records)
        saved = folder / piece.folder / f"{piece.name}{piece.ending}"
        if piece.ending == ".ods":  # saved by the program too, in a second step
            saved = desk / "to-ods" / piece.folder / f"{piece.name}.xlsx"
        work.append((blank, _typed(blank, filled), saved))
    office.fill_in(work)
    office.convert((desk / "to-ods").glob("*/*.xlsx"), "ods", desk / "ods")
    for piece in pieces:
        if piece.ending == ".ods":
            shutil.move(desk / "ods" / f"{piece.name}.ods", folder / piece.folder)
    return folder


@pytest.fixture(scope="module")
def review(folder):
    return rl.open_review(folder)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", ["returns", "visits"])
def test_every_value_typed_in_comes_back(review, pieces, kind, ending):
    """What was typed into a form is read as it was meant: each table, each column, each row."""
    (piece,) = [one for one in pieces if (one.folder, one.ending) == (kind, ending)]
    assert sum(len(frame) for frame in piece.records.values()) > 40
    for name, meant in piece.records.items():
        found = review.frames[name]
        found = found[found["source_file"].str.startswith(f"{kind}/{piece.name}.")]
        asked = [column.name for column in schema.TABLES[name].columns if column.is_input]
        columns = [column for column in found if column.removesuffix("_precision") in asked]
        pd.testing.assert_frame_equal(
            found[columns].reset_index(drop=True), meant[columns].reset_index(drop=True)
        )


def test_values_only_formats_say_so(review, pieces):
    """A workbook that carries values only is marked so; nothing typed is found wrong."""
    told = review.issues[review.issues["file"].fillna("").str.contains("/")]
    reduced = told.loc[told["code"] == "file.reduced-fidelity", "file"]
    assert set(reduced) == {
        f"{one.folder}/{one.name}{one.ending}" for one in pieces if one.ending != ".xlsx"
    }
    wrong = told[told["severity"].isin(["block", "error"])]
    assert wrong[["file", "cell", "message_zh"]].to_dict("records") == []


def test_a_return_that_cannot_be_marked_comes_back_as_our_form(review, pieces, folder, tmp_path):
    """For .xls and .ods the form is filled in again: each entry at its address, marks beside."""
    written = {path.stem: path for path in write_corrections(review, folder, tmp_path / "out")}
    for piece in pieces:
        if piece.folder == "returns" and piece.ending != ".xlsx":
            blank = piece.write(tmp_path / "blank.xlsx", None)
            filled = piece.write(tmp_path / "filled.xlsx", piece.records)
            assert _typed(blank, written[piece.name.lower()]) == _typed(blank, filled)
