"""Leaving out what is empty loses nothing: what is read is what openpyxl reads of the whole file.

Where the markup is not what it seems, the part is left as it is; what only makes readers stumble
goes.
"""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from sheets_by_hand import workbook_bytes

from reviewlib.intake.lean import lean
from reviewlib.intake.limits import STANDARD
from reviewlib.intake.read_xlsx import read_xlsx
from reviewlib.intake.refusal import Refusal

SHEET, LIST = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
A1 = '<c r="A1" t="inlineStr"><is><t>甲</t></is></c>'
EMPTY = '<c r="B1" s="0"/>'
STRICT = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships":
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
}  # fmt: skip


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _changed(data: bytes, parts: dict[str, bytes]) -> bytes:
    """Return a workbook with some parts replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in (_parts(data) | parts).items():
            archive.writestr(name, part)
    return stream.getvalue()


def _with_sheet(xml: str | bytes) -> bytes:
    part = xml if isinstance(xml, bytes) else xml.encode()
    return _changed(workbook_bytes(openpyxl.Workbook()), {SHEET: part})


def _rows(cells: str, after: str = "", head: str = "") -> str:
    return (f'<worksheet xmlns="{MAIN}">{head}<sheetData><row r="1">{cells}</row></sheetData>'
            f"{after}</worksheet>")  # fmt: skip


def _values(data: bytes) -> dict[str, object]:
    (sheet,) = read_xlsx(data, STANDARD)
    return {cell.address: cell.value for cells in sheet.rows.values() for cell in cells.values()}


def _plain(data: bytes) -> dict[str, object]:
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row
            if cell.value is not None}  # fmt: skip


MARKUP = [
    # what, part, the values in it
    ("an empty cell between", _rows(A1 + EMPTY + '<c r="C1"><v>3</v></c>'), {"A1": "甲", "C1": 3}),
    ("an attribute that holds the end of a tag",
     _rows(A1 + '<c r="B1" x="/>" t="n"><v>2</v></c>'), {"A1": "甲", "B1": 2}),
    ("attributes in single quotes", _rows(A1 + "<c r='B1' s='0'/><c r='C1'><v>3</v></c>"),
     {"A1": "甲", "C1": 3}),
    ("an empty cell as the text of a cell",
     _rows(f'<c r="A1" t="inlineStr"><is><t><![CDATA[{EMPTY}]]></t></is></c>'), {"A1": EMPTY}),
    ("the end of the data as the text of a cell",
     _rows('<c r="A1" t="inlineStr"><is><t><![CDATA[</sheetData>]]></t></is></c><c r="B1"><v>2</v>'
           "</c>"), {"A1": "</sheetData>", "B1": 2}),
    ("the end of the data in a comment", _rows("<!-- </sheetData> -->" + A1), {"A1": "甲"}),
    ("the end of the data in an instruction", _rows("<?x </sheetData>?>" + A1), {"A1": "甲"}),
    ("cells without addresses", _rows('<c s="0"/><c><v>2</v></c>'), {"B1": 2}),
    ("a cell without address after an empty one", _rows(EMPTY + "<c><v>3</v></c>"), {"C1": 3}),
    ("rows left empty", _rows(A1 + '</row><row r="2" ht="15" customHeight="1"><c r="A2" s="0"/>'
                              '</row><row r="4"/><row r="5"><c r="A5"><v>5</v></c>'),
     {"A1": "甲", "A5": 5}),
    ("a row without number after an empty one",
     _rows(A1 + '</row><row r="4"></row><row><c><v>5</v></c>'), {"A1": "甲", "A5": 5}),
    ("elements with a prefix",
     f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
     "</x:row></x:sheetData></x:worksheet>", {"A1": 1}),
    ("a prefix on the outermost element only",
     _rows(A1 + EMPTY).replace(f'<worksheet xmlns="{MAIN}"', f'<x:worksheet xmlns:x="{MAIN}" '
                               f'xmlns="{MAIN}"').replace("</work", "</x:work"), {"A1": "甲"}),
    ("UTF-16", ('<?xml version="1.0" encoding="UTF-16"?>' + _rows(A1 + EMPTY)).encode("utf-16"),
     {"A1": "甲"}),
    ("no data at all", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>', {}),
    ("a merged area", _rows(A1 + EMPTY, '<mergeCells count="1"><mergeCell ref="A1:B1"/>'
                            "</mergeCells>"), {"A1": "甲"}),
    ("a link over an empty cell", _rows(A1, '<hyperlinks><hyperlink ref="A1" location="x"/>'
                                        "</hyperlinks>"), {"A1": "甲"}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "part", "values"), MARKUP, ids=[case[0] for case in MARKUP])
def test_nothing_is_lost_with_what_is_empty(what, part, values):
    """Every value is read at its own address, as openpyxl reads the whole file."""
    data = _with_sheet(part)

    assert _values(data) == values == _plain(data)


def test_what_is_hidden_and_merged_is_still_told():
    """Hidden rows and columns and merged areas are read although their cells are empty."""
    data = _with_sheet(_rows(
        A1 + EMPTY, '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
        '<cols><col min="3" max="4" hidden="1" width="9"/></cols>',
    ).replace('<row r="1">', '<row r="1" hidden="1">'))  # fmt: skip

    (sheet,) = read_xlsx(data, STANDARD)

    assert sheet.hidden_rows == {1} and sheet.hidden_columns == {3, 4}
    assert sheet.merges == ((1, 1, 1, 2),)


EXTENSION = (
    '<extLst><ext uri="a" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><xm:f>_lists!$A$1'
    "</xm:f><xm:v>1</xm:v><xm:t>a</xm:t></ext></extLst>"
)
"""What Excel writes behind the data where a list of choices stands on another sheet."""
COUNTED = _rows(A1 + '<c r="B1"><f>1+1</f></c><c r="C1" s="0"></c>')
EXTENDED = [
    # what, the sheet
    ("behind the data, after a comment", COUNTED.replace("</w", f"{EXTENSION}<!-- --></w")),
    ("in a cell", COUNTED.replace("</c></row>", f"{EXTENSION}</c></row>")),
    ("in a row", COUNTED.replace("</row>", f"{EXTENSION}</row>")),
    ("before the data", COUNTED.replace("<sheetData>", f"{EXTENSION}<sheetData>")),
    ("behind the data, its own name in front of every element",
     re.sub(r"<(/?)(?!xm:)(\w)", r"<\1x:\2", COUNTED.replace("</w", f"{EXTENSION}</w"))
     .replace("xmlns=", "xmlns:x=")),
    ("behind the data of Strict Open XML",
     COUNTED.replace(MAIN, STRICT[MAIN]).replace("</w", f"{EXTENSION}<!-- --></w")),
    ("an f of its own behind the data", COUNTED.replace("</w", "<f>1</f><v>1</v><!-- --></w")),
]  # fmt: skip


@pytest.mark.parametrize(("what", "part"), EXTENDED, ids=[case[0] for case in EXTENDED])
def test_an_extension_is_no_formula_of_a_cell(what, part):
    """Only an f of the sheet's own in a cell is its formula; the cell B1 has one without result."""
    (sheet,) = read_xlsx(_with_sheet(part), STANDARD)

    cells = [(cell.address, cell.text) for cell in sheet.rows[1].values()]
    assert cells == [("A1", "甲"), ("B1", "=1+1")]
    assert sheet.count.filled == {1}


