"""Who may verify a closing (销号审核): anybody but the owner, by department or by post."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd


def owner_names(departments: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the names by which a department would be called in a verifier's post."""
    names = departments[["dept_code", "short_name", "full_name"]].dropna(subset="dept_code")
    return {code: tuple(n for n in both if pd.notna(n)) for code, *both in names.to_numpy()}


def is_owners_own(
    dept: str, role: str, owner: str, owner_role: str, names: Iterable[str]
) -> bool:  # fmt: skip
    """Tell whether a verifier is the owner; blanks are empty texts.

    Parameters
    ----------
    dept, role : str
        Department and post of the verifier. Where the department is given it decides.
    owner, owner_role : str
        Department and post that own the row.
    names : iterable of str
        Names of the owning department, to know it in a post: 商务委办公室主任.
    """
    if dept:
        return dept == owner
    return bool(role) and (role == owner_role or any(name and name in role for name in names))


def verified_by_owner(records: pd.DataFrame, departments: pd.DataFrame) -> pd.Series:
    """Tell for tasks or problems whether the verifier is the owner."""
    names = owner_names(departments)
    columns = ["verified_by_dept", "verified_by_role", "owner", "owner_role"]
    told = records.reindex(columns=columns).astype(object)
    rows = told.where(told.notna(), "").itertuples(index=False)
    found = [is_owners_own(*row, names.get(row.owner, ())) for row in rows]
    return pd.Series(found, index=records.index, dtype="boolean")
