"""The workbook that goes back (退回修改): the department's own, marked, with a list in front.

Each faulty cell is coloured and carries a comment in plain Chinese, above the department's own; the
first sheet lists them all with what was found, what was expected and what to do. The sheet is ours:
when the corrected workbook comes back with it, reading passes it over. A return in a format that
cannot be marked (.xls, .ods, Strict Open XML) comes back as our form, filled in with what was read
and what was set aside; one that does not fit it, as a CSV, or was refused gets the list alone,
which says so; a refused one is never opened here.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
from openpyxl import Workbook

from reviewlib.forms.as_written import as_written
from reviewlib.forms.correction_list import MARKS
from reviewlib.forms.marking import Correction, marked, with_marks
from reviewlib.forms.refilled import refilled
from reviewlib.forms.saving import bytes_of
from reviewlib.forms.sent_files import SentFiles
from reviewlib.forms.to_correct import listed_of, marks_of
from reviewlib.limited import Lost
from reviewlib.review import Review
from reviewlib.schema import in_roster_order

LOG = logging.getLogger(__name__)
_MADE_FROM = re.compile(
    rb"<dc:identifier>([0-9a-f]{64})</dc:identifier>.*<dcterms:modified[^>]*>1980-01-01T00:00:00Z<"
)
"""What a workbook of ours says of itself until somebody saves it, which sets the time."""
PASSING = "0" * 64
"""What one says that would be another where more could be taken: no later run takes it over."""
LARGEST, LONGEST_CORE = 64 * 2**20, 4096
"""Bytes of a workbook of ours, and of its part that says so, at most."""


def write_corrections(review: Review, folder: str | Path, out: str | Path) -> list[Path]:
    """Write the workbooks of `each_correction`, and return them."""
    return list(each_correction(review, folder, out))


def each_correction(
    review: Review, folder: str | Path, out: str | Path, *,
    earlier: Mapping[str, Path] | None = None, made_by: str = "",
) -> Iterator[Path]:  # fmt: skip
    """Write a correction workbook for every return that has something to correct or confirm.

    An earlier return that a later one has replaced is left alone: nobody corrects it any more.

    Parameters
    ----------
    review : Review
        Its `issues` say what is wrong, and where.
    folder : path
        The review folder, where the returns lie; they are read, never written.
    out : path
        Where to write: `dp01.xlsx`, by department code; a second file of the same department is
        `dp01-2.xlsx`. A return that cannot be opened gets the list alone.
    earlier : mapping of str to Path, optional
        Workbooks written before, by name: one made from the same is copied, which is much faster.
    made_by : str
        Fingerprint of the software, for `earlier`.

    Yields
    ------
    Path
        Each as it is written, in protocol order.
    """
    with SentFiles() as sent:
        for name, department, rows in _each_return(review):
            Path(out).mkdir(parents=True, exist_ok=True)
            made_from, before = _made_from(review, rows, made_by), (earlier or {}).get(name)
            if before is not None and said_in(before) == made_from:
                shutil.copyfile(before, Path(out) / name)
            else:
                to_mark = Path(folder) / rows["file"].iloc[0]
                data = _marked(to_mark, rows, department, review, made_from, sent)
                (Path(out) / name).write_bytes(data)
            yield Path(out) / name


def _each_return(review: Review) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield for each return with something to correct: name to give, department, data issues."""
    issues = review.issues
    wanted = issues[issues["severity"].isin(list(MARKS)) & issues["dept_code"].notna()]
    wanted = wanted[wanted["file"].fillna("").str.startswith("returns/")]
    wanted = wanted[wanted["code"] != "file.duplicate-file"]
    for department in in_roster_order(review.departments).to_dict("records"):
        own = wanted[wanted["dept_code"] == department["dept_code"]]
        for number, (_, rows) in enumerate(own.groupby("file", sort=True), start=1):
            suffix = "" if number == 1 else f"-{number}"
            name = f"{department['dept_code'].lower()}{suffix}.xlsx"
            yield name, department["short_name"], rows


def _made_from(review: Review, issues: pd.DataFrame, made_by: str) -> str:
    """Return the fingerprint of all that a correction workbook is made from."""
    office = ("review.toml", "rubric.toml", "departments.xlsx", issues["file"].iloc[0])
    inputs = [review.inputs.get(file) for file in office]
    rows = issues.astype("str").to_numpy().tolist()
    return hashlib.sha256(json.dumps([made_by, inputs, rows]).encode()).hexdigest()


def said_in(path: Path) -> str:
    """Return the fingerprint of what a correction workbook was made from.

    Empty where the file is none of ours, or somebody has saved it since.
    """
    try:
        if path.stat().st_size > LARGEST:
            return ""
        with ZipFile(path) as archive, archive.open("docProps/core.xml") as part:
            found = _MADE_FROM.search(part.read(LONGEST_CORE))
    except Exception:  # whatever it is, it is not what we wrote
        return ""
    return found[1].decode() if found else ""


def _marked(
    path: Path, issues: pd.DataFrame, name: str, review: Review, made_from: str, sent: SentFiles
) -> bytes:
    """Return the workbook of one return: its own, else our form, else the list alone.

    What goes back because its own took more than it may says so (`PASSING`): the machine may have
    been busy, and the next run makes it anew.
    """
    wanted = Correction(marks_of(issues), listed_of(issues, name, review), made_from)
    if not ((issues["severity"] == "block") & issues["code"].str.startswith("file.")).any():
        file = issues["file"].iloc[0]
        digest = review.inputs.get(file, "")
        try:
            own = sent.ask(marked, path, digest, wanted)
        except Lost:
            own, wanted = None, replace(wanted, made_from=PASSING)
            LOG.warning("%s takes too much to be marked", path.name)
        if own is not None:
            return own
        try:
            written = sent.ask(as_written, path, digest)
        except Lost:
            written, wanted = None, replace(wanted, made_from=PASSING)
        try:
            form = refilled(review, file, written)
            if form is not None:
                book, homeless = form
                told = listed_of(issues, name, review, homeless)
                return bytes_of(with_marks(book, replace(wanted, listed=told)))
        except OSError:  # the disk, not the workbook
            raise
        except Exception as error:  # what a form cannot hold costs the form, not the run
            LOG.warning("%s does not fit our form: %s", path.name, type(error).__name__)
        LOG.warning("%s goes back as a list alone", path.name)
    told = listed_of(issues, name, review, is_alone=True)
    return bytes_of(with_marks(_empty(), replace(wanted, listed=told)))


def _empty() -> Workbook:
    book = Workbook()
    book.remove(book.active)
    return book
