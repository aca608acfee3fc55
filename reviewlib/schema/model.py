"""What a table, a column and a vocabulary are. Declarations live in the files beside this one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a cell of a column is read; one value parser and one pandas dtype each."""

    TEXT = "text"
    CODE = "code"  # an identifier, upper case, no spaces
    COUNT = "count"  # whole number, 0 or more
    NUMBER = "number"  # decimal number, 0 or more
    SHARE = "share"  # 0–1, shown as per cent
    DATE = "date"
    LEVEL = "level"  # A, B, C, D
    YES_NO = "yes_no"
    CHOICE = "choice"  # one code of a vocabulary
    CHOICES = "choices"  # several codes of a vocabulary, joined by ";"
    DEPARTMENT = "department"  # one dept_code
    DEPARTMENTS = "departments"  # several dept_codes, joined by ";", the lead first
    DOC_NO = "doc_no"  # a document number, brackets normalised to 〔〕


FIGURES = (Kind.COUNT, Kind.NUMBER, Kind.SHARE)
"""Kinds that measure something, in a unit."""

DTYPES = {
    Kind.COUNT: "Int64",
    Kind.NUMBER: "Float64",
    Kind.SHARE: "Float64",
    Kind.DATE: "datetime64[us]",
    Kind.YES_NO: "boolean",
}
"""pandas dtype by kind; every kind not named here is text (`str`)."""


@dataclass(frozen=True)
class Choice:
    """One allowed value: the code frames hold, the words people see, the spellings accepted."""

    code: str
    zh: str
    en: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of allowed values (下拉选项)."""

    name: str
    zh: str
    en: str
    choices: tuple[Choice, ...]

    @classmethod
    def of(cls, name: str, zh: str, en: str, *rows: tuple[str, ...]) -> Vocabulary:
        """Build a vocabulary from rows of (code, zh, en, synonym, …)."""
        return cls(name, zh, en, tuple(Choice(*row[:3], row[3:]) for row in rows))

    def __iter__(self) -> Iterator[Choice]:
        return iter(self.choices)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(choice.code for choice in self.choices)

    def label(self, code: str, lang: str = "zh") -> str:
        """Return the words for a code; an unknown code as it is, so that nothing vanishes."""
        for choice in self.choices:
            if choice.code == code:
                return choice.en if lang == "en" else choice.zh
        return code


@dataclass(frozen=True)
class Column:
    """One column, declared once: template, reader, checks, data dictionary and page read this.

    Parameters
    ----------
    name : str
        Name in the frame.
    zh, en : str
        Heading on the form and on the page.
    kind : Kind
    required : bool
        A blank is a data issue `cell.required`.
    vocabulary : Vocabulary, optional
        For `CHOICE` and `CHOICES`.
    synonyms : tuple of str
        Other headings met for the same column.
    unit : str
        Chinese unit in the heading: 人, 名, 个, 项 …; a value may carry it.
    is_input : bool
        False: computed or printed on the form, locked; read only to be audited.
    is_term : bool
        A date by which something is to be put right: a term may stand for it (立行立改, 长期推进).
    max_length : int, optional
        Characters, for text.
    width : int
        Width on the form, in characters.
    help_zh, help_en : str
        Shown when the cell is selected, and in the data dictionary.
    example : str
        What the instruction sheet shows.
    """

    name: str
    zh: str
    en: str
    kind: Kind = Kind.TEXT
    required: bool = False
    vocabulary: Vocabulary | None = None
    synonyms: tuple[str, ...] = ()
    unit: str = ""
    is_input: bool = True
    is_term: bool = False
    max_length: int | None = None
    width: int = 14
    help_zh: str = ""
    help_en: str = ""
    example: str = ""

    @property
    def heading(self) -> str:
        """The heading printed on the form, with its unit."""
        return f"{self.zh}（{self.unit}）" if self.unit else self.zh

    @property
    def dtype(self) -> str:
        return DTYPES.get(self.kind, "str")


class Layout(StrEnum):
    """How a table stands on its sheet."""

    LIST = "list"  # one heading row, any number of rows below
    FIXED = "fixed"  # one heading row, rows printed beforehand and known by their key column
    RECORD = "record"  # one record: labels in column A, values in column B


@dataclass(frozen=True)
class Table:
    """One table: where it stands in which workbook, its row, its columns.

    Parameters
    ----------
    name : str
        Plural of its row; the attribute of `Review`.
    zh, en : str
        Title.
    workbook : str
        roster, return, visit, ledger, moderation, receipts.
    sheet : str
        Sheet name on the form.
    row : str
        What one row is, in English.
    columns : tuple of Column
    key : tuple of str
        Columns that identify a row within the review.
    layout : Layout
    row_keys : Vocabulary, optional
        For `FIXED`: the rows printed on the form, by their key column (the first). None when the
        rubric gives them.
    synonyms : tuple of str
        Other sheet names met.
    """

    name: str
    zh: str
    en: str
    workbook: str
    sheet: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    layout: Layout = Layout.LIST
    row_keys: Vocabulary | None = None
    synonyms: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name!r}; it has {self.names}")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def carries_department(self) -> bool:
        """True where the department is known from the workbook, not from a column."""
        return self.workbook == "return"

    @property
    def dtypes(self) -> dict[str, str]:
        """dtype of every column of the frame, in order.

        `dept_code` comes first where the workbook tells it, a `…_precision` (day, month) follows
        every date, and the provenance of the row closes.
        """
        dtypes = {"dept_code": "str"} if self.carries_department else {}
        for column in self.columns:
            dtypes[column.name] = column.dtype
            if column.kind is Kind.DATE:
                dtypes[f"{column.name}_precision"] = "str"
        return dtypes | dict.fromkeys(PROVENANCE, "str")


PROVENANCE = ("source_file", "source_sheet", "source_cell", "dq_flags")
"""Closing columns of every frame: file relative to the review folder, sheet, first cell of the row,
and the codes of its data issues joined by ";"."""
