"""What changed in a row, done again, gives the second row; values as plain text; ids."""

import numpy as np
import pandas as pd
import pytest
from ledgers_by_hand import state_of

from reviewlib import schema
from reviewlib.ledger.changes import changed_fields, with_fields
from reviewlib.ledger.rows import FIELDS, TRACKED, frames_of, next_id, plain_value, words
from reviewlib.schema import Kind

WORDS = ("编制偏紧", "职责边界\n不清", "“三定”落实", "a|b", "=1+1", "0012", "  两端有空格  ")


def random_value(rng, column):
    """One value a cell of the column may hold, often none."""
    if rng.random() < 0.3:
        return None
    if column.vocabulary:
        codes = list(column.vocabulary.codes)
        picked = rng.choice(codes, size=min(2, len(codes)), replace=False)
        return ";".join(picked) if column.kind is Kind.CHOICES else str(picked[0])
    if column.kind is Kind.DATE:
        return pd.Timestamp("2025-01-01") + pd.Timedelta(days=int(rng.integers(0, 700)))
    if column.kind is Kind.COUNT:
        return int(rng.integers(0, 50))
    if column.kind is Kind.YES_NO:
        return bool(rng.random() < 0.5)
    if column.kind is Kind.SHARE:
        return float(rng.integers(0, 101)) / 100
    return str(rng.choice(WORDS))


def random_ledger(rng) -> dict[str, pd.DataFrame]:
    """A ledger with a few rows in every table, each with its own key."""
    frames = {}
    for name, table in TRACKED.items():
        rows = []
        for number in range(int(rng.integers(0, 6))):
            row = {column: random_value(rng, declared) for column, declared in FIELDS[name].items()}
            row |= {column: f"{column[0].upper()}-{number}" for column in table.key
                    if FIELDS[name][column].kind is not Kind.DATE}  # fmt: skip
            dates = [c for c in row if FIELDS[name][c].kind is Kind.DATE and row[c] is not None]
            rows.append(row | {f"{c}_precision": str(rng.choice(["day", "month"])) for c in dates})
        frames[name] = schema.frame_of(name, rows)
    return frames


@pytest.mark.parametrize("seed", range(40))
def test_a_row_with_its_changed_fields_is_the_second_row(seed):
    """A row that appears, one that goes, one that says something else; none changes in place."""
    rng = np.random.default_rng(seed)
    old, new = state_of(random_ledger(rng)), state_of(random_ledger(rng))

    for name in TRACKED:
        for key in old[name].keys() | new[name].keys():
            before, after = old[name].get(key, {}), new[name].get(key, {})
            kept, fields = dict(before), changed_fields(before, after)
            assert with_fields(before, fields) == after
            assert before == kept and all(one != other for one, other in fields.values())


@pytest.mark.parametrize("seed", range(10))
def test_plain_rows_become_frames_and_plain_rows_again(seed):
    """What the log holds is all that a ledger says."""
    state = state_of(random_ledger(np.random.default_rng(seed)))

    assert state_of(frames_of(state)) == state


@pytest.mark.parametrize(
    ("case", "value", "kind", "precision", "text"),
    [
        ("a blank", None, Kind.TEXT, None, None),
        ("only spaces", "  ", Kind.TEXT, None, None),
        ("line breaks of Windows", "一\r\n二", Kind.TEXT, None, "一\n二"),
        ("a binary fraction", 0.1 + 0.2, Kind.SHARE, None, "0.3"),
        ("a whole share", 1.0, Kind.SHARE, None, "1"),
        ("zero is not blank", 0, Kind.COUNT, None, "0"),
        ("a day", pd.Timestamp("2025-03-05"), Kind.DATE, "day", "2025-03-05"),
        ("a month", pd.Timestamp("2025-03-31"), Kind.DATE, "month", "2025-03-31 (month)"),
        ("no is not blank", False, Kind.YES_NO, None, "no"),
    ],
)
def test_plain_values(case, value, kind, precision, text):
    """Values become text that says the same whatever program saved them."""
    assert plain_value(value, kind, precision) == text


@pytest.mark.parametrize(
    ("case", "taken", "like", "expected"),
    [
        ("the next number", ["P-01", "P-02"], "", "P-03"),
        ("numbers, not letters, count", ["P-9", "P-10"], "", "P-11"),
        ("width is kept", ["T-009"], "", "T-010"),
        ("gaps are not filled", ["P-01", "P-07"], "", "P-08"),
        ("a pattern to follow", [], "R-05", "R-06"),
        ("nothing to follow", [], "", ""),
    ],
)
def test_next_id(case, taken, like, expected):
    """A new id follows the highest in use."""
    assert next_id(taken, like) == expected


def test_words_of_a_value():
    """People read words, the log keeps codes."""
    assert words("problems", "status", "pending_city") == "挂账"
    assert words("problems", "sources", "self;visit") == "自查、回访"
    assert words("tasks", "progress_share", "0.35") == "35.0%"
    assert words("followups", "is_decision_asked", "yes", "en") == "yes"
