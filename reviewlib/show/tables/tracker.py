"""Tables of the tracker: what needs attention, counts by light, closed items, the ledger."""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.vocabularies import LIGHT_REASON
from reviewlib.schema import vocabularies as v
from reviewlib.show import words
from reviewlib.show.blocks import LINE, Block, Part, element, join
from reviewlib.show.sentences.lights import LIGHTS, due_words, reason_words, state_word
from reviewlib.show.tables import Col, col, table
from reviewlib.show.voice import Voice

CLOSURE = ("leadership", "capacity", "plan", "monitoring", "result")
"""The five criteria of closure, in the order of the ledger."""


def attention_table(attention: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return what is red and yellow: why, what blocks it, who can unblock it."""
    records = attention.to_dict("records")
    frame = attention.assign(
        due=[due_words(row, voice) for row in records],
        why=[reason_words(row, voice) for row in records],
    )
    cols = [
        Col("reference", "编号", "No."),
        Col("light", "亮灯", "Light", words.light),
        Col("text", "事项", "Item"),
        Col("owner", "责任单位", "Owner", voice.names),
        Col("due", "期限", "Due"),
        Col("why", "原因", "Why"),
        Col("obstacle", "卡在哪里", "What blocks it"),
        Col("can_unblock", "谁能解决", "Who can unblock it"),
    ]
    return table(frame, cols, lang=voice.lang, is_compact=True, **options)


def totals_table(counts: pd.DataFrame, voice: Voice, *, label: Col, **options) -> Block:
    """Return counts by light with the closing rate, one row per what `label` names."""
    cols = [label, Col("total", "合计", "Total", words.count)]
    cols += [Col(state, state_word(state, voice), state_word(state, voice), words.count)
             for state in LIGHTS]  # fmt: skip
    cols += [
        Col("pending_city", "其中挂账", "Of which at city level", words.count),
        Col("closing_share", "销号率", "Closing rate", words.rate),
    ]
    return table(counts, cols, lang=voice.lang, **options)


def recommendation_status_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return how far each recommendation is."""
    frame = frame.assign(tasks=[
        voice.part_of(row["tasks_closed"], row["task_count"]) for row in frame.to_dict("records")
    ])  # fmt: skip
    cols = [
        col("recommendations", "rec_id", zh="编号", en="No."),
        col("recommendations", "text"),
        col("recommendations", "lead_dept", voice.names),
        col("recommendations", "due_on"),
        col("recommendations", "status"),
        Col("tasks", "任务销号", "Tasks closed"),
        Col("light", "亮灯", "Light", words.light),
    ]
    return table(frame, cols, lang=voice.lang, **options)


def due_table(due: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return the open tasks that fall due soon, by due date."""
    frame = due.assign(due=[due_words(row, voice) for row in due.to_dict("records")])
    cols = [
        col("tasks", "task_id", zh="编号", en="No."),
        Col("due", "期限", "Due"),
        col("tasks", "measure"),
        col("tasks", "owner", voice.names),
        Col("progress_share", "进度", "Progress", words.rate),
        Col("light", "亮灯", "Light", words.light),
    ]
    return table(frame, cols, lang=voice.lang, **options)


def closed_table(tasks: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return closed tasks with evidence, verifier and date."""
    frame = tasks.assign(verified=[_verifier(row, voice) for row in tasks.to_dict("records")])
    cols = [
        col("tasks", "task_id", zh="编号", en="No."),
        col("tasks", "measure"),
        col("tasks", "owner", voice.names),
        col("tasks", "closed_on"),
        col("tasks", "evidence_ref"),
        Col("verified", "审核", "Verified by"),
    ]
    return table(frame, cols, lang=voice.lang, **options)


def _verifier(row: dict, voice: Voice) -> Block:
    role = voice.original(row["verified_by_role"])
    if words.is_missing(row["verified_by_dept"]):
        return role
    return join((voice.name(row["verified_by_dept"]), LINE, role))


def closed_problems_table(problems: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return closed problems with the five criteria of closure."""
    frame = problems.assign(
        verified=[voice.original(role) for role in problems["verified_by_role"]]
    )
    cols = [
        col("problems", "problem_id", zh="编号", en="No."),
        col("problems", "title"),
        col("problems", "closed_on"),
        *(col("problems", f"closure_{name}") for name in CLOSURE),
        col("problems", "evidence_ref"),
        Col("verified", "审核", "Verified by"),
    ]
    return table(frame, cols, lang=voice.lang, is_compact=True, **options)


def reopened_table(tasks: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return tasks that were reopened, and how often."""
    cols = [
        col("tasks", "task_id", zh="编号", en="No."),
        col("tasks", "measure"),
        col("tasks", "owner", voice.names),
        col("tasks", "reopened_count"),
        col("tasks", "status"),
        Col("light", "亮灯", "Light", words.light),
    ]
    return table(tasks, cols, lang=voice.lang, **options)


def all_problems_table(problems: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return every problem of the ledger on one row."""
    frame = problems.assign(**_lights(problems, voice))
    cols = [
        col("problems", "problem_id", zh="编号", en="No."),
        col("problems", "category"),
        col("problems", "title"),
        col("problems", "nature"),
        col("problems", "cause"),
        col("problems", "resolution_level"),
        col("problems", "severity"),
        col("problems", "rectification_type", zh="类型", en="Type"),
        col("problems", "owner", voice.names),
        Col("dept_codes", "涉及部门", "Departments", voice.names),
        col("problems", "found_on"),
        col("problems", "due_on"),
        col("problems", "status"),
        Col("lit", "亮灯", "Light"),
        Col("task_ids", "任务", "Tasks", _codes),
        Col("rec_ids", "建议", "Recommendations", _codes),
    ]
    return table(frame, cols, lang=voice.lang, is_compact=True, **options)


def all_tasks_table(tasks: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return every task of the ledger on one row, with its last report and its place."""
    records = tasks.to_dict("records")
    frame = tasks.assign(
        **_lights(tasks, voice),
        who=[_owner(row, voice) for row in records],
        last=[_last(row, voice) for row in records],
        due=[due_words(row, voice) for row in records],
        place=[voice.places(row["source_file"], row["source_sheet"], row["source_cell"], voice.lang)
               for row in records],
    )  # fmt: skip
    cols = [
        col("tasks", "task_id", zh="编号", en="No."),
        col("tasks", "problem_id", zh="问题", en="Problem"),
        col("tasks", "rec_id", zh="建议", en="Rec."),
        col("tasks", "measure"),
        Col("who", "责任单位（配合）", "Owner (supporting)"),
        col("tasks", "rectification_type", zh="类型", en="Type"),
        col("tasks", "start_on"),
        Col("due", "期限", "Due"),
        Col("progress_share", "进度", "Progress", words.rate),
        col("tasks", "status"),
        Col("lit", "亮灯", "Light"),
        Col("last", "最近进展", "Last report"),
        Col("place", "出处", "Where"),
    ]
    return table(frame, cols, lang=voice.lang, is_compact=True, **options)


def _lights(frame: pd.DataFrame, voice: Voice) -> dict[str, list[Part]]:
    return {"lit": [
        join((words.light(light, voice.lang), LINE, voice.label(LIGHT_REASON, reason)))
        if not words.is_missing(light) else words.MISSING
        for light, reason in zip(frame["light"], frame["reason"], strict=True)
    ]}  # fmt: skip


def _owner(row: dict, voice: Voice) -> Block:
    owner = voice.name(row["owner"])
    if words.is_missing(row["support_depts"]):
        return owner
    return voice.say("{owner}（{others}）", "{owner} ({others})", owner=owner,
                     others=voice.name(row["support_depts"]))  # fmt: skip


def _last(row: dict, voice: Voice) -> Part:
    if words.is_missing(row["last_reported_on"]):
        return voice.say("尚无报告", "No report yet")
    return voice.say("{day}：{text}", "{day}: {text}", day=voice.date(row["last_reported_on"]),
                     text=voice.original(row["last_progress_text"]))  # fmt: skip


def _codes(value: object, lang: str) -> Part:
    """Return codes that do not break at their hyphens, one under another."""
    if words.is_missing(value):
        return words.MISSING
    return join((element("span", one, class_="rl-short") for one in str(value).split(";")), LINE)


def label_of(name: str, zh: str, en: str, voice: Voice) -> Col:
    """Return the first column of a table of counts: a category, a department, a kind."""
    if name == "category":
        return Col(name, zh, en, lambda code, lang: words.label(v.CATEGORY, code, lang))
    if name == "dept_code":
        return Col(name, zh, en, voice.names)
    return Col(name, zh, en)
