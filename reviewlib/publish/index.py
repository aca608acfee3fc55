"""The way in: what the set is, as of when, the verdict in one line, every page, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

import pandas as pd

from reviewlib import findings, schema
from reviewlib.findings.vocabularies import MISSING
from reviewlib.publish.orders import Made
from reviewlib.publish.plan import KINDS
from reviewlib.publish.shell import shell_of
from reviewlib.review import Review
from reviewlib.rubric.bands import NOT_RATED
from reviewlib.schema import vocabularies as v
from reviewlib.show import words
from reviewlib.show.blocks import (
    Block,
    Outline,
    Part,
    bullets,
    element,
    join,
    nothing,
    paragraph,
    say,
)
from reviewlib.show.page import fingerprint, page_foot, page_head
from reviewlib.show.voice import Bands

_HEADINGS = {kind.heading_zh: (kind.heading_zh, kind.heading_en) for kind in KINDS.values()}
_KEYS = {heading: f"pages-{number}" for number, heading in enumerate(_HEADINGS, start=1)}
_ROWS = (
    ("verdict", "评定结果", "Verdicts"),
    *((_KEYS[heading], *titles) for heading, titles in _HEADINGS.items()),
    ("files", "数据文件", "Data files"),
    ("missing", "缺漏与未制作", "Missing, failed or not made"),
)
OUTLINE = Outline("index", "报告目录", "All reports", _ROWS, tuple(row[0] for row in _ROWS))

_FILES = (
    ("scores.xlsx", "各部门得分（工作簿）", "Scores (workbook)"),
    ("tracker.xlsx", "整改台账（工作簿）", "Ledger with lights (workbook)"),
    ("data-issues.xlsx", "数据问题清单（工作簿）", "Data issues (workbook)"),
    ("data-issues.csv", "数据问题清单（CSV）", "Data issues (CSV)"),
    ("data-issues.jsonl", "数据问题清单（JSON Lines）", "Data issues (JSON Lines)"),
    ("manifest.json", "成套报告清单与校验值", "Manifest with checksums"),
)


_TABLES = {
    "cells": ("逐格出处", "Where every value stands"),
    "sheets": ("逐表行数", "Rows of every sheet"),
    "scores_totals": ("得分：总分", "Scores: totals"),
    "scores_dimensions": ("得分：维度", "Scores: dimensions"),
    "scores_aspects": ("得分：方面", "Scores: aspects"),
    "scores_items": ("得分：指标", "Scores: indicators"),
    "scores_adjustments": ("得分：加减分", "Scores: adjustments"),
    "scores_ratings": ("得分：各环节评分", "Scores: ratings at every stage"),
}
"""Names of the data files that are no table of the schema."""


@dataclass(frozen=True)
class Contents:
    """What an index tells of.

    Parameters
    ----------
    review : Review
    totals : DataFrame
        `Scores.totals`.
    made : sequence of Made
        Every report asked for, in both languages, made or withheld.
    langs : sequence of str
        Languages asked for.
    tables : sequence of str
        Names of the CSV files in `tables/`.
    corrections : sequence of str
        Names of the workbooks in `corrections/`: the department's code, then perhaps a number.
    """

    review: Review
    totals: pd.DataFrame
    made: Sequence[Made]
    langs: Sequence[str]
    tables: Sequence[str]
    corrections: Sequence[str] = ()


def index_of(contents: Contents, lang: str) -> str:
    """Return the index of one language as a page."""
    review = contents.review
    set_title = review.settings.text("title", lang)
    title = say(lang, "{title}：报告目录", "{title}: all reports", title=set_title)
    head = page_head(
        review, OUTLINE, lang, title=title, is_public=False,
        scope=say(lang, "{n} 个部门", "{many}", n=len(review.departments),
                  many=words.plural(len(review.departments), "department")),
    )  # fmt: skip
    own = [one for one in contents.made if one.report.lang == lang]
    body = join((
        _section("verdict", *_verdicts(contents, lang), *_other(contents, lang), lang=lang),
        *(_pages(heading, own, lang) for heading in _HEADINGS),
        _section("files", _files(contents, lang), lang=lang),
        _section("missing", *_missing(contents, own, lang), lang=lang),
    ))  # fmt: skip
    data = say(lang, "数据指纹 {data}", "data {data}", data=fingerprint(review))
    foot = page_foot(review, lang, data)
    return shell_of(title.text, lang, head.html, body.html, foot.html)


def _comma(parts: Iterable[Part], lang: str) -> Block:
    return join(parts, ", " if lang == "en" else "、")


def _section(key: str, *parts: Part, lang: str) -> Block:
    return OUTLINE.section(key, *parts, lang=lang)


def _verdicts(contents: Contents, lang: str) -> list[Block]:
    """Count the bands, visited and self-assessed apart: they are never added up."""
    totals, bands = contents.totals, Bands.of(contents.review.rubric)
    lines = []
    for mode in v.MODE:
        of_mode = totals[totals["mode"] == mode.code]
        counts = of_mode["band"].value_counts()
        marks = [
            join((bands(code, lang), f" {counts.get(code, 0)}"))
            for code in (*bands.labels, NOT_RATED)
            if counts.get(code, 0) or code != NOT_RATED
        ]
        lines.append(paragraph(say(
            lang, "{mode} {n} 个部门：{marks}", "{mode}, {many}: {marks}",
            mode=v.MODE.label(mode.code, lang), n=len(of_mode), marks=_comma(marks, lang),
            many=words.plural(len(of_mode), "department"),
        )))  # fmt: skip
    return lines


def _other(contents: Contents, lang: str) -> list[Block]:
    """Point to the index of the other language, where there is one."""
    if lang == "en":
        return [paragraph(element("a", "中文目录", href="../index.html", lang="zh-CN"))]
    if "en" in contents.langs:
        return [paragraph(element("a", "English", href="en/index.html", lang="en"))]
    return []


def _pages(heading: str, made: Sequence[Made], lang: str) -> Block:
    listed = [one for one in made if KINDS[one.report.kind].heading_zh == heading]
    items = [_entry(one, lang) for one in listed]
    none = nothing(say(lang, "本次未制作。", "Not made in this run."))
    return _section(_KEYS[heading], bullets(items, "rl-pages") or none, lang=lang)


def _entry(made: Made, lang: str) -> Block:
    name = words.original(made.report.title, lang)
    if made.is_made:
        return element("a", name, href=quote(PurePosixPath(made.report.href).name))
    return say(lang, "{name}（未能制作，见下）", "{name} (not made, see below)", name=name)


def _files(contents: Contents, lang: str) -> Block:
    up = "../" if lang == "en" else ""
    links = [element("a", en if lang == "en" else zh, href=up + name) for name, zh, en in _FILES]
    tables = [
        element("a", _table_name(name, lang), href=f"{up}tables/{name}.csv")
        for name in contents.tables
    ]
    label = say(lang, "各表（CSV）：{tables}", "Tables (CSV): {tables}", tables=join(tables, " · "))
    return bullets([*links, *_corrections(contents, up, lang), label])


def _corrections(contents: Contents, up: str, lang: str) -> list[Block]:
    """Link the workbooks to send back, by department in protocol order."""
    names = words.Names(contents.review.departments)
    links = [
        element("a", names(code, lang), href=f"{up}corrections/{file}.xlsx")
        for code in contents.review.departments["dept_code"]
        for file in contents.corrections
        if file == code.lower() or file.startswith(f"{code.lower()}-")
    ]
    if not links:
        return []
    return [say(
        lang, "退回修改工作簿（错处已标注，可直接退给部门）：{links}",
        "Workbooks to send back, faults marked: {links}", links=join(links, " · "),
    )]  # fmt: skip


def _table_name(name: str, lang: str) -> str:
    zh, en = _TABLES.get(name) or (schema.TABLES[name].zh, schema.TABLES[name].en)
    return en if lang == "en" else zh


def _missing(contents: Contents, made: Sequence[Made], lang: str) -> list[Block]:
    """List what one might look for in vain: reports withheld, files refused, returns not sent."""
    withheld = [
        say(lang, "{name}：{reason} {code}", "{name}: {reason} {code}",
            name=words.original(one.report.title, lang), reason=one.reason(lang),
            code=element("small", one.code))  # for the analyst, who has the log
        for one in made if not one.is_made
    ]  # fmt: skip
    review = contents.review
    items = [*withheld, *_refused(review, lang), *_not_received(review, lang)]
    items += _unused(review, lang)
    made_kinds = {one.report.kind for one in made}
    absent = [getattr(kind, lang) for name, kind in KINDS.items() if name not in made_kinds]
    if absent:
        names = _comma(absent, lang)
        items.append(say(lang, "本次未要求制作：{names}", "Not asked for: {names}", names=names))
    none = say(
        lang, "没有缺漏：应有的材料都已收到，报告都已制作。",
        "Nothing is missing: all material was received and every report was made.",
    )  # fmt: skip
    return [bullets(items) or nothing(none)]


def _refused(review: Review, lang: str) -> list[Block]:
    issues = review.issues[review.issues["severity"] == "block"]
    return [
        say(lang, "文件未采用 {file}：{message}", "File not used {file}: {message}",
            file=words.original(issue.file, lang), message=getattr(issue, f"message_{lang}"))
        for issue in issues.itertuples()
    ]  # fmt: skip


def _unused(review: Review, lang: str) -> list[Block]:
    """Say how much of what was received is not used until someone corrects it."""
    errors = int((review.issues["severity"] == "error").sum())
    if not errors:
        return []
    return [say(
        lang, "收到的材料中有 {n} 处错误，更正前不采用（见数据问题清单）",
        "{n} errors in what was received are not used until corrected (see the data issues)",
        n=errors,
    )]  # fmt: skip


def _not_received(review: Review, lang: str) -> list[Block]:
    missing, names = findings.missing(review), words.Names(review.departments)
    return [
        say(lang, "{what}：{names}", "{what}: {names}", what=MISSING.label(what, lang),
            names=_comma((names(code, lang) for code in rows["dept_code"]), lang))
        for what, rows in missing.groupby("what", sort=False)
    ]  # fmt: skip
