"""Small tables for leaders: colours by mode, problems by category, rectification by type."""

from __future__ import annotations

import pandas as pd

from reviewlib.schema import vocabularies as v
from reviewlib.show import words
from reviewlib.show.blocks import Block
from reviewlib.show.sentences.problems import by_category
from reviewlib.show.sentences.verdict import BANDS, UNRATED, tally
from reviewlib.show.tables import Col, table
from reviewlib.show.voice import Voice


def colours_table(totals: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return the number of departments of each band, the visited and the self-assessed apart."""
    rows = []
    for mode in v.MODE.codes:
        part = totals[totals["mode"] == mode]
        if part.empty:
            continue
        counts = {band: len(codes) for band, codes in tally(part).items()}
        coverage = part["coverage"].dropna().astype("float64").median()
        rows.append({"mode": voice.label(v.MODE, mode), "n": len(part), "coverage": coverage,
                     **counts})  # fmt: skip
    cols = [Col("mode", "方式", "Mode"), Col("n", "部门", "Departments", words.count)]
    for band in (*BANDS, UNRATED):
        heading = voice.bands(band, voice.lang)
        cols.append(Col(band, heading, heading, words.count))
    cols.append(Col("coverage", "覆盖率中位数", "Median coverage", words.rate))
    return table(pd.DataFrame(rows), cols, lang=voice.lang, **options)


def categories_table(problems: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return problems and departments by category, with how many are closed."""
    frame = by_category(problems)
    closed = problems[problems["is_closed"].astype(bool)]["category"].value_counts()
    frame = frame.assign(closed=frame["category"].map(closed).fillna(0))
    cols = [
        Col("category", "问题类别", "Category", lambda code, _: voice.label(v.CATEGORY, code)),
        Col("problems", "问题", "Problems", words.count),
        Col("depts", "涉及部门", "Departments", words.count),
        Col("closed", "已销号", "Closed", words.count),
    ]
    return table(frame, cols, lang=voice.lang, **options)


def types_table(tasks: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return tasks by type of rectification: how many, how many closed, the last due date.

    Parameters
    ----------
    tasks : DataFrame
        As `find.rectification` returns it; rejected tasks (without a light) do not count.
    """
    tasks = tasks[tasks["light"].notna()]
    rows = []
    for code in v.RECTIFICATION_TYPE.codes:
        part = tasks[tasks["rectification_type"] == code]
        if len(part):
            rows.append({
                "type": voice.label(v.RECTIFICATION_TYPE, code), "n": len(part),
                "closed": int(part["is_closed"].sum()),
                "red": int((part["light"] == "red").sum()), "due_on": part["due_on"].max(),
            })  # fmt: skip
    cols = [
        Col("type", "整改类型", "Type"), Col("n", "任务", "Tasks", words.count),
        Col("closed", "已销号", "Closed", words.count), Col("red", "红灯", "Red", words.count),
        Col("due_on", "最晚完成时限", "Last due date", words.date),
    ]  # fmt: skip
    return table(pd.DataFrame(rows), cols, lang=voice.lang, **options)


def groups_table(coverage: pd.DataFrame, groups: dict, voice: Voice, **options) -> Block:
    """Return how many departments each visit group had and visited; no scores."""
    rows = [
        {
            "group": group.en if voice.lang == "en" else group.zh,
            "planned": len(part := coverage[coverage["group_id"] == code]),
            "visited": int(part["is_visited"].sum()),
            "returned": int(part["is_returned"].sum()),
        }
        for code, group in groups.items()
    ]
    own = coverage[coverage["mode"] == "self"]
    rows.append({"group": voice.label(v.MODE, "self"), "planned": len(own), "visited": None,
                 "returned": int(own["is_returned"].sum())})  # fmt: skip
    cols = [
        Col("group", "回访组", "Visit group"),
        Col("planned", "部门", "Departments", words.count),
        Col("visited", "已回访", "Visited", words.count),
        Col("returned", "已报送自评", "Returns", words.count),
    ]
    return table(pd.DataFrame(rows), cols, lang=voice.lang, **options)
