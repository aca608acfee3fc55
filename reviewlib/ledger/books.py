"""One edited workbook as a merge sees it: its rows with their marks, and the decisions in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from reviewlib.ledger.rows import FIELDS, TRACKED, CopiedRow, Key, plain_rows, text_or_blank

LEDGER_FILE = "ledger.xlsx"


@dataclass(frozen=True)
class Answer:
    """What people decided on one question, and the present text they saw when they did."""

    question: str
    decision: str
    role: str
    seen: str
    cell: str = ""


@dataclass(frozen=True)
class Book:
    """One workbook of the ledger as it came back (来件).

    Parameters
    ----------
    name : str
        File name without folder.
    sha256 : str
    rows : tuple of CopiedRow
        In the workbook's order.
    answers : tuple of Answer
    tables : frozenset of str
        Tables that were found in it; of the others nothing is known.
    named : frozenset of (table, key)
        Rows that stand there but could not be used; they are not missing.
    is_own : bool
        True for the review's own `ledger.xlsx`.
    questions : frozenset of str
        The questions that stand in it, decided or not.
    head : str
        The last event of the log when the workbook was written; empty where it does not say.
    """

    name: str
    sha256: str
    rows: tuple[CopiedRow, ...]
    answers: tuple[Answer, ...] = ()
    tables: frozenset[str] = frozenset(TRACKED)
    named: frozenset[tuple[str, Key]] = field(default_factory=frozenset)
    is_own: bool = False
    questions: frozenset[str] = frozenset()
    head: str = ""

    @property
    def digest(self) -> str:
        """Checksum of what the rows and decisions say, the same however a program saved them."""
        said = [
            [r.table, r.key, sorted(r.row.items()), r.mark, sorted(r.unread)] for r in self.rows
        ]
        said += [[a.question, a.decision, a.seen] for a in self.answers]
        text = json.dumps(sorted(said, key=str), ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def book_of(
    name: str,
    sha256: str,
    frames: Mapping[str, pd.DataFrame],
    unread: Iterable[tuple[str, str, str]] = (),
    **particulars,
) -> Book:
    """Return a workbook's frames as a merge sees them.

    Parameters
    ----------
    name, sha256 : str
    frames : mapping of str to DataFrame
        Ledger tables as intake read them, `ledger_questions` among them; those that are not there
        were not found in the workbook.
    unread : iterable of (table, cell, column)
        Where no value could be read, though something stands there: table, first cell of the row
        (`问题台账!A5`; empty for the whole column), column.
    **particulars
        `named`, `is_own`, `head`.
    """
    blind: dict[tuple[str, str], set[str]] = {}
    for table, cell, column in unread:
        blind.setdefault((table, cell), set()).add(column)
    rows = [
        replace(row, unread=frozenset(blind.get((table, ""), set())
                                      | blind.get((table, row.cell), set())))
        for table in FIELDS if table in frames
        for row in plain_rows(table, frames[table])
    ]  # fmt: skip
    return Book(
        name, sha256, tuple(rows), _answers(frames.get("ledger_questions")),
        frozenset(TRACKED) & frozenset(frames), questions=_asked(frames), **particulars,
    )  # fmt: skip


def _asked(frames: Mapping[str, pd.DataFrame]) -> frozenset[str]:
    questions = frames.get("ledger_questions")
    return frozenset() if questions is None else frozenset(questions["question_id"].dropna())


def _answers(questions: pd.DataFrame | None) -> tuple[Answer, ...]:
    if questions is None:
        return ()
    decided = questions.dropna(subset=["question_id", "decision"]).astype(object)
    return tuple(
        Answer(row["question_id"], row["decision"], text_or_blank(row["decided_by_role"]),
               text_or_blank(row["current_text"]), text_or_blank(row["source_cell"]))
        for row in decided.to_dict("records")
    )  # fmt: skip
