"""Tables of who was visited, who returned what, and how it was read."""

from __future__ import annotations

import pandas as pd

from reviewlib.schema import vocabularies as v
from reviewlib.show import words
from reviewlib.show.blocks import LINE, Block, Part, join
from reviewlib.show.mixed import mixed
from reviewlib.show.tables import Col, col, table
from reviewlib.show.voice import Voice


def visits_table(
    roster: pd.DataFrame, visits: pd.DataFrame, coverage: pd.DataFrame, voice: Voice, **options
) -> Block:
    """Return one row per department to be visited, its visits within the cells.

    Parameters
    ----------
    roster : DataFrame
        Departments, protocol order.
    visits : DataFrame
        Rows of `review.visits`.
    coverage : DataFrame
        `find.coverage` of the same departments.
    """
    own = {code: part.to_dict("records") for code, part in visits.groupby("dept_code")}
    frame = roster.merge(coverage[["dept_code", "is_returned"]], on="dept_code", how="left")
    codes = frame["dept_code"]
    frame = frame.assign(
        when=[_lines(own.get(code, []), _when, voice) for code in codes],
        how=[_lines(own.get(code, []), _how, voice) for code in codes],
        who=[_lines(own.get(code, []), _who, voice) for code in codes],
    )
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        col("departments", "change_type"),
        Col("when", "回访时间", "Visited"),
        Col("how", "方式", "Methods"),
        Col("who", "参加人数", "Participants", is_number=True),
        Col("is_returned", "自评材料", "Return", lambda value, lang: _returned(value, voice)),
    ]
    return table(frame, cols, lang=voice.lang, is_compact=True, **options)


def _lines(visits: list[dict], say_one, voice: Voice) -> Block:
    if not visits:
        return voice.say("未回访", "not visited") if say_one is _when else Block(words.MISSING)
    return join([say_one(visit, voice) for visit in visits], LINE)


def _when(visit: dict, voice: Voice) -> Part:
    day = voice.date(visit["visit_on"])
    if words.is_missing(visit["half_day"]):
        return day
    half = voice.label(v.HALF_DAY, visit["half_day"])
    return voice.say("{day}{half}", "{day}, {half}", day=day, half=half.lower())


def _how(visit: dict, voice: Voice) -> Part:
    return voice.label(v.VISIT_METHOD, visit["methods"])


def _who(visit: dict, voice: Voice) -> Part:
    return words.count(visit["participants_count"], voice.lang)


def _returned(value: object, voice: Voice) -> Part:
    return voice.say("已报送", "received") if value else voice.say("未报送", "none")


def issue_counts_table(counts: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return data issues by department and severity; see `find.issue_counts`."""
    cols = [Col("dept_code", "部门", "Department", voice.names)]
    for choice in v.SEVERITY:
        cols.append(Col(f"{choice.code}_count", choice.zh, choice.en, words.count))
    cols.append(Col("total_count", "合计", "Total", words.count))
    return table(counts, cols, lang=voice.lang, is_compact=True, **options)


def provisional_table(issues: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return the values in use that are not yet certain, each with its address and its reason."""
    shown = issues.assign(
        place=[voice.places(*where, voice.lang) for where in
               issues[["file", "sheet", "cell"]].itertuples(index=False)],
        message=[mixed(one, voice.lang) for one in issues[f"message_{voice.lang}"]],
    )  # fmt: skip
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        Col("place", "位置", "Where"),
        Col("raw", "原文", "As written"),
        Col("value", "采用值", "Value used"),
        Col("message", "说明", "Why"),
    ]
    return table(shown, cols, lang=voice.lang, is_compact=True, **options)


def roster_table(roster: pd.DataFrame, groups: dict, voice: Voice, **options) -> Block:
    """Return the roster: change, mode and visit group, protocol order."""
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        col("departments", "side"),
        col("departments", "change_type"),
        col("departments", "mode"),
        Col("group_id", "回访组", "Visit group", lambda code, lang: group_name(groups, code, lang)),
    ]
    return table(roster, cols, lang=voice.lang, is_compact=True, **options)


def group_name(groups: dict, code: object, lang: str) -> str:
    """Return what a visit group is called; its code where the settings do not name it."""
    if words.is_missing(code):
        return words.MISSING
    group = groups.get(str(code))
    return str(code) if group is None else getattr(group, "en" if lang == "en" else "zh")
