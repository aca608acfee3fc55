"""How a department's score came about, in words: the sum, deductions and their cause, the files."""

from __future__ import annotations

import pandas as pd

from reviewlib.rubric import Rubric
from reviewlib.show import words
from reviewlib.show.blocks import Block, Part, element, join
from reviewlib.show.voice import Voice


def sum_sentence(total: dict, rubric: Rubric, voice: Voice) -> Block:
    """Say how base, deductions and bonuses make the score, and how far the next band is.

    Parameters
    ----------
    total : dict
        The department's row of `Scores.totals`; nothing is said where it is not rated.
    """
    if words.is_missing(total["total_shown"]):
        return Block()
    moved = words.gap(total["severity_adjustment"])
    told = voice.say(
        "各项得分合计{base}，扣{deduction}，加{bonus}{moved}，得分{total}。",
        "The points add up to {base}; deducted {deduction}, added {bonus}{moved}: score {total}.",
        base=words.score(total["base"]), deduction=words.score(total["deduction"]),
        bonus=words.score(total["bonus"]), total=words.total(total["total_shown"]),
        moved="" if moved == "0.0" else voice.say("，尺度调整{moved}", ", severity {moved}",
                                                  moved=moved),
    )  # fmt: skip
    return join((told, _edge(total, rubric, voice)), voice.gap)


def _edge(total: dict, rubric: Rubric, voice: Voice) -> Block:
    """Say how far the nearest edge between two bands is."""
    gap = total["band_gap"]
    if words.is_missing(gap):
        return Block()
    edge = float(total["total_shown"]) - float(gap)
    band = next((one for one in rubric.bands if abs(float(one.at_least) - edge) < 1e-6), None)
    if band is None:
        return Block()
    name, points = voice.bands.phrase(band.id, voice.lang), words.score(abs(float(gap)))
    if float(gap) < 0:
        return voice.say("距“{name}”线还差{points}分。",
                         "{points} short of “{name}”.", name=name, points=points)  # fmt: skip
    return voice.say("高出“{name}”线{points}分。",
                     "{points} above the edge of “{name}”.", name=name, points=points)  # fmt: skip


def adjustment_items(
    rows: pd.DataFrame, rubric: Rubric, voice: Voice, *, is_score_shown: bool
) -> list[Block]:
    """Return every deduction and bonus of a department with its cause, evidence and cell.

    Parameters
    ----------
    rows : DataFrame
        Rows of `Scores.adjustments`.
    is_score_shown : bool
        Whether the points are shown.
    """
    return [_adjustment(row, rubric, voice, is_score_shown) for row in rows.to_dict("records")]


def _adjustment(row: dict, rubric: Rubric, voice: Voice, is_score_shown: bool) -> Block:
    item = rubric.adjustment(row["item_id"])
    is_bonus = row["kind"] == "bonus"
    parts = [voice.say(
        "{id} {name}：{n}{unit}", "{id} {name}: {n} ({unit})", id=item.id,
        name=item.en if voice.lang == "en" else item.zh, n=words.number(row["count"]),
        unit=item.text("unit", voice.lang),
    )]  # fmt: skip
    if is_score_shown and float(row["points"]):
        sign = "+" if is_bonus else "−"
        parts.append(voice.say("{points}分", "{points}", points=sign + words.score(row["points"])))
    if not float(row["counted"]):
        parts.append(voice.say("已批准，不扣分", "approved, not deducted"))
    for zh, en, column in (("", "", "reason"), ("佐证：", "evidence: ", "evidence_ref"),
                           ("批准文号：", "approval: ", "approval_no")):  # fmt: skip
        if not words.is_missing(row[column]):
            parts.append(join((voice.say(zh, en), voice.original(row[column]))))
    parts.append(join((voice.say("位置：", "at: "), place(row, voice.lang))))
    return join((join(parts, voice.say("；", "; ")), voice.say("。", ".")))


def place(row: dict, lang: str) -> Part:
    """Return sheet and cell shortly: 02!B9 of a numbered sheet, 评分!H192 of another."""
    sheet, cell = row["source_sheet"], row["source_cell"]
    if words.is_missing(sheet) or words.is_missing(cell):
        return words.MISSING
    number = str(sheet).split(" ")[0]
    shown = f"{number if number.isdigit() else sheet}!{cell}"
    return element("span", words.original(shown, lang), class_="rl-ref")


def files_note(items: pd.DataFrame, voice: Voice) -> Block:
    """Say in which files the sheets of `place` are.

    Parameters
    ----------
    items : DataFrame
        Rows of `Scores.items` of one department.
    """
    known = items[["source_file", "source_sheet"]].dropna()
    sheets_of: dict[str, set[str]] = {}
    for file, sheet in zip(*(known[name].tolist() for name in known), strict=True):
        sheets_of.setdefault(file, set()).add(str(sheet).split(" ")[0])
    named = []
    for file, sheets in sheets_of.items():
        numbers = sorted(sheets)
        span = numbers[0] if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
        named.append(voice.say("{sheets}在{file}", "{sheets} in {file}",
                               sheets=voice.original(span),
                               file=voice.original(str(file).rsplit("/", 1)[-1])))  # fmt: skip
    if not named:
        return Block()
    return voice.say("来源为表和单元格：{named}。", "From: sheet and cell; {named}.",
                     named=join(named, voice.say("，", ", ")))  # fmt: skip


def weights_note(voice: Voice) -> Block:
    """Say what the effective weight is."""
    return voice.say(
        "折算权重：不适用、待市级和待评项的权重由其余各项分担后，该项在总分中所占的分值。",
        "Effective weight: the points of the total that hang on it, once the others carry what "
        "does not apply, waits for the city or is pending.",
    )
