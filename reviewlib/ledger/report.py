"""What a merge came to, in lines of text (归并结果)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reviewlib.ledger.merge import MergeResult
from reviewlib.ledger.office import SOURCES_FOLDER
from reviewlib.ledger.rows import TRACKED
from reviewlib.schema import vocabularies as v

UNREAD = ("label.extra", "label.blank", "sheet.extra", "cell.not-taken")
"""Data issues of what stands in a workbook and is not in the ledger."""


def merge_report(result: MergeResult, lang: str = "zh") -> str:
    """Return what was taken in by source and table, what is to decide, and what was wrong."""
    return "\n".join([*_taken(result, lang), *_questions(result, lang), *_issues(result, lang)])


def _say(lang: str, zh: str, en: str) -> str:
    return en if lang == "en" else zh


def _taken(result: MergeResult, lang: str) -> Iterator[str]:
    counts = Counter((e.source, e.table) for e in result.events if e.kind == "row")
    for (source, table), count in counts.items():
        named = TRACKED[table]
        yield _say(lang, f"已并入　{source}　{named.zh}　{count} 行",
                   f"Taken in  {source}  {named.en}  {count} rows")  # fmt: skip
    if not counts:
        yield _say(lang, "没有新的修改", "No new edits")


def _questions(result: MergeResult, lang: str) -> Iterator[str]:
    for row in result.conflicts.astype(object).fillna("").to_dict("records"):
        kind = v.QUESTION_KIND.label(row["question_kind"], lang)
        about = (row["about_key"], row["about_column"])
        place = _say(lang, "·", " › ").join(filter(None, about))
        between = _say(lang, " ／ ", " / ")
        texts = f"“{row['current_text']}”{between}“{row['incoming_text']}”"
        yield _say(lang, f"待裁决　{row['question_id']}　{kind}　{place}　{texts}"
                         f"（{row['from_file']} {row['from_cell']}）",
                   f"To decide  {row['question_id']}  {kind}  {place}  {texts} "
                   f"({row['from_file']} {row['from_cell']})")  # fmt: skip
    still_open = len(result.frames["ledger_questions"])
    if still_open:
        yield _say(lang, f"待裁决事项共 {still_open} 项，见台账“待裁决”表",
                   f"To decide in all: {still_open}, on the sheet 待裁决")  # fmt: skip


def _issues(result: MergeResult, lang: str) -> Iterator[str]:
    """What copies of one workbook have wrong in the same cell is said once, with all of them."""
    message = "message_en" if lang == "en" else "message_zh"
    files: dict[tuple[str, str, str], list[str]] = {}
    for row in result.refusals.astype(object).fillna("").to_dict("records"):
        place = "!".join(text for text in (row["sheet"], row["cell"]) if text)
        said = (v.SEVERITY.label(row["severity"], lang), place, row[message])
        files.setdefault(said, []).append(row["file"])
    for (severity, place, text), names in files.items():
        where = _say(lang, "、", ", ").join(dict.fromkeys(names))
        gap = _say(lang, "　", "  ")
        yield gap.join((severity, f"{where} {place}".strip(), text))
    if result.events and result.refusals["code"].isin(UNREAD).any():
        yield _say(lang, f"未读取的内容仍在原件中，原件已存入 {SOURCES_FOLDER}/",
                   f"What was not read stands in the originals, kept in {SOURCES_FOLDER}/")
