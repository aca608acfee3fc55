"""A data issue says what to do, and it fits how grave the issue is."""

from __future__ import annotations

import pytest

from reviewlib.intake.issues import KIND_WORDS, Place, column_words, issue
from reviewlib.intake.refusal import refusal
from reviewlib.schema import Column
from reviewlib.schema.codes import FILL, LOOK, NONE

ADVICE = [
    # what, name, severity stated, advice
    ("commonly harmless", "label.extra", None, NONE[0]),
    ("the same code, to be corrected", "label.extra", "error", FILL[0]),
    ("the same code, to be looked at", "label.extra", "warn", LOOK[0]),
    ("a rule graver than its code", "value-moved", None, LOOK[0]),
    ("advice of its own stays", "label.missing", "warn", "请恢复表样中的表头或行名"),
]


@pytest.mark.parametrize(("what", "name", "severity", "advice"), ADVICE, ids=[c[0] for c in ADVICE])
def test_advice_fits_the_severity(what, name, severity, advice):
    """Nobody is told 必须更正 and 无需处理 of the same cell."""
    given = {"severity": severity} if severity else {}

    assert issue(name, Place(), "", {}, **given)["fix"] == advice


@pytest.mark.parametrize(
    ("what", "words", "said"),
    [
        ("in both languages", {"detail": "压缩包不完整", "detail_en": "archive incomplete"},
         "The file is damaged: archive incomplete"),
        ("the same in both", {"detail": "BadZipFile"}, "The file is damaged: BadZipFile"),
    ],
)  # fmt: skip
def test_particulars_are_told_in_the_language_of_the_sentence(what, words, said):
    """A refusal and a data issue alike; particulars that need no translation stand as they are."""
    assert refusal("file.corrupt-file", **words).en == said
    assert issue("file.corrupt-file", Place(), "", words)["message_en"] == said


@pytest.mark.parametrize("kind", KIND_WORDS, ids=str)
def test_a_pointer_elsewhere_is_told_alike_for_every_kind(kind):
    """What the column expects stands in a field of its own: “0 或正整数” fits into no phrase."""
    words = column_words(Column("x", "栏目", "Column", kind))

    found = issue("see-attachment", Place(), "见附件", words)
    assert found["message_zh"] == "“见附件”没有给出内容，请在该处直接填写"
    assert found["expected"] == KIND_WORDS[kind][0]


@pytest.mark.parametrize("code", ["cell.excel-error", "cell.formula-no-cache"])
def test_a_cell_of_text_is_not_asked_for_a_number(code):
    """What broke may have been a name as well as a number."""
    assert "数值" not in issue(code, Place())["fix"]
