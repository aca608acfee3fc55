"""The data-quality page (数据质量): what came in, how it was read, what is uncertain or absent.

Every file has the anchor `file-<n>`, where other pages link to, and every issue that is listed
`issue-<n>`.
"""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.schema.rules import RULES
from reviewlib.show import words
from reviewlib.show.blocks import (
    Block,
    Outline,
    box,
    bullets,
    element,
    key_figures,
    note,
    paragraph,
    sentences,
)
from reviewlib.show.found import find
from reviewlib.show.page import page_head
from reviewlib.show.pages.stated import score_parts
from reviewlib.show.sentences.data_quality import (
    changes_sentence,
    issues_left_out_sentence,
    issues_sentence,
    listed_sentence,
    missing_sentence,
    provisional_sentence,
    reading_sentence,
    unused_sentence,
)
from reviewlib.show.tables.reading import (
    changes_table,
    files_table,
    issues_table,
    kinds_table,
    sheets_table,
)
from reviewlib.show.tables.visits import issue_counts_table
from reviewlib.show.voice import Voice

OUTLINE = Outline(
    "data_quality", "数据质量", "Data quality",
    (
        ("summary", "一页结论", "In one page"),
        ("files", "收到的文件与行数核对", "Files, and every row accounted for"),
        ("departments", "各部门数据质量问题", "Data issues by department"),
        ("unused", "更正前不采用的数据", "Not used until corrected"),
        ("provisional", "暂定、近似与缺报", "Provisional, approximate, missing"),
        ("issues", "问题清单", "All data issues"),
        ("changes", "改写日志", "Change log"),
        ("sheets", "逐表行数", "Rows by sheet"),
    ),
)  # fmt: skip
MOST_CHANGES, MOST_ISSUES = 3000, 1500
"""Changed values, and data issues, that the page lists; beyond it would be too heavy to open, and
the data files have all."""


def head(review: Review, *, lang: str) -> Block:
    """Return the head of the page."""
    voice = Voice.of(review, lang)
    files = find.files_read(review)
    scope = voice.say(
        "收到的全部文件{n}个，工作表{s}张", "all {n} files received, {s} sheets", n=len(files),
        s=int(files["sheet_count"].sum()),
    )  # fmt: skip
    title = voice.say("数据质量", "Data quality")
    return page_head(review, OUTLINE, lang, title=title, scope=scope)


def summary(review: Review, *, lang: str) -> Block:
    """Return the answer: what came in, what of it is used, what is not certain."""
    voice, files = Voice.of(review, lang), find.files_read(review)
    lines = [
        issues_sentence(find.issues(review), voice),
        unused_sentence(find.unused(review), voice),
        provisional_sentence(find.provisional(review), voice),
        missing_sentence(find.missing(review), find.blanks(review), voice),
        changes_sentence(find.changes(review), voice),
    ]
    return OUTLINE.section(
        "summary", paragraph(reading_sentence(files, voice), class_="rl-verdict"),
        key_figures(_figures(review, files, voice)), bullets(lines),
        note(_what_severities_mean(voice)), lang=lang,
    )  # fmt: skip


def _figures(review: Review, files: pd.DataFrame, voice: Voice) -> list[tuple]:
    seen, used = int(files["seen_count"].sum()), int(files["clean_count"].sum())
    waiting, uncertain = len(find.unused(review)), len(find.provisional(review))
    figures = (
        (len(files), voice.say("收到文件", "files received"),
         voice.say("整份未采用{n}个", "refused whole: {n}", n=int(files["is_refused"].sum()))),
        (used, voice.say("采用行数", "rows used"),
         voice.say("见到{n}行", "of {n} seen", n=words.count(seen, voice.lang))),
        (waiting, voice.say("更正前不采用", "not used yet"),
         voice.say("拒收和错误", "refused and errors")),
        (uncertain, voice.say("暂定或近似", "provisional values"),
         voice.say("先采用并标明", "used and labelled")),
    )  # fmt: skip
    return [(words.count(value, voice.lang), *said) for value, *said in figures]


def _what_severities_mean(voice: Voice) -> Block:
    return voice.say(
        "拒收：整份文件或整张表不采用；错误：该值更正前不采用；提示：先采用，标为暂定；说明：按规则读取，"
        "供查考。没有一行被静默丢弃，没有一个值被静默改动。",
        "Block: the whole file or sheet is not used. Error: the value is not used until corrected. "
        "Warning: used, and provisional. Information: read by a rule, for the record. No row is "
        "dropped and no value changed in silence.",
    )


def files(review: Review, *, lang: str) -> Block:
    """Return every file with the equation of its rows; anchors `file-<n>`."""
    voice, frame = Voice.of(review, lang), find.files_read(review)
    equation = voice.say(
        "见到的行数＝表头＋空行＋剔除＋采用＋隔离。见到的行数由另一个不经过读取程序的计数器数出。",
        "Rows seen = headings + blank + excluded + used + quarantined. Rows seen are counted by a "
        "counter that does not use the reader.",
    )
    listed = files_table(
        frame, voice, below=equation,
        caption=voice.say("收到的文件", "Files received"),
        empty=voice.say("没有收到任何文件。", "No file was received."),
    )  # fmt: skip
    return _wide(OUTLINE.section("files", listed, lang=lang))


