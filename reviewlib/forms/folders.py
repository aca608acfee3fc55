"""Whole folders: the forms of a review, and a new review to start from."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from reviewlib import schema
from reviewlib.errors import ConfigError, UsageError
from reviewlib.forms.office import write_ledger, write_roster
from reviewlib.forms.returns import write_return
from reviewlib.forms.visits import write_visit
from reviewlib.review import Settings, read_settings
from reviewlib.rubric import Rubric

_PACKAGE = Path(__file__).resolve().parent.parent
STARTER = {
    "review.toml": (_PACKAGE / "forms" / "starter",),
    "taxonomy.toml": (_PACKAGE / "ledger",),
    "rubric.toml": (_PACKAGE / "_sample", _PACKAGE.parent / "data" / "sample"),
}
"""Files of a new review that are copied as they are: their names, and where they may be. The
proposed scoring table is the sample's; a wheel carries it as `reviewlib/_sample`."""

_SAFE = re.compile(r"[A-Za-z0-9_-]{1,40}")


def write_forms(
    settings: Settings, rubric: Rubric, departments: pd.DataFrame, out_dir: str | Path
) -> list[Path]:
    """Write the forms of a review: a return for each department, a scoring workbook for each group.

    File names are made from codes: `returns/return-DP01.xlsx`, `visits/visit-G1.xlsx`.

    Returns
    -------
    list of Path
        Returns in protocol order, then the groups of the settings that have departments.

    Raises
    ------
    ConfigError
        A department or group code that cannot be part of a file name.
    """
    out = Path(out_dir)
    ordered = schema.in_roster_order(departments)
    written = [
        write_return(
            out / "returns" / f"return-{_safe(department['dept_code'], 'departments.xlsx')}.xlsx",
            settings, rubric, department, departments,
        )
        for department in ordered.to_dict("records")
    ]  # fmt: skip
    groups = [group for group in settings.groups if (departments["group_id"] == group).any()]
    written += [
        write_visit(
            out / "visits" / f"visit-{_safe(group, 'review.toml')}.xlsx",
            settings, rubric, group, departments,
        )
        for group in groups
    ]  # fmt: skip
    return written


def _safe(code: object, where: str) -> str:
    """Return a code that may stand in a file name; nothing else may. `where` declares it."""
    if isinstance(code, str) and _SAFE.fullmatch(code):
        return code
    raise ConfigError(
        f"代码“{code}”不能用于文件名，应为字母和数字", f"code {code!r} cannot name a file",
        where=where,
        fix_zh="。请改正该代码。", fix_en="Correct the code.",
    )  # fmt: skip


def new_review(folder: str | Path) -> list[Path]:
    """Make a review folder to start from: settings and rubric with comments, roster and ledger.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    UsageError
        The folder holds one of the files already; nothing is written over.
    """
    folder = Path(folder)
    names = (*STARTER, "departments.xlsx", "ledger.xlsx")
    taken = [name for name in names if (folder / name).exists()]
    if taken:
        raise UsageError(
            f"“{folder.name}”中已有 {'、'.join(taken)}", f"{folder.name} already holds {taken}",
            where=folder.name,
            fix_zh="。请换一个新文件夹；已有文件不会被覆盖。",
            fix_en="Choose a new folder; nothing is written over.",
        )  # fmt: skip
    for name in ("returns", "visits"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, places in STARTER.items():
        source = next(place / name for place in places if (place / name).is_file())
        (folder / name).write_bytes(source.read_bytes())
    settings = read_settings(folder)
    write_roster(folder / "departments.xlsx", settings)
    write_ledger(folder / "ledger.xlsx", settings, schema.frame_of("departments"))
    return [folder / name for name in names]
