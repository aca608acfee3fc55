"""立行立改 and 长期推进 written where a date should be are terms, not dates (整改时限).

Immediate rectification is due the agreed number of working days after the finding; long-term work
has no due date. Either settles the type of rectification where it is left blank.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviewlib import schema
from reviewlib.review import Settings
from reviewlib.review.calendar import add_workdays
from reviewlib.schema.rules import DUE_TERMS


def settle_terms(frames: Mapping[str, pd.DataFrame], settings: Settings) -> dict[str, pd.DataFrame]:
    """Return the frames with the terms of problems and tasks put in place."""
    cells = frames["cells"]
    main = cells["rule"].str.split(";").str[0]
    told = cells.assign(term=main.map(DUE_TERMS)).dropna(subset="term")
    settled = dict(frames)
    for table in told["table"].unique():
        own = told[told["table"] == table].set_index("record_key")["term"]
        settled[table] = _settled(frames[table], table, own, settled["problems"], settings)
    return settled


def _settled(
    frame: pd.DataFrame, table: str, terms: pd.Series, problems: pd.DataFrame, settings: Settings
) -> pd.DataFrame:
    key = schema.TABLES[table].key[0]
    term = frame[key].map(terms[~terms.index.duplicated()])
    found_on = problems.drop_duplicates("problem_id").set_index("problem_id")["found_on"]
    start = frame["found_on"] if "found_on" in frame else frame["problem_id"].map(found_on)
    due = [
        pd.Timestamp(add_workdays(day.date(), settings.deadlines.immediate_workdays, settings))
        if is_immediate and pd.notna(day) else pd.NaT
        for day, is_immediate in zip(start, term == "immediate", strict=True)
    ]  # fmt: skip
    due = pd.Series(due, index=frame.index, dtype="datetime64[us]")
    return frame.assign(
        due_on=frame["due_on"].where(due.isna(), due),
        due_on_precision=frame["due_on_precision"].where(due.isna(), "day"),
        rectification_type=frame["rectification_type"].where(
            frame["rectification_type"].notna(), term
        ),
    )
