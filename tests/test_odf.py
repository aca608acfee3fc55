"""Texts of an .ods that calamine passes over: they are read, by reading and for sending back."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest

from reviewlib import odf
from reviewlib.forms.as_written import as_written
from reviewlib.intake.limits import STANDARD
from reviewlib.intake.read_plain import read_plain
from reviewlib.intake.refusal import Refusal

SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "draw")
)
NOTE = "<office:annotation><text:p>注<text:tab/></text:p></office:annotation>"
BOX = "<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>"


def _ods(*cells: str) -> bytes:
    """Return an .ods with one row of cells, as their markup stands."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{SPACES}><office:body>'
        f'<office:spreadsheet><table:table table:name="甲"><table:table-row>{"".join(cells)}'
        "</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:'
                         'names:tc:opendocument:xmlns:manifest:1.0"/>')  # fmt: skip
        archive.writestr(odf.CONTENT, content)
    return stream.getvalue()


def _cell(inside: str, attributes: str = "") -> str:
    return f"<table:table-cell{attributes}>{inside}</table:table-cell>"


TYPED = _cell("<text:p>末</text:p>", ' office:value-type="string"')
CELLS = [
    # what, the markup before a cell that is read as it is, what is in the row
    ("text without a type", _cell("<text:p>甲</text:p>"), {1: "甲", 2: "末"}),
    ("with a style", _cell("<text:p>甲</text:p>", ' table:style-name="a/>"'), {1: "甲", 2: "末"}),
    ("over three columns", _cell("<text:p>甲</text:p>", ' table:number-columns-repeated="3"'),
     {1: "甲", 2: "甲", 3: "甲", 4: "末"}),
    ("behind empty cells", '<table:table-cell table:number-columns-repeated="2"/>'
     + _cell("") + _cell("<text:p>甲</text:p>"), {4: "甲", 5: "末"}),
    ("with a note on it", _cell(f"{NOTE}<text:p>甲</text:p>"), {1: "甲", 2: "末"}),
    ("under a merge", _cell("<text:p>甲</text:p>").replace("table-cell", "covered-table-cell"),
     {1: "甲", 2: "末"}),
    ("a line break and a tab",
     _cell("<text:p>1<text:line-break/>2<text:span><text:tab/>3</text:span></text:p>",
           ' office:value-type="string"'), {1: "1\n2\t3", 2: "末"}),
    ("a line break without a type", _cell("<text:p>1<text:line-break/>2</text:p>"),
     {1: "1\n2", 2: "末"}),
    ("only a note on it", _cell(NOTE), {2: "末"}),
    ("only a picture with text on it", _cell(BOX), {2: "末"}),
    ("a cell in a comment", _cell("<!-- <table:table-cell><text:p> --><text:p>甲</text:p>"),
     {1: "甲", 2: "末"}),
    ("a formula without a result", _cell("<text:p>甲</text:p>", ' table:formula="of:=1"'),
     {2: "末"}),
    ("a number", _cell("<text:p>1</text:p>", ' office:value-type="float" office:value="1"'),
     {1: 1, 2: "末"}),
]  # fmt: skip


@pytest.mark.parametrize("chunk", [odf.CHUNK, 7])
@pytest.mark.parametrize(("what", "markup", "values"), CELLS, ids=[case[0] for case in CELLS])
def test_what_a_spreadsheet_shows_is_read(tmp_path, monkeypatch, what, markup, values, chunk):
    """Every text that stands in a cell is read in its place, and nothing beside it."""
    monkeypatch.setattr(odf, "CHUNK", chunk)
    data = _ods(markup, TYPED)
    (tmp_path / "a.ods").write_bytes(data)

    (sheet,) = read_plain(data, STANDARD)
    written = as_written(tmp_path / "a.ods", hashlib.sha256(data).hexdigest())

    assert {column: cell.value for column, cell in sheet.rows[1].items()} == values
    assert written == {"甲": {1: values}}


def test_a_file_with_nothing_to_add_is_read_as_it_is():
    """Most files are only looked over; others than .ods not even that."""
    data = _ods(TYPED, '<table:table-cell table:style-name="a"/>')

    assert odf.readable(data) is data
    assert odf.readable(b"x") == b"x"


def test_content_that_is_no_xml_is_refused():
    """What cannot be followed to its end is damaged, not empty."""
    with pytest.raises(Refusal) as caught:
        read_plain(_ods(_cell("<text:p>甲</text:q>")), STANDARD)

    assert caught.value.code == "file.corrupt-file"
