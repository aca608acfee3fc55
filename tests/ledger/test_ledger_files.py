"""The merge with real workbooks: what people edit, what goes wrong, what a kill leaves."""

import errno
import os
import shutil
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from folders_by_hand import add, cell, copy_of, delete, edit, heading_row, new_folder, put_ledger
from ledgers_by_hand import frames, problem, state_of, task
from pandas.testing import assert_frame_equal
from readers_here import IN_PLACE

from reviewlib.errors import ReviewError, UsageError
from reviewlib.ledger.history import rebuild
from reviewlib.ledger.log import LOG_FILE, read_log
from reviewlib.ledger.merge_folder import merge_folder
from reviewlib.ledger.office import SOURCES_FOLDER, open_office, read_book
from reviewlib.ledger.opening import open_review
from reviewlib.ledger.report import merge_report
from reviewlib.ledger.rows import FIELDS, TRACKED, frames_of
from reviewlib.schema import Kind

PROBLEMS, TASKS = TRACKED["problems"].sheet, TRACKED["tasks"].sheet
DAY = date(2025, 8, 1)


def merged(folder: Path, *copies: Path, day: str = "2025-08-01"):
    """Take copies in."""
    return merge_folder(folder, copies, date.fromisoformat(day), "编办督查岗")


def codes(result) -> list[str]:
    """Codes of the data issues a merge told."""
    return list(result.refusals["code"])


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Path:
    """A review with two problems and a task, merged once; for copying."""
    path = tmp_path_factory.mktemp("begun") / "review"
    new_folder(path, problems=[problem(1), problem(2)], tasks=[task(1)])
    merged(path)
    return path


@pytest.fixture
def folder(begun, tmp_path) -> Path:
    """A review folder of one's own."""
    return Path(shutil.copytree(begun, tmp_path / "review"))


def test_the_first_merge_marks_every_row(folder):
    """After it the workbook, its marks and the log say the same."""
    log = read_log(folder / LOG_FILE)
    office = open_office(folder, IN_PLACE)
    book, issues = read_book(office, folder / "ledger.xlsx", IN_PLACE, is_own=True)

    assert {row.mark for row in book.rows} == {e.id for e in log.events if e.kind == "row"}
    assert issues == []
    assert book.head == log.head


def test_merging_again_touches_nothing(folder):
    """Without edits neither file changes by a byte."""
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}

    result = merged(folder)

    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert (result.events, after) == ((), before)


def test_edits_in_place_and_in_copies_come_together(folder):
    """Three people, three cells: all three stand in the workbook afterwards, each on the log."""
    one, other = copy_of(folder, "甲.xlsx"), copy_of(folder, "乙.xlsx")
    edit(folder / "ledger.xlsx", PROBLEMS, ("P-01", "问题名称", "就地改的名称"))
    edit(one, PROBLEMS, ("P-01", "严重程度", "高"))
    edit(other, TASKS, ("T-001", "进度", 0.55))

    merged(folder, one, other)

    assert cell(folder / "ledger.xlsx", PROBLEMS, "P-01", "问题名称") == "就地改的名称"
    assert cell(folder / "ledger.xlsx", PROBLEMS, "P-01", "严重程度") == "高"
    assert cell(folder / "ledger.xlsx", TASKS, "T-001", "进度") == 0.55
    sources = [event.source for event in read_log(folder / LOG_FILE).events if event.changes]
    assert sources[-3:] == ["ledger.xlsx", "甲.xlsx", "乙.xlsx"]


def test_an_event_names_the_cell_it_came_from(folder):
    """The log leads back to sheet and cell of the copy, and the copy is kept."""
    copy = edit(copy_of(folder), PROBLEMS, ("P-02", "问题名称", "新名称"))
    content = copy.read_bytes()

    event = next(event for event in merged(folder, copy).events if event.kind == "row")

    page = openpyxl.load_workbook(copy)[PROBLEMS]
    assert event.cell == f"{PROBLEMS}!A{heading_row(page) + 2}"
    kept = folder / SOURCES_FOLDER / f"{event.sha256[:16]}.xlsx"
    assert kept.read_bytes() == content


