"""The Review: tidy frames, settings, rubric and data issues of one look-back review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from reviewlib import schema
from reviewlib.review.looked_up import Frames, Inputs
from reviewlib.review.settings import Settings
from reviewlib.rubric import Rubric


@dataclass(frozen=True)
class Review:
    """One look-back review (机构改革“回头看”) as it was read and cleaned.

    Every frame of `frames` is also an attribute: `review.departments`, `review.duty_transfers`, …
    Frames are never changed in place; a function that needs another makes a new one.

    Parameters
    ----------
    name : str
        Name of the review folder.
    settings : Settings
    rubric : Rubric
    frames : mapping of str to DataFrame
        One per table of `schema.TABLES` (all of them, empty where nothing came), plus `issues`,
        `cells`, `sheets` and `ledger_events` of `schema.RECORDS`. One that is a `Later` is made
        when looked at.
    inputs : mapping of str to str
        sha256 of every input file, by its path relative to the review folder.
    """

    name: str
    settings: Settings
    rubric: Rubric
    frames: Mapping[str, pd.DataFrame]
    inputs: Mapping[str, str]

    def __post_init__(self) -> None:
        if not isinstance(self.frames, Frames):
            object.__setattr__(self, "frames", Frames(self.frames))
        if not isinstance(self.inputs, Inputs):
            object.__setattr__(self, "inputs", Inputs(self.inputs))

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("__") or name == "frames":
            raise AttributeError(name)
        try:
            return self.frames[name]
        except KeyError:
            known = ", ".join(self.frames)
            raise AttributeError(f"a review has no {name!r}; its frames are {known}") from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.frames]

    def __repr__(self) -> str:
        filled = {name: len(frame) for name, frame in self.frames.plain.items() if len(frame)}
        return f"Review({self.name!r}, as_of={self.settings.as_of}, rows={filled})"

    @property
    def as_of(self) -> pd.Timestamp:
        """Date of reckoning of lights, deadlines and ages."""
        return pd.Timestamp(self.settings.as_of)

    def with_frames(self, **frames: pd.DataFrame) -> Review:
        """Return a copy with some frames replaced."""
        return replace(self, frames={**self.frames.plain, **frames})

    def at(self, as_of: date) -> Review:
        """Return a copy reckoned at another date."""
        return replace(self, settings=self.settings.model_copy(update={"as_of": as_of}))

    def trace(self, table: str, record_key: str | None = None, column: str | None = None):
        """Return where the values of a table came from: one row per filled cell.

        Parameters
        ----------
        table : str
            Frame name, such as "duty_transfers".
        record_key : str, optional
            Only this record, as `cells.record_key` writes it.
        column : str, optional
            Only this column.
        """
        cells = self.cells[self.cells["table"] == table]
        if record_key is not None:
            cells = cells[cells["record_key"] == record_key]
        if column is not None:
            cells = cells[cells["column"] == column]
        return cells.reset_index(drop=True)


def empty_frames() -> dict[str, pd.DataFrame]:
    """Return every frame a review holds, without rows."""
    return {name: schema.frame_of(name) for name in (*schema.TABLES, *schema.RECORDS)}
