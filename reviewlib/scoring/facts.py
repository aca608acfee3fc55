"""What is known of each department before anything is rated: the facts applicability rests on."""

from __future__ import annotations

import pandas as pd

from reviewlib.errors import RubricError
from reviewlib.review import Review
from reviewlib.rubric import meets
from reviewlib.schema import in_roster_order

ROSTER_FACTS = [
    "change_type", "side", "mode", "is_three_det_reissued", "has_subordinates_in_plan",
    "has_power_list",
]  # fmt: skip
"""Columns of the roster that a rubric may name in `applies`."""


def facts_of(review: Review) -> pd.DataFrame:
    """Return the facts of every department, by dept_code in protocol order.

    The roster's, and what the returns add: `has_duty_transfers` (it takes part in a transfer)`,
    hosts_party_body` (it hosts the office of a coordination body of the Party committee).
    """
    roster = in_roster_order(review.departments)
    facts = roster.set_index("dept_code")[ROSTER_FACTS]
    duties, bodies = review.duty_transfers, review.coordination_bodies
    taking_part = pd.concat([duties["from_dept"], duties["to_dept"]]).unique()
    party = bodies[bodies["body_level"] == "party_committee"]
    hosting = pd.concat([party["office_dept"], party["dept_code"]]).unique()
    return facts.assign(
        has_duty_transfers=facts.index.isin(taking_part),
        hosts_party_body=facts.index.isin(hosting),
    )


def applicability(review: Review) -> pd.DataFrame:
    """Tell which indicators the facts let apply: department × indicator, True or False.

    Raises
    ------
    RubricError
        The rubric names a fact that there is none of.
    """
    facts = facts_of(review)
    rows = facts.to_dict("records")
    flags = {}
    for indicator in review.rubric.indicators:
        unknown = sorted({name for group in indicator.applies for name in group} - set(facts))
        if unknown:
            raise RubricError(
                f"指标 {indicator.id} 的适用条件用了未知的事实 {unknown}",
                f"indicator {indicator.id} applies by unknown facts {unknown}",
                where=f"rubric.toml indicators[{indicator.id}].applies",
                fix_zh=f"。可用的有 {'、'.join(facts)}。",
                fix_en=f"There are {', '.join(facts)}.",
            )
        flags[indicator.id] = [meets(indicator.applies, row) for row in rows]
    return pd.DataFrame(flags, index=facts.index, dtype=bool)
