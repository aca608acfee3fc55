"""Tables of how what came in was read: files, sheets, data issues, changed values."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from reviewlib import schema
from reviewlib.findings.meanings import word_of
from reviewlib.schema import vocabularies as v
from reviewlib.schema.codes import advice
from reviewlib.schema.rules import RULES
from reviewlib.show import words
from reviewlib.show.blocks import Block, Part, element, join
from reviewlib.show.mixed import mixed
from reviewlib.show.tables import Col, table
from reviewlib.show.voice import Voice

OUTCOMES = {
    "kept": ("照原样采用", "used as it stands"), "changed": ("按规则取值", "used as read"),
    "quarantined": ("未采用", "not used"), "refused": ("整份未采用", "refused whole"),
    "file refused": ("整份未采用", "refused whole"),
}  # fmt: skip
ROWS = (
    ("seen_count", "见到", "Seen"), ("header_count", "表头", "Headings"),
    ("blank_count", "空行", "Blank"), ("excluded_count", "剔除", "Excluded"),
    ("clean_count", "采用", "Used"), ("quarantined_count", "隔离", "Quarantined"),
)  # fmt: skip
"""The equation of rows: the first is the sum of the others."""


def files_table(files: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return one row per file with its rows and its issues; each row is an anchor `file-<n>`."""
    shown = files.assign(
        number=[_anchor("file", n) for n in files["file_no"]],
        state=[_state(row, voice) for row in files.to_dict("records")],
    )
    cols = [
        Col("number", "序号", "No.", is_number=True),
        Col("file", "文件", "File"),
        Col("dept_code", "部门", "Department", voice.names),
        Col("sheet_count", "表数", "Sheets", words.count),
        *_row_cols(),
        Col("state", "行数核对", "Rows add up"),
        *(Col(f"{one.code}_count", one.zh, one.en, words.count) for one in v.SEVERITY),
    ]
    total = {name: files[name].sum() for name, *_ in (*ROWS, ("sheet_count",))}
    total |= {f"{one.code}_count": files[f"{one.code}_count"].sum() for one in v.SEVERITY}
    total |= {"number": voice.say("合计", "Total"), "file": Block("&nbsp;"),
              "dept_code": Block("&nbsp;"), "state": Block("&nbsp;")}  # fmt: skip
    return table(shown, cols, lang=voice.lang, is_compact=True, total=total, **options)


