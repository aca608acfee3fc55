"""From the truth to the review folder: clean workbooks through `reviewlib.forms`, then the mess."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from reviewlib import forms
from reviewlib.review import Settings, read_settings
from reviewlib.rubric import load_rubric
from reviewlib.schema import tables_of

from .ledger_log import write_log
from .mess import KEY_COLUMNS, plant
from .receipts import return_files
from .truth import SAMPLE, truth

VISIT_FILES = {"G1": "第一组实地回访评分表.xlsx", "G2": "第二组回访评分.xlsx",
               "G3": "第三回访组评分表（汇总）.xlsx"}  # fmt: skip


def make_sample(folder: Path = SAMPLE) -> None:
    """Write the workbooks of the sample review, their mess and the key to it, the ledger's log.

    Parameters
    ----------
    folder : Path
        `review.toml` and `rubric.toml` are read from the sample and left alone.
    """
    settings = read_settings(SAMPLE)
    write_clean(folder, settings)
    key = plant(folder)
    _write_csv(folder / "KEY.csv", KEY_COLUMNS, key)
    write_log(folder, settings, load_rubric(SAMPLE / "rubric.toml"))


def write_clean(folder: Path, settings: Settings) -> None:
    """Write the truth as workbooks without any mess."""
    frames = truth()
    rubric = load_rubric(SAMPLE / "rubric.toml")
    roster = frames["departments"]
    for name in ("returns", "visits"):
        _empty(folder / name)
    for department in roster.to_dict("records"):
        code = department["dept_code"]
        path = folder / "returns" / return_files(roster)[code]
        own = _of(frames, "return", "dept_code", code)
        forms.write_return(path, settings, rubric, department, roster, own)
    for group, file in VISIT_FILES.items():
        members = roster.loc[roster["group_id"] == group, "dept_code"]
        own = _of(frames, "visit", "dept_code", *members)
        forms.write_visit(folder / "visits" / file, settings, rubric, group, roster, own)
    forms.write_roster(folder / "departments.xlsx", settings, frames)
    forms.write_ledger(folder / "ledger.xlsx", settings, roster, frames)
    forms.write_moderation(folder / "moderation.xlsx", settings, roster, frames)
    _write_receipts(folder, frames["receipts"])


def _of(frames: dict[str, pd.DataFrame], workbook: str, column: str, *codes: str) -> dict:
    """Return the frames of one kind of workbook, cut down to some departments."""
    return {
        table.name: frames[table.name][frames[table.name][column].isin(codes)]
        for table in tables_of(workbook)
    }


def _write_receipts(folder: Path, receipts: pd.DataFrame) -> None:
    rows = [
        {"file": row.file, "received_on": row.received_on.date().isoformat()}
        for row in receipts.itertuples()
    ]
    _write_csv(folder / "received.csv", ("file", "received_on"), rows)


def _write_csv(path: Path, columns: tuple[str, ...], rows: list[dict]) -> None:
    """Write with a byte-order mark, so that Excel reads the Chinese right."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def _empty(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.xlsx"):
        path.unlink()
