"""A merge with its files: copies in, `ledger.xlsx` and `ledger-log.jsonl` out.

The log is written first: a merge that is killed afterwards has lost nothing, and the next one
writes the workbook from the log. Every workbook that is taken in, and every `ledger.xlsx` that is
replaced, is kept as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from reviewlib.disk import write_whole
from reviewlib.errors import ReviewError, UsageError
from reviewlib.intake.readers import Readers
from reviewlib.ledger.alone import alone_in
from reviewlib.ledger.books import LEDGER_FILE, Book, book_of
from reviewlib.ledger.issues import issue, issue_frame
from reviewlib.ledger.log import LOG_FILE, Damage, Log, read_log, text_of
from reviewlib.ledger.merge import MergeResult, merge
from reviewlib.ledger.office import Office, keep_source, open_office, read_book

MOST_TOLD = 1000
"""Stretches of damaged lines that are told one by one."""


def merge_folder(
    folder: str | Path, copies: Sequence[str | Path], as_of: date, role: str
) -> MergeResult:
    """Take edited copies, and what was edited in `ledger.xlsx` itself, into the ledger.

    Parameters
    ----------
    folder : path
        The review folder.
    copies : sequence of path
        Edited copies of its `ledger.xlsx`, in the order they count. None: only what was edited in
        place.
    as_of : date
        Date of the changes; the log has no clock.
    role : str
        Post of who merges.

    Returns
    -------
    MergeResult
        Its `refusals` also hold what the workbooks have wrong.

    Raises
    ------
    UsageError
        A copy that is not there, a date before the last event, another merge at work.
    ConfigError
        The review folder cannot be used.
    """
    with Readers() as readers:
        office = open_office(folder, readers)
        paths = [_existing(Path(copy)) for copy in copies]
        return _merged(office, paths, as_of, role, readers)


def _merged(
    office: Office, paths: Sequence[Path], as_of: date, role: str, readers: Readers
) -> MergeResult:
    with alone_in(office.folder):
        log = read_log(office.folder / LOG_FILE)
        _check_date(log, as_of)
        books, issues = _read_all(office, paths, readers)
        result = merge(log, [book for _, book in books], as_of, role, office.owner_names)
        issues += damages_named(log)
        told = issue_frame(issues)
        result = replace(result, refusals=_joined(told, result.refusals))
        _write(office, books, result)
    return result


def _existing(path: Path) -> Path:
    if path.is_file():
        return path
    raise UsageError(
        f"找不到台账副本“{path.name}”", f"there is no copy {path.name!r}", where=path.name,
        fix_zh="。请核对文件路径。", fix_en="See to the path.",
    )  # fmt: skip


def _check_date(log: Log, as_of: date) -> None:
    """Events stand in the order of their dates, so that a day's ledger is a stretch of the log."""
    if log.last_on and as_of < log.last_on:
        raise UsageError(
            f"并入日期 {as_of} 早于日志的最后日期 {log.last_on}",
            f"{as_of} is before the last date of the log, {log.last_on}.", where=LOG_FILE,
            fix_zh="。请用 --as-of 给出不早于该日的日期。",
            fix_en="Give --as-of a date that is not earlier.",
        )  # fmt: skip


def _read_all(
    office: Office, paths: Sequence[Path], readers: Readers
) -> tuple[list[tuple[Path, Book]], list[dict]]:
    """Read the own workbook first, then the copies; what is refused is named and left out."""
    own = office.folder / LEDGER_FILE
    books, issues = [], []
    for path in ([own] if own.is_file() else []) + list(paths):
        book, told = read_book(office, path, readers, is_own=path is own)
        issues += told
        if book:
            books.append((path, book))
        elif path is own:
            _refuse_own(told)
    return books, issues


def _refuse_own(told: list[dict]) -> None:
    """Stop: replacing a ledger nobody could read might lose what is in it."""
    said = told[-1] if told else {"message_zh": "无法读取", "message_en": "cannot be read"}
    raise ReviewError(
        f"台账无法读取：{said['message_zh']}", f"the ledger cannot be read: {said['message_en']}",
        where=LEDGER_FILE,
        fix_zh="。请先修复；或将其移走后重新运行，由日志重新生成。",
        fix_en="Repair it; or move it away and run again, to write it anew from the log.",
    )  # fmt: skip


def damages_named(log: Log) -> list[dict]:
    """Return the damaged lines of a log as data issues; lines one below the other are one."""
    runs: list[list[Damage]] = []
    for damage in log.damages:
        last = runs[-1][-1] if runs else None
        if last and last.line + 1 == damage.line and last.zh == damage.zh:
            runs[-1].append(damage)
        else:
            runs.append([damage])
    told = [_damage_issue(run) for run in runs[:MOST_TOLD]]
    rest = sum(map(len, runs[MOST_TOLD:]))
    return [*told, *([_further_damage(runs[MOST_TOLD][0], rest)] if rest else [])]


def _damage_issue(run: Sequence[Damage]) -> dict:
    zh = en = ""
    if len(run) > 1:
        zh = f"（至第 {run[-1].line} 行，共 {len(run)} 行）"
        en = f" (and on to line {run[-1].line}, {len(run)} lines)"
    return issue("file.log-damaged", file=LOG_FILE, row=run[0].line, detail=run[0].zh + zh,
                 detail_en=run[0].en + en)  # fmt: skip


def _further_damage(first: Damage, count: int) -> dict:
    return issue("file.log-damaged", file=LOG_FILE, row=first.line,
                 detail=f"此处起另有 {count} 行同样不能采用",
                 detail_en=f"From here on {count} more lines cannot be used either")  # fmt: skip


def _joined(*frames: pd.DataFrame) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else frames[0]


def _write(office: Office, books: list[tuple[Path, Book]], result: MergeResult) -> None:
    """Keep the sources, then the log, then the workbook; nothing where nothing changed."""
    own = next((book for _, book in books if book.is_own), None)
    if result.events:
        taken = {event.sha256 for event in result.events}
        for path, book in books:
            if book.is_own or book.sha256 in taken:
                keep_source(office, path)
        _append(office.folder / LOG_FILE, result)
    elif own and _says_the_same(own, result):
        return
    elif own:
        keep_source(office, office.folder / LEDGER_FILE)
    data = office.workbook(result.frames, result.log.head)
    write_whole(office.folder / LEDGER_FILE, data)


def _append(path: Path, result: MergeResult) -> None:
    """Add the new events; what stands in the log, damaged or not, stays as it is."""
    before = path.read_bytes() if path.exists() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"  # the last line was cut off; a new one must not be joined to it
    write_whole(path, before + text_of(result.events).encode("utf-8"))


def _says_the_same(own: Book, result: MergeResult) -> bool:
    """True where the workbook already holds rows, marks and questions of the ledger."""
    questions = set(result.frames["ledger_questions"]["question_id"])
    written = book_of(own.name, "", {**result.frames})
    return {(r.table, r.key, r.mark) for r in own.rows} == {
        (r.table, r.key, r.mark) for r in written.rows
    } and own.questions == questions
