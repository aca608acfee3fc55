"""The history of the sample's ledger: how it came to be what `ledger.xlsx` says, day by day.

Rows enter and reports come in on their own dates; the steps of problems and tasks stand in
`data/ledger_steps.csv`. Every day is merged as a real copy would be, so that a step the rules do
not permit cannot get into the sample.
"""

from __future__ import annotations

import hashlib
from datetime import date
from itertools import pairwise
from pathlib import Path

from reviewlib.intake.readers import Readers
from reviewlib.intake.roster import read_roster, reading_of
from reviewlib.ledger.books import LEDGER_FILE, Book
from reviewlib.ledger.changes import changed_fields
from reviewlib.ledger.history import replay
from reviewlib.ledger.log import LOG_FILE, Log, text_of
from reviewlib.ledger.merge import merge
from reviewlib.ledger.office import META_HEAD, Office, read_book
from reviewlib.ledger.rows import TRACKED, CopiedRow, Key, Row, State
from reviewlib.ledger.workflow import STEPPED, is_reopening, is_return
from reviewlib.review import Settings
from reviewlib.rubric import Rubric

from .sheets import Book as Pages
from .tables import read_table

ROLE = "区委编办监督检查科"
REGISTERED, REVIEWED, AGREED, TURNED = "2025-07-21", "2025-07-25", "2025-08-01", "2025-08-15"
"""Problems registered; findings merged; recommendations and tasks agreed; turned into tasks."""
CLOSING = ("evidence_ref", "verified_by_role", "verified_by_dept", "closed_on")


def write_log(folder: Path, settings: Settings, rubric: Rubric) -> None:
    """Write `ledger-log.jsonl` for the ledger as it lies in the folder, and its marks into it."""
    with Readers() as readers:
        roster = read_roster(folder, settings, readers)
        office = Office(folder, settings, roster, reading_of(roster, settings, rubric))
        book, _ = read_book(office, folder / LEDGER_FILE, readers, is_own=True)
    final: State = {name: {} for name in TRACKED}
    for row in book.rows:
        final[row.table][row.key] = row.row
    log = _history(final, settings.as_of)
    (folder / LOG_FILE).write_text(text_of(log.events), encoding="utf-8", newline="\n")
    _mark(folder, book, log)


def _history(final: State, last_on: date) -> Log:
    """Return a log of which the last day's ledger is the one given."""
    log, steps = Log(), read_table("ledger_steps")
    reports = {row.get("reported_on", "") for row in final["followups"].values()}
    replies = {row.get("replied_on", AGREED) for row in final["opinion_handlings"].values()}
    days = {REGISTERED, REVIEWED, AGREED, TURNED, *reports, *replies, *(s["on"] for s in steps)}
    for day in sorted(days):
        log = _merged(log, _on(final, steps, day), date.fromisoformat(day))
    log = _merged(log, final, last_on)
    if _differ(replay(log.events).state, final):
        raise ValueError("the log does not lead to the ledger")
    return log


def _differ(one: State, other: State) -> bool:
    return any(
        changed_fields(one.get(table, {}).get(key, {}), other.get(table, {}).get(key, {}))
        for table in TRACKED for key in {*one.get(table, {}), *other.get(table, {})}
    )  # fmt: skip


def _merged(log: Log, state: State, day: date) -> Log:
    history = replay(log.events)
    name = f"台账{day:%Y%m%d}.xlsx" if log.events else LEDGER_FILE
    rows = [
        CopiedRow(table, key, row, history.marks.get((table, _origin(history, table, key)), ""))
        for table, listed in state.items() for key, row in listed.items()
    ]  # fmt: skip
    checksum = hashlib.sha256(f"{day}".encode()).hexdigest()
    result = merge(log, [Book(name, checksum, tuple(rows))], day, ROLE)
    if len(result.conflicts):
        raise ValueError(f"{day}: {result.conflicts.to_dict('records')}")
    return result.log


def _origin(history, table: str, key: Key) -> Key:
    """Return the key a row had the day before: a finding gets its problem when it is merged."""
    if table == "problem_findings" and history.at(table, key) is None:
        return (key[0], "")
    return key


def _on(final: State, steps: list[dict], day: str) -> State:
    """Return the ledger as it stood at the end of a day."""
    return {table: dict(_rows_on(table, final, steps, day)) for table in TRACKED}


def _rows_on(table: str, final: State, steps: list[dict], day: str):
    for key, row in final[table].items():
        if day < _enters(table, row):
            continue
        if table in STEPPED:
            yield key, _stepped(table, key, row, final, steps, day)
        elif table == "problem_findings" and day < REVIEWED:
            yield (key[0], ""), {"finding_id": key[0], "status": "unmerged"}
        elif table == "recommendations" and day < TURNED:
            yield key, row | {"status": "proposed"}
        else:
            yield key, row


def _enters(table: str, row: Row) -> str:
    if table == "followups":
        return row["reported_on"]
    if table == "opinion_handlings":
        return row.get("replied_on", AGREED)
    return REGISTERED if table in ("problems", "problem_depts", "problem_findings") else AGREED


def _stepped(table: str, key: Key, row: Row, final: State, steps: list[dict], day: str) -> Row:
    """Return a problem or task as it stood: status, what closed it, progress and counts."""
    taken = [s for s in steps if s["table"] == table and s["on"] <= day
             and (s["key"] == "*" or key[0] in s["key"].split(";"))]  # fmt: skip
    statuses = _walked(taken)
    then = {name: text for name, text in row.items() if name not in CLOSING}
    then["status"] = statuses[-1]
    if statuses[-1] == "closed":
        then |= {name: taken[-1][name] for name in CLOSING}
    elif statuses[-1] == row["status"]:
        then |= {name: row[name] for name in CLOSING if name in row}
    if then.get("city_contacted_on", "") > day:
        del then["city_contacted_on"]
    pairs = list(pairwise(statuses))
    counts = {"returned_count": is_return, "reopened_count": is_reopening}
    then |= {name: str(sum(test(*pair) for pair in pairs))
             for name, test in counts.items() if name in row}  # fmt: skip
    if table == "problems" and then["status"] != "closed":
        then = {n: text for n, text in then.items() if not n.startswith("closure_")}
    return then | (_progress(key, final, day) if table == "tasks" else {})


def _walked(taken: list[dict]) -> list[str]:
    """Return the statuses walked; of two steps on one day the row's own counts."""
    by_day = {step["on"]: step["status"] for step in sorted(taken, key=lambda s: s["key"] != "*")}
    return [by_day[on] for on in sorted(by_day)]


def _progress(key: Key, final: State, day: str) -> Row:
    reports = [row for (task, on), row in final["followups"].items()
               if task == key[0] and on <= day]  # fmt: skip
    last = max(reports, key=lambda row: row["reported_on"], default={})
    return {"progress_share": last.get("progress_share", "0")}


def _mark(folder: Path, book: Book, log: Log) -> None:
    """Write the revision marks into the workbook, and the head of the log into `_meta`."""
    marks = replay(log.events).marks
    pages = Pages.open(folder / LEDGER_FILE)
    for row in book.rows:
        number = int("".join(letter for letter in row.cell.split("!")[1] if letter.isdigit()))
        column = TRACKED[row.table].names.index("revision") + 1
        pages.sheet(row.table).cell(number, column).value = marks[row.table, row.key]
    pages.book["_meta"].append((META_HEAD, log.head))
    pages.save()


