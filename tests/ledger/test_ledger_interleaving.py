"""Copies taken, edited and merged in any order: no update is lost, every conflict is reported.

The test keeps its own account of who edited what from which text, in the plainest way, and knows
nothing of marks, identities or the log.
"""

import numpy as np
import pandas as pd
import pytest
from ledgers_by_hand import Desk, frames, problem
from pandas.testing import assert_frame_equal

from reviewlib.ledger.history import rebuild
from reviewlib.ledger.log import parse_log, text_of

COLUMNS = ("title", "description", "evidence_ref", "owner_role")
ROWS = 4


def taken(desk: Desk) -> dict:
    """A copy in somebody's hands: what it said when it was taken, and what it says now."""
    return {"frames": desk.copy(), "edits": {}}


def edit(rng, copy: dict, number: int) -> None:
    """Write a text nobody else writes into one cell; now and then blank it."""
    row, column = int(rng.integers(0, ROWS)), str(rng.choice(COLUMNS))
    text = None if rng.random() < 0.15 else f"文字{number}"
    table = copy["frames"]["problems"]
    before = copy["edits"].get((row, column), (table.loc[row, column],))[0]
    table.loc[row, column] = text
    copy["edits"][row, column] = (None if pd.isna(before) else before, text)


def expected_after(ledger: dict, copy: dict) -> tuple[dict, list]:
    """The plain account: an edit counts where its starting text still stands, else it conflicts."""
    after, conflicts = dict(ledger), []
    for cell, (before, text) in copy["edits"].items():
        if text in (before, ledger[cell]):
            continue
        if ledger[cell] == before:
            after[cell] = text
        else:
            conflicts.append((cell, text))
    return after, conflicts


def cells_of(desk: Desk) -> dict:
    """The ledger's cells as (row, column) → text or None."""
    table = desk.frames["problems"].astype(object)
    return {
        (row, column): None if pd.isna(table.loc[row, column]) else table.loc[row, column]
        for row in range(ROWS) for column in COLUMNS
    }  # fmt: skip


def conflicts_of(desk: Desk) -> list:
    """Incoming texts of the conflicts the last merge raised."""
    raised = desk.result.conflicts
    assert set(raised["question_kind"]) <= {"conflict"}
    return sorted(raised["incoming_text"].fillna(""))


@pytest.mark.parametrize("seed", range(60))
def test_random_interleavings(seed):
    """Whatever the order, the ledger is what the plain account says, conflicts included."""
    rng = np.random.default_rng(seed)
    desk = Desk().begin(problems=[problem(number) for number in range(1, ROWS + 1)])
    assert_same_row_order(desk)
    hands, asked = [], set()
    for step in range(30):
        action = rng.choice(["take", "edit", "edit", "edit", "merge"])
        if action == "take" or not hands:
            hands.append(taken(desk))
        elif action == "edit":
            edit(rng, hands[int(rng.integers(0, len(hands)))], step)
        else:
            copy = hands.pop(int(rng.integers(0, len(hands))))
            expected, conflicts = expected_after(cells_of(desk), copy)
            desk.merge(desk.book(copy["frames"], str(rng.choice(["甲.xlsx", "乙.xlsx"]))))
            new = [(cell, text) for cell, text in conflicts if (cell, text) not in asked]
            asked.update(new)
            assert cells_of(desk) == expected
            assert conflicts_of(desk) == sorted(text or "" for _, text in new)
    for name, frame in rebuild(parse_log(text_of(desk.log.events).encode())).items():
        assert_frame_equal(frame, desk.frames[name])


def damaged(rng, log):
    """The log after somebody dropped, cut, repeated or exchanged some of its lines."""
    lines = text_of(log.events).encode().splitlines()
    for _ in range(int(rng.integers(1, 4))):
        place = int(rng.integers(1, len(lines)))
        harm = rng.choice(["drop", "cut", "twice", "exchange"])
        if harm == "drop":
            lines.pop(place)
        elif harm == "cut":
            lines[place] = lines[place][: len(lines[place]) // 2]
        elif harm == "twice":
            lines.insert(place, lines[place])
        else:
            lines[place - 1 : place + 1] = lines[place - 1 : place + 1][::-1]
    return parse_log(b"\n".join(lines))


@pytest.mark.parametrize("seed", range(15))
def test_what_the_workbook_holds_outlives_a_damaged_log(seed):
    """Lines lost between merges: every row and every text of the workbook is still there."""
    rng = np.random.default_rng(seed)
    desk = Desk().begin(problems=[problem(number) for number in range(1, ROWS + 1)])
    for step in range(4):
        own = taken(desk)
        edit(rng, own, step)
        desk.log = damaged(rng, desk.log)
        desk.merge(desk.book(own["frames"], "ledger.xlsx", is_own=True))

        columns = ["problem_id", *COLUMNS]
        assert_frame_equal(desk.frames["problems"][columns], own["frames"]["problems"][columns])


def assert_same_row_order(desk: Desk) -> None:
    """Row numbers mean the same problem all through a test."""
    assert list(desk.frames["problems"]["problem_id"]) == list(
        frames(problems=[problem(n) for n in range(1, ROWS + 1)])["problems"]["problem_id"]
    )
