"""A corrected return takes the place of the earlier one: once, by its date, with both on record.

The way round is the real one: the workbook that goes back to the department is corrected in its
marked cell, dated anew, and dropped into `returns/` beside the first.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from readers_here import IN_PLACE

from reviewlib import forms
from reviewlib.intake.folder import scan
from reviewlib.intake.opening import assemble_review
from reviewlib.intake.roster import read_roster, reading_of
from reviewlib.intake.take_in import take_in
from reviewlib.review import Review, read_settings
from reviewlib.rubric import load_rubric

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
FIRST, SECOND = "returns/区司法局.xlsx", "returns/dp19.xlsx"
COVER, UNITS, RATINGS = "01 封面", "06 内设机构", "11 自评打分"
DATE, FAULTY = "B6", "E6"  # on the cover; an error of the spreadsheet that the sample has planted
PARTS = ["header_count", "blank_count", "excluded_count", "clean_count", "quarantined_count"]


@cache
def _office():
    settings, rubric = read_settings(SAMPLE), load_rubric(SAMPLE / "rubric.toml")
    roster = read_roster(SAMPLE, settings, IN_PLACE)
    return settings, rubric, roster, reading_of(roster, settings, rubric)


def _opened(folder: Path) -> Review:
    """Return the review of a folder, read in this process: starting a worker takes longer."""
    settings, rubric, roster, reading = _office()
    found = scan(folder)
    reads = [roster, *(take_in(job, reading) for job in found.jobs)]
    return assemble_review(found, settings, rubric, reads)


@pytest.fixture(scope="module")
def sent_back(tmp_path_factory) -> tuple[Path, Path, Review]:
    """A folder with one return, the workbook that goes back for it, and the review as it stood."""
    folder = tmp_path_factory.mktemp("review")
    (folder / "returns").mkdir()
    for name in ("review.toml", "rubric.toml", "departments.xlsx", FIRST):
        shutil.copy(SAMPLE / name, folder / name)
    review = _opened(folder)
    (workbook,) = forms.write_corrections(review, folder, folder / "out")
    return folder, workbook, review


def _with_second(sent_back, declared_on: datetime, value: object = 0.95) -> Review:
    folder, workbook, _ = sent_back
    book = openpyxl.load_workbook(workbook)
    book[COVER][DATE] = declared_on
    book[RATINGS][FAULTY] = value
    book.save(folder / SECOND)
    return _opened(folder)


def _told(review: Review, code: str) -> pd.DataFrame:
    return review.issues[review.issues["code"] == code]


def test_the_first_return_has_its_fault(sent_back):
    """What the following corrects is there to begin with."""
    _, _, review = sent_back

    assert _told(review, "cell.excel-error")[["sheet", "cell"]].to_numpy().tolist() == [
        [RATINGS, FAULTY]
    ]
    assert _told(review, "file.duplicate-file").empty


def test_a_later_one_takes_its_place(sent_back):
    """Its values count, each once; the fault is gone, and every difference is listed."""
    _, _, before = sent_back

    review = _with_second(sent_back, datetime(2025, 7, 20))

    for name in ("covers", "internal_units", "self_ratings", "staffing", "duty_transfers"):
        frame = getattr(review, name)
        assert len(frame) == len(getattr(before, name)) > 0
        assert set(frame["source_file"]) == {SECOND}
    assert review.covers["declared_on"].tolist() == [pd.Timestamp(2025, 7, 20)]
    assert _told(review, "cell.excel-error").empty
    told = _told(review, "file.duplicate-file")
    assert set(told["file"]) == {FIRST} and set(told["dept_code"]) == {"DP19"}
    differing = told[told["rule"] == "differs"]
    assert differing[["sheet", "cell", "value"]].to_numpy().tolist() == [
        [COVER, DATE, "2025-07-20"], [RATINGS, FAULTY, "0.95"],
    ]  # fmt: skip
    assert set(review.cells.loc[review.cells["dept_code"] == "DP19", "file"]) == {SECOND}


def test_a_corrected_key_makes_no_other_cell_another_one(sent_back):
    """Of a row that has got another key, its key is the one cell that differs."""
    folder, workbook, _ = sent_back
    book = openpyxl.load_workbook(workbook)
    book[COVER][DATE] = datetime(2025, 7, 20)
    book[UNITS]["A5"] = "改了名的科"
    book.save(folder / SECOND)

    review = _opened(folder)

    told = _told(review, "file.duplicate-file")
    differing = told[(told["rule"] == "differs") & (told["sheet"] == UNITS)]
    assert differing[["cell", "value"]].to_numpy().tolist() == [["A5", "改了名的科"]]


def test_both_are_on_record(sent_back):
    """Files, checksums and rows of the first stay: its rows are excluded, none is lost."""
    review = _with_second(sent_back, datetime(2025, 7, 20))

    assert {FIRST, SECOND} <= review.inputs.keys()
    sheets = review.sheets
    assert (sheets[PARTS].sum(axis=1) == sheets["seen_count"]).all()
    first = sheets[sheets["file"] == FIRST]
    assert first["clean_count"].sum() == 0 and first["excluded_count"].sum() > 50
    assert sheets.loc[sheets["file"] == SECOND, "clean_count"].sum() > 50


def test_an_earlier_one_changes_nothing(sent_back):
    """A file dated before the one that counts is listed with its differences, and not used."""
    _, _, before = sent_back

    review = _with_second(sent_back, datetime(2025, 7, 1))

    pd.testing.assert_frame_equal(review.self_ratings, before.self_ratings)
    assert set(_told(review, "file.duplicate-file")["file"]) == {SECOND}


def test_one_that_cannot_be_read_does_not_take_its_place(sent_back):
    """The earlier return goes on counting, and the new file is refused by name."""
    folder, _, before = sent_back
    (folder / SECOND).write_bytes((folder / FIRST).read_bytes()[:2000])

    review = _opened(folder)

    pd.testing.assert_frame_equal(review.self_ratings, before.self_ratings)
    assert _told(review, "file.corrupt-file")["file"].tolist() == [SECOND]
