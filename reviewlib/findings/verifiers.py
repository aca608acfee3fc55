"""Who may verify a closing (销号审核): anybody but the owner, by department or by post."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd


def owner_names(departments: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the names by which a department would be called in a verifier's post."""
    told = (departments[name].tolist() for name in ("dept_code", "short_name", "full_name"))
    return {
        code: tuple(name for name in names if pd.notna(name))
        for code, *names in zip(*told, strict=True) if pd.notna(code)
    }  # fmt: skip


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
