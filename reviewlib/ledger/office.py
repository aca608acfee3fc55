"""The ledger's files in a review folder: read with intake, written through forms.

    ledger.xlsx         what people edit
    ledger-log.jsonl    every change, from which any day's ledger can be rebuilt
    ledger-sources/     every workbook taken in, as it came, by checksum
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from reviewlib import schema
from reviewlib.disk import write_whole
from reviewlib.findings.verifiers import owner_names
from reviewlib.forms import write_ledger
from reviewlib.forms.lists import template_version
from reviewlib.intake.file_read import FileRead, Job
from reviewlib.intake.readers import Readers
from reviewlib.intake.roster import read_roster, reading_of
from reviewlib.intake.values import Reading
from reviewlib.ledger.books import LEDGER_FILE, Book, book_of
from reviewlib.ledger.issues import issue
from reviewlib.ledger.rows import FIELDS, TRACKED
from reviewlib.review import Settings, read_settings
from reviewlib.rubric import load_rubric
from reviewlib.schema.rules import SAYS_NOTHING

SOURCES_FOLDER = "ledger-sources"
META_HEAD = "ledger_head"
"""Fact in `_meta`: the last event of the log when the workbook was written."""

LOST_HEADINGS = ("label.missing", "label.duplicate", "label.guessed")


@dataclass(frozen=True)
class Office:
    """A review folder as far as the ledger needs it: settings, departments, how to read."""

    folder: Path
    settings: Settings
    roster: FileRead
    reading: Reading

    @cached_property
    def departments(self) -> pd.DataFrame:
        return schema.in_roster_order(
            schema.frame_of("departments", self.roster.rows["departments"])
        )

    @cached_property
    def owner_names(self) -> dict[str, tuple[str, ...]]:
        return owner_names(self.departments)

    def workbook(self, frames: dict[str, pd.DataFrame], head: str) -> bytes:
        """Return the ledger workbook of some frames; the same frames give the same bytes."""
        with TemporaryDirectory() as place:
            path = write_ledger(Path(place) / LEDGER_FILE, self.settings, self.departments, frames,
                                {META_HEAD: head})  # fmt: skip
            return path.read_bytes()


def open_office(folder: str | Path, readers: Readers) -> Office:
    """Read what a review folder says besides its returns.

    Raises
    ------
    ConfigError
        The folder, review.toml, rubric.toml or the roster is missing or wrong.
    """
    folder = Path(folder)
    settings = read_settings(folder)
    roster = read_roster(folder, settings, readers)
    reading = reading_of(roster, settings, load_rubric(folder / "rubric.toml"))
    return Office(folder, settings, roster, reading)


def read_book(
    office: Office, path: Path, readers: Readers, is_own: bool = False
) -> tuple[Book | None, list[dict]]:
    """Read one workbook of the ledger as a merge sees it.

    Returns
    -------
    (Book or None, issues)
        None for a workbook that is refused; the data issues name what is wrong and where.
    """
    read = readers.read(Job(path, path.name, "ledger"), office.reading)
    issues = [found for found in read.issues if _is_worth_telling(found)]
    refusal = _refusal(office, read) if not is_own and not read.is_refused else None
    if read.is_refused or refusal:
        told = [found for found in issues if found["code"] != "file.stale-version"]
        return None, [*told, *([refusal] if refusal else [])]
    issues += _untaken(read, issues)
    rows = {name: [*listed, *read.set_aside.get(name, ())] for name, listed in read.rows.items()}
    frames = {name: schema.frame_of(name, listed) for name, listed in rows.items()}
    book = book_of(path.name, read.sha256, frames, _unread(read), is_own=is_own,
                   head=read.meta.get(META_HEAD, ""))  # fmt: skip
    return book, issues


def _is_worth_telling(found: dict) -> bool:
    """Headings and sheets the form does not have hold what the ledger will not."""
    is_extra = found["code"] in ("label.extra", "label.blank", "sheet.extra")
    return found["severity"] != "info" or is_extra


def _refusal(office: Office, read: FileRead) -> dict | None:
    """Return why a copy is not of this review or not of the present form; None where it is."""
    cycle = f"{office.settings.district_zh} {office.settings.cutoff_on.isoformat()}"
    present = template_version("ledger")
    place = {"file": read.file, "file_sha256": read.sha256, "outcome": "refused"}
    if read.meta.get("cycle", cycle) != cycle:
        return issue("file.other-review", raw=read.meta["cycle"], expected=cycle, **place)
    if read.meta.get("template_version", present) != present:
        found = read.meta["template_version"]
        return issue("file.old-template", found=found, raw=found, expected=present, **place)
    return None


def _untaken(read: FileRead, told: list[dict]) -> Iterable[dict]:
    """Name the cells that gave no value and that nothing has named yet: they are not kept."""
    known = {(found["sheet"], found["cell"]) for found in told}
    return [
        issue("cell.not-taken", file=read.file, file_sha256=read.sha256, raw=cell["raw"],
              sheet=cell["sheet"], cell=cell["cell"], record_key=cell["record_key"])
        for cell in _valueless(read)
        if (cell["sheet"], cell["cell"]) not in known
    ]  # fmt: skip


def _valueless(read: FileRead) -> Iterable[dict]:
    """Yield the cells in which something stands that gave no value."""
    for cell in (dict(zip(schema.CELL_NAMES, values, strict=True)) for values in read.cells):
        is_meant = not set(SAYS_NOTHING).isdisjoint(cell["rule"].split(";"))
        if cell["table"] in TRACKED and cell["raw"] and not cell["value"] and not is_meant:
            yield cell


def _unread(read: FileRead) -> Iterable[tuple[str, str, str]]:
    """Yield where something stands that gave no value: table, first cell of its row, column."""
    firsts = {
        (name, row["source_sheet"], _row_of(row["source_cell"])):
            f"{row['source_sheet']}!{row['source_cell']}"
        for name, rows in read.rows.items() for row in rows
    }  # fmt: skip
    for cell in _valueless(read):
        first = firsts.get((cell["table"], cell["sheet"], cell["row"]))
        if first:
            yield cell["table"], first, cell["column"]
    yield from _lost_columns(read)


def _lost_columns(read: FileRead) -> Iterable[tuple[str, str, str]]:
    """Yield the columns whose heading is gone: nothing is known of them."""
    tables = {sheet["sheet"]: sheet["table"] for sheet in read.sheets if sheet["table"]}
    for found in read.issues:
        table = tables.get(found["sheet"])
        if found["code"] in LOST_HEADINGS and table in TRACKED:
            for name, column in FIELDS[table].items():
                if column.zh == found["expected"]:
                    yield table, "", name


def _row_of(cell: str) -> int:
    return int("".join(letter for letter in cell if letter.isdigit()))


def source_path(office: Office, sha256: str, suffix: str = ".xlsx") -> Path:
    """Return where a workbook taken in is kept; its name is made from its checksum."""
    return office.folder / SOURCES_FOLDER / f"{sha256[:16]}{suffix}"


def keep_source(office: Office, path: Path) -> None:
    """Keep a workbook as it came."""
    data = path.read_bytes()
    suffix = path.suffix.lower() if path.suffix.lower() in (".xls", ".ods", ".et") else ".xlsx"
    kept = source_path(office, hashlib.sha256(data).hexdigest(), suffix)
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        write_whole(kept, data)
