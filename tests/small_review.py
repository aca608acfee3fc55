"""Another review made from the sample: another district and year, 12 departments, 4 groups.

One group has a single department, one has none, and one department returned nothing. What the
software says of it can come from nowhere but its files.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from reviewlib import forms, schema
from reviewlib.review import Review, read_settings
from reviewlib.rubric import load_rubric

GROUPS = {
    "E1": ("东片组", "East group", 4),
    "E2": ("西片组", "West group", 4),
    "E3": ("海岛组", "Islands group", 1),
    "E4": ("备用组", "Spare group", 0),
}
"""Group → names, and how many departments it visits."""
SELF_ASSESSED = 3
YEARS_ON = 1


def write_small_review(whole: Review, source: Path, folder: Path) -> str:
    """Write the small review as workbooks and return the code of the department that is silent.

    Parameters
    ----------
    whole : Review
        The sample as it was read.
    source : Path
        The folder it was read from; its settings and scoring table are the models.
    folder : Path
        Where to write.
    """
    folder.mkdir(parents=True)
    _write_settings(source, folder)
    settings, rubric = read_settings(folder), load_rubric(folder / "rubric.toml")
    roster = _roster(whole.departments, settings.establishment_office)
    frames = {name: _of(whole.frames[name], name, roster) for name in schema.TABLES}
    frames["departments"] = roster
    forms.write_roster(folder / "departments.xlsx", settings, frames)
    forms.write_ledger(folder / "ledger.xlsx", settings, roster, frames)
    *answering, silent = roster["dept_code"]
    for department in roster.to_dict("records"):
        code = department["dept_code"]
        if code in answering:
            path = folder / "returns" / f"{code}.xlsx"
            forms.write_return(path, settings, rubric, department, roster, _own(frames, code))
    for group in roster["group_id"].dropna().unique():
        members = roster[roster["group_id"] == group]["dept_code"]
        own = {name: frames[name][frames[name]["dept_code"].isin(members)] for name in VISITED}
        forms.write_visit(folder / "visits" / f"{group}.xlsx", settings, rubric, group, roster, own)
    return silent


VISITED = [table.name for table in schema.tables_of("visit")]


def _write_settings(source: Path, folder: Path) -> None:
    """Change what is particular to the sample; the expected counts stay as they were, and warn."""
    text = (source / "review.toml").read_text(encoding="utf-8")
    groups = "\n".join(
        f'[groups.{code}]\nzh = "{zh}"\nen = "{en}"\n' for code, (zh, en, _) in GROUPS.items()
    )
    text = re.sub(r"\[groups\.\w+\]\n(.+\n)+\n?", "", text) + "\n" + groups
    for old, new in (("示例区", "海滨区"), ("示例市", "海城市"), ("Sample", "Seaside")):
        text = text.replace(old, new)
    text = re.sub(r"\b(20\d\d)(?=-\d\d-\d\d)", lambda year: str(int(year[1]) + YEARS_ON), text)
    (folder / "review.toml").write_text(text, encoding="utf-8")
    (folder / "rubric.toml").write_bytes((source / "rubric.toml").read_bytes())


def _roster(departments: pd.DataFrame, office: str) -> pd.DataFrame:
    """Pick departments: visited ones dealt out to the groups, self-assessed ones, the office."""
    ordered = departments.sort_values("protocol_order")
    visited = ordered[ordered["mode"] == "visit"]
    others = ordered[ordered["mode"] != "visit"]
    picked = visited[visited["dept_code"] != office].head(sum(n for *_, n in GROUPS.values()))
    groups = [code for code, (*_, n) in GROUPS.items() for _ in range(n)]
    picked = picked.assign(group_id=groups, mode="visit")
    office_row = ordered[ordered["dept_code"] == office].assign(mode="self", group_id=None)
    rest = others[others["dept_code"] != office].head(SELF_ASSESSED - 1)
    roster = pd.concat([picked, office_row, rest]).sort_values("protocol_order")
    return _later(schema.frame_of("departments", roster))


def _of(frame: pd.DataFrame, name: str, roster: pd.DataFrame) -> pd.DataFrame:
    """Keep rows about the departments of the roster, a year later, in their new groups."""
    kept = frame
    for column in schema.TABLES[name].columns:
        if column.kind is schema.Kind.DEPARTMENT or column.name == "dept_code":
            kept = kept[kept[column.name].isna() | kept[column.name].isin(roster["dept_code"])]
    if "dept_code" in kept:
        kept = kept[kept["dept_code"].isin(roster["dept_code"])]
        if "group_id" in kept:
            groups = roster.set_index("dept_code")["group_id"]
            kept = kept.assign(group_id=kept["dept_code"].map(groups))
            kept = kept[kept["group_id"].notna()]
    return _later(kept.reset_index(drop=True))


def _own(frames: dict[str, pd.DataFrame], code: str) -> dict[str, pd.DataFrame]:
    """Return one department's part of the tables of a return."""
    names = [table.name for table in schema.tables_of("return")]
    return {name: frames[name][frames[name]["dept_code"] == code] for name in names}


def _later(frame: pd.DataFrame) -> pd.DataFrame:
    """Move every date on by a year."""
    dates = frame.select_dtypes("datetime").columns
    later = {name: frame[name] + pd.DateOffset(years=YEARS_ON) for name in dates}
    return frame.assign(**later).astype(dict.fromkeys(dates, "datetime64[us]"))
