"""Whose return is this? Four witnesses: `_meta`, cover code, cover name, file name (归属)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from reviewlib.intake.headings import normal
from reviewlib.intake.issues import Place, issue
from reviewlib.intake.locate import Located
from reviewlib.intake.record_sheet import record_cells
from reviewlib.intake.values import Reading, parse
from reviewlib.intake.values.departments import Resolver
from reviewlib.intake.workbook import TEXT, Cell, Sheet, Workbook
from reviewlib.schema.returns import COVERS, META_SHEET

LAST_TITLE_ROW = 10
UNIT_LINE = re.compile(
    r"^\s*(?:填报单位|填报部门|填表单位|单位名称|报送单位)\s*[:：]\s*([^\s:：]+)"
)
VERSION_MARKS = re.compile(
    r"\d{4,}|v\d+|[\W_]+|自评(表|工作簿|报告)?|回头看|工作簿|最终版?|定稿|副本|修改版?|终稿|报送",
    re.I,
)


@dataclass(frozen=True)
class Witness:
    """One place that says whose workbook this is."""

    zh: str
    en: str
    said: str
    code: str | None
    cell: Cell | None = None
    sheet: str = ""


def meta_of(workbook: Workbook) -> dict[str, str]:
    """Return what the hidden `_meta` sheet of our form says: label in one cell, value beside it."""
    for sheet in workbook.sheets:
        if sheet.name == META_SHEET:
            return dict(_pairs(sheet))
    return {}


def _pairs(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for cells in sheet.rows.values():
        texts = [cell.text.strip() for _, cell in sorted(cells.items())]
        if len(texts) >= 2:
            yield texts[0], texts[1]


def identify(
    workbook: Workbook, cover: Located | None, reading: Reading, place: Place
) -> tuple[str | None, list[dict]]:
    """Tell which department a return belongs to.

    Returns
    -------
    (code or None, issues)
        The cover's code counts, then the cover's name, `_meta`, the file's name; witnesses that
        say otherwise, or a cover that names nobody of the roster, are an error to be settled, at
        the cell for which the fewest others speak.
    """
    witnesses = list(_witnesses(workbook, cover, reading))
    known = [witness for witness in witnesses if witness.code]
    if not known:
        return None, [issue("file.unknown-department", place, "", _nobody_known(witnesses))]
    code = known[0].code
    others = [w for w in witnesses if w.code != code and (w.code or w.cell)]
    if not others:
        return code, []
    voices = Counter(witness.code for witness in known)
    placed = [witness for witness in (*others, known[0]) if witness.cell]
    spot = min(placed, key=lambda witness: voices[witness.code], default=known[0])
    words = _disagreement(known[0], others, reading)
    at = replace(place, dept_code=code, sheet=spot.sheet).at(spot.cell)
    return code, [issue("row.constraint", at, spot.said, words, rule="identity-disagrees",
                        outcome="kept")]  # fmt: skip


def _nobody_known(witnesses: list[Witness]) -> dict[str, str]:
    """Return what witnesses say of whom none is of the roster, in both languages."""
    heard = [witness for witness in witnesses if witness.said]
    return {
        "detail": "、".join(f"{w.zh}“{w.said}”" for w in heard) or "没有任何线索",
        "detail_en": ", ".join(f"{w.en} “{w.said}”" for w in heard) or "nothing tells",
    }


def _disagreement(believed: Witness, others: list[Witness], reading: Reading) -> dict[str, str]:
    """Return who says what, and which is believed for now, in both languages."""
    told = [_testimony(witness, reading) for witness in (believed, *others)]
    zh, en = zip(*told, strict=True)
    return {
        "detail": f"归属说法不一：{'，'.join(zh)}；暂以{believed.zh}为准",
        "detail_en": f"Whose return this is, is told differently: {', '.join(en)}; "
                     f"{believed.en} counts for now",
    }  # fmt: skip


def _testimony(witness: Witness, reading: Reading) -> tuple[str, str]:
    zh, en, said = witness.zh, witness.en, witness.said
    if not witness.code:
        return f"{zh}“{said}”不在名册中", f"{en} “{said}” is not in the roster"
    name = reading.departments.short_name(witness.code)
    return f"{zh}为{name}（{said}）", f"{en} says {name} ({said})"


def _witnesses(workbook: Workbook, cover: Located | None, reading: Reading) -> Iterator[Witness]:
    """Yield the witnesses in the order in which they are believed."""
    resolver = reading.departments
    said = dict(_cover_cells(cover)) if cover else {}
    if "declared_code" in said:
        cell = said["declared_code"]
        parsed = parse(cell, COVERS["declared_code"], reading)
        code = parsed.value if parsed and parsed.value in resolver.names else None
        yield Witness("封面代码", "the code on the cover", cell.text, code, cell, cover.sheet.name)
    if "declared_name" in said:
        cell = said["declared_name"]
        code = resolver.resolve(cell.text).code
        yield Witness("封面名称", "the name on the cover", cell.text, code, cell, cover.sheet.name)
    meta = meta_of(workbook).get("dept_code", "")
    if meta:
        yield Witness("表样代码", "the code in the form", meta, resolver.leading_code(meta))
    yield from _unit_lines(workbook, resolver)
    yield Witness("文件名", "the file name", PurePath(workbook.file).stem,
                  code_in_name(workbook.file, reading))  # fmt: skip


def _unit_lines(workbook: Workbook, resolver: Resolver) -> Iterator[Witness]:
    """Yield the lines 填报单位：… above the tables that name a department."""
    for sheet in workbook.sheets:
        for row, cells in sheet.rows.items():
            for cell in cells.values() if row <= LAST_TITLE_ROW else ():
                line = UNIT_LINE.match(cell.value) if cell.type == TEXT else None
                code = resolver.resolve(line[1]).code if line else None
                if code:
                    yield Witness("填报单位", "the line 填报单位", line[1], code, cell, sheet.name)


def _cover_cells(cover: Located) -> Iterator[tuple[str, Cell]]:
    for name, cell in record_cells(cover).items():
        if cell is not None and cell.type == TEXT and normal(cell.value):
            yield name, cell


def code_in_name(file: str, reading: Reading) -> str | None:
    """Return the department that a file name tells of, by code or by one whole part of the name."""
    stem = PurePath(file).stem
    resolver = reading.departments
    codes = [code for code in resolver.names if _holds(stem.upper(), code.upper())]
    if len(codes) == 1:
        return codes[0]
    parts = [part for part in VERSION_MARKS.sub(" ", stem).split() if len(part) >= 3]
    found = {resolver.resolve(part).code for part in parts} - {None}
    return found.pop() if len(found) == 1 else None


def _holds(stem: str, code: str) -> bool:
    """Say whether a code stands in a name by itself: DP3 does not stand in DP30 or ADP3."""
    return code in stem and bool(re.search(rf"(?<![A-Z0-9]){re.escape(code)}(?!\d)", stem))
