"""What departments say about themselves: problems (问题自查) and opinions (意见建议)."""

from __future__ import annotations

import pandas as pd

from .tables import read_table, typed


def self_problems() -> pd.DataFrame:
    """Return one row per problem a department reports about itself; some report none."""
    return typed("self_problems", read_table("self_problems"))


def opinions() -> pd.DataFrame:
    """Return one row per opinion; some departments state in writing that they have none."""
    return typed("opinions", read_table("opinions"))
