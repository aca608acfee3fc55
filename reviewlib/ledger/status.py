"""The state of the ledger in a terminal (台账情况): what the tracker page says, as text."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from reviewlib.findings import attention, due_soon, opinions, problems, rectification
from reviewlib.findings.vocabularies import LIGHT_REASON
from reviewlib.ledger.course import change
from reviewlib.ledger.past import as_known
from reviewlib.review import Review
from reviewlib.schema import vocabularies as v

MARKS = {"red": "■", "yellow": "▲", "green": "●", "grey": "○"}
"""A shape for each light, for terminals without colour."""

KIND = {"problems": ("问题", "Problems"), "tasks": ("任务", "Tasks")}
COUNTS = (
    ("closed", "已销号", "closed"), ("red", "红灯", "red"), ("yellow", "黄灯", "yellow"),
    ("green", "绿灯", "green"), ("grey", "灰灯", "grey"),
)  # fmt: skip


def status(review: Review, lang: str = "zh") -> str:
    """Return the state of the ledger at `review.as_of` as text, one line per matter.

    Totals and change since the previous follow-up, red before yellow with what blocks and who can
    unblock, matters of the city with the last contact, what is due soon, what was reopened,
    opinions without answer, questions to decide, edits the log has not taken in.
    """
    known = as_known(review)
    parts = [
        _say(lang, f"台账情况　核算日 {review.as_of:%Y-%m-%d}",
             f"State of the ledger as of {review.as_of:%Y-%m-%d}"),
        *_totals(review, lang), *_attention(known, lang), *_city(known, lang), *_due(known, lang),
        *_reopened(known, lang), *_opinions(known, lang), *_undecided(review, lang),
    ]  # fmt: skip
    return "\n".join(parts)


def _say(lang: str, zh: str, en: str) -> str:
    return en if lang == "en" else zh


def _totals(review: Review, lang: str) -> Iterator[str]:
    """Counts first; the change of each stands behind it in brackets."""
    frame = change(review).set_index(["kind", "period"])
    before_on = frame["as_of"].xs("previous", level="period") if "previous" in frame.index.levels[
        1] else None  # fmt: skip
    for kind, names in KIND.items():
        now = frame.loc[(kind, "now")]
        before = frame.loc[(kind, "previous")] if before_on is not None else None
        counts = [f"{_say(lang, zh, en)} {now[name]}{_moved(now, before, name)}"
                  for name, zh, en in COUNTS]  # fmt: skip
        total = f"{now['total']}{_moved(now, before, 'total')}"
        yield _say(lang, f"{names[0]} {total} 项：{'，'.join(counts)}",
                   f"{names[1]} {total}: {', '.join(counts)}")  # fmt: skip
    if before_on is not None:
        day = f"{before_on.iloc[0]:%Y-%m-%d}"
        yield _say(lang, f"括号内为较 {day} 的变化", f"In brackets: change since {day}")


def _moved(now: pd.Series, before: pd.Series | None, name: str) -> str:
    moved = 0 if before is None else int(now[name] - before[name])
    return f" ({moved:+d})" if moved else ""


def _attention(review: Review, lang: str) -> Iterator[str]:
    names = _names(review, lang)
    for row in attention(review).to_dict("records"):
        light = f"{MARKS[row['light']]} {v.LIGHT.label(row['light'], lang)}"
        reasons = [LIGHT_REASON.label(code, lang) for code in str(row["reasons"]).split(";")]
        owner = names.get(row["owner"], row["owner"])
        yield _say(
            lang, f"{light}　{row['reference']}　{owner}　{row['text']}（{'、'.join(reasons)}）",
            f"{light}  {row['reference']}  {owner}  {row['text']} ({', '.join(reasons)})",
        )
        if isinstance(row["obstacle"], str):
            who = row["can_unblock"] if isinstance(row["can_unblock"], str) else "—"
            yield _say(lang, f"　　障碍：{row['obstacle']}；需协调：{who}",
                       f"    Obstacle: {row['obstacle']}; can unblock: {who}")  # fmt: skip


def _city(review: Review, lang: str) -> Iterator[str]:
    frame = problems(review)
    for row in frame[frame["status"] == "pending_city"].to_dict("records"):
        asked = row["city_contacted_on"]
        day = _say(lang, "未沟通", "not yet") if pd.isna(asked) else f"{asked:%Y-%m-%d}"
        yield _say(lang, f"{MARKS['grey']} 需市级明确　{row['problem_id']}　{row['title']}"
                         f"（最近沟通：{day}）",
                   f"{MARKS['grey']} City level  {row['problem_id']}  {row['title']} "
                   f"(last contact: {day})")  # fmt: skip


def _due(review: Review, lang: str) -> Iterator[str]:
    names, days = _names(review, lang), review.settings.lights.due_list_days
    for row in due_soon(review).to_dict("records"):
        owner = names.get(row["owner"], row["owner"])
        yield _say(lang, f"{days}日内到期　{row['due_on']:%Y-%m-%d}　{row['task_id']}　{owner}",
                   f"Due within {days} days  {row['due_on']:%Y-%m-%d}  {row['task_id']}  {owner}")


def _reopened(review: Review, lang: str) -> Iterator[str]:
    frame = rectification(review)
    for row in frame[(frame["reopened_count"] > 0).fillna(False)].to_dict("records"):
        count, task, measure = row["reopened_count"], row["task_id"], row["measure"]
        times = "once" if count == 1 else f"{count} times"
        yield _say(lang, f"重新打开 {count} 次　{task}　{measure}",
                   f"Reopened {times}  {task}  {measure}")  # fmt: skip


def _opinions(review: Review, lang: str) -> Iterator[str]:
    frame = opinions(review)
    unhandled = int((~frame["is_handled"]).sum())
    unanswered = int((frame["is_handled"] & frame["replied_on"].isna()).sum())
    if unhandled or unanswered:
        yield _say(lang, f"意见 {len(frame)} 条：未处理 {unhandled}，已处理未答复 {unanswered}",
                   f"Opinions {len(frame)}: {unhandled} not handled, "
                   f"{unanswered} handled and not answered")  # fmt: skip


def _undecided(review: Review, lang: str) -> Iterator[str]:
    questions = int(review.ledger_questions["decision"].isna().sum())
    if questions:
        yield _say(lang, f"待裁决 {questions} 项，见台账“待裁决”表",
                   f"To decide: {questions}, on the sheet 待裁决")  # fmt: skip
    edits = review.issues[review.issues["code"] == "row.unlogged"]
    said = edits["message_en" if lang == "en" else "message_zh"]
    yield from (f"! {text}" for text in said)


def _names(review: Review, lang: str) -> dict[str, str]:
    column = "name_en" if lang == "en" else "short_name"
    known = review.departments[["dept_code", column]].dropna()
    return dict(known.to_numpy())


