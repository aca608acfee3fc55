"""Scales: how the raw input of an indicator becomes a share between 0 and 1.

Each scale holds its own thresholds, as the rubric states them. `place` turns whole columns of
inputs into shares at once: NaN where there is nothing to place, a number outside 0–1 where the
scale does not hold the input. What then happens is the scale's own declaration, `outside`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field

from reviewlib.rubric.base import Part, Share

Outside = Literal["error", "clip"]

FROM_0_TO_1 = ("0–1",)
"""What a share holds; `known` of every scale says so for the message of what lies outside."""
NOWHERE = -1.0
"""The place of an input that its scale does not know: an unknown label, a number in no step."""


class Inputs(NamedTuple):
    """Columns of one indicator, one element per unit; NaN (None for labels) where nothing came."""

    num: np.ndarray
    den: np.ndarray
    value: np.ndarray
    label: np.ndarray  # object: a level or a named case

    @property
    def number(self) -> np.ndarray:
        """The value where entered, else numerator over denominator; NaN over a denominator of 0."""
        den = np.where(self.den == 0, np.nan, self.den)
        return np.where(np.isnan(self.value), self.num / den, self.value)


def _labelled(labels: np.ndarray, shares: Mapping[str, float]) -> np.ndarray:
    """Look labels up: NaN where there is no label, `NOWHERE` where it is unknown."""
    return np.array(
        [shares.get(label, NOWHERE) if isinstance(label, str) else np.nan for label in labels],
        dtype=float,
    )


class Ratio(Part):
    """Share = numerator ÷ denominator (比率); a denominator of 0 means not applicable."""

    kind: Literal["ratio"]
    outside: Outside = "error"
    known: ClassVar[tuple[str, ...]] = FROM_0_TO_1

    @property
    def lowest(self) -> float:
        return 0.0

    def place(self, inputs: Inputs, levels: Mapping[str, float]) -> np.ndarray:
        return inputs.number


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

    @property
    def known(self) -> tuple[str, ...]:
        return (f"{self.low}–{self.high}",)

    def place(self, inputs: Inputs, levels: Mapping[str, float]) -> np.ndarray:
        value, low, high = inputs.number, float(self.low), float(self.high)
        if self.is_log:
            with np.errstate(divide="ignore"):
                value = np.log(np.maximum(value, 0.0))  # 0 and below lie under any goalpost
            low, high = np.log(low), np.log(high)
        return (value - low) / (high - low)


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
    outside: Literal["error"] = "error"
    steps: tuple[Step, ...] = ()
    cases: tuple[Case, ...] = ()

    @property
    def lowest(self) -> float:
        return float(min(part.share for part in (*self.steps, *self.cases)))

    @property
    def known(self) -> tuple[str, ...]:
        return tuple(step.en for step in self.steps) + tuple(case.id for case in self.cases)

    def place(self, inputs: Inputs, levels: Mapping[str, float]) -> np.ndarray:
        value = inputs.number
        share = np.where(np.isnan(value), np.nan, NOWHERE)
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
    outside: Literal["error"] = "error"
    levels: tuple[Descriptor, ...] = ()

    def place(self, inputs: Inputs, levels: Mapping[str, float]) -> np.ndarray:
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
    known: ClassVar[tuple[str, ...]] = FROM_0_TO_1

    @property
    def lowest(self) -> float:
        return 0.0

    def place(self, inputs: Inputs, levels: Mapping[str, float]) -> np.ndarray:
        return inputs.number


Scale = Annotated[Ratio | Linear | Banded | Levelled | Checklist, Field(discriminator="kind")]
