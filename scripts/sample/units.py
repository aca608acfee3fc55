"""Internal units (内设机构): names, heads, people; the merged department is late."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd

from .staffing import leaders, posts
from .tables import read_table, typed

SEED = 20250630


EARLIER_ON = pd.Timestamp("2019-03-18")
"""When the units of departments without a reissued regulation were set up."""

NOTHING_LATE = {
    "days": 0, "late_heads": 0, "no_duties": 0, "head_alone": 0, "not_set_up": 0,
    "extra": None, "renamed": None,
}  # fmt: skip


def internal_units(departments: pd.DataFrame) -> pd.DataFrame:
    """Return one row per internal unit of every department."""
    names = {row["dept_code"]: row["units"].split() for row in read_table("unit_names")}
    states = {row["dept_code"]: _state(row) for row in read_table("unit_states")}
    rows = []
    for department in departments.itertuples():
        code = department.dept_code
        rows += _units_of(department, names.get(code, []), states.get(code, NOTHING_LATE))
    return typed("internal_units", rows)


def _state(row: dict) -> dict:
    return {key: int(value) if value and value.isdigit() else value for key, value in row.items()}


def _units_of(department, names: list[str], state: dict) -> list[dict]:
    """Fill the people first, then let the last units of the list be the late ones.

    A body too small for sections has none.
    """
    if not names:
        return []
    rng = np.random.default_rng([SEED, department.protocol_order])
    approved, actual = _people(posts()[department.dept_code], len(names), state, rng)
    rows = []
    for position, name in enumerate(names):
        from_last = len(names) - 1 - position
        is_set_up = from_last >= state["not_set_up"]
        has_head = is_set_up and from_last >= state["late_heads"]
        rows.append(
            {
                "dept_code": department.dept_code,
                "unit_name": name if name != state["renamed"] else f"{name[:-1]}中心",
                "approved_name": name, "is_in_three_det": True, "is_nameplate": False,
                "is_set_up": is_set_up, "approved_staff_count": approved[position],
                "actual_staff_count": actual[position], "head_posts_count": 1,
                "is_head_in_place": has_head,
                "is_duties_issued": from_last >= state["no_duties"],
                "predecessor_mix": _mix(department, position),
                "remark": _remark(is_set_up, has_head),
            }
            | _dates(department, state, is_set_up, has_head, position, rng)
        )  # fmt: skip
    return rows + _extra(department, state)


def _people(row: dict, count: int, state: dict, rng) -> tuple[list[int], list[int]]:
    """Share out the administrative posts below the department's leaders.

    Units not set up hold nobody; those with a head alone stand before the ones without a head.
    """
    leaders_approved, leaders_filled = leaders(row)
    approved = _share_out(row["approved"] - leaders_approved, count, rng)
    actual = list(approved)
    missing = sum(approved) - (row["filled"] - leaders_filled)
    closed = range(count - state["not_set_up"], count)
    first_late = count - max(state["late_heads"], state["not_set_up"])
    alone = range(first_late - state["head_alone"], first_late)
    for position in (*closed, *alone):
        kept = 1 if position in alone else 0
        missing -= actual[position] - kept
        actual[position] = kept
    open_units = [unit for unit in range(count) if unit not in (*closed, *alone)]
    return approved, _spread(actual, open_units, missing)


def _spread(actual: list[int], units: list[int], missing: int) -> list[int]:
    """Take the missing people from the units in turn, leaving two in each; or add those over."""
    spread, step = list(actual), 1 if missing > 0 else -1
    for unit in itertools.cycle(units):
        if missing == 0:
            return spread
        if all(spread[other] <= 2 for other in units) and step > 0:
            raise ValueError(f"{missing} people too few for the units {actual}")
        if step < 0 or spread[unit] > 2:
            spread[unit] -= step
            missing -= step
    raise ValueError("no unit takes people")


def _share_out(total: int, count: int, rng) -> list[int]:
    base = [total // count] * count
    for position in range(total % count):
        base[position] += 1
    if count > 3 and base[-2] > 3:
        base[int(rng.integers(1, count - 2))] += 1
        base[-2] -= 1
    return base


def _mix(department, position: int) -> str:
    if department.change_type in ("merged", "rebuilt"):
        return "merged" if position % 3 != 1 else "single"
    if department.change_type == "new":
        return "new" if position % 2 else "merged"
    return "single"


def _remark(is_set_up: bool, has_head: bool) -> str | None:
    if not is_set_up:
        return "科室尚在筹建，业务由相关科室代管"
    return None if has_head else "负责人选正在酝酿"


def _dates(department, state: dict, is_set_up: bool, has_head: bool, position: int, rng) -> dict:
    if pd.isna(department.three_det_on):
        return {"set_up_on": EARLIER_ON, "head_on": EARLIER_ON if has_head else pd.NaT}
    issued = department.three_det_on
    set_up_on = issued + pd.Timedelta(days=int(rng.integers(8, 22))) if is_set_up else pd.NaT
    days = state["days"] if position == 0 else int(rng.integers(22, max(state["days"], 23)))
    return {
        "set_up_on": set_up_on,
        "head_on": issued + pd.Timedelta(days=days) if has_head else pd.NaT,
    }


def _extra(department, state: dict) -> list[dict]:
    if state["extra"] is None:
        return []
    return [
        {
            "dept_code": department.dept_code, "unit_name": state["extra"],
            "is_in_three_det": False, "is_nameplate": False, "is_set_up": True,
            "set_up_on": pd.Timestamp("2025-05-06"), "actual_staff_count": 0,
            "approved_staff_count": 0, "head_posts_count": 0, "is_head_in_place": False,
            "is_duties_issued": False, "predecessor_mix": "new",
            "remark": "因专项工作需要自行设立，人员由相关科室兼任",
        }
    ]  # fmt: skip