def test_a_conflict_is_decided_in_the_workbook(folder):
    """The question stands on its sheet with both texts; the decision written there takes effect."""
    one, other = copy_of(folder, "甲.xlsx"), copy_of(folder, "乙.xlsx")
    edit(one, PROBLEMS, ("P-01", "问题名称", "甲的名称"))
    edit(other, PROBLEMS, ("P-01", "问题名称", "乙的名称"))
    first = merged(folder, one, other)
    question = first.conflicts.loc[0, "question_id"]
    stale = first.refusals.set_index("code").loc["row.stale-edit"]
    page = openpyxl.load_workbook(other)[PROBLEMS]
    assert (stale["file"], stale["sheet"]) == ("乙.xlsx", PROBLEMS)
    assert stale["cell"] == f"A{heading_row(page) + 1}"
    own = folder / "ledger.xlsx"
    assert cell(own, "待裁决", question, "现有内容") == "甲的名称"
    assert cell(own, "待裁决", question, "来件内容") == "乙的名称"

    edit(own, "待裁决", (question, "裁决", "采用来件"), (question, "裁决岗位", "编办分管副主任"))
    result = merged(folder, day="2025-08-02")

    assert cell(own, PROBLEMS, "P-01", "问题名称") == "乙的名称"
    assert result.events[0].about == {
        "question": question, "decision": "take", "by": "编办分管副主任"}  # fmt: skip
    assert result.frames["ledger_questions"].empty


def test_a_row_deleted_in_excel_is_asked(folder):
    """The last row too: the workbook says how new it is."""
    result = merged(folder, delete(copy_of(folder), TASKS, "T-001"))

    assert list(result.conflicts["question_kind"]) == ["missing_row"]
    assert cell(folder / "ledger.xlsx", TASKS, "T-001", "整改措施") == "措施1"


def test_a_row_added_without_id_or_with_a_taken_one(folder):
    """Both are kept as questions with their content, though the reader could not use them."""
    copy = add(copy_of(folder), PROBLEMS, 问题名称="没有编号的问题", 类别="力量配备")
    add(copy, PROBLEMS, 问题编号="P-02", 问题名称="编号重复的问题", 类别="力量配备")

    result = merged(folder, copy)

    asked = result.conflicts.set_index("question_kind")["incoming_text"]
    assert "编号重复的问题" in asked["id_taken"]
    assert len(result.frames["problems"]) == 2
    assert "没有编号的问题" in asked["no_id"]


def test_a_value_nobody_can_read_is_named_and_changes_nothing(folder):
    """A status that is none: the cell is named, the other edit of the row is taken in."""
    copy = edit(copy_of(folder), PROBLEMS, ("P-01", "状态", "差不多了"),
                ("P-01", "问题名称", "新名称"))  # fmt: skip

    result = merged(folder, copy)

    wrong = result.refusals[result.refusals["code"] == "cell.not-in-list"]
    assert list(wrong["raw"]) == ["差不多了"] and wrong["cell"].notna().all()
    assert cell(folder / "ledger.xlsx", PROBLEMS, "P-01", "状态") == "整改中"
    assert cell(folder / "ledger.xlsx", PROBLEMS, "P-01", "问题名称") == "新名称"


def test_a_renamed_and_a_missing_and_an_extra_heading(folder):
    """A column nobody knows any more blanks nothing; an extra one is named."""
    copy = copy_of(folder)
    book = openpyxl.load_workbook(copy)
    page = book[PROBLEMS]
    top = heading_row(page)
    for found in page[top]:
        if found.value == "严重程度":
            found.value = "轻重"
    page.cell(top, page.max_column + 1).value = "领导批示"
    page.cell(top + 1, page.max_column).value = "请抓紧"
    book.save(copy)
    edit(copy, PROBLEMS, ("P-01", "问题名称", "新名称"))

    result = merged(folder, copy)

    assert {"label.missing", "label.extra"} <= set(codes(result))
    assert "原件已存入 ledger-sources/" in merge_report(result)
    assert cell(folder / "ledger.xlsx", PROBLEMS, "P-01", "严重程度") == "中"
    assert cell(folder / "ledger.xlsx", PROBLEMS, "P-01", "问题名称") == "新名称"


