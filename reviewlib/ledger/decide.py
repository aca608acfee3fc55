"""Decisions that people wrote beside the questions (裁决), carried out."""

from __future__ import annotations

from collections.abc import Callable

from reviewlib.ledger.books import Answer, Book
from reviewlib.ledger.changes import changed_fields, with_fields
from reviewlib.ledger.history import History
from reviewlib.ledger.log import Event
from reviewlib.ledger.questions import (
    IDENTIFIED,
    current_text,
    incoming_row,
    is_same_text,
    suggested_id,
)
from reviewlib.ledger.rows import TRACKED, Key, Row
from reviewlib.ledger.workflow import held_back

Write = Callable[[dict], None]


def decide(history: History, book: Book, write: Write, name: Callable) -> None:
    """Carry out the decisions of one workbook.

    A decision counts only for what its author saw: where the present text has moved on since, the
    question stays open and the decision is named.
    """
    for answer in book.answers:
        question = history.questions.get(answer.question)
        if question is None:
            name("row.unknown-question", place=answer.cell, raw=answer.question)
        elif answer.question not in history.decisions:
            _carry_out(history, question, answer, write, name)


def _carry_out(history: History, question: Event, answer: Answer, write: Write, name) -> None:
    if not is_same_text(answer.seen, current_text(history, question)):
        name("row.decision-late", place=answer.cell, record_key=answer.question)
        return
    changes = _changes(history, question, answer)
    if changes is None:
        name("row.decision-impossible", place=answer.cell, record_key=answer.question,
             raw=answer.decision)  # fmt: skip
        return
    about = {"question": answer.question, "decision": answer.decision, "by": answer.role}
    write({"kind": "decision", "table": question.table, "key": question.key, "cell": answer.cell,
           "about": {name: text for name, text in about.items() if text}})  # fmt: skip
    for table, key, row in changes:
        present = history.at(table, key)
        fields = changed_fields(present.row if present else {}, row)
        if fields:
            write({"kind": "row", "table": table, "key": key, "cell": answer.cell,
                   "changes": fields})  # fmt: skip


def _changes(history: History, question: Event, answer: Answer):
    """Return rows as they shall be, as (table, present key, row); None for what cannot be done."""
    if answer.decision == "keep":
        return []
    kind = question.about["kind"]
    if answer.decision == "renumber" or kind == "no_id":
        return _renumbered(history, question) if kind in ("id_taken", "no_id") else None
    if kind == "renumbered":
        return _moved(history, question)
    present = history.at(question.table, question.key)
    row = present.row if present else {}
    column = question.about.get("column")
    if not column:
        return [(question.table, question.key, with_fields(row, question.changes))]
    wanted = with_fields(row, {column: question.changes[column]})
    if present is None or held_back(question.table, row, wanted):
        return None
    return [(question.table, question.key, wanted)]


def _renumbered(history: History, question: Event) -> list | None:
    """The copy's row under a fresh id."""
    fresh = suggested_id("no_id", history, question.table, question.key)
    if not fresh:
        return None
    row = {**incoming_row(question), IDENTIFIED[question.table]: fresh}
    return [(question.table, (fresh,), row)]


def _moved(history: History, question: Event) -> list | None:
    """A row under its new id, and every row that refers to it."""
    wanted = incoming_row(question)
    if question.table not in IDENTIFIED or not wanted.get(IDENTIFIED[question.table]):
        return None
    column, old = IDENTIFIED[question.table], question.key[0]
    new = wanted[column]
    if history.at(question.table, (new,)):
        return None
    moved: list[tuple[str, Key, Row]] = [(question.table, question.key, wanted)]
    for table, rows in history.state.items():
        if table != question.table and column in TRACKED[table].names:
            moved += [(table, key, {**row, column: new})
                      for key, row in rows.items() if row.get(column) == old]  # fmt: skip
    return moved