def _own() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.append(["甲", 2])
    return book


def _charts() -> bytes:
    book = _own()
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=2, min_row=1))
    book.active.add_chart(chart, "D4")
    book.create_chartsheet("图").add_chart(BarChart())
    return workbook_bytes(book)


def _workbook_with(more: str) -> bytes:
    data = workbook_bytes(_own())
    part = _parts(data)[LIST].replace(b"<calcPr", more.encode() + b"<calcPr")
    return _changed(data, {LIST: part})


def _strict() -> bytes:
    data = workbook_bytes(_own())
    parts = _parts(data)
    for usual, strict in STRICT.items():
        parts = {n: part.replace(usual.encode(), strict.encode()) for n, part in parts.items()}
    return _changed(data, parts)


STUMBLES = [
    # what, the file
    ("a chart, and a sheet that is one", _charts()),
    ("a broken chart",
     _changed(_charts(), {"xl/charts/chart1.xml": b"<", "xl/drawings/drawing1.xml": b"<"})),
    ("broken properties",
     _changed(workbook_bytes(_own()), {"docProps/core.xml": b"<", "docProps/app.xml": b"<"})),
    ("a broken theme", _changed(workbook_bytes(_own()), {"xl/theme/theme1.xml": b"<"})),
    ("a pivot table whose data is not there",
     _workbook_with('<pivotCaches><pivotCache cacheId="1" r:id="rId99" xmlns:r="x"/>'
                    "</pivotCaches>")),
    ("a print title that is none",
     _workbook_with('<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'
                    "#REF!</definedName></definedNames>")),
    ("Strict Open XML", _strict()),
]  # fmt: skip