def test_a_copy_without_one_sheet(folder):
    """The other sheets are taken in; the missing one deletes nothing."""
    copy = edit(copy_of(folder), PROBLEMS, ("P-01", "问题名称", "新名称"))
    book = openpyxl.load_workbook(copy)
    del book[TASKS]
    book.save(copy)

    result = merged(folder, copy)

    assert "sheet.missing" in codes(result)
    assert cell(folder / "ledger.xlsx", PROBLEMS, "P-01", "问题名称") == "新名称"
    assert len(result.frames["tasks"]) == 1


@pytest.mark.parametrize(
    ("case", "fact", "value", "code"),
    [
        ("another review", "cycle", "示例区 2024-06-30", "file.other-review"),
        ("an older template", "template_version", "00000000", "file.old-template"),
    ],
)
def test_copies_that_are_refused(folder, case, fact, value, code):
    """The hidden sheet tells where a copy comes from; nothing of it is taken in."""
    copy = edit(copy_of(folder), PROBLEMS, ("P-01", "问题名称", "别处的名称"))
    book = openpyxl.load_workbook(copy)
    for name, beside in book["_meta"].iter_rows(max_col=2):
        if name.value == fact:
            beside.value = value
    book.save(copy)

    result = merged(folder, copy)

    assert (codes(result), result.events) == ([code], ())


def test_a_file_that_is_no_workbook(folder, tmp_path):
    """It is named; the copy beside it is taken in."""
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    copy = edit(copy_of(folder), PROBLEMS, ("P-01", "问题名称", "新名称"))

    result = merged(folder, broken, copy)

    assert [code.partition(".")[0] for code in codes(result)] == ["file"]
    assert cell(folder / "ledger.xlsx", PROBLEMS, "P-01", "问题名称") == "新名称"


@pytest.mark.parametrize(
    ("case", "copies", "day", "said"),
    [
        ("no such copy", ["没有.xlsx"], "2025-08-01", "找不到台账副本“没有.xlsx”"),
        ("a day before the log's last", [], "2025-07-31", "早于日志的最后日期 2025-08-01"),
    ],
)
def test_wrong_use(folder, case, copies, day, said):
    """The message says what is wrong; nothing is written."""
    before = (folder / LOG_FILE).read_bytes()

    with pytest.raises(UsageError, match=said):
        merged(folder, *(folder / name for name in copies), day=day)
    assert (folder / LOG_FILE).read_bytes() == before


def test_an_own_ledger_nobody_can_read_is_not_written_over(folder):
    """The merge stops: the file may hold what no log has."""
    (folder / "ledger.xlsx").write_bytes(b"half a file")

    with pytest.raises(ReviewError, match="台账无法读取"):
        merged(folder)
    assert (folder / "ledger.xlsx").read_bytes() == b"half a file"


def test_a_ledger_that_was_deleted_is_written_anew(folder):
    """The log holds everything that was merged."""
    before = (folder / "ledger.xlsx").read_bytes()
    (folder / "ledger.xlsx").unlink()

    merged(folder)

    assert (folder / "ledger.xlsx").read_bytes() == before


def test_a_damaged_log_line_is_named_and_kept(folder):
    """The line stays where it was, the change it held is made up from the workbook."""
    merged(folder, edit(copy_of(folder), PROBLEMS, ("P-01", "问题名称", "日志丢失的名称")))
    path = folder / LOG_FILE
    raw = path.read_bytes().replace("日志丢失的名称".encode(), b"?")
    path.write_bytes(raw)

    result = merged(folder)

    told = result.refusals[result.refusals["code"] == "file.log-damaged"]
    assert list(told["row"]) == [6]
    assert path.read_bytes().startswith(raw)
    assert rebuild(read_log(path))["problems"].loc[0, "title"] == "日志丢失的名称"


KILL = """
    import os, sys
    sys.path[:0] = {paths!r}
    from datetime import date
    import reviewlib.ledger
    module = sys.modules["reviewlib.ledger.merge_folder"]
    write, count = module.write_whole, 0
    def dying(path, data):
        global count
        count += 1
        if count == {at}:
            path.with_name("." + path.name + ".new").write_bytes(data[: len(data) // 2])
            os.kill(os.getpid(), 9)
        write(path, data)
    module.write_whole = dying
    module.merge_folder({folder!r}, {copies!r}, date(2025, 8, 2), "编办督查岗")
"""


