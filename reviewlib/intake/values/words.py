"""Levels, yes and no, values of closed lists: exact words, never near ones (等次、是否、选项)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from reviewlib.intake.values.base import (
    AS_IS,
    NONE_WORDS,
    NOTE,
    Parsed,
    Reading,
    bad,
    common,
    squeeze,
)
from reviewlib.intake.values.notes import AFFIRMING, takes_back
from reviewlib.intake.workbook import BOOL, Cell
from reviewlib.schema.model import Choice, Column, Vocabulary

TICKS = frozenset("√✓✔☑☒■")
CROSSES = frozenset("×✗✘xX")
YES = frozenset(("是", "有", "对", "已", "已有", "y", "yes", "1", "true", "t", "真", "是的", "√",
                 *TICKS))  # fmt: skip
NO = frozenset(("否", "无", "没有", "不", "未", "n", "no", "0", "false", "f", "假", "不是", "□",
                *CROSSES))  # fmt: skip
DONE_WORDS = (
    "完成", "到位", "落实", "办结", "办理", "明确", "印发", "配备", "设置", "建立", "制定", "解决",
    "公布", "移交", "确定", "承诺",
)  # fmt: skip
LEVEL_SUFFIX = re.compile(r"(档|级|等次?|类)$")
AFTER_LABEL = re.compile(r"^[:：,，、;；.。\-—(（]")
NOTE_PARTS = re.compile(r"[:：,，、;；.。\-—()（）/]+")
PROGRESS = re.compile(r"^(?:已)?(?:完成|到位|进度|完成率)(?:[(:,](?!100%))?(?:约)?(\d{1,3})%\)?$")
"""How far it is; 完成（100%） is done, with a note."""
SEPARATORS = re.compile(r"[、,，;；/／\n]+|\s+")
NEAR_ENOUGH = 60
DENIAL = re.compile("[不未没无非]")
"""By which a word says the contrary of one like it."""


def parse_level(cell: Cell, column: Column, reading: Reading) -> Parsed:
    """Read a level: one of the letters of its vocabulary, nothing graded in between (等次)."""
    text = squeeze(cell.text)
    nothing = _nothing(text, column)
    if nothing:
        return nothing
    labels = _spellings(column.vocabulary)
    if cell.text in labels:
        return Parsed(labels[cell.text])
    letter = LEVEL_SUFFIX.sub("", text.strip("()\"'")).upper()
    if letter in labels:
        return Parsed(labels[letter], ("level-cleaned",))
    return bad("not-a-level")


def parse_yes_no(cell: Cell, column: Column, reading: Reading) -> Parsed:
    """Read yes or no (是否); a note in brackets is kept in the log."""
    if cell.type == BOOL:
        return Parsed(bool(cell.value))
    text = squeeze(cell.text)
    found = _truth(text, column)
    if found is not None:
        return Parsed(found, AS_IS if text in ("是", "否") else ("yes-no-word",))
    nothing = common(text)
    if nothing:
        return nothing
    head = re.split(r"[(,，;；。]", text, maxsplit=1)[0]
    found = _truth(head, column)
    note = text[len(head):]
    answers = {_truth(part, column) for part in NOTE_PARTS.split(note) if part}
    if found is None or (not found) in answers:
        return bad("not-yes-no")
    if takes_back(note, is_yes=found):
        return Parsed(found, ("choice-partly",), words={"value": "是" if found else "否"})
    return Parsed(found, ("yes-no-word", "choice-note"))


def _truth(text: str, column: Column) -> bool | None:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    if "需" in column.zh and "需" not in text:  # 是否需市级明确: 未明确 says no such thing
        return None
    for words, truth in ((("已", "是", "有"), True), (("未", "没有", "无", "不", "尚未"), False)):
        for word in words:
            rest = text.removeprefix(word)
            is_word = rest != text and (len(rest) > 1 or rest == "需")
            if is_word and (rest in column.zh or rest in DONE_WORDS):
                return truth
    return None


def parse_choice(cell: Cell, column: Column, reading: Reading) -> Parsed:
    """Read one value of a closed list (选项): its word, its code or a declared synonym."""
    return _choice(cell.text, column)


def parse_choices(cell: Cell, column: Column, reading: Reading) -> Parsed:
    """Read several values of a closed list, joined by “;” in the order they stand."""
    whole = _choice(cell.text, column)
    parts = [part for part in SEPARATORS.split(cell.text.strip()) if part]
    parsed = [_choice(part, column) for part in parts]
    wrong = next((one for one in parsed if not one.is_usable), None)
    has_note = wrong is not None and "choice-note" in parsed[0].rules
    if len(parts) < 2 or (has_note and whole.is_usable):  # 其他：人员、借调 is one value
        return whole
    if wrong is not None:
        return wrong
    values = dict.fromkeys(one.value for one in parsed if one.value)
    rules = dict.fromkeys(rule for one in parsed for rule in one.rules)
    return Parsed(";".join(values), tuple(rules))


def _choice(raw: str, column: Column) -> Parsed:
    exact = _labels(column.vocabulary).get(raw)
    if exact is not None:
        return Parsed(exact)
    text, labels = squeeze(raw), _spellings(column.vocabulary)
    if text in labels:
        return _known(text, labels[text], column)
    nothing = _nothing(text, column)
    if nothing:
        return _not_applicable(column) if nothing.rules == ("not-applicable",) else nothing
    return _ticked(text, column) or _noted(text, column) or _unknown(text, column)


def _nothing(text: str, column: Column) -> Parsed | None:
    """Return what is no value of a list: what no kind takes, and 无 where nothing need stand."""
    if text in NONE_WORDS and not column.required:
        return Parsed(None, ("said-none",))
    return common(text)


def _not_applicable(column: Column) -> Parsed:
    """Return a dash as the list's own word for not applicable, where it has one."""
    code = "not_applicable" if "not_applicable" in column.vocabulary.codes else None
    return Parsed(code, ("not-applicable",))


