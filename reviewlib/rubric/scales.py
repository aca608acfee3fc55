"""Scales: how the raw input of an indicator becomes a share between 0 and 1.

Each scale holds its own thresholds, as the rubric states them, and `shares`, which turns whole
columns of inputs into shares at once. An input that the scale cannot place gives `UNPLACED`; what
then happens (`outside`) is the scale's own declaration.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

import numpy as np
from pydantic import Field

from reviewlib.rubric.base import Part

Share = Annotated[Decimal, Field(ge=0, le=1)]
Outside = Literal["error", "clip"]

UNPLACED = -1.0
"""Share of an input that lies outside its scale: an unknown label, a ratio above 1."""


class Inputs(NamedTuple):
    """Columns of one indicator, one element per unit; NaN (None for labels) where nothing came."""

    num: np.ndarray
    den: np.ndarray
    value: np.ndarray
    label: np.ndarray  # object: a level or a named case

    @property
    def number(self) -> np.ndarray:
        """The value where entered, else numerator over denominator."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(np.isnan(self.value), self.num / self.den, self.value)


def _labelled(labels: np.ndarray, shares: Mapping[str, float]) -> np.ndarray:
    """Look labels up; NaN where there is no label, `UNPLACED` where it is unknown."""
    return np.array(
        [shares.get(label, UNPLACED) if isinstance(label, str) else np.nan for label in labels],
        dtype=float,
    )


def _within(share: np.ndarray, outside: Outside) -> np.ndarray:
    """Cut shares to 0–1, or mark those outside."""
    if outside == "clip":
        return np.clip(share, 0.0, 1.0)
    return np.where((share < 0) | (share > 1), UNPLACED, share)


class Ratio(Part):
    """Share = numerator ÷ denominator (比率); a denominator of 0 means not applicable."""

    kind: Literal["ratio"]
    outside: Outside = "error"

    @property
    def lowest(self) -> float:
        return 0.0

    def shares(self, inputs: Inputs, levels: Mapping[str, float]) -> np.ndarray:
        return _within(inputs.number, self.outside)


class Linear(Part):
    """Share = place of the value between two goalposts (区间线性); low may exceed high."""

    kind: Literal["linear"]
    low: Decimal
    high: Decimal
    is_log: bool = False
    outside: Outside = "error"

    @property
    def lowest(self) -> float:
        return 0.0

    def shares(self, inputs: Inputs, levels: Mapping[str, float]) -> np.ndarray:
        value, low, high = inputs.number, float(self.low), float(self.high)
        if self.is_log:
            with np.errstate(divide="ignore", invalid="ignore"):
                value = np.log(np.where(value > 0, value, 0.0 * value))
            low, high = np.log(low), np.log(high)
        return _within((value - low) / (high - low), self.outside)


class Step(Part):
    """One step of a banded scale: the numbers it holds, and the share they earn."""

    at_least: Decimal | None = None
    above: Decimal | None = None
    at_most: Decimal | None = None
    below: Decimal | None = None
    share: Share
    zh: str
    en: str

    def holds(self, value: np.ndarray) -> np.ndarray:
        """Tell for each number whether this step holds it."""
        held = ~np.isnan(value)
        for bound, test in (
            (self.at_least, np.greater_equal), (self.above, np.greater),
            (self.at_most, np.less_equal), (self.below, np.less),
        ):  # fmt: skip
            if bound is not None:
                held &= test(value, float(bound))
        return held


class Case(Part):
    """A named case of a banded scale that no number tells, such as an approved excess."""

    id: str
    share: Share
    zh: str
    en: str
    deduction: str | None = None  # the deduction this case also calls for


class Banded(Part):
    """Share by steps (分段): numbers fall into steps, named cases stand beside them."""

    kind: Literal["banded"]
    steps: tuple[Step, ...] = ()
    cases: tuple[Case, ...] = ()

    @property
    def lowest(self) -> float:
        return float(min(part.share for part in (*self.steps, *self.cases)))

    def shares(self, inputs: Inputs, levels: Mapping[str, float]) -> np.ndarray:
        value = inputs.number
        share = np.where(np.isnan(value), np.nan, UNPLACED)
        for step in self.steps:
            share = np.where(step.holds(value), float(step.share), share)
        named = _labelled(inputs.label, {case.id: float(case.share) for case in self.cases})
        return np.where(np.isnan(named), share, named)


class Descriptor(Part):
    """What a level means for one indicator (等次描述)."""

    id: str
    zh: str
    en: str


class Levelled(Part):
    """Share by the level a person gives (等次); the shares stand once, in the rubric's `levels`."""

    kind: Literal["level"]
    levels: tuple[Descriptor, ...] = ()

    def shares(self, inputs: Inputs, levels: Mapping[str, float]) -> np.ndarray:
        return _labelled(inputs.label, levels)


class Item(Part):
    """One item of a checklist; `applies` as for an indicator."""

    id: str
    zh: str
    en: str
    applies: tuple[dict[str, bool | tuple[str, ...]], ...] = ()


class Checklist(Part):
    """Share = items met ÷ items that apply (清单)."""

    kind: Literal["checklist"]
    items: tuple[Item, ...] = ()
    outside: Outside = "error"

    @property
    def lowest(self) -> float:
        return 0.0

    def shares(self, inputs: Inputs, levels: Mapping[str, float]) -> np.ndarray:
        return _within(inputs.number, self.outside)


Scale = Annotated[Ratio | Linear | Banded | Levelled | Checklist, Field(discriminator="kind")]