@pytest.mark.parametrize("at", [1, 2])
def test_a_kill_between_log_and_workbook_heals(folder, at):
    """Killed while writing the log, or the workbook: run again, and nothing is missing."""
    edit(folder / "ledger.xlsx", PROBLEMS, ("P-02", "问题名称", "就地改的名称"))
    copy = edit(copy_of(folder), PROBLEMS, ("P-01", "问题名称", "副本改的名称"))
    script = KILL.format(paths=sys.path, at=at, folder=str(folder), copies=[str(copy)])
    died = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False)
    assert died.returncode == -9

    merged(folder, copy, day="2025-08-02")

    own = folder / "ledger.xlsx"
    assert cell(own, PROBLEMS, "P-01", "问题名称") == "副本改的名称"
    assert cell(own, PROBLEMS, "P-02", "问题名称") == "就地改的名称"
    log = read_log(folder / LOG_FILE)
    titles = [event for event in log.events if event.changes and "title" in event.changes]
    assert (len(titles), log.damages) == (4, ())
    book, _ = read_book(open_office(folder, IN_PLACE), own, IN_PLACE, is_own=True)
    assert book.head == log.head
    assert not list(folder.glob(".*.new"))


def test_two_merges_at_once(folder):
    """The second says so and writes nothing."""
    from reviewlib.ledger.alone import alone_in

    with alone_in(folder), pytest.raises(UsageError, match="另一项台账并入正在进行"):
        merged(folder)


@pytest.mark.skipif(os.name != "posix", reason="flock")
def test_a_folder_that_knows_no_locks_is_told_as_such(folder, monkeypatch):
    """As some network drives are; nobody else's merge is blamed."""

    def flock(*_):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", flock)
    with pytest.raises(UsageError, match="无法锁定评估文件夹（不支持文件锁）"):
        merged(folder)


def random_value(rng, column, codes):
    """A value of a column as people would write it."""
    if rng.random() < 0.25:
        return None
    if column.kind is Kind.CODE:
        return f"X-{rng.integers(0, 100):02}"
    if column.kind is Kind.DEPARTMENT:
        return str(rng.choice(codes))
    if column.kind is Kind.DEPARTMENTS:
        return ";".join(rng.choice(codes, size=2, replace=False))
    if column.kind is Kind.CHOICE:
        return str(rng.choice(column.vocabulary.codes))
    if column.kind is Kind.CHOICES:
        return ";".join(rng.choice(column.vocabulary.codes, size=2, replace=False))
    if column.kind is Kind.DATE:
        return pd.Timestamp("2025-07-01") + pd.Timedelta(days=int(rng.integers(0, 300)))
    if column.kind is Kind.COUNT:
        return int(rng.integers(0, 5))
    if column.kind is Kind.SHARE:
        return int(rng.integers(0, 1001)) / 1000
    if column.kind is Kind.YES_NO:
        return bool(rng.random() < 0.5)
    if column.kind is Kind.DOC_NO:
        return "示编〔2025〕6号"
    texts = ("编制偏紧，须核增3名", "=SUM(A1)", "+86", "第一行\n第二行", "0012", "2025.10",
             "完成80%", "无", "<b>粗</b>", "示编〔2025〕6号", "a|b;c")  # fmt: skip
    return str(rng.choice(texts))


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_ledger_says_the_workbook_gives_back(tmp_path, seed):
    """A ledger of random content is written, read and is the same: no edit that nobody made."""
    rng = np.random.default_rng(seed)
    folder = new_folder(tmp_path / "review")
    codes = ["DP01", "DP02", "DP03"]
    ledger = {}
    for name, table in TRACKED.items():
        rows = [
            {c: random_value(rng, column, codes) for c, column in FIELDS[name].items()}
            | {c: f"{c[0].upper()}-{n:02}" for c in table.key
               if FIELDS[name][c].kind is Kind.CODE}
            | {c: codes[n] for c in table.key if c == "dept_code"}
            | {c: pd.Timestamp("2025-08-28") for c in table.key if c == "reported_on"}
            for n in range(3)
        ]  # fmt: skip
        ledger |= frames(**{name: rows})
    put_ledger(folder, ledger)

    office = open_office(folder, IN_PLACE)
    book, _ = read_book(office, folder / "ledger.xlsx", IN_PLACE, is_own=True)
    found = {name: {row.key: row.row for row in book.rows if row.table == name} for name in TRACKED}

    assert found == state_of(ledger)
    assert_frame_equal(frames_of(found)["problems"], frames_of(state_of(ledger))["problems"])


