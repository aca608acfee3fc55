"""Edited copies into the ledger: disjoint changes merge, disagreements are kept beside, nothing is
overwritten in silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from reviewlib.ledger.books import Book
from reviewlib.ledger.decide import decide
from reviewlib.ledger.history import History, replay
from reviewlib.ledger.issues import issue, issue_frame
from reviewlib.ledger.log import Event, Log, sealed
from reviewlib.ledger.questions import asked, open_questions, question_frame
from reviewlib.ledger.rows import TRACKED, CopiedRow, frames_of, key_text
from reviewlib.ledger.settle import has_key, ordered, origin_of, settle
from reviewlib.schema.codes import NOT_USED

PARTIAL_COPY_ROWS = 10
"""A copy that lacks this many rows of a table, and more than half of it, was sent as an excerpt."""


@dataclass(frozen=True)
class MergeResult:
    """What a merge came to.

    Parameters
    ----------
    frames : dict of str to DataFrame
        The ledger after it: every ledger table with its marks, and `ledger_questions` still open.
    log : Log
        The log with the new events at its end.
    events : tuple of Event
        The new ones.
    conflicts : DataFrame
        The questions this merge raised, as `ledger_questions`.
    refusals : DataFrame
        Data issues: workbooks refused, rows and decisions not taken in, each with its cell.
    """

    frames: dict[str, pd.DataFrame]
    log: Log
    events: tuple[Event, ...]
    conflicts: pd.DataFrame
    refusals: pd.DataFrame

    @property
    def is_settled(self) -> bool:
        """True where nothing new is left to decide and nothing was refused."""
        return self.conflicts.empty and not self.refusals["severity"].isin(NOT_USED).any()


@dataclass
class _Desk:
    """The merge at work: the history so far, the events and the issues it made."""

    history: History
    head: str
    as_of: date
    role: str
    owner_names: Mapping[str, tuple[str, ...]]
    is_log_damaged: bool
    events: list[Event] = field(default_factory=list)
    issues: list[dict] = field(default_factory=list)
    standing: Book | None = None

    def write(self, book: Book, parts: dict) -> None:
        """Put one event on the log, unless it is a question already asked.

        The first event of a merge is preceded by what stood in the own workbook when it began, so
        that the very file of that day can be found again.
        """
        if parts["kind"] == "question" and self._is_asked(parts):
            return
        standing, self.standing = self.standing, None
        if standing and standing is not book:
            self.write(standing, {"kind": "copy", "about": {"digest": standing.digest,
                                                            "state": "unchanged"}})  # fmt: skip
        event = sealed(
            Event(dated_on=self.as_of, role=self.role, source=book.name, sha256=book.sha256,
                  **parts), self.head,
        )  # fmt: skip
        self.history.take(event)
        self.events.append(event)
        self.head = event.id
        if parts["kind"] == "question" and parts["about"]["kind"] == "conflict":
            self.name("row.stale-edit", book, place=event.cell, column=parts["about"]["column"])

    def _is_asked(self, parts: dict) -> bool:
        about = parts["about"]
        if about["question"] in self.history.questions:
            return True
        wanted = [new for _, new in parts["changes"].values()]
        return any(
            (q.about["kind"], q.table, q.key, q.about.get("column"))
            == (about["kind"], parts["table"], parts["key"], about.get("column"))
            and [new for _, new in q.changes.values()] == wanted
            for q in open_questions(self.history)
        )

    def name(self, code: str, book: Book, **facts) -> None:
        """Name a data issue of a copy."""
        self.issues.append(issue(code, file=book.name, file_sha256=book.sha256, **facts))


def merge(
    log: Log,
    books: Sequence[Book],
    as_of: date,
    role: str,
    owner_names: Mapping[str, tuple[str, ...]] | None = None,
) -> MergeResult:
    """Take edited workbooks into the ledger (台账归并).

    Parameters
    ----------
    log : Log
        The ledger so far; an empty log takes the first workbook as the beginning.
    books : sequence of Book
        The review's own workbook first, then the copies, in the order they count.
    as_of : date
        Date of the new events.
    role : str
        Post of who merges.
    owner_names : mapping of str to tuple of str, optional
        Names of each department, to know the owner in a verifier's post.
    """
    desk = _Desk(replay(log.events), log.head, as_of, role, owner_names or {}, bool(log.damages))
    for book in books:
        _take_in(desk, book)
    raised = [event for event in desk.events if event.kind == "question"]
    return MergeResult(
        ledger_frames(desk.history), log.after(desk.events), tuple(desk.events),
        question_frame(desk.history, raised), issue_frame(desk.issues),
    )  # fmt: skip


def ledger_frames(history: History) -> dict[str, pd.DataFrame]:
    """Return every table of the ledger workbook: rows with their marks, and what is to decide."""
    frames = frames_of(history.state, history.marks)
    return frames | {"ledger_questions": question_frame(history, open_questions(history))}


def _take_in(desk: _Desk, book: Book) -> None:
    if book.is_own and desk.history.count:
        desk.standing = book
    if {book.sha256, book.digest} & desk.history.copies:
        if not book.is_own:
            desk.name("file.same-copy", book)
        return
    if _is_foreign(desk, book):
        desk.name("file.other-review", book)
        return
    before = len(desk.events)
    known_until = _known_until(desk.history, book)
    decide(desk.history, book, lambda parts: desk.write(book, parts), _namer(desk, book))
    claimed = _take_rows(desk, book)
    _ask_for_missing(desk, book, claimed, known_until)
    if len(desk.events) > before:
        desk.write(book, {"kind": "copy", "about": {"digest": book.digest}})


def _known_until(history: History, book: Book) -> int:
    """Return the number of the last event the workbook can know of."""
    if book.head in history.numbers:
        return history.numbers[book.head]
    marks = (history.versions.get(row.mark) for row in book.rows)
    return max((version.number for version in marks if version), default=0)


def _namer(desk: _Desk, book: Book):
    return lambda code, **facts: desk.name(code, book, **facts)


def _is_foreign(desk: _Desk, book: Book) -> bool:
    """True where a copy carries marks and not one of them is of this ledger."""
    marks = {row.mark for row in book.rows if row.mark}
    is_unknown = bool(marks) and not marks & desk.history.versions.keys()
    return is_unknown and not book.is_own and not desk.is_log_damaged


def _take_rows(desk: _Desk, book: Book) -> set[int]:
    """Settle every row; return the identities of the rows that stand in the copy."""
    rows, repeated = ordered(book, desk.history)
    claimed: set[int] = set()
    for copied in rows:
        _name_unknown_mark(desk, book, copied)
        origin = origin_of(desk.history, book, copied, claimed, desk.is_log_damaged)
        if origin:
            claimed.add(origin.identity)
        _claim(desk, copied, claimed)
        for parts in settle(desk.history, copied, origin, desk.owner_names):
            desk.write(book, parts)
    for copied in repeated:
        _claim(desk, copied, claimed)
        desk.write(book, asked("id_taken" if has_key(copied) else "no_id", desk.history, copied))
    return claimed


def _claim(desk: _Desk, copied: CopiedRow, claimed: set[int]) -> None:
    """Note that the row under this key stands in the copy."""
    present = desk.history.at(copied.table, copied.key)
    if present:
        claimed.add(present.identity)


def _name_unknown_mark(desk: _Desk, book: Book, copied: CopiedRow) -> None:
    if copied.mark and copied.mark not in desk.history.versions and not book.is_own:
        desk.name("row.unknown-mark", book, place=copied.cell, raw=copied.mark,
                  record_key=key_text(copied.key))  # fmt: skip


def _ask_for_missing(desk: _Desk, book: Book, claimed: set[int], known_until: int) -> None:
    """Ask about rows the copy must have held and holds no more; removing is for people."""
    for table in (name for name in TRACKED if name in book.tables):
        held = [
            version for identity, version in desk.history.current.items()
            if version.table == table and desk.history.born[identity] <= known_until
        ]  # fmt: skip
        missing = [version for version in held if version.identity not in claimed
                   and (table, version.key) not in book.named]  # fmt: skip
        if len(missing) >= PARTIAL_COPY_ROWS and len(missing) * 2 > len(held):
            desk.name("row.excerpt", book, place=f"{TRACKED[table].sheet}!", count=len(missing))
            continue
        for version in missing:
            gone = CopiedRow(table, version.key, {}, version.mark, f"{TRACKED[table].sheet}!")
            desk.write(book, asked("missing_row", desk.history, gone))
