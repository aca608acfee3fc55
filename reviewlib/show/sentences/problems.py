"""What was found: problems by category, common and particular, causes, raw findings."""

from __future__ import annotations

import pandas as pd

from reviewlib.schema import vocabularies as v
from reviewlib.show import words
from reviewlib.show.blocks import Block, join
from reviewlib.show.voice import Voice
from reviewlib.show.words import plural


def by_category(problems: pd.DataFrame) -> pd.DataFrame:
    """Return per category that occurs, taxonomy order: `category, problems, dept_codes, depts`.

    Parameters
    ----------
    problems : DataFrame
        As `find.problems` returns it.
    """
    cells = problems.groupby("category")["dept_codes"].agg(list)
    rows = []
    for category in v.CATEGORY.codes:
        own = cells.get(category)
        if own is None:
            continue
        codes = {one for cell in own if not words.is_missing(cell) for one in cell.split(";")}
        rows.append({"category": category, "problems": len(own), "dept_codes": codes,
                     "depts": len(codes)})  # fmt: skip
    return pd.DataFrame(rows, columns=["category", "problems", "dept_codes", "depts"])


def problems_sentence(problems: pd.DataFrame, voice: Voice) -> Block:
    """Say how many problems of how many categories the ledger holds, and of what nature."""
    if problems.empty:
        return voice.say("台账没有登记问题。", "The ledger holds no problems.")
    categories = by_category(problems)
    depts = set().union(*categories["dept_codes"])
    common = int((problems["nature"] == "common").sum())
    city = int((problems["resolution_level"] == "city").sum())
    told = voice.say(
        "台账登记{c}类{n}项问题，涉及{d}家部门，其中共性问题{common}项、个性问题{own}项",
        "The ledger holds {many} in {cats}, concerning {depts}: {common} common, {own} particular",
        c=len(categories), n=len(problems), d=len(depts), common=common,
        own=len(problems) - common, many=plural(len(problems), "problem"),
        cats=plural(len(categories), "category", "categories"),
        depts=plural(len(depts), "department"),
    )  # fmt: skip
    if not city:
        return join((told, voice.say("，均可在区内解决。", "; the district can settle all.")))
    return join((told, voice.say(
        "；{n}项需市级明确。", "; {n} must be settled at city level.", n=city
    )))  # fmt: skip


def problems_title(problems: pd.DataFrame, voice: Voice) -> Block:
    """Return the sentence the chart of categories proves: which touches most departments."""
    categories = by_category(problems)
    if categories.empty:
        return voice.say("没有登记问题", "No problems are recorded")
    most = categories["depts"].max()
    top = categories[categories["depts"] == most]
    labels = [voice.label(v.CATEGORY, code) for code in top["category"]]
    listed = voice.listed(voice.say("“{one}”", "{one}", one=one) for one in labels)
    each = "各" if len(top) > 1 else ""
    return voice.say(
        "{listed}问题涉及部门最多，{each}{n}家", "{listed} {verb} most departments: {n}{each}",
        listed=listed, n=int(most), verb="touches" if len(top) == 1 else "touch",
        each=each if voice.lang == "zh" else (" each" if len(top) > 1 else ""),
    )  # fmt: skip


def natures_sentence(problems: pd.DataFrame, voice: Voice) -> Block:
    """Name the common problems and the particular ones apart (共性、个性)."""
    parts = []
    for nature in v.NATURE.codes:
        titles = problems.loc[problems["nature"] == nature, "title"]
        if titles.empty:
            continue
        parts.append(voice.say(
            "{word}问题{n}项：{titles}。", "{word} ({n}): {titles}.",
            word=voice.label(v.NATURE, nature), n=len(titles),
            titles=join((voice.original(one) for one in titles), voice.say("；", "; ")),
        ))  # fmt: skip
    return join(parts, voice.gap)


def causes(problems: pd.DataFrame, voice: Voice) -> list[Block]:
    """Return one sentence per cause that occurs, in the order of the vocabulary.

    Problems without a stated cause are said to be so, last.
    """
    told = []
    for code in v.CAUSE.codes:
        part = problems[problems["cause"] == code]
        if len(part):
            told.append(_cause(part, voice.label(v.CAUSE, code), voice))
    unstated = problems[problems["cause"].isna()]
    if len(unstated):
        told.append(_cause(unstated, voice.say("成因未填", "No cause stated"), voice))
    return told


def _cause(part: pd.DataFrame, word: str | Block, voice: Voice) -> Block:
    return voice.say(
        "{word}（{n}项）：{titles}。", "{word} ({n}): {titles}.", word=word, n=len(part),
        titles=join((voice.original(one) for one in part["title"]), voice.say("；", "; ")),
    )  # fmt: skip


def findings_sentence(found: pd.DataFrame, voice: Voice) -> Block:
    """Say how many raw findings there are and what became of them.

    Parameters
    ----------
    found : DataFrame
        As `find.visit_findings` returns it.
    """
    if found.empty:
        return voice.say("回访没有记录发现。", "The visits recorded no findings.")
    states = found["merge_status"].value_counts()
    parts = [
        voice.say("{word}{n}条", "{n} {word}", n=int(states[code]),
                  word=voice.label(v.FINDING_STATUS, code).lower())
        for code in ("merged", "unmerged", "declined") if code in states.index
    ]  # fmt: skip
    return voice.say(
        "回访记录发现{n}条，涉及{d}家部门：{parts}。",
        "The visits recorded {many} in {depts}: {parts}.",
        n=len(found), d=found["dept_code"].nunique(), many=plural(len(found), "finding"),
        depts=plural(found["dept_code"].nunique(), "department"),
        parts=join(parts, voice.say("、", ", ")),
    )  # fmt: skip


def case_sentence(case: dict, voice: Voice) -> Block:
    """Return a typical case: category, department, words, and where they stand."""
    return voice.say(
        "【{category}】{name}：{text}{ref}", "[{category}] {name}: {text} {ref}",
        category=voice.label(v.CATEGORY, case["category"]), name=voice.name(case["dept_code"]),
        text=voice.original(case["text"]),
        ref=join((voice.say("（", "("), voice.places(
            case["source_file"], case["source_sheet"], case["source_cell"], voice.lang
        ), voice.say("）", ")"))) if not words.is_missing(case["source_file"]) else "",
    )  # fmt: skip
