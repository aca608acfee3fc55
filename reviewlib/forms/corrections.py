"""The workbook that goes back (退回修改): the department's own, marked, with a list in front.

Each faulty cell is coloured and carries a comment in plain Chinese, above the department's own; the
first sheet lists them all with what was found, what was expected and what to do. The sheet is ours:
when the corrected workbook comes back with it, reading passes it over. A return in a format that
cannot be marked (.xls, .ods) comes back as our form, filled in with what was read and what was set
aside; one that was refused gets the list alone, and is never opened here.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill, Protection
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.forms.correction_list import MARKS, OFFICE, add_list, advice_of, text_of
from reviewlib.forms.refilled import refilled
from reviewlib.forms.reopened import THEIRS, reopened
from reviewlib.forms.saving import save_workbook
from reviewlib.forms.sheets import NONE_ROW
from reviewlib.forms.words import NONE_BOX, put_text
from reviewlib.review import Review
from reviewlib.schema.written import INVISIBLE

NONE_BOX_CELL = f"A{NONE_ROW}"
NO_PLACE = "该行未能放回本工作簿，原有内容列于“现填”"
FILL_AGAIN = "请按“现填”补填到本表相应栏目后报送"
LOG = logging.getLogger(__name__)
_MADE_FROM = re.compile(
    rb"<dc:identifier>([0-9a-f]{64})</dc:identifier>.*<dcterms:modified[^>]*>1980-01-01T00:00:00Z<"
)
"""What a workbook of ours says of itself until somebody saves it, which sets the time."""


def write_corrections(
    review: Review, folder: str | Path, out: str | Path, *,
    earlier: Mapping[str, Path] | None = None, made_by: str = "",
) -> list[Path]:  # fmt: skip
    """Write the workbooks of `each_correction`, and return them."""
    return list(each_correction(review, folder, out, earlier=earlier, made_by=made_by))


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
    issues = review.issues
    wanted = issues[issues["severity"].isin(list(MARKS)) & issues["dept_code"].notna()]
    wanted = wanted[wanted["file"].fillna("").str.startswith("returns/")]
    wanted = wanted[wanted["code"] != "file.duplicate-file"]
    for department in review.departments.sort_values("protocol_order").to_dict("records"):
        own = wanted[wanted["dept_code"] == department["dept_code"]]
        for number, (file, rows) in enumerate(own.groupby("file", sort=True), start=1):
            suffix = "" if number == 1 else f"-{number}"
            name = f"{department['dept_code'].lower()}{suffix}.xlsx"
            made_from = _made_from(review, rows, made_by)
            before = (earlier or {}).get(name)
            if before is not None and said_in(before) == made_from:
                Path(out).mkdir(parents=True, exist_ok=True)
                shutil.copyfile(before, Path(out) / name)
            else:
                for book in _tries(Path(folder) / file, rows, department["short_name"], review):
                    book.properties.identifier = made_from
                    if _is_saved(book, Path(out) / name):
                        break
            yield Path(out) / name


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
        with ZipFile(path) as archive:
            found = _MADE_FROM.search(archive.read("docProps/core.xml"))
    except Exception:  # whatever it is, it is not what we wrote
        return ""
    return found[1].decode() if found else ""


def _tries(path: Path, issues: pd.DataFrame, name: str, review: Review) -> Iterator[Workbook]:
    """Yield the workbook of one return, marked; then, if that cannot be saved, the list alone."""
    opened, homeless = _opened(path, issues, review)
    for book, told in ((opened, homeless), (_empty(), [])):
        _mark_all(book, issues)
        add_list(book, _with_homeless(issues, told), name, review)
        yield book


def _with_homeless(issues: pd.DataFrame, homeless: list[dict]) -> pd.DataFrame:
    """Add the rows that have no place in our form to what is listed, with all that they hold."""
    common = issues.iloc[0].to_dict() | dict.fromkeys(["column", "expected", "suggestion"])
    rows = [
        common | {**row, "code": "sheet.far-cell", "severity": "error", "cell": f"A{row['row']}",
                  "message_zh": NO_PLACE, "fix": FILL_AGAIN}
        for row in homeless
    ]  # fmt: skip
    if not rows:
        return issues
    added = pd.DataFrame(rows, columns=issues.columns).astype(issues.dtypes)
    return pd.concat([issues, added], ignore_index=True)


def _is_saved(book: Workbook, path: Path) -> bool:
    """Save a workbook; False where it holds what openpyxl reads and cannot write."""
    try:
        save_workbook(book, path)
    except OSError:  # the disk, not the workbook
        raise
    except Exception:  # one odd workbook costs that workbook its marks, never the others
        LOG.warning("%s goes back as a list alone", path.name)
        return False
    return True


def _opened(path: Path, issues: pd.DataFrame, review: Review) -> tuple[Workbook, list[dict]]:
    """Return the workbook to be marked, and the rows that found no place in it.

    It is empty where the file was refused: what could not be read safely is not opened here either.
    """
    if ((issues["severity"] == "block") & issues["code"].str.startswith("file.")).any():
        return _empty(), []
    try:
        return reopened(path, tuple(f"【{word}】" for word, _ in MARKS.values())), []
    except Exception:  # no .xlsx, whatever its name
        return _refilled(path, issues, review) or (_empty(), [])


def _refilled(
    path: Path, issues: pd.DataFrame, review: Review
) -> tuple[Workbook, list[dict]] | None:
    file, digest = issues[["file", "file_sha256"]].iloc[0]
    try:
        return refilled(review, file, path, digest)
    except Exception:  # what a form cannot hold costs that department the form, not the run
        LOG.warning("%s goes back as a list alone", path.name)
        return None


def _empty() -> Workbook:
    book = Workbook()
    book.remove(book.active)
    return book


def _mark_all(book: Workbook, issues: pd.DataFrame) -> None:
    """Mark every faulty cell of a workbook; an empty list at the box that says so (无此类情形)."""
    is_empty_list = issues["cell"].isna() & (issues["code"] == "sheet.no-rows")
    placed = issues.assign(cell=issues["cell"].mask(is_empty_list, NONE_BOX_CELL))
    placed = placed[placed["cell"].notna() & placed["sheet"].isin(book.sheetnames)]
    for (sheet, cell), rows in placed.groupby(["sheet", "cell"], sort=True):
        if cell != NONE_BOX_CELL or book[sheet][cell].value == NONE_BOX:
            _mark(_anchor(book[sheet], cell), rows)


def _anchor(sheet: Worksheet, address: str) -> Cell:
    """Return a cell, or the first cell of the merged range it lies under."""
    cell = sheet[address]
    if not isinstance(cell, MergedCell):
        return cell
    merged = next(area for area in sheet.merged_cells.ranges if address in area)
    return sheet.cell(merged.min_row, merged.min_col)


def _mark(cell: Cell, issues: pd.DataFrame) -> None:
    """Colour a cell by its worst issue, say in a comment what to do, and let it be done.

    What nobody can see, nobody can take out: hidden characters are gone from the cell itself.
    """
    worst = min(issues["severity"], key=list(MARKS).index)
    cell.fill = PatternFill("solid", start_color=MARKS[worst][1])
    text = "\n".join(
        f"【{MARKS[row['severity']][0]}】{text_of(row['message_zh'])}。{advice_of(row)}"
        for row in issues.to_dict("records")
    )
    cell.protection = Protection(locked=False)
    if "hidden-characters" in set(issues["rule"]) and cell.data_type == "s":
        put_text(cell, INVISIBLE.sub("", cell.value))
    if cell.comment is not None:
        text += THEIRS + cell.comment.text
    cell.comment = Comment(text, OFFICE, height=90 + 18 * text.count("\n"), width=340)
