"""How the forms look: nine named styles, shared by every workbook."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

FACE = "宋体"  # on every Windows and WPS; LibreOffice puts a like face in its place
YELLOW, GREY, BLUE = "FFF9DB", "E7E7E7", "DCE6F1"
_LINE = Side(style="thin", color="A6A6A6")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAP = Alignment(vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)

TITLE, LINE, SUBTITLE = "表题", "表注", "表内小标题"
HEADING, INPUT, LOCKED, EXAMPLE = "表头", "填写", "锁定", "示例"
NOTE, PRINTED = "说明", "印制"


def _fill(color: str) -> PatternFill:
    return PatternFill("solid", start_color=color)


def add_styles(book: Workbook) -> None:
    """Give a workbook the styles of the forms: input cells yellow and unlocked, labels grey."""
    locked, unlocked = Protection(locked=True), Protection(locked=False)
    for style in (
        NamedStyle(TITLE, font=Font(FACE, 16, bold=True), protection=locked),
        NamedStyle(LINE, font=Font(FACE, 10, color="404040"), protection=locked),
        NamedStyle(SUBTITLE, font=Font(FACE, 12, bold=True), protection=locked),
        NamedStyle(NOTE, font=Font(FACE, 10.5), alignment=_WRAP, protection=locked),
        NamedStyle(PRINTED, font=Font(FACE, 10.5), border=BOX, alignment=_WRAP, protection=locked),
        NamedStyle(HEADING, font=Font(FACE, 10.5, bold=True), fill=_fill(BLUE), border=BOX,
                   alignment=_CENTRE, protection=locked),
        NamedStyle(INPUT, font=Font(FACE, 10.5), fill=_fill(YELLOW), border=BOX, alignment=_WRAP,
                   protection=unlocked),
        NamedStyle(LOCKED, font=Font(FACE, 10.5), fill=_fill(GREY), border=BOX, alignment=_WRAP,
                   protection=locked),
        NamedStyle(EXAMPLE, font=Font(FACE, 10.5, italic=True, color="595959"), border=BOX,
                   alignment=_LEFT, protection=locked),
    ):  # fmt: skip
        book.add_named_style(style)
