"""The roster first: without it no name and no code can be told (名册). It must be in order."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

from reviewlib.errors import ConfigError
from reviewlib.intake.file_read import FileRead, Job
from reviewlib.intake.readers import Readers
from reviewlib.intake.values import Reading
from reviewlib.intake.values.base import Known
from reviewlib.intake.values.departments import Resolver, aliases_of
from reviewlib.review import Settings
from reviewlib.rubric import Rubric
from reviewlib.schema import TABLES
from reviewlib.schema.codes import NOT_USED

FILE = "departments.xlsx"
FIX = {"fix_zh": "。请对照样例中的同名文件改正后重新运行。",
       "fix_en": "Correct it after the sample's file of that name and run again."}  # fmt: skip
NEEDED = ("short_name", "protocol_order", "mode")
"""Without these a department can be neither named, nor put in its place, nor in any report."""


def read_roster(folder: Path, settings: Settings, readers: Readers) -> FileRead:
    """Read `departments.xlsx`.

    Raises
    ------
    ConfigError
        Missing, unreadable, without departments, or with a row that cannot be used.
    """
    path = folder / FILE
    if not path.is_file():
        raise ConfigError("缺少部门名册 departments.xlsx", "the roster departments.xlsx is missing",
                          where=FILE, **FIX)  # fmt: skip
    nobody = Reading(settings.cutoff_on, _resolver([], settings))
    roster = readers.read(Job(path, FILE, "roster"), nobody)
    faults = [found for found in roster.issues if found["severity"] in NOT_USED]
    faults += [*_blank_faults(roster), *_group_faults(roster, settings)]
    if not roster.rows.get("departments") and not faults:
        raise ConfigError(
            "部门名册里还没有部门", "the roster holds no department yet", where=FILE,
            fix_zh="。请在该文件的“部门名册”表中每个部门填一行（填法见表内说明），再重新运行。",
            fix_en="Write one row for every department and run again.",
        )  # fmt: skip
    if faults:
        said_zh = "；".join(_at(found) + found["message_zh"] for found in faults[:20])
        said_en = "; ".join(_at(found) + found["message_en"] for found in faults[:20])
        raise ConfigError(
            f"部门名册有误：{said_zh}", said_en, where=FILE, **FIX,
        )  # fmt: skip
    _check_common(roster, settings)
    return roster


def _check_common(roster: FileRead, settings: Settings) -> None:
    """Refuse departments that every group should rate but that nobody visits: a slip of the pen."""
    visited = [row["dept_code"] for row in roster.rows["departments"] if row["mode"] == "visit"]
    wrong = [code for code in settings.fairness.common_departments if code not in visited]
    if wrong:
        raise ConfigError(
            f"common_departments 中的 {'、'.join(wrong)} 不是名册中的实地回访部门",
            f"common_departments names {', '.join(wrong)}, not to be visited by the roster",
            where="review.toml", fix_zh="。请核对部门代码。", fix_en="Check the codes.",
        )  # fmt: skip


def _blank_faults(roster: FileRead) -> Iterator[dict]:
    """Yield what is left blank and cannot be done without."""
    table = TABLES["departments"]
    for row in roster.rows.get("departments", ()):
        for column in (table[name] for name in NEEDED if row[name] is None):
            yield {
                "sheet": row["source_sheet"], "cell": row["source_cell"],
                "message_zh": f"{row['dept_code']} 没有填“{column.zh}”",
                "message_en": f"{row['dept_code']} has no {column.en.lower()}",
            }  # fmt: skip


def _group_faults(roster: FileRead, settings: Settings) -> Iterator[dict]:
    """Yield the departments to be visited by no group, or by one that review.toml does not have.

    Such a department would be in no report, and nobody would miss it.
    """
    for row in roster.rows.get("departments", ()):
        group = row["group_id"]
        if row["mode"] != "visit" or group in settings.groups:
            continue
        known = "、".join(settings.groups)
        zh = f"填的是没有设置的回访组 {group}（现有 {known}）" if group else "没有填回访组"
        en = f"has group {group}, not one of {known}" if group else "has no visit group"
        yield {
            "sheet": row["source_sheet"], "cell": row["source_cell"],
            "message_zh": f"实地回访部门 {row['dept_code']} {zh}",
            "message_en": f"{row['dept_code']}, to be visited, {en}",
        }  # fmt: skip


def _at(found: dict) -> str:
    place = "!".join(part for part in (found["sheet"], found["cell"]) if part)
    return f"{place}：" if place else ""


def reading_of(roster: FileRead, settings: Settings, rubric: Rubric) -> Reading:
    """Return what every other file is read with: names, codes and dates of this review."""
    rows = sorted(roster.rows["departments"], key=itemgetter("protocol_order", "dept_code"))
    adjustments = [item.id for item in (*rubric.deductions, *rubric.bonuses)]
    visited = [row["dept_code"] for row in rows if row["mode"] == "visit"]
    return Reading(
        settings.cutoff_on,
        _resolver(rows, settings, roster.rows.get("dept_aliases", [])),
        known={
            "dept_code": Known(tuple(row["dept_code"] for row in rows), "不在部门名册中",
                               "not in the roster"),
            "visited": Known(tuple(visited), "不是实地回访部门", "not a department to be visited"),
            "indicator_id": Known(tuple(one.id for one in rubric.indicators),
                                  "评分表中没有这个指标", "not an indicator of the rubric"),
            "item_id": Known(tuple(adjustments), "评分表中没有这个加减分项",
                             "not a deduction or bonus of the rubric"),
        },
    )  # fmt: skip


def _resolver(rows: list[dict], settings: Settings, aliases: list[dict] = ()) -> Resolver:
    names = {row["dept_code"]: (row["short_name"], row["full_name"]) for row in rows}
    former = [
        {"alias": name.strip(), "dept_code": row["dept_code"], "alias_kind": "former",
         "valid_from_on": None, "valid_to_on": None}
        for row in rows
        for name in (row["predecessors"] or "").replace("；", "、").split("、")
        if name.strip()
    ]  # fmt: skip
    known = {alias["alias"] for alias in aliases}
    extra = [row for row in former if row["alias"] not in known]
    return Resolver(names, aliases_of([*aliases, *extra]), settings.district_zh, settings.city_zh)
