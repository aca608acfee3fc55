"""A value that its own note takes back is used for now and asked back (附注收回的选项)."""

from __future__ import annotations

import pytest

from reviewlib.intake.values import parse
from reviewlib.intake.workbook import TEXT, Cell
from reviewlib.schema import TABLES

DUTIES, UNITS, PROFILES = "duty_transfers", "internal_units", "profiles"
STATUS, SET_UP = (DUTIES, "status"), (UNITS, "is_set_up")
HANDOVER, FUNDS = (DUTIES, "handover"), (PROFILES, "funds_state")
TAKEN_BACK = [
    # what, table and column, what stands in the cell, value, main rule
    ("people not there yet", STATUS, "到位（编制已划转，人员未到位）", "done", "choice-partly"),
    ("how many are not", STATUS, "到位：3人未到位", "done", "choice-partly"),
    ("not all of them", STATUS, "到位，人员未全部到位", "done", "choice-partly"),
    ("the rest is not", STATUS, "已完成,其余未完成", "done", "choice-partly"),
    ("a progress in brackets", STATUS, "完成（80%）", "partial", "choice-progress"),
    ("a progress in another word", STATUS, "到位80%", "partial", "choice-progress"),
    ("no progress at all", STATUS, "完成0%", "not_done", "choice-progress"),
    ("a progress where there is no “partly”", FUNDS, "完成（80%）", "done", "choice-partly"),
    ("a progress of a part", STATUS, "完成，系统移交约90%", "done", "choice-partly"),
    ("one short", STATUS, "完成（差1人）", "done", "choice-partly"),
    ("one left", STATUS, "完成，剩余1人", "done", "choice-partly"),
    ("some of all", STATUS, "完成（8/10）", "done", "choice-partly"),
    ("the systems are not", STATUS, "已移交（系统未移交）", "done", "choice-partly"),
    ("to be confirmed", STATUS, "到位(待确认)", "done", "choice-partly"),
    ("under way", STATUS, "到位（其中2人办理中）", "done", "choice-partly"),
    ("a tick, yet not", STATUS, "√（人员未到位）", "done", "choice-partly"),
    ("the records are not", FUNDS, "完成（档案未移交）", "done", "choice-partly"),
    ("one side has not signed", HANDOVER, "双方签字（我方未签）", "both", "choice-partly"),
    ("no seal", HANDOVER, "双方签字，对方未盖章", "both", "choice-partly"),
    ("yes and no", SET_UP, "是;否", None, "not-yes-no"),
    ("no, though it is", SET_UP, "否（已设置）", None, "not-yes-no"),
    ("being founded", SET_UP, "是（筹建中）", True, "choice-partly"),
    ("to be verified", SET_UP, "是(待核)", True, "choice-partly"),
    ("a question mark", SET_UP, "是（？）", True, "choice-partly"),
    ("yes, but nobody there", SET_UP, "是，人员未到位", True, "choice-partly"),
    ("no, but soon", SET_UP, "否，但已批准", False, "choice-partly"),
]  # fmt: skip
KEPT = [
    ("since when", STATUS, "到位（2025年3月）", "done", "choice-note"),
    ("since which day", STATUS, "到位（2025/3/15）", "done", "choice-note"),
    ("where to see it", SET_UP, "是（见附件）", True, "choice-note"),
    ("its document", STATUS, "到位，文号示编〔2025〕3号", "done", "choice-note"),
    ("how many", STATUS, "到位（12人）", "done", "choice-note"),
    ("all of them", STATUS, "到位（100%）", "done", "choice-note"),
    ("all of all", STATUS, "到位（10/10）", "done", "choice-note"),
    ("no objection", STATUS, "完成，无异议", "done", "choice-note"),
    ("harmless words with such characters", SET_UP, "是（区统筹办、不动产中心）", True,
     "choice-note"),
    ("a negative answer explained", STATUS, "未到位（编制未核定）", "not_done", "choice-note"),
    ("no, and why not", SET_UP, "否（尚未批准）", False, "choice-note"),
    ("no, with a document", SET_UP, "否（见附件）", False, "choice-note"),
    ("other, in words", (DUTIES, "obstacle"), "其他：编制未下达", "other", "choice-note"),
]  # fmt: skip


def _parse(at, written, reading):
    table, column = at
    return parse(Cell(5, 2, written, TEXT), TABLES[table][column], reading)


@pytest.mark.parametrize(
    ("what", "at", "written", "value", "rule"), TAKEN_BACK, ids=[c[0] for c in TAKEN_BACK]
)
def test_a_note_that_takes_the_value_back_is_asked_back(reading, what, at, written, value, rule):
    """A negation, a restriction or a count short behind a “yes” is never passed over."""
    parsed = _parse(at, written, reading)

    assert (parsed.value, parsed.rules[0]) == (value, rule)


@pytest.mark.parametrize(("what", "at", "written", "value", "rule"), KEPT, ids=[c[0] for c in KEPT])
def test_a_note_that_only_explains_is_kept_in_the_log(reading, what, at, written, value, rule):
    """The value stands, and the log says that a note came with it; nobody is asked."""
    parsed = _parse(at, written, reading)

    assert (parsed.value, parsed.rules[-1]) == (value, rule)
    assert "choice-partly" not in parsed.rules
