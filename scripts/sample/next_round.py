"""A second look-back of the same district, a year later and small: what a comparison needs.

Made from the truth of the sample: fourteen of its departments, dates a year on, most of what was
unfinished done. 区科委 was renamed, 区建设管理委 and 区交通委 merged, 区文化和旅游局 was split,
区委组织部 is no longer visited. No mess is planted.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd

from reviewlib import forms, schema
from reviewlib.review import read_settings
from reviewlib.rubric import load_rubric
from reviewlib.schema import Kind

from .ratings import self_ratings, standings, visit_scores
from .tables import read_table, typed
from .truth import SAMPLE, truth

NEXT = SAMPLE.with_name("sample-next")
KEPT = ("DP02", "DP03", "DP08", "DP09", "DP13", "DP15", "DP17", "DP18", "DP24", "DP25", "DP26",
        "DP28", "DP29", "DP31")  # fmt: skip
MERGED_INTO = {"DP26": "DP25"}
SPLIT_OFF = {"DP35": "DP24"}
RENAMED = {
    "DP17": ("区科技局", "示例区科学技术局", "Science and Technology Bureau", "renamed"),
    "DP25": ("区建设交通委", "示例区建设和交通委员会", "Construction and Transport Commission",
             "merged"),
    "DP24": ("区文化局", "示例区文化局", "Culture Bureau", "rebuilt"),
    "DP35": ("区旅游局", "示例区旅游局", "Tourism Bureau", "new"),
}  # fmt: skip
CEASED_ON = "2026-03-10"
FORMER = (("区科委", "DP17"), ("区建设管理委", "DP25"), ("区交通委", "DP25"),
          ("区文化和旅游局", "DP24"), ("区文化和旅游局", "DP35"))  # fmt: skip
NOT_VISITED = "DP03"
UNHEADED = "DP24"
"""The department whose section heads are missing again."""
RECEIVED_ON = "2026-07-08"


def make_next_round(folder: Path = NEXT) -> None:
    """Write the whole folder of the second review."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("review.toml", "rubric.toml"):
        text = (SAMPLE / name).read_text(encoding="utf-8")
        text = _settings(text) if name == "review.toml" else text
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    _write(folder, _frames())


def _settings(text: str) -> str:
    """Move the settings a year on; the expected counts are those of the smaller roster."""
    text = re.sub(r"\b(20\d\d)(?=-\d\d-\d\d)", lambda year: str(int(year[1]) + 1), text)
    counts = {"departments": 14, "visit": 11, "self_assessed": 3, "groups": 3}
    for name, count in counts.items():
        text = re.sub(rf"(?m)^{name} = \d+", f"{name} = {count}", text)
    return text.replace("区级机构改革“回头看”", "区级机构改革第二轮“回头看”").replace(
        "Look-back review of the district reorganisation",
        "Second look-back review of the district reorganisation",
    )


def _frames() -> dict[str, pd.DataFrame]:
    source = truth()
    frames = {name: _later(_kept(name, source[name])) for name in schema.TABLES if name in source}
    frames["departments"] = _roster(frames["departments"])
    frames["dept_aliases"] = _aliases(frames["dept_aliases"], frames["departments"])
    for name in schema.TABLES:
        if name in frames and schema.TABLES[name].workbook == "return":
            frames[name] = _finished(name, _split(name, _merge(name, frames[name])))
    frames |= _agreeing(frames)
    frames |= _rated(frames)
    frames |= _seen(frames)
    return frames | _ledger(frames)


