"""Tables of a department's feedback sheet: problems to rectify, data to confirm, replies."""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.selection import split_codes
from reviewlib.schema import vocabularies as v
from reviewlib.schema.codes import advice
from reviewlib.show import words
from reviewlib.show.blocks import LINE, Block, Part, join
from reviewlib.show.mixed import mixed
from reviewlib.show.tables import Col, col, rows_with, table
from reviewlib.show.voice import Voice

_OF_PROBLEM = ("problem_id", "title", "description", "rectification_type", "owner", "dept_codes",
               "due_on", "is_closed", "closed_on")  # fmt: skip


def to_fix_table(
    problems: pd.DataFrame, found: pd.DataFrame, tasks: pd.DataFrame, voice: Voice,
    *, department: str, contact: str, **options,
) -> Block:  # fmt: skip
    """Return problem, fact, requirement, type, due and contact.

    Parameters
    ----------
    problems, found, tasks : DataFrame
        `find.problems`, `find.visit_findings`, `find.rectification` of the department.
    department : str
        Facts are its own; of a common problem nobody else's part is told.
    contact : str
        Whom to ask.
    """
    facts = [(split_codes(ids), text)
             for ids, text in zip(found["problem_ids"], found["text"], strict=True)]  # fmt: skip
    steps = rows_with(tasks, ("problem_id", "owner", "measure", "due_on", "is_closed"))
    rows = []
    for problem in rows_with(problems, _OF_PROBLEM):
        number = problem["problem_id"]
        own = [task for task in steps
               if task["problem_id"] == number and task["owner"] == department]  # fmt: skip
        rows.append({
            "problem": join((str(number), voice.original(problem["title"])), " "),
            "fact": _fact(problem, [text for ids, text in facts if number in ids],
                          department, voice),
            "asked": _asked(problem, own, department, voice),
            "type": voice.label(v.RECTIFICATION_TYPE, problem["rectification_type"]),
            "due": _due(problem, own, voice), "contact": contact or words.MISSING,
        })  # fmt: skip
    cols = [
        Col("problem", "问题", "Problem"), Col("fact", "事实", "Fact"),
        Col("asked", "整改要求", "Requirement"), Col("type", "类型", "Type"),
        Col("due", "期限", "Due"), Col("contact", "联系", "Contact"),
    ]  # fmt: skip
    return table(rows, cols, lang=voice.lang, is_compact=True, **options)


def _fact(problem: dict, found: list[str], department: str, voice: Voice) -> Part:
    if found:
        return join(map(voice.original, found), LINE)
    is_own = department in (problem["dept_codes"], problem["owner"])
    if is_own and not words.is_missing(problem["description"]):
        return voice.original(problem["description"])
    return voice.say("见共性问题", "A common problem")


def _asked(problem: dict, own: list[dict], department: str, voice: Voice) -> Part:
    if own:
        return join((voice.original(task["measure"]) for task in own), LINE)
    if problem["owner"] == department:
        return voice.say("制定并报送整改措施", "Draw up and send measures")
    return voice.say(
        "配合{owner}整改", "Support {owner}", owner=voice.name(problem["owner"])
    )  # fmt: skip


def _due(problem: dict, own: list[dict], voice: Voice) -> Part:
    if problem["is_closed"]:
        return voice.say("{day}已销号", "closed on {day}", day=voice.date(problem["closed_on"]))
    still = [task["due_on"] for task in own if not task["is_closed"]]
    last = max((day for day in still if not words.is_missing(day)), default=problem["due_on"])
    return voice.date(last)


def to_confirm_table(issues: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return data to correct or check: cell address, what stands there, what is wrong, the remedy.

    Parameters
    ----------
    issues : DataFrame
        Rows of `find.issues` of the department.
    """
    rows = [
        {
            "place": voice.places(row["file"], row["sheet"], row["cell"], voice.lang),
            "severity": voice.label(v.SEVERITY, row["severity"]),
            "raw": voice.original(row["raw"]),
            "message": mixed(row[f"message_{voice.lang}"], voice.lang),
            "fix": mixed(advice(row["fix"], voice.lang), voice.lang),
        }
        for row in issues.to_dict("records")
    ]
    cols = [
        Col("place", "位置", "Where"), Col("severity", "级别", "Severity"),
        Col("raw", "原文", "As written"), Col("message", "问题", "What is wrong"),
        Col("fix", "处理办法", "What to do"),
    ]  # fmt: skip
    return table(rows, cols, lang=voice.lang, is_compact=True, **options)


def replies_table(opinions: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return each opinion with its handling, the reason and the reply."""
    rows = [
        {
            "opinion_id": row["opinion_id"], "text": row["text"],
            "handling": voice.label(v.OPINION_HANDLING, row["handling"])
            if row["is_handled"] else voice.say("尚在研究", "under study"),
            "reply": _reply(row, voice), "replied_on": row["replied_on"],
        }
        for row in opinions.to_dict("records")
    ]  # fmt: skip
    cols = [
        col("opinions", "opinion_id", zh="编号", en="No."), col("opinions", "text"),
        Col("handling", "处理方式", "Handling"), Col("reply", "答复", "Reply"),
        Col("replied_on", "答复日期", "Replied on", words.date),
    ]  # fmt: skip
    return table(rows, cols, lang=voice.lang, is_compact=True, **options)


def _reply(row: dict, voice: Voice) -> Part:
    said = [row[name] for name in ("reply_text", "reason") if not words.is_missing(row[name])]
    return voice.original(said[0]) if said else words.MISSING