@pytest.mark.parametrize(("what", "data"), STUMBLES, ids=[case[0] for case in STUMBLES])
def test_what_no_table_needs_does_not_cost_the_file(what, data):
    """Charts, names, properties and pivots may be as they please: the cells are read."""
    assert _values(data) == {"A1": "甲", "B1": 2}


def test_strings_are_read_by_whatever_name_their_part_has():
    """The workbook's list of relations says which part it is, not the part's name."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    own = _parts(_with_sheet(_rows('<c r="A1" t="s"><v>0</v></c>')))
    types = (b'<Override PartName="/xl/words.xml" ContentType="application/vnd.openxmlformats-'
             b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>')  # fmt: skip
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="words.xml"/></Relationships>'
    data = _changed(_with_sheet(own[SHEET]), {
        "[Content_Types].xml": own["[Content_Types].xml"].replace(b"</Types>", types),
        RELATIONS: own[RELATIONS].replace(b"</Relationships>", relation.encode()),
        "xl/words.xml": f'<sst xmlns="{MAIN}"><si><t>甲</t></si></sst>'.encode(),
    })  # fmt: skip

    assert _values(data) == {"A1": "甲"}


def test_a_name_that_stands_in_the_text_stays():
    """Namespaces are changed where they are namespaces, not where somebody wrote them."""
    text = 'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"'
    book = _own()
    book.active["A1"] = text
    data = workbook_bytes(book)

    assert _values(data)["A1"] == text


def test_the_empty_cells_of_a_form_are_left_out():
    """Of a sheet of styled empty cells only the filled one is handed to openpyxl."""
    data = _with_sheet(_rows(A1 + "".join(f'<c r="B{n}" s="0"/>' for n in range(1, 2000)),
                             "<dataValidations/>"))  # fmt: skip

    assert _parts(lean(data, [SHEET]))[SHEET].decode() == _rows(A1)


LOST = [
    ("an address twice", _rows(A1 + '<c r="A1"><v>9</v></c>'), "重复"),
    ("a text that is not where it should be", _rows(A1 + '<c r="B1" t="inlineStr"><v>9</v></c>'),
     "B1 等 1 格"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "part", "word"), LOST, ids=[case[0] for case in LOST])
def test_a_cell_that_the_reader_lost_is_noticed(what, part, word):
    """The counter saw it, the reader did not give it: the file is refused, its sheet named."""
    with pytest.raises(Refusal, match=word) as caught:
        read_xlsx(_with_sheet(part), STANDARD)

    assert caught.value.code == "file.corrupt-file"
