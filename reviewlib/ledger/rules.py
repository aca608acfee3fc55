"""What a sound ledger holds to beyond its single rows: closing, dates, states that agree.

The checks beside the schema see to each row by itself (evidence, dates, links, reasons); here is
what takes several tables, a department's names or the log. A breach stops nothing: the row counts
as it stands, and is named with its cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from reviewlib.findings.addresses import cell_of
from reviewlib.findings.verifiers import owner_names
from reviewlib.ledger.history import History
from reviewlib.ledger.issues import issue, issue_frame
from reviewlib.ledger.rows import TRACKED, key_text, plain_rows, text_or_blank
from reviewlib.ledger.workflow import (
    CRITERIA,
    STEPPED,
    Fault,
    closing_faults,
    is_reopening,
    is_return,
)
from reviewlib.review import Review
from reviewlib.schema.codes import ERROR, WARN

ORDERED_DATES = (
    ("problems", "found_on", "city_contacted_on"), ("tasks", "start_on", "closed_on"),
)  # fmt: skip
"""Table, a date, and a date that cannot lie before it; others are checked beside the schema."""

NEEDED = (
    ("opinion_handlings", "handling", "adopted", "rec_id", "采纳转建议须注明建议编号",
     "An adopted opinion needs its recommendation"),
    ("problem_findings", "status", "merged", "problem_id", "已归并的发现须注明问题编号",
     "A merged finding needs its problem"),
)  # fmt: skip
"""Table, column, its value, and the column that then may not be blank."""


@dataclass(frozen=True)
class Breach:
    """One rule broken by one row, the row's place in its frame, and how grave it is."""

    table: str
    row: int
    fault: Fault
    severity: str = ERROR
    code: str = "row.constraint"


def check_ledger(review: Review, history: History | None = None) -> pd.DataFrame:
    """Name every breach of the ledger's rules (台账规则检查).

    Parameters
    ----------
    review : Review
    history : History, optional
        The log replayed; with it the counts of returns and reopenings are compared.

    Returns
    -------
    DataFrame
        Rows of the frame `issues`: file, sheet and cell of the column to look at, both languages.
    """
    breaches = [
        *_verifiers(review), *_criteria(review), *_dates(review), *_needed(review),
        *_states(review), *(_counts(review, history) if history else ()),
    ]  # fmt: skip
    return issue_frame(_named(review, breach) for breach in breaches)


def _named(review: Review, breach: Breach) -> dict:
    frame, fault = review.frames[breach.table], breach.fault
    row = frame.iloc[[breach.row]]
    cell = cell_of(review, breach.table, row, fault.column).iloc[0]
    record = plain_rows(breach.table, row)[0]
    return issue(
        breach.code, severity=breach.severity, detail=fault.zh, detail_en=fault.en,
        file=text_or_blank(row["source_file"].iloc[0]),
        sheet=text_or_blank(row["source_sheet"].iloc[0]), cell=text_or_blank(cell),
        column=TRACKED[breach.table][fault.column].zh, record_key=key_text(record.key),
        raw=record.row.get(fault.column, ""), rule=f"ledger.{fault.column}",
    )  # fmt: skip


def _plain(review: Review, table: str) -> Iterator[tuple[int, dict]]:
    rows = plain_rows(table, review.frames[table])
    return ((number, copied.row) for number, copied in enumerate(rows))


def _verifiers(review: Review) -> Iterator[Breach]:
    """A verifier's post that names the owner is the owner."""
    names = owner_names(review.departments)
    for table in STEPPED:
        for number, row in _plain(review, table):
            for fault in closing_faults(table, row, names.get(row.get("owner", ""), ())):
                if fault.column == "verified_by_role" and "verified_by_role" in row:
                    yield Breach(table, number, fault, code="row.closing")


def _criteria(review: Review) -> Iterator[Breach]:
    """A closed problem records the five criteria, and its result was not missed."""
    for number, row in _plain(review, "problems"):
        if row.get("status") != "closed":
            continue
        for name in (name for name in CRITERIA if name not in row):
            column = TRACKED["problems"][name]
            yield Breach("problems", number, Fault(name, f"已销号，但未记录“{column.zh}”",
                         f"Closed; {column.en} is not recorded"), WARN)  # fmt: skip
        if row.get("closure_result") == "not_met":
            yield Breach("problems", number, Fault("closure_result", "已销号，但实际成效未达到",
                         "Closed, though the result is not met"), WARN)  # fmt: skip


