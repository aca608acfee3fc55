"""The log: what it keeps comes back, a damaged line is named, the past can be rebuilt."""

from datetime import date

import pytest
from ledgers_by_hand import problem
from pandas.testing import assert_frame_equal

from reviewlib.ledger.history import rebuild
from reviewlib.ledger.log import Log, _checksum, _json, parse_log, read_log, text_of
from reviewlib.ledger.merge_folder import damages_named
from reviewlib.schema.personal import OUR_MARK


@pytest.fixture
def grown(desk):
    """A log of three days: two problems; a title changed; one problem put on hold."""
    desk.begin(problems=[problem(1), problem(2)])
    for day, row, column, value in (("2025-08-05", 0, "title", "新名称"),
                                    ("2025-09-01", 1, "status", "pending_city")):  # fmt: skip
        changed = desk.copy()
        changed["problems"].loc[row, column] = value
        desk.merge(desk.book(changed), as_of=day)
    return desk.log


def test_what_is_written_is_read_again(grown):
    """The log's text holds every event, and its words are readable."""
    text = text_of(grown.events)

    assert parse_log(text.encode()) == grown
    assert all(OUR_MARK.fullmatch(event.id) for event in grown.events)  # no phone number
    assert "新名称" in text and '"date": "2025-08-05"' in text


def test_no_file_is_an_empty_log(tmp_path):
    """A ledger without log has no history, and that is no error."""
    assert read_log(tmp_path / "ledger-log.jsonl") == Log()


@pytest.mark.parametrize(
    ("day", "title", "status"),
    [
        (date(2025, 7, 31), None, None),
        (date(2025, 8, 1), "问题1", "in_progress"),
        (date(2025, 8, 5), "新名称", "in_progress"),
        (date(2025, 9, 1), "新名称", "pending_city"),
        (None, "新名称", "pending_city"),
    ],
)
def test_the_ledger_of_any_day(grown, day, title, status):
    """A day's ledger holds what was logged up to its end and nothing later."""
    problems = rebuild(grown, day)["problems"]

    found = (problems.loc[0, "title"], problems.loc[1, "status"]) if len(problems) else (None, None)
    assert found == (title, status)


def test_rebuilding_gives_what_the_merge_left(desk, grown):
    """The last day's ledger is the merged one, marks included."""
    for name, frame in rebuild(parse_log(text_of(grown.events).encode())).items():
        assert_frame_equal(frame, desk.frames[name])


def _reckoned(**body) -> str:
    """A line with the checksum it should have: anybody can reckon one."""
    body |= {"date": "2025-09-02"}
    return _json({**body, "id": _checksum(body)})


@pytest.mark.parametrize(
    ("case", "harm", "line", "kept"),
    [
        ("a letter changed", lambda ls: [*ls[:3], ls[3].replace("新名称", "旧名称"), *ls[4:]], 4,
         -1),
        ("half a line", lambda ls: [*ls[:-1], ls[-1][:40]], 7, -1),
        ("a line that is no JSON", lambda ls: [*ls[:4], "#### merge ####", *ls[4:]], 5, 0),
        ("a line taken out", lambda ls: [*ls[:3], *ls[4:]], 4, -1),
        ("a line twice", lambda ls: [*ls[:4], ls[3], *ls[4:]], 5, 0),
        ("two lines exchanged", lambda ls: [*ls[:3], ls[4], ls[3], *ls[5:]], 4, 0),
        ("a line of zero bytes", lambda ls: [*ls[:1], "\0" * 30, *ls[1:]], 2, 0),
        ("lists in lists in lists", lambda ls: [*ls[:1], "[" * 100_000, *ls[1:]], 2, 0),
        ("a key that is no list", lambda ls: [*ls, _reckoned(kind="row", key="P-01")], 8, 0),
        ("a change to nothing", lambda ls: [*ls, _reckoned(kind="row", table="problems",
                                                           changes={"title": ["a"]})], 8, 0),
        ("an unknown table", lambda ls: [*ls, _reckoned(kind="row", table="nothing")], 8, 0),
        ("a question about nothing", lambda ls: [*ls, _reckoned(kind="question")], 8, 0),
    ],
)  # fmt: skip
def test_a_damaged_line_is_named_and_the_rest_counts(grown, case, harm, line, kept):
    """Damage is found at its line; every sound event is still there."""
    lines = text_of(grown.events).splitlines()

    log = parse_log("\n".join(harm(lines)).encode())

    assert log.damages[0].line == line
    assert len(log.events) == len(grown.events) + kept


def test_a_log_in_another_encoding_is_damaged_not_fatal(grown):
    """Bytes that are no UTF-8 are a damaged line."""
    raw = text_of(grown.events).encode() + "坏".encode("gb18030") + b"\n"

    log = parse_log(raw)

    assert (len(log.events), len(log.damages)) == (len(grown.events), 1)


def test_damaged_lines_below_one_another_are_told_once(grown):
    """A thousand lines of somebody's notes are one finding, with where they begin and end."""
    lines = text_of(grown.events).splitlines()
    log = parse_log("\n".join([*lines[:2], *["x"] * 1000, *lines[2:], "y"]).encode())

    told = damages_named(log)

    assert [found["row"] for found in told] == [3, len(lines) + 1001]
    assert "至第 1002 行，共 1000 行" in told[0]["message_zh"]
    assert "to line 1002, 1000 lines" in told[0]["message_en"]