def sheets_table(sheets: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return one row per sheet with where its rows went."""
    shown = sheets.assign(
        what=[_table_word(name, voice) for name in sheets["table"]],
        state=[_state(row, voice) for row in sheets.to_dict("records")],
    )
    cols = [
        Col("file", "文件", "File"),
        Col("sheet", "工作表", "Sheet"),
        Col("what", "读作", "Read as"),
        *_row_cols(),
        Col("state", "行数核对", "Rows add up"),
    ]
    return table(shown, cols, lang=voice.lang, is_compact=True, **options)


def kinds_table(
    issues: pd.DataFrame, listed: pd.DataFrame, voice: Voice, **options
) -> Block:  # fmt: skip
    """Return how often each kind of issue occurs, most frequent first, with one example.

    Parameters
    ----------
    issues, listed : DataFrame
        As `find.issues` and `find.listed_issues` return them; the example is one that is listed,
        and leads there, where there is one.
    """
    message = f"message_{voice.lang}"
    issues = issues.assign(is_listed=issues["issue_no"].isin(listed["issue_no"]))
    listed_first = issues.sort_values("is_listed", ascending=False, kind="stable")
    counted = listed_first.groupby(["code", "severity"], as_index=False).agg(
        count=("issue_no", "size"), first=("issue_no", "first"), example=(message, "first"),
        is_listed=("is_listed", "first"),
    )  # fmt: skip
    counted = counted.sort_values(["count", "code"], ascending=[False, True], kind="stable")
    counted = counted.assign(example=[
        join((mixed(row["example"], voice.lang), " ",
              issue_link(row["first"], voice) if row["is_listed"] else ""))
        for row in counted.to_dict("records")
    ])  # fmt: skip
    cols = [
        Col("code", "代码", "Code"),
        _severity(),
        Col("count", "处数", "Count", words.count),
        Col("example", "例", "For example"),
    ]
    return table(counted, cols, lang=voice.lang, **options)


def issues_table(issues: pd.DataFrame, voice: Voice, *, is_anchored: bool, **options) -> Block:
    """Return data issues with place, text, value and what to do.

    Parameters
    ----------
    issues : DataFrame
        As `find.issues` returns it.
    is_anchored : bool
        True: each row carries its anchor `issue-<n>`; False: it links to that anchor.
    """
    rows = issues.to_dict("records")
    shown = issues.assign(
        number=[_anchor("issue", n) if is_anchored else issue_link(n, voice)
                for n in issues["issue_no"]],
        place=[voice.places(row["file"], row["sheet"], row["cell"], voice.lang) for row in rows],
        said=[mixed(row[f"message_{voice.lang}"], voice.lang) for row in rows],
        remedy=[mixed(advice(row["fix"], voice.lang), voice.lang) for row in rows],
        word=[word_of(row["value"]) for row in rows],
        result=[_outcome(row["outcome"], voice) for row in rows],
    )  # fmt: skip
    cols = [
        Col("number", "序号", "No.", is_number=True),
        _severity(),
        Col("dept_code", "部门", "Department", voice.names),
        Col("place", "位置", "Where"),
        Col("raw", "原文", "As written"),
        Col("said", "说明", "What is wrong"),
        Col("word", "取值", "Value"),
        Col("result", "结果", "Outcome"),
        Col("remedy", "处理办法", "What to do"),
    ]
    return table(shown, cols, lang=voice.lang, is_compact=True, **options)


def changes_table(changes: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return changed values: where, what the cell says, what is used, by which rule."""
    rows = changes.to_dict("records")
    shown = changes.assign(
        place=[voice.places(row["file"], row["sheet"], row["cell"], voice.lang) for row in rows],
        what=[_column_word(row["table"], row["column"], voice) for row in rows],
        why=[_rule_word(row, voice) for row in rows],
    )
    cols = [
        Col("place", "位置", "Where"),
        Col("dept_code", "部门", "Department", voice.names),
        Col("what", "项目", "Column"),
        Col("raw", "原文", "As written"),
        Col("meaning", "采用值", "Value used"),
        Col("why", "规则", "Rule"),
    ]
    return table(shown, cols, lang=voice.lang, is_compact=True, **options)


def issue_link(number: int, voice: Voice) -> Block:
    """Return a link to an issue on the data-quality page: 第3号, no. 3."""
    return element("a", voice.say("第{n}号", "no. {n}", n=int(number)), href=f"#issue-{number}")


def _anchor(kind: str, number: int) -> Block:
    return element("span", str(number), id=f"{kind}-{number}")


def _row_cols() -> list[Col]:
    return [Col(name, zh, en, words.count) for name, zh, en in ROWS]


def _severity() -> Col:
    return Col(
        "severity", "级别", "Severity", lambda code, lang: words.label(v.SEVERITY, code, lang)
    )


def _state(row: dict, voice: Voice) -> Block:
    if row.get("is_refused"):
        return voice.say("整份未采用", "refused")
    if not row["seen_count"]:
        return Block(words.MISSING)
    return voice.say("✓ 相符", "✓ yes") if row["is_balanced"] else voice.say("✗ 不符", "✗ no")


def _table_word(name: object, voice: Voice) -> Part:
    if words.is_missing(name) or name not in schema.TABLES:
        return words.MISSING
    return getattr(schema.TABLES[name], voice.lang)


def _column_word(table_name: str, column: str, voice: Voice) -> Part:
    try:
        return getattr(schema.TABLES[table_name][column], voice.lang)
    except KeyError:
        return column


def _rule_word(row: dict, voice: Voice) -> Part:
    """Return what the rule did to this value; several rules are joined in their order."""
    if words.is_missing(row["rule"]):
        return words.MISSING
    known = defaultdict(str, raw=row["raw"], value=row["meaning"])
    said = [
        getattr(RULES[rule], voice.lang).format_map(known) if rule in RULES else rule
        for rule in str(row["rule"]).split(";")
    ]
    return mixed(("; " if voice.lang == "en" else "；").join(said), voice.lang)


def _outcome(outcome: object, voice: Voice) -> Part:
    zh, en = OUTCOMES.get(str(outcome), (str(outcome), str(outcome)))
    return en if voice.lang == "en" else zh
