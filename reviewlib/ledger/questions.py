"""What a merge could not settle by itself (待裁决): kept on the log, shown in the workbook, decided
by people there."""

from __future__ import annotations

import hashlib

import pandas as pd

from reviewlib import schema
from reviewlib.ledger.history import History
from reviewlib.ledger.log import Event
from reviewlib.ledger.rows import (
    TRACKED,
    CopiedRow,
    Key,
    Row,
    key_text,
    next_id,
    plain_value,
    row_words,
    words,
)
from reviewlib.schema import Kind

IDENTIFIED = {"problems": "problem_id", "recommendations": "rec_id", "tasks": "task_id"}
"""Tables whose id other tables refer to, and the column that holds it everywhere."""

REASONS = {
    "conflict": ("两份来件先后修改了同一处", "Two edits of the same cell disagree"),
    "missing_row": ("来件中没有该行；是否删除须由人决定",
                    "The copy lacks this row; whether to remove it is for people to decide"),
    "id_taken": ("该编号已登记为另一行", "The id already stands for another row"),
    "no_id": ("该行没有编号", "The row has no id"),
    "renumbered": ("编号被改动；其他表中的关联仍指向原编号",
                   "The id was changed; other tables still refer to the old one"),
    "row_gone": ("该行已按裁决删除，来件又作了修改", "Removed by decision, and edited in the copy"),
}  # fmt: skip
"""Why a question was left, in both languages; `not_permitted` states its own reasons."""


def question_id(kind: str, table: str, key: Key, column: str, incoming: str, current: str) -> str:
    """Return the id of a question: the same disagreement has the same id."""
    text = "\x1f".join((kind, table, *key, column, incoming, current))
    return "Q-" + hashlib.sha256(text.encode("utf-8")).hexdigest()[:8].upper()


def asked(
    kind: str,
    history: History,
    copied: CopiedRow,
    *,
    key: Key | None = None,
    column: str = "",
    base: str | None = None,
    reason: tuple[str, str] | None = None,
) -> dict:
    """Return the parts of a question event about one row of a copy.

    Parameters
    ----------
    kind : str
        Of the vocabulary `question_kind`.
    history : History
    copied : CopiedRow
        What the copy says.
    key : tuple of str, optional
        The row of the ledger concerned, where it is not the copy's own key.
    column : str
        Where one field is in question; otherwise the whole row is.
    base : str, optional
        The field before both edits.
    reason : (str, str), optional
        Why, in both languages.
    """
    key = copied.key if key is None else key
    present = history.at(copied.table, key)
    now: Row = present.row if present else {}
    names = [column] if column else [
        name for name in dict.fromkeys([*now, *copied.row]) if name not in copied.unread
    ]  # fmt: skip
    changes = {name: (now.get(name), copied.row.get(name)) for name in names}
    zh, en = reason or REASONS[kind]
    about = {
        "question": question_id(kind, copied.table, key, column, _said(changes, 1),
                                _said(changes, 0)),
        "kind": kind, "column": column, "base": base or "", "reason_zh": zh, "reason_en": en,
        "suggestion": suggested_id(kind, history, copied.table, key),
        "mark": present.mark if present else "",
    }  # fmt: skip
    about = {name: text for name, text in about.items() if text}
    return {"kind": "question", "table": copied.table, "key": key, "cell": copied.cell,
            "changes": changes, "about": about}  # fmt: skip


def _said(changes: dict, side: int) -> str:
    return "\x1f".join(f"{name}={pair[side] or ''}" for name, pair in sorted(changes.items()))


def suggested_id(kind: str, history: History, table: str, key: Key) -> str:
    """Return a free id for a row that has none or another's; empty where ids are not issued."""
    if kind not in ("id_taken", "no_id") or table not in IDENTIFIED:
        return ""
    taken = [parts[0] for parts in history.keys(table)]
    return next_id(taken, key[0]) or f"{TRACKED[table].columns[0].example}"


def incoming_row(question: Event) -> Row:
    """Return the row a copy wanted, of a question about a whole row."""
    return {name: new for name, (_, new) in question.changes.items() if new is not None}


def current_text(history: History, question: Event) -> str:
    """Return the present text of what a question is about, as the workbook shows it."""
    present = history.at(question.table, question.key)
    if present is None:
        return ""
    column = question.about.get("column")
    if column:
        return words(question.table, column, present.row.get(column))
    return row_words(question.table, present.row)


def incoming_text(question: Event) -> str:
    """Return what the copy wanted, as the workbook shows it."""
    column = question.about.get("column")
    if column:
        return words(question.table, column, question.changes[column][1])
    return row_words(question.table, incoming_row(question))


def is_settled(history: History, question: Event) -> bool:
    """True where nothing is left to decide: the ledger says by now what the copy wanted."""
    present = history.at(question.table, question.key)
    kind, column = question.about["kind"], question.about.get("column")
    if kind == "missing_row":
        return present is None
    if kind == "no_id":
        return False
    if present is None:
        return kind != "row_gone"
    if column:
        return present.row.get(column) == question.changes[column][1]
    return present.row == incoming_row(question)


def open_questions(history: History) -> list[Event]:
    """Return the questions still to decide, in the order they were raised."""
    return [
        question
        for name, question in history.questions.items()
        if name not in history.decisions and not is_settled(history, question)
    ]


def is_same_text(seen: str, now: str) -> bool:
    """True where two shown texts differ in nothing but how a program saved them."""
    return plain_value(seen, Kind.TEXT) == plain_value(now, Kind.TEXT)


def question_frame(history: History, questions: list[Event]) -> pd.DataFrame:
    """Return questions as the frame `ledger_questions`, one row each, in Chinese words."""
    return schema.frame_of("ledger_questions", [
        {
            "question_id": question.about["question"],
            "question_kind": question.about["kind"],
            "about_table": TRACKED[question.table].sheet,
            "about_key": key_text(question.key),
            "about_column": _heading(question),
            "current_text": current_text(history, question) or None,
            "incoming_text": incoming_text(question) or None,
            "base_text": _base_text(question),
            "from_file": question.source,
            "from_cell": question.cell or None,
            "raised_on": pd.Timestamp(question.dated_on),
            "raised_on_precision": "day",
            "reason": question.about["reason_zh"],
            "suggestion": question.about.get("suggestion"),
        }
        for question in questions
    ])  # fmt: skip


def _heading(question: Event) -> str | None:
    column = question.about.get("column")
    return TRACKED[question.table][column].zh if column else None


def _base_text(question: Event) -> str | None:
    column, base = question.about.get("column"), question.about.get("base")
    return words(question.table, column, base) if column and base else None
