"""Who lost what to whom, with the posts and the people that went along (职责划转网络)."""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.selection import (
    UNKNOWN_ORDER,
    concerning,
    in_protocol_order,
    join_codes,
    selected,
)
from reviewlib.findings.two_sides import SIDES, duties
from reviewlib.review import Review
from reviewlib.schema import vocabularies as v

STATES = v.TRANSFER_STATUS.codes
NUMBERS = ("posts_count", "posts_done_count", "staff_count", "staff_done_count")
TRANSFERRED = ("due_count", "done_count")
KEY = ["from_dept", "to_dept"]


def transfers(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Draw the network of transfers: one arrow from each losing to each gaining department.

    Parameters
    ----------
    review : Review
    group, department : str, optional
        Keep the arrows at which a department of the group, or the department, stands.

    Returns
    -------
    DataFrame
        One row per pair of departments between which duties or staff move, by the gaining
        department's protocol order, then the losing one's: `from_dept, to_dept, matter_ids,
        duties_count`, of these by state `done_count, partial_count, not_done_count,
        pending_city_count` (waiting for the city)`, disputed_count, unstated_count`; by agreement
        `two_sided_count` (both sides report it)`, agreed_count`; with the duties `posts_count,
        posts_done_count, staff_count, staff_done_count`; of the list of staff transfers
        `transferred_due_count, transferred_done_count`.

    Notes
    -----
    Of two sides the gaining one's state and numbers count, the losing one's where it is silent.
    """
    told = duties(review)
    for name in NUMBERS:
        told = told.assign(**{name: told[f"gaining_{name}"].fillna(told[f"losing_{name}"])})
    for state in STATES:
        told = told.assign(**{f"{state}_count": told["status"].eq(state).fillna(False)})
    told = told.assign(
        unstated_count=told["status"].isna(), two_sided_count=told["is_two_sided"],
        agreed_count=told["is_two_sided"] & told["agreement"].eq("agree"),
    )  # fmt: skip
    counts = [*(f"{state}_count" for state in STATES), "unstated_count", "two_sided_count",
              "agreed_count"]  # fmt: skip
    arrows = told.groupby(KEY, as_index=False).agg(
        matter_ids=("matter_id", join_codes), duties_count=("matter_id", "size"),
        **{name: (name, "sum") for name in (*counts, *NUMBERS)},
    )  # fmt: skip
    both = pd.concat([arrows, _staff(review)], ignore_index=True)
    arrows = both.groupby(KEY, as_index=False).first()  # what either list tells of a pair
    numbers = [name for name in arrows.columns if name.endswith("_count")]
    arrows = arrows.assign(**{name: arrows[name].astype("Int64").fillna(0) for name in numbers})
    arrows = concerning(arrows, selected(review, group, department), *KEY)
    return _by_order(arrows, review)


def _by_order(arrows: pd.DataFrame, review: Review) -> pd.DataFrame:
    """Sort by the gaining department's place, then by the losing one's."""
    place = review.departments.set_index("dept_code")["protocol_order"].astype("float64")
    losing = arrows["from_dept"].map(place).astype("float64").fillna(UNKNOWN_ORDER)
    ordered = in_protocol_order(arrows.assign(_losing=losing), review, "_losing", "from_dept",
                                by="to_dept")  # fmt: skip
    return ordered.drop(columns="_losing")


def _staff(review: Review) -> pd.DataFrame:
    """Sum the people of every type of establishment; of two sides the gaining one's number."""
    reports = review.staff_transfers
    keys = [*KEY, "estab_type"]
    frame = reports[keys].drop_duplicates()
    for side in SIDES:
        own = reports[reports["reported_by"] == side].drop_duplicates(keys)
        own = own[[*keys, *TRANSFERRED]].rename(columns={n: f"{side}_{n}" for n in TRANSFERRED})
        frame = frame.merge(own, on=keys, how="left")
    for name in TRANSFERRED:
        merged = frame[f"gaining_{name}"].fillna(frame[f"losing_{name}"])
        frame = frame.assign(**{f"transferred_{name}": merged})
    sums = [f"transferred_{name}" for name in TRANSFERRED]
    return frame.groupby(KEY, as_index=False)[sums].sum()