def _known(text: str, code: str, column: Column, *rules: str) -> Parsed:
    """Return a value; 基本完成 and the like stand for “partly” and ask to be confirmed."""
    label = column.vocabulary.label(code)
    is_loose = code == "partial" and text != squeeze(label) and not text.startswith("部分到位")
    rule = "choice-partly" if is_loose else "choice-word"
    return Parsed(code, (rule, *rules), words={"value": label})


def _noted(text: str, column: Column) -> Parsed | None:
    """Read a value followed by a note: 完成（见附件）, 其他：人员借调."""
    labels = _spellings(column.vocabulary)
    note = NOTE.match(text)
    ticked = _ticked(note[1], column) if note and note[1] not in labels else None
    if ticked:
        return _held_against(note[2], ticked)
    for label in sorted(labels, key=len, reverse=True):
        rest = text.removeprefix(label)
        if rest != text and AFTER_LABEL.match(rest):
            return _with_note(label, rest, column)
    return None


def _with_note(label: str, note: str, column: Column) -> Parsed | None:
    """Read a value with its note; none where the note is a value too: 到位，未到位 is no answer."""
    labels = _spellings(column.vocabulary)
    code = labels[label]
    parts = {part for part in NOTE_PARTS.split(note) if part}
    is_taken_back = any(labels.get(part, code) != code or part in NO for part in parts)
    if code != "other" and is_taken_back:
        return None
    return _held_against(note, _known(label, code, column, "choice-note"))


def _held_against(note: str, answer: Parsed) -> Parsed:
    """Return an answer, to be confirmed where its note takes it back."""
    if answer.value in AFFIRMING and takes_back(note, is_yes=True):
        return Parsed(answer.value, ("choice-partly", "choice-note"), words=answer.words)
    return answer


def _ticked(text: str, column: Column) -> Parsed | None:
    """Read √, 是, Y, 1 as “done”, 完成80% as “partly” and 0% as “not”, where a list has these."""
    codes = column.vocabulary.codes
    progress = PROGRESS.match(text)
    if progress and "partial" in codes and int(progress[1]) <= 100:
        code = {0: "not_done", 100: "done"}.get(int(progress[1]), "partial")
        return Parsed(code, ("choice-progress",), words={"value": column.vocabulary.label(code)})
    if "done" in codes and text.lower() in YES - {"有", "已"}:
        return Parsed("done", ("choice-word",), words={"value": column.vocabulary.label("done")})
    return None


def _unknown(text: str, column: Column) -> Parsed:
    """Return no value; suggest what stands in the text, else what is like it and denies as much."""
    labels = _spellings(column.vocabulary)
    alike = [label for label in labels if bool(DENIAL.search(label)) is bool(DENIAL.search(text))]
    within = sorted((label for label in alike if label in text and len(label) > 1), key=len)
    near = process.extractOne(text, alike, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
    found = within[-1] if within else near[0] if near else None
    return bad("not-in-list", suggestion=column.vocabulary.label(labels[found]) if found else "")


@dataclass(frozen=True)
class _Words:
    """The words of one vocabulary, looked up for every cell of its columns."""

    labels: dict[str, str]  # code by the word on the form
    spellings: dict[str, str]  # code by every accepted spelling, without white space


_WORDS: dict[int, tuple[Vocabulary, _Words]] = {}


def _words_of(vocabulary: Vocabulary) -> _Words:
    """Return the words of a vocabulary, made once; by identity, for its hash takes longer."""
    known = _WORDS.get(id(vocabulary))
    if known is None or known[0] is not vocabulary:
        labels = {choice.zh: choice.code for choice in vocabulary}
        spellings = {squeeze(word): c.code for c in vocabulary for word in _accepted(c)}
        known = _WORDS[id(vocabulary)] = (vocabulary, _Words(labels, spellings))
    return known[1]


def _spellings(vocabulary: Vocabulary) -> dict[str, str]:
    return _words_of(vocabulary).spellings


def _labels(vocabulary: Vocabulary) -> dict[str, str]:
    return _words_of(vocabulary).labels


def _accepted(choice: Choice) -> tuple[str, ...]:
    return (choice.zh, choice.code, *choice.synonyms)