def _kept(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows that name no department outside the smaller roster."""
    for column in schema.TABLES[name].columns:
        if column.kind is Kind.DEPARTMENT or column.name == "dept_code":
            frame = frame[frame[column.name].isna() | frame[column.name].isin(KEPT)]
        elif column.kind is Kind.DEPARTMENTS:
            frame = frame.assign(**{column.name: frame[column.name].map(_only_kept, "ignore")})
    if "dept_code" in frame:
        frame = frame[frame["dept_code"].isin(KEPT)]
    return frame.reset_index(drop=True).astype(schema.dtypes_of(name))


def _only_kept(joined: str) -> str | None:
    codes = dict.fromkeys(MERGED_INTO.get(code, code) for code in joined.split(";") if code in KEPT)
    return ";".join(codes) or None


def _later(frame: pd.DataFrame) -> pd.DataFrame:
    """Move dates, and the years of document numbers, on by one."""
    dates = frame.select_dtypes("datetime").columns
    moved = {name: (frame[name] + pd.DateOffset(years=1)).astype("datetime64[us]")
             for name in dates}  # fmt: skip
    numbers = [name for name in frame.columns if name.endswith("_no")]
    moved |= {name: frame[name].str.replace("〔2025〕", "〔2026〕") for name in numbers}
    return frame.assign(**moved)


def _roster(roster: pd.DataFrame) -> pd.DataFrame:
    roster = roster[~roster["dept_code"].isin(MERGED_INTO)]
    twins = roster[roster["dept_code"].isin(SPLIT_OFF.values())]
    twins = twins.assign(dept_code=list(SPLIT_OFF), three_det_no="示府办发〔2026〕44号")
    roster = pd.concat([roster, twins], ignore_index=True)
    for code, (short, full, english, change) in RENAMED.items():
        named = ["short_name", "full_name", "name_en", "change_type"]
        roster.loc[roster["dept_code"] == code, named] = [short, full, english, change]
    roster.loc[roster["dept_code"] == NOT_VISITED, ["mode", "group_id", "remark"]] = [
        "self", None, "上轮已实地回访，本轮改为自评"]  # fmt: skip
    roster = roster.assign(predecessors=None)
    roster = roster.sort_values("protocol_order", kind="stable", ignore_index=True)
    order = range(1, len(roster) + 1)
    return schema.frame_of("departments", roster.assign(protocol_order=list(order)))


def _aliases(aliases: pd.DataFrame, roster: pd.DataFrame) -> pd.DataFrame:
    """Short forms of names that stay, and the former names with the day they ceased."""
    stay = aliases["dept_code"].isin(roster["dept_code"]) & ~aliases["dept_code"].isin(RENAMED)
    former = [
        {"alias": alias, "dept_code": code, "alias_kind": "former", "valid_to_on": CEASED_ON}
        for alias, code in FORMER
    ]
    former = typed("dept_aliases", former)
    return pd.concat([aliases[stay], former], ignore_index=True)


def _merge(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Put the returns of merged departments together: counts add up, lists follow one another."""
    table = schema.TABLES[name]
    for column in table.columns:
        if column.kind is Kind.DEPARTMENT:
            frame = frame.assign(**{column.name: frame[column.name].replace(MERGED_INTO)})
    frame = frame.assign(dept_code=frame["dept_code"].replace(MERGED_INTO))
    if {"from_dept", "to_dept"} <= set(frame.columns):
        frame = frame[frame["from_dept"] != frame["to_dept"]]
    keys = list(dict.fromkeys(["dept_code", *table.key])) if table.key else []
    if not keys:
        return frame.reset_index(drop=True)
    counts = [c.name for c in table.columns if c.kind in (Kind.COUNT, Kind.NUMBER)]
    if name in ("staffing", "leadership_posts", "other_counts"):
        sums = frame.groupby(keys, sort=False)[counts].transform(lambda x: x.sum(min_count=1))
        frame = frame.assign(**{c: sums[c].astype(frame[c].dtype) for c in counts})
    return frame.drop_duplicates(keys).reset_index(drop=True)


def _split(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Give the department split off its share: every other section, half the posts, no lists."""
    for new, old in SPLIT_OFF.items():
        own = frame[frame["dept_code"] == old]
        if name == "internal_units":
            moved = own.iloc[1::2].index
            frame = frame.assign(dept_code=frame["dept_code"].mask(frame.index.isin(moved), new))
        elif name in ("staffing", "leadership_posts", "covers", "profiles", "other_counts"):
            frame = pd.concat([frame, own.assign(dept_code=new)], ignore_index=True)
    return frame.astype(schema.dtypes_of(name))


def _finished(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Do what was unfinished a year ago, but for what waits for the city."""
    if name == "duty_transfers":
        is_open = frame["status"].isin(("partial", "not_done", "disputed"))
        done = {"status": "done", "handover": "both", "obstacle": None}
        frame = frame.assign(**{n: frame[n].mask(is_open, v) for n, v in done.items()})
        for part in ("posts", "staff"):
            whole, moved = frame[f"{part}_count"], frame[f"{part}_done_count"]
            frame = frame.assign(**{f"{part}_done_count": moved.mask(is_open, whole)})
        when = frame["done_on"].mask(is_open & frame["done_on"].isna(), frame["due_on"])
        return frame.assign(
            done_on=when, done_on_precision=frame["done_on_precision"].mask(when.notna(), "day")
        )
    if name == "internal_units":
        is_own = frame["is_in_three_det"].fillna(False).astype(bool)
        is_here = is_own & (frame["dept_code"] != UNHEADED)
        for column in ("is_head_in_place", "is_duties_issued", "is_set_up"):
            frame = frame.assign(**{column: frame[column].mask(is_here, True)})
        return frame[is_own].reset_index(drop=True).astype(schema.dtypes_of(name))
    if name == "cross_dept_matters":
        frame = frame.assign(is_written=True, basis=frame["basis"].replace("none", "minutes"))
        return frame.astype(schema.dtypes_of(name))
    if name == "coordination_bodies":
        points = [c for c in frame.columns if c.startswith("has_")]
        frame = frame.assign(**dict.fromkeys(points, True))
        return frame.assign(meetings_held_count=frame["meetings_required_count"]).astype(
            schema.dtypes_of(name)
        )
    return frame


def _agreeing(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Say the same on every sheet: names and kinds of change as on the roster, heads as listed."""
    roster = frames["departments"].set_index("dept_code")
    covers, profiles, units = frames["covers"], frames["profiles"], frames["internal_units"]
    posts, matters = frames["leadership_posts"], frames["cross_dept_matters"]
    is_head = posts["post_type"] == "section_head"
    counted = units.groupby("dept_code")[["head_posts_count", "is_head_in_place"]].sum()
    heads = {
        f"leadership_posts_{kind}_count": posts[f"leadership_posts_{kind}_count"].mask(
            is_head, posts["dept_code"].map(counted[column].astype("Int64"))
        )
        for kind, column in (("approved", "head_posts_count"), ("filled", "is_head_in_place"))
    }
    support = [
        None if pd.isna(joined) else ";".join(c for c in joined.split(";") if c != lead) or None
        for lead, joined in zip(matters["lead_dept"], matters["support_depts"], strict=True)
    ]
    return {
        "covers": covers.assign(declared_code=covers["dept_code"],
                                declared_name=covers["dept_code"].map(roster["full_name"])),
        "profiles": profiles.assign(
            stated_change_type=profiles["dept_code"].map(roster["change_type"]),
            stated_three_det_no=profiles["dept_code"].map(roster["three_det_no"]),
        ),
        "leadership_posts": posts.assign(**heads),
        "cross_dept_matters": matters.assign(support_depts=pd.array(support, dtype="str")),
    }  # fmt: skip


def _rated(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    rubric = load_rubric(SAMPLE / "rubric.toml")
    known = standings(frames)
    levels = {one.department.dept_code: one.levels for one in known}
    known = [replace(one, levels=one.levels or levels[SPLIT_OFF[one.department.dept_code]])
             for one in known]  # fmt: skip
    scores = visit_scores(known, rubric)
    scored_on = scores["scored_on"] + pd.DateOffset(years=1)
    return {
        "self_ratings": self_ratings(known, rubric),
        "visit_scores": scores.assign(scored_on=scored_on.astype("datetime64[us]")),
    }


def _seen(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Visits and findings of the departments visited again."""
    visited = frames["departments"].query("mode == 'visit'").set_index("dept_code")["group_id"]
    seen = {}
    for name in ("visits", "findings", "adjustments"):
        frame = frames[name]
        frame = frame.assign(dept_code=frame["dept_code"].replace(MERGED_INTO))
        frame = frame[frame["dept_code"].isin(visited.index)]
        if "group_id" in frame:
            frame = frame.assign(group_id=frame["dept_code"].map(visited))
        keys = ["dept_code", *(() if name == "findings" else schema.TABLES[name].key)]
        limit = frame.groupby("dept_code").cumcount() < 2 if name == "findings" else True
        frame = frame[limit] if name == "findings" else frame.drop_duplicates(keys)
        seen[name] = frame.reset_index(drop=True)
    seen["moderations"] = frames["moderations"].iloc[:0]
    return seen


def _ledger(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    rows = read_table("next_problems")
    problem = schema.TABLES["problems"].names
    ledger = {
        "problems": [{k: v for k, v in row.items() if k in problem} for row in rows],
        "problem_depts": [
            {"problem_id": row["problem_id"], "dept_code": code, "role": role}
            for row in rows
            for role in ("main", "support")
            for code in (row[role] or "").split(";") if code
        ],
        "recommendations": read_table("next_recommendations"),
        "problem_recs": [{"problem_id": r["problem_id"], "rec_id": r["rec"]} for r in rows],
        "tasks": [_task(number, row) for number, row in enumerate(rows, start=1)],
        "followups": [_followup(number, row) for number, row in enumerate(rows, start=1)],
        "problem_findings": [],
        "opinion_handlings": [
            {"opinion_id": code, "handling": "noted", "reply_text": "已纳入第二轮统筹研究",
             "replied_on": "2026-08-12"} for code in frames["opinions"]["opinion_id"]
        ],
    }  # fmt: skip
    return {name: typed(name, listed) for name, listed in ledger.items()}


def _task(number: int, row: dict) -> dict:
    return {
        "task_id": f"T-{number:03}", "problem_id": row["problem_id"], "rec_id": row["rec"],
        "measure": row["measure"], "owner": row["owner"], "rectification_type": "deadline",
        "start_on": "2026-08-01", "due_on": row["due_on"], "progress_share": "0.5",
        "status": row["status"], "returned_count": row["returned_count"], "reopened_count": "0",
    }  # fmt: skip


def _followup(number: int, row: dict) -> dict:
    return {
        "task_id": f"T-{number:03}", "reported_on": "2026-10-26", "progress_share": "0.5",
        "progress_text": f"{row['measure']}，已完成摸底", "next_step": "按期推进",
        "is_decision_asked": "no",
    }  # fmt: skip


def _write(folder: Path, frames: dict[str, pd.DataFrame]) -> None:
    settings, rubric = read_settings(folder), load_rubric(folder / "rubric.toml")
    roster = frames["departments"]
    forms.write_roster(folder / "departments.xlsx", settings, frames)
    forms.write_ledger(folder / "ledger.xlsx", settings, roster, frames)
    for department in roster.to_dict("records"):
        code = department["dept_code"]
        path = folder / "returns" / f"return-{code}.xlsx"
        forms.write_return(path, settings, rubric, department, roster, _of(frames, "return", code))
    for group in roster["group_id"].dropna().unique():
        members = roster.loc[roster["group_id"] == group, "dept_code"]
        path = folder / "visits" / f"visit-{group}.xlsx"
        own = _of(frames, "visit", *members)
        forms.write_visit(path, settings, rubric, group, roster, own)
    lines = [f"return-{code}.xlsx,{RECEIVED_ON}" for code in roster["dept_code"]]
    text = "\r\n".join(["file,received_on", *lines, ""])
    (folder / "received.csv").write_text(text, encoding="utf-8-sig", newline="")


def _of(frames: dict[str, pd.DataFrame], workbook: str, *codes: str) -> dict[str, pd.DataFrame]:
    return {
        table.name: frames[table.name][frames[table.name]["dept_code"].isin(codes)]
        for table in schema.tables_of(workbook)
    }
