"""The ledger as records, of which lights are reckoned: of a review, or as its log tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import pyarrow as pa

from reviewlib.findings.verifiers import owner_names
from reviewlib.review import Review
from reviewlib.review.settings import Lights

Record = dict[str, object]
"""The values of one row by column; None where there is none."""


@dataclass(frozen=True)
class LedgerRecords:
    """Problems, tasks and follow-ups (整改跟踪) of one ledger, each in the order of its table."""

    problems: Sequence[Record]
    tasks: Sequence[Record]
    followups: Sequence[Record]

    @classmethod
    def of(cls, review: Review) -> LedgerRecords:
        """Return the ledger as a review holds it."""
        return cls(*map(records_of, (review.problems, review.tasks, review.followups)))


@dataclass(frozen=True)
class Reckoning:
    """By what lights are given.

    Parameters
    ----------
    as_of : Timestamp
        A day in the past shows what was known then: no later report, no later closure.
    lights : Lights
        Thresholds: days, points, times.
    owner_names : mapping of str to sequence of str
        Names of each department, to know it in a verifier's post.
    """

    as_of: pd.Timestamp
    lights: Lights
    owner_names: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, review: Review) -> Reckoning:
        """Return how a review reckons at its `as_of`."""
        return cls(review.as_of, review.settings.lights, owner_names(review.departments))

    def at(self, as_of: pd.Timestamp) -> Reckoning:
        """Return the same at another day."""
        return replace(self, as_of=as_of)


def records_of(frame: pd.DataFrame) -> list[Record]:
    """Return the rows of a frame; what is missing is None."""
    return pa.Table.from_pandas(frame, preserve_index=False, nthreads=1).to_pylist()


def blanks_last(text: str | None) -> tuple[bool, str]:
    """Return what texts are sorted by, those that are missing last."""
    return text is None, text or ""


def grouped(records: Iterable[Record], name: str) -> dict[object, list[Record]]:
    """Return the records of each value of a column, in their order; blanks make no group."""
    found: dict[object, list[Record]] = {}
    for record in records:
        if record[name] is not None:
            found.setdefault(record[name], []).append(record)
    return found