def test_a_copy_that_went_through_libreoffice(folder, soffice, tmp_path):
    """Saved by another program, a copy says what it said: its edit is taken in, nothing else."""
    copy = edit(copy_of(folder), PROBLEMS, ("P-01", "问题名称", "新名称"))
    out, profile = tmp_path / "saved", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", out, copy]
    subprocess.run(command, check=True, capture_output=True, timeout=180)

    result = merged(folder, out / copy.name)

    assert [event.changes for event in result.events if event.kind != "copy"] == [
        {"title": ("问题1", "新名称")}]  # fmt: skip
    assert codes(result) == []


def unlogged(review) -> list[str]:
    """What `ledger.xlsx` holds that the log has not taken in."""
    return list(review.issues.loc[review.issues["code"] == "row.unlogged", "message_zh"])


def test_edits_the_log_has_not_taken_in_are_named_and_used(folder, tmp_path):
    """Until the next merge a warning names the cell; the review shows what the workbook says.

    Whether what was read is kept from one opening to the next changes nothing.
    """
    assert unlogged(open_review(folder, kept=tmp_path / "kept")) == []
    edit(folder / "ledger.xlsx", PROBLEMS, ("P-01", "问题名称", "就地改的名称"))

    review = open_review(folder, kept=tmp_path / "kept")

    assert unlogged(review) == ["台账有修改尚未并入日志：P-01（问题名称）"]
    assert review.problems.loc[0, "title"] == "就地改的名称"
    for name, frame in open_review(folder).frames.items():
        assert_frame_equal(review.frames[name], frame)


def test_the_ledger_of_an_earlier_day_is_the_same_to_the_byte(folder):
    """Opened again for a day gone by, frames, cells and checksums are those of that day."""
    then = open_review(folder, "2025-08-15")
    merged(folder, edit(copy_of(folder), PROBLEMS, ("P-01", "问题名称", "后来的名称")),
           day="2025-09-01")  # fmt: skip

    again, now = open_review(folder, "2025-08-15"), open_review(folder, "2025-09-01")

    assert again.inputs == then.inputs
    for name, frame in then.frames.items():
        assert_frame_equal(again.frames[name], frame)
    assert now.problems.loc[0, "title"] == "后来的名称"
    assert now.inputs != then.inputs


def test_a_review_without_log_is_opened_as_it_stands(tmp_path):
    """No log: no history, no warning of edits, the ledger's rules all the same."""
    wrong = problem(1, status="pending_city")
    review = open_review(new_folder(tmp_path / "review", problems=[wrong]))

    assert review.ledger_events.empty
    assert "挂账仅限需市级明确的问题" in list(review.issues["message_zh"])
    assert unlogged(review) == []


def test_a_damaged_log_is_told_when_a_review_is_opened(folder):
    """The line is named; the rest of the history is there."""
    path = folder / LOG_FILE
    path.write_bytes(path.read_bytes() + b"half a line")

    review = open_review(folder)

    told = review.issues[review.issues["code"] == "file.log-damaged"]
    assert list(told["file"]) == [LOG_FILE]
    assert review.ledger_events["event_no"].max() == 4


def test_the_very_file_of_an_earlier_day_is_read_again(folder):
    """A ledger saved by hand on the day, without edits, comes back with its own checksum."""
    book = openpyxl.load_workbook(folder / "ledger.xlsx")
    book.save(folder / "ledger.xlsx")  # the same rows, other bytes
    then = open_review(folder, "2025-08-15")
    merged(folder, edit(copy_of(folder), PROBLEMS, ("P-01", "问题名称", "后来的名称")),
           day="2025-09-01")  # fmt: skip

    assert open_review(folder, "2025-08-15").inputs == then.inputs


def test_a_day_before_the_first_merge(tmp_path):
    """The file the log began with is read again, as if there were no log yet."""
    folder = new_folder(tmp_path / "review", problems=[problem(1)])
    then = open_review(folder, "2025-07-20")
    merged(folder, edit(copy_of(folder), PROBLEMS, ("P-01", "问题名称", "后来的名称")))

    again = open_review(folder, "2025-07-20")

    assert again.inputs == then.inputs
    assert_frame_equal(again.problems, then.problems)
    assert again.ledger_events.empty
