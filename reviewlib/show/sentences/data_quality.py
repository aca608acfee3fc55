"""What the data-quality page says: rows accounted for, what is not used, what is provisional."""

from __future__ import annotations

import pandas as pd

from reviewlib.schema import vocabularies as v
from reviewlib.show import words
from reviewlib.show.blocks import Block, join
from reviewlib.show.voice import Voice
from reviewlib.show.words import plural


def reading_sentence(files: pd.DataFrame, voice: Voice) -> Block:
    """Say what came in, how much of it is used, and that every row is accounted for.

    Parameters
    ----------
    files : DataFrame
        As `find.files_read` returns it.
    """
    if files.empty:
        return voice.say("没有收到任何文件。", "No file was received.")
    seen, used = int(files["seen_count"].sum()), int(files["clean_count"].sum())
    told = voice.say(
        "收到文件{n}个，见到{seen}行，采用数据{used}行",
        "{files} received, {rows} seen, {used} used as data", n=len(files), seen=seen,
        used=words.count(used, voice.lang),
        files=plural(len(files), "file"), rows=plural(seen, "row"),
    )  # fmt: skip
    refused = int(files["is_refused"].sum())
    if refused:
        told = join(
            (told, voice.say("，其中{n}个文件整份未采用", "; {n} refused whole", n=refused))
        )
    return join((told, balance_words(files, voice)))


def balance_words(files: pd.DataFrame, voice: Voice) -> Block:
    """Say whether the equation of rows holds for every file, and name those where it does not."""
    lost = files.loc[~files["is_balanced"].astype(bool), "file"]
    if lost.empty:
        return voice.say(
            "；每个文件的行数都对得上。", "; every row of every file is accounted for."
        )
    return voice.say(
        "；{names}的行数对不上，请查明。",
        "; the rows of {names} do not add up and must be looked into.",
        names=voice.listed(voice.original(name) for name in lost),
    )  # fmt: skip


def issues_sentence(issues: pd.DataFrame, voice: Voice) -> Block:
    """Say how many data issues there are, by severity, and whom they concern.

    Parameters
    ----------
    issues : DataFrame
        As `find.issues` returns it.
    """
    if issues.empty:
        return voice.say("没有发现数据质量问题。", "No data issue was found.")
    counts = issues["severity"].value_counts()
    parts = [
        voice.say("{word}{n}处", "{n} {word}", n=int(counts[code]),
                  word=voice.label(v.SEVERITY, code).lower())
        for code in v.SEVERITY.codes if code in counts.index
    ]  # fmt: skip
    depts = issues["dept_code"].nunique()
    return voice.say(
        "数据质量问题{n}处，涉及{d}家部门：{parts}。", "{many} in {depts}: {parts}.",
        n=len(issues), d=depts, many=plural(len(issues), "data issue"),
        depts=plural(depts, "department"), parts=join(parts, voice.say("、", ", ")),
    )  # fmt: skip


def unused_sentence(unused: pd.DataFrame, voice: Voice) -> Block:
    """Say what is not used until it is corrected.

    Parameters
    ----------
    unused : DataFrame
        As `find.unused` returns it.
    """
    if unused.empty:
        return voice.say("没有因错误而未采用的数据。", "Nothing is left unused because of errors.")
    depts = unused["dept_code"].dropna()
    told = voice.say(
        "{n}处有误，更正前不采用", "{many} not used until corrected", n=len(unused),
        many=plural(len(unused), "item"),
    )  # fmt: skip
    if depts.empty:
        return join((told, voice.say("。", ".")))
    return join((told, voice.say("，涉及{names}。", ", concerning {names}.",
                                 names=voice.some(depts))))  # fmt: skip


def provisional_sentence(provisional: pd.DataFrame, voice: Voice) -> Block:
    """Say how many values are used and provisional, how many of them approximate.

    Parameters
    ----------
    provisional : DataFrame
        As `find.provisional` returns it.
    """
    if provisional.empty:
        return voice.say("没有暂定或近似的数据。", "No value is provisional or approximate.")
    about = int((provisional["rule"] == "approximate").sum())
    told = voice.say("{n}处先采用、标为暂定", "{many} used and provisional", n=len(provisional),
                     many=plural(len(provisional), "value"))  # fmt: skip
    if not about:
        return join((told, voice.say("。", ".")))
    return join((told, voice.say("，其中约数{n}处。", ", {n} of them approximate.", n=about)))


def missing_sentence(missing: pd.DataFrame, blanks: pd.DataFrame, voice: Voice) -> Block:
    """Say which departments have not sent a return and how many required cells are blank.

    Parameters
    ----------
    missing, blanks : DataFrame
        As `find.missing` and `find.blanks` return them.
    """
    absent = missing.loc[missing["what"] == "return", "dept_code"]
    told = voice.say("各部门自评工作簿均已收到", "Every department sent its return") if (
        absent.empty
    ) else voice.say("未收到{names}的自评工作簿", "No return came from {names}",
                     names=voice.some(absent))  # fmt: skip
    if blanks.empty:
        return join((told, voice.say("，必填项没有空缺。", "; no required cell is blank.")))
    return join((told, voice.say(
        "，必填项空缺{n}处。", "; {many} left blank.", n=len(blanks),
        many=plural(len(blanks), "required cell"),
    )))  # fmt: skip


def changes_sentence(changes: pd.DataFrame, voice: Voice) -> Block:
    """Say how many values differ from the text of their cell, those of the form itself apart.

    Parameters
    ----------
    changes : DataFrame
        As `find.changes` returns it.
    """
    own = changes[changes["is_input"].astype(bool)]
    printed = len(changes) - len(own)
    if own.empty:
        told = voice.say(
            "填报的值都与单元格原文一致", "Every value entered is the text of its cell, unchanged"
        )
    else:
        n, files = len(own), own["file"].nunique()
        told = voice.say(
            "{n}处填报的值与单元格原文不同，分布在{files}个文件，逐处列明原文、采用值和规则",
            "{many} from the text of {cells}, in {told}; each is listed with text, value and rule",
            n=n, files=files, many="1 value entered differs" if n == 1 else
            f"{n:,} values entered differ", cells="its cell" if n == 1 else "their cells",
            told=plural(files, "file"),
        )  # fmt: skip
    if not printed:
        return join((told, voice.say("。", ".")))
    return join((told, voice.say(
        "；另有{n}处是表样预印或自动计算的栏目，见逐格数据。",
        "; {many} printed or calculated on the form stand in the data file.", n=printed,
        many=plural(printed, "more value"),
    )))  # fmt: skip


def issues_left_out_sentence(total: int, shown: int, book: Block, voice: Voice) -> Block:
    """Say that a table lists only some of the issues, and which file has all; nothing where all."""
    if shown >= total:
        return Block()
    return voice.say(
        "共{total}处，本页列{shown}处，每个文件先列较重的；其余{rest}处见{book}。",
        "This page lists {shown} of {total}, of every file the gravest; for the other {rest} see "
        "{book}.", total=total, shown=shown, rest=total - shown, book=book,
    )  # fmt: skip


def listed_sentence(changes: pd.DataFrame, shown: int, voice: Voice) -> Block:
    """Say that a page lists only the first so many of the changed values; nothing where all."""
    if shown >= len(changes):
        return Block()
    return voice.say(
        "本页列前{shown}处，全部见逐格数据。", "This page lists {shown}; all are in the data file.",
        shown=shown,
    )  # fmt: skip