def departments(review: Review, *, lang: str) -> Block:
    """Return issues by department, how often each kind occurs, and stated scores recomputed."""
    voice, found = Voice.of(review, lang), find.issues(review)
    counts = find.issue_counts(review)
    office = voice.say("评估办公室文件", "Files of the office")
    shown = counts.assign(dept_code=[
        office if words.is_missing(code) else voice.name(code) for code in counts["dept_code"]
    ])  # fmt: skip
    listed = issue_counts_table(
        shown, voice, caption=voice.say("各部门问题数（按机构序列）", "Issues by department, in "
                                        "protocol order"),
        empty=voice.say("名册中没有部门。", "The roster is empty."),
    )  # fmt: skip
    kinds = kinds_table(
        found, _listed(review), voice, caption=voice.say("各类问题数", "Issues by kind"),
        empty=issues_sentence(found, voice),
    )  # fmt: skip
    return OUTLINE.section("departments", listed, kinds, *score_parts(review, voice), lang=lang)


def unused(review: Review, *, lang: str) -> Block:
    """Return what is not used until it is corrected."""
    voice, frame = Voice.of(review, lang), find.unused(review)
    said = paragraph(unused_sentence(frame, voice))
    caption = voice.say("拒收和错误", "Refused and errors")
    listed = _linked(frame, caption, review, voice)
    return _wide(OUTLINE.section("unused", said, *listed, lang=lang))


def _linked(frame: pd.DataFrame, caption: Block, review: Review, voice: Voice) -> list[Block]:
    """Return a table of issues that are listed further below, if any, and what it leaves out."""
    if frame.empty:
        return []
    shown = frame[frame["issue_no"].isin(_listed(review)["issue_no"])]
    listed = issues_table(shown, voice, is_anchored=False, caption=caption)
    return [listed, *_left_out(frame, shown, voice)]


def _listed(review: Review) -> pd.DataFrame:
    return find.listed_issues(review, most=MOST_ISSUES)


def _left_out(frame: pd.DataFrame, shown: pd.DataFrame, voice: Voice) -> list[Block]:
    """Return what a table does not list and where it stands; nothing where it lists all."""
    book = element("a", "data-issues.xlsx", href=f"{voice.top}data-issues.xlsx")
    told = issues_left_out_sentence(len(frame), len(shown), book, voice)
    return [note(told)] if told else []


def provisional(review: Review, *, lang: str) -> Block:
    """Return what is provisional or approximate, what checks ask about, and what is missing."""
    voice, frame = Voice.of(review, lang), find.provisional(review)
    missing, blanks = find.missing(review), find.blanks(review)
    told = sentences([provisional_sentence(frame, voice), missing_sentence(missing, blanks, voice)],
                     lang)  # fmt: skip
    is_read = frame["rule"].isin(list(RULES))
    parts = [
        part for rows, caption in (
            (frame[is_read], voice.say("暂定或近似的数据", "Provisional and approximate values")),
            (frame[~is_read], voice.say("对碰与校验提示：先采用，请核对",
                                        "Two sides and checks: used, to be looked at")),
            (blanks, voice.say("必填项空缺", "Required cells left blank")),
        )
        for part in _linked(rows, caption, review, voice)
    ]  # fmt: skip
    return _wide(OUTLINE.section("provisional", told, *parts, lang=lang))


def _wide(section: Block) -> Block:
    """Print a section on landscape pages, heading and all."""
    return box(section, class_="rl-landscape")


def issues(review: Review, *, lang: str) -> Block:
    """Return the data issues, of very many the worst of every file; anchors `issue-<n>`."""
    voice, frame = Voice.of(review, lang), find.issues(review)
    said, shown = issues_sentence(frame, voice), _listed(review)
    listed = issues_table(shown, voice, is_anchored=True, caption=said, empty=said)
    left_out = _left_out(frame, shown, voice)
    return _wide(OUTLINE.section("issues", listed, *left_out, lang=lang))


def changes(review: Review, *, lang: str) -> Block:
    """Return every value entered that differs from the text of its cell."""
    voice, frame = Voice.of(review, lang), find.changes(review)
    own = frame[frame["is_input"].astype(bool)]
    shown = own.head(MOST_CHANGES)
    listed = changes_table(
        shown, voice,
        caption=voice.say("采用值与原文不同之处", "Values that differ from their cell"),
    ) if len(own) else ""  # fmt: skip
    told = sentences([changes_sentence(frame, voice), listed_sentence(own, len(shown), voice)],
                     lang)  # fmt: skip
    all_cells = voice.say("逐格数据（CSV）", "Every cell (CSV)")
    link = element("a", all_cells, href=f"{voice.top}tables/cells.csv")
    return _wide(OUTLINE.section("changes", told, listed, note(link), lang=lang))


def sheets(review: Review, *, lang: str) -> Block:
    """Return the rows of every sheet."""
    voice, frame = Voice.of(review, lang), find.sheets_read(review)
    listed = sheets_table(
        frame, voice, caption=voice.say("每张工作表的行数", "Rows of every sheet"),
        empty=voice.say("没有读到工作表。", "No sheet was read."),
    )  # fmt: skip
    return _wide(OUTLINE.section("sheets", listed, lang=lang))
