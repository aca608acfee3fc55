"""The sample's ledger and its log say the same, and the log reads like a real one."""

import pytest
from command_runs import SAMPLE
from readers_here import IN_PLACE

from reviewlib.ledger.history import replay
from reviewlib.ledger.log import LOG_FILE, read_log
from reviewlib.ledger.office import open_office, read_book
from reviewlib.ledger.rows import TRACKED
from reviewlib.ledger.workflow import step_fault


@pytest.fixture(scope="module")
def log():
    return read_log(SAMPLE / LOG_FILE)


def test_the_log_rebuilds_the_ledger(log):
    """What the workbook says is what the log leads to, marks included."""
    office = open_office(SAMPLE, IN_PLACE)
    book, _ = read_book(office, SAMPLE / "ledger.xlsx", IN_PLACE, is_own=True)
    found = {name: {r.key: r.row for r in book.rows if r.table == name} for name in TRACKED}
    history = replay(log.events)

    assert log.damages == ()
    assert history.state == found
    assert {(row.table, row.key): row.mark for row in book.rows} == history.marks
    assert book.head == log.head


def test_every_step_on_the_log_is_permitted(log):
    """Problems and tasks take permitted steps only: returned, reopened, pending at the city too."""
    walked = [event.changes for event in log.events if event.table in ("problems", "tasks")]
    steps = [changes["status"] for changes in walked if "status" in changes]

    assert [step for step in steps if step_fault(*step)] == []
    assert {("to_close", "in_progress"), ("closed", "in_progress"),
            ("in_progress", "pending_city")} <= set(steps)  # fmt: skip