def _dates(review: Review) -> Iterator[Breach]:
    for table, first, then in ORDERED_DATES:
        frame = review.frames[table]
        for number in _where(frame[then] < frame[first]):
            yield Breach(table, number, _early(table, then, TRACKED[table][first]))
    found_on = _looked_up(review.problems, "problem_id", "found_on", review.tasks)
    for number in _where(review.tasks["start_on"] < found_on):
        yield Breach("tasks", number, _early("tasks", "start_on", TRACKED["problems"]["found_on"]))
    start_on = _looked_up(review.tasks, "task_id", "start_on", review.followups)
    for number in _where(review.followups["reported_on"] < start_on):
        yield Breach("followups", number,
                     _early("followups", "reported_on", TRACKED["tasks"]["start_on"]))  # fmt: skip


def _looked_up(table: pd.DataFrame, key: str, column: str, frame: pd.DataFrame) -> pd.Series:
    """Return `column` of the row of `table` that each row of `frame` refers to by `key`."""
    known = table.dropna(subset=key).drop_duplicates(key).set_index(key)[column]
    return known.reindex(frame[key]).set_axis(frame.index)


def _early(table: str, column: str, bound) -> Fault:
    declared = TRACKED[table][column]
    return Fault(column, f"“{declared.zh}”早于“{bound.zh}”",
                 f"{declared.en} is before {bound.en}")  # fmt: skip


def _needed(review: Review) -> Iterator[Breach]:
    for table, column, value, other, zh, en in NEEDED:
        frame = review.frames[table]
        for number in _where((frame[column] == value) & frame[other].isna()):
            yield Breach(table, number, Fault(other, zh, en), WARN)


def _states(review: Review) -> Iterator[Breach]:
    """States that contradict another column."""
    open_tasks = review.tasks[~review.tasks["status"].isin(("closed", "rejected"))]
    for table in STEPPED:
        frame = review.frames[table]
        is_open = ~frame["status"].isin(("closed", "to_close"))
        for number in _where(is_open & frame["closed_on"].notna()):
            yield Breach(table, number, Fault("closed_on", "尚未销号，却填有销号日期",
                         "Not closed, but with a date of closure"), WARN)  # fmt: skip
    problems = review.problems
    is_closed = problems["status"] == "closed"
    for number in _where(is_closed & problems["problem_id"].isin(open_tasks["problem_id"])):
        yield Breach("problems", number, Fault("status", "问题已销号，尚有整改任务未销号",
                     "The problem is closed, a task of it is not"), WARN)  # fmt: skip
    waits = problems["status"] == "pending_city"
    for number in _where(waits & (problems["resolution_level"] != "city")):
        yield Breach("problems", number, Fault("resolution_level", "挂账仅限需市级明确的问题",
                     "Only what the city must decide is pending there"), WARN)  # fmt: skip


def _counts(review: Review, history: History) -> Iterator[Breach]:
    """The counts of returns and reopenings in the workbook are not below those on the log."""
    counted = times(history)
    for table in STEPPED:
        for number, row in _plain(review, table):
            key = tuple(row.get(name, "") for name in TRACKED[table].key)
            for column, count in counted.get((table, key), {}).items():
                if column in TRACKED[table].names and int(row.get(column, 0)) < count:
                    yield Breach(table, number, Fault(column, f"日志记有 {count} 次",
                                 f"The log has {count}"), WARN)  # fmt: skip


def times(history: History) -> Mapping[tuple, dict[str, int]]:
    """Count for each row how often it was returned and reopened, by (table, key)."""
    statuses: dict[int, list[str | None]] = {}
    for version in history.versions.values():
        statuses.setdefault(version.identity, []).append(version.row.get("status"))
    counts = {}
    for identity, version in history.current.items():
        pairs = list(zip(statuses[identity], statuses[identity][1:], strict=False))
        found = {"returned_count": sum(is_return(*pair) for pair in pairs),
                 "reopened_count": sum(is_reopening(*pair) for pair in pairs)}  # fmt: skip
        counts[version.table, version.key] = {name: n for name, n in found.items() if n}
    return counts


def _where(mask: pd.Series) -> list[int]:
    """Return the positions at which a condition surely holds."""
    return [number for number, holds in enumerate(mask.fillna(False)) if holds]
