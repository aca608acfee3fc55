"""What is asked of one file, and what it gave; both can be sent to another process and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Job:
    """One file to read.

    Parameters
    ----------
    path : Path
    file : str
        Path relative to the review folder, as frames and issues name it.
    workbook : str
        roster, return, visit, ledger, moderation, receipts.
    """

    path: Path
    file: str
    workbook: str


@dataclass
class FileRead:
    """What one file gave.

    Parameters
    ----------
    file, sha256, workbook : str
    dept_code : str or None
        For returns.
    rows : dict of str to list of dict
        Rows by table name, with provenance.
    set_aside : dict of str to list of dict
        Rows that were not used for want of a key of their own, by table name.
    meta : dict of str to str
        What the hidden `_meta` sheet of our form says.
    cells : list of tuple
        Rows of the frame `cells`, in the order of its columns.
    issues, sheets : sequence of dict
        Rows of the frames of those names.
    is_refused : bool
        The file could not be used at all.
    """

    file: str
    sha256: str
    workbook: str
    dept_code: str | None = None
    rows: dict[str, Sequence[dict]] = field(default_factory=dict)
    set_aside: dict[str, Sequence[dict]] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    cells: Sequence[tuple] = field(default_factory=list)
    issues: list[dict] = field(default_factory=list)
    sheets: Sequence[dict] = field(default_factory=list)
    is_refused: bool = False

    @property
    def declared_on(self) -> date | None:
        """The date of return that the cover declares."""
        covers = self.rows.get("covers") or [{}]
        return covers[0].get("declared_on")
