"""The parts of a scoring table: strict, frozen, with words in both languages."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^\S+$")]
Share = Annotated[Decimal, Field(ge=0, le=1)]
Weight = Annotated[Decimal, Field(gt=0)]


class Part(BaseModel):
    """One part of a rubric: unknown keys are refused, nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def text(self, name: str, lang: str = "zh") -> str:
        """Return the words `name` in one language: `text("formula", "en")`."""
        return getattr(self, f"{name}_{lang}")

    def label(self, lang: str = "zh") -> str:
        """Return the name of this part in one language."""
        return getattr(self, lang)


class Aspect(Part):
    """A second way to group indicators, across the nodes (方面)."""

    id: Id
    zh: str
    en: str


class Level(Part):
    """One level of the level scale; `points` serve lookup tables."""

    id: Id
    share: Share
    points: int | None = None
    is_given: bool = True  # False: only an aggregation may yield it
    zh: str = ""
    en: str = ""


class Adjustment(Part):
    """A deduction or a bonus (扣分、加分): so many points for each, up to a limit."""

    id: Id
    zh: str
    en: str
    points_each: Weight
    unit_zh: str
    unit_en: str
    points_max: Weight | None = None
    bars_above: Id | None = None  # the best band still open to a unit that has this deduction
    is_waived_by_approval: bool = False  # approved cases are recorded but not deducted
    source: str = ""


class Band(Part):
    """One band of the total (评定): from `at_least` up to the next better one."""

    id: Id
    at_least: Decimal
    zh: str
    en: str


class MissingPolicy(Part):
    """What becomes of an input that did not come (缺报口径)."""

    before_deadline: Literal["pending", "zero"] = "pending"
    after_deadline: Literal["pending", "zero"] = "zero"
    insufficient: Literal["lowest", "pending"] = "lowest"
    is_empty_unit_rated: bool = False  # a unit that sent nothing at all


class Diagnostic(Part):
    """A figure shown beside the score and never scored."""

    id: Id
    zh: str
    en: str
    note_zh: str = ""
    note_en: str = ""


class LookupRow(Part):
    """One row of a lookup table: with so many children scored and such a sum, this level."""

    count: Annotated[int, Field(gt=0)]
    at_least: int
    level: Id
