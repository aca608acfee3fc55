"""The scoring table (评分表) as data: what it holds and how its parts refer to one another.

A rubric knows nothing of departments or workbooks. It is read by `load_rubric`, which reports every
fault at once; all numbers are Decimal and none of them stands in code.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from reviewlib.rubric.base import (
    Adjustment,
    Aspect,
    Band,
    Diagnostic,
    Id,
    Level,
    LookupRow,
    MissingPolicy,
    Part,
    Share,
    Weight,
)
from reviewlib.rubric.faults import cross_faults
from reviewlib.rubric.scales import Levelled, Scale

PARTS_ONLY = {"parts_only": True}
"""Validation context that leaves the checks between parts out."""
Conditions = tuple[dict[str, bool | tuple[str, ...]], ...]
"""Applicability: any of these; within one, every fact must have (one of) the stated value(s)."""


class Aggregated(Part):
    """How the children of a node become one share.

    `arithmetic` and `geometric` are weighted means, `weakest` is the lowest child (with `plus`: one
    step up where another child is higher), `table` looks the sum of the level points up, `none`
    gives no figure.
    """

    aggregation: Literal["arithmetic", "geometric", "weakest", "table", "none"] = "arithmetic"
    at_zero: Literal["error", "zero"] = "error"  # a geometric mean over a zero
    plus: dict[str, str] = Field(default_factory=dict)  # weakest: level → level where others differ
    table: str | None = None  # table: name of the lookup table


class Total(Aggregated):
    """The root: how the top nodes make the total, and how the total is written."""

    scale: Decimal = Decimal(100)
    decimals: int = Field(1, ge=0, le=9)


class Node(Aggregated):
    """A dimension, or any branch below one (维度)."""

    id: Id
    parent: Id | None = None
    zh: str
    en: str
    weight: Weight


class Indicator(Part):
    """One scored indicator (指标)."""

    id: Id
    parent: Id
    aspect: Id | None = None
    zh: str
    en: str
    weight: Weight
    scale: Scale
    measure: str = ""
    rater: Literal["department", "office", "system"] = "department"
    parameters: dict[str, Decimal] = Field(default_factory=dict)
    applies: Conditions = ()
    applies_zh: str = "全部"
    applies_en: str = "All"
    formula_zh: str = ""
    formula_en: str = ""
    evidence_zh: str = ""
    evidence_en: str = ""
    source: str = ""

    def is_applicable(self, facts: Mapping[str, object]) -> bool:
        """Tell whether the facts of a unit let this indicator apply; unknown ones never exclude."""
        return meets(self.applies, facts)


def meets(conditions: Conditions, facts: Mapping[str, object]) -> bool:
    """Tell whether facts meet any of the conditions; no condition is met by all.

    A fact that is not known yet (absent or missing) does not exclude: on a form printed before the
    returns are in, an indicator stays open until the facts close it.
    """
    return not conditions or any(
        all(_agrees(facts.get(name), allowed) for name, allowed in condition.items())
        for condition in conditions
    )


def _agrees(fact: object, allowed: bool | tuple[str, ...]) -> bool:
    if fact is None or fact != fact or str(fact) == "<NA>":
        return True
    return bool(fact) == allowed if isinstance(allowed, bool) else fact in allowed


class Rubric(Part):
    """A dated, versioned and cited scoring table over any units.

    Parameters
    ----------
    weights : {"points", "relative"}
        "points": the children of a node add up to its weight, the top nodes to `full_weight`.
        "relative": weights count against those of their siblings only.
    renormalise : {"whole", "node"}
        What happens to the weight of what is not scored. "whole": it leaves the total, so that a
        branch of which little applies counts for little. "node": its siblings take it over, so that
        each branch keeps its weight.
    """

    edition: str
    dated_on: date
    status: Literal["proposal", "official"]
    zh: str
    en: str
    source_zh: str
    source_en: str
    weights: Literal["points", "relative"] = "points"
    full_weight: Decimal = Decimal(100)
    renormalise: Literal["whole", "node"] = "whole"
    total: Total = Total()
    coverage_min: Share = Decimal("0.8")
    missing_policy: MissingPolicy = MissingPolicy()
    levels: tuple[Level, ...] = ()
    lookup_tables: dict[str, tuple[LookupRow, ...]] = Field(default_factory=dict)
    bands: tuple[Band, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    nodes: tuple[Node, ...]
    indicators: tuple[Indicator, ...]
    deductions: tuple[Adjustment, ...] = ()
    deduction_cap: Decimal | None = None
    bonuses: tuple[Adjustment, ...] = ()
    bonus_cap: Decimal | None = None
    consistency_checks: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _parts_fit(cls, raw: object, info: ValidationInfo) -> object:
        if not isinstance(raw, dict) or info.context == PARTS_ONLY:
            return raw
        faults = cross_faults(raw)
        if faults:
            text = "; ".join(f"{fault.where}: {fault.en}" for fault in faults)
            raise PydanticCustomError("rubric_faults", "{text}", {"text": text})
        return raw

    @cached_property
    def _by_id(self) -> dict[str, Part]:
        parts = (self.nodes, self.indicators, self.deductions, self.bonuses, self.diagnostics)
        return {part.id: part for group in parts for part in group}

    def indicator(self, indicator_id: str) -> Indicator:
        """Return one indicator by its id; KeyError where there is none."""
        return self._by_id[indicator_id]

    def node(self, node_id: str) -> Node:
        """Return one node by its id; KeyError where there is none."""
        return self._by_id[node_id]

    def adjustment(self, item_id: str) -> Adjustment:
        """Return one deduction or bonus by its id; KeyError where there is none."""
        return self._by_id[item_id]

    @property
    def dimensions(self) -> tuple[Node, ...]:
        """The top nodes, in their order."""
        return tuple(node for node in self.nodes if node.parent is None)

    def dimension_of(self, indicator_id: str) -> Node:
        """Return the top node above an indicator."""
        node = self.node(self.indicator(indicator_id).parent)
        while node.parent is not None:
            node = self.node(node.parent)
        return node

    def children_of(self, node_id: str | None) -> tuple[Node | Indicator, ...]:
        """Return the nodes and indicators directly below a node; None stands for the root."""
        nodes = tuple(node for node in self.nodes if node.parent == node_id)
        return nodes + tuple(item for item in self.indicators if item.parent == node_id)

    def indicators_of(self, dimension_id: str) -> tuple[Indicator, ...]:
        """Return the indicators under a top node, at any depth, in rubric order."""
        return tuple(
            item for item in self.indicators if self.dimension_of(item.id).id == dimension_id
        )

    @property
    def level_items(self) -> tuple[Indicator, ...]:
        """The indicators that a person rates by level."""
        return tuple(item for item in self.indicators if isinstance(item.scale, Levelled))

    @property
    def share_limits(self) -> dict[str, float]:
        """The largest value of every indicator whose value is a share.

        85 for 85 per cent is no share: it is not used, and nothing is guessed. Posts may be over,
        but not by more than as many again.
        """
        return {
            item.id: 2.0 if item.measure == "posts_used" else 1.0
            for item in self.indicators
            if item.scale.kind in ("ratio", "checklist") or item.measure == "posts_used"
        }

    @property
    def level_shares(self) -> dict[str, float]:
        """Share of every level that a person may give."""
        return {level.id: float(level.share) for level in self.levels if level.is_given}
