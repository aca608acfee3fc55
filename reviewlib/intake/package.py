"""The parts of an .xlsx, as its own lists have them: which part is which sheet (包内部件)."""

from __future__ import annotations

import posixpath
from xml.etree import ElementTree
from zipfile import ZipFile

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheet_parts(archive: ZipFile) -> list[tuple[str, str]]:
    """Return the name and the part of every worksheet, as the workbook's own list has them."""
    targets = _targets(archive, "/worksheet")
    tree = ElementTree.fromstring(archive.read(workbook_part(archive)))
    sheets = (item for item in tree.iter() if item.tag.rpartition("}")[2] == "sheet")
    listed = ((item.get("name"), targets.get(_relation_id(item))) for item in sheets)
    return [(name, part) for name, part in listed if part]


def helper_parts(archive: ZipFile) -> set[str]:
    """Return the parts that hold what cells refer to: styles and strings."""
    return set(_targets(archive, ("/styles", "/sharedStrings")).values())


def _targets(archive: ZipFile, kinds: str | tuple[str, ...]) -> dict[str | None, str]:
    """Return part by relation id, for the workbook's relations of some kinds."""
    root = workbook_part(archive)
    relations = ElementTree.fromstring(archive.read(relations_of(root)))
    return {
        item.get("Id"): _resolve(root, item.get("Target"))
        for item in relations
        if item.get("Type", "").endswith(kinds)
    }


def workbook_part(archive: ZipFile) -> str:
    """Return the part that lists the sheets."""
    relations = ElementTree.fromstring(archive.read("_rels/.rels"))
    for item in relations:
        if item.get("Type", "").endswith("/officeDocument"):
            return _resolve("", item.get("Target"))
    return "xl/workbook.xml"


def relations_of(part: str) -> str:
    """Return the part that lists what another part refers to."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolve(part: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _relation_id(sheet: ElementTree.Element) -> str | None:
    """Return the relation id; Strict workbooks write it in another namespace."""
    return sheet.get(_RELATION) or next(
        (value for key, value in sheet.attrib.items() if key.endswith("}id")), None
    )
