"""What came back from whom: the returns as measures look at them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from reviewlib import schema
from reviewlib.review import Review

NOTHING_CAME = ("sheet.no-rows", "sheet.missing", "label.missing")
"""Data issues after which an empty list means 未填; without them it means 无此类情形."""

TABLES = schema.tables_of("return")
"""The tables a return holds."""

NO_COUNT = pd.DataFrame(columns=["num", "den"], index=pd.Index([], name="dept_code"), dtype=float)


def returned(review: Review) -> pd.Index:
    """Return the codes of the departments whose return came and could be read."""
    codes = pd.concat([review.frames[table.name]["dept_code"] for table in TABLES])
    return pd.Index(codes.dropna().unique(), name="dept_code", dtype="str")


def return_files(review: Review) -> pd.Series:
    """Return the file of each department's return, by dept_code."""
    tables = [review.frames[table.name][["dept_code", "source_file"]] for table in TABLES]
    rows = pd.concat(tables).dropna()
    return rows.drop_duplicates("dept_code").set_index("dept_code")["source_file"]


@dataclass(frozen=True)
class Returns:
    """The returns of a review, with what many measures ask of them found once.

    Parameters
    ----------
    review : Review
    """

    review: Review

    @cached_property
    def came(self) -> pd.Index:
        """Departments whose return came (see `returned`)."""
        return returned(self.review)

    @cached_property
    def filled(self) -> dict[str, set[str]]:
        """By table of a return: the departments that have a row in it."""
        frames = self.review.frames
        return {table.name: set(frames[table.name]["dept_code"].unique()) for table in TABLES}

    @cached_property
    def answered(self) -> dict[str, pd.Index]:
        """By table of a return: the departments that answered it.

        An empty list counts as answered unless intake says that nothing stood there: the box
        “无此类情形” was ticked, so zero is meant.
        """
        issues = self.review.issues
        issues = issues.loc[issues["code"].isin(NOTHING_CAME), ["dept_code", "sheet", "expected"]]
        silent = {(code, name) for code, *names in issues.to_numpy() for name in names}
        return {
            table.name: self.came[[code in self.filled[table.name]
                                   or (code, table.sheet) not in silent for code in self.came]]
            for table in TABLES
        }  # fmt: skip

    @cached_property
    def profiles(self) -> pd.DataFrame:
        """The basic facts (sheet 02) of each department, by dept_code."""
        return self.review.profiles.drop_duplicates("dept_code").set_index("dept_code")

    @cached_property
    def _counts(self) -> dict[str, pd.DataFrame]:
        rows = self.review.other_counts.drop_duplicates(["count_item", "dept_code"])
        numbers = rows[["num", "den"]].to_numpy(dtype=float, na_value=np.nan)
        counts = pd.DataFrame(numbers, index=pd.Index(rows["dept_code"]), columns=["num", "den"])
        return {item: counts.take(at) for item, at in rows.groupby("count_item").indices.items()}

    def counts(self, item: str) -> pd.DataFrame:
        """Return one count of sheet 12 by dept_code: `num, den`, missing where left blank."""
        return self._counts.get(item, NO_COUNT)
