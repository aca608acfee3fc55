"""Phone and identity numbers are seen however they are written, and nothing else is (个人信息)."""

from __future__ import annotations

import pytest

from reviewlib.intake.values import masked, parse
from reviewlib.intake.workbook import TEXT, Cell
from reviewlib.schema import TABLES

PERSONAL = [
    ("a country code", "张三+8613800000009", "13800000009"),
    ("a country code and spaces", "+86 138 0000 0001", "138 0000 0001"),
    ("letters before it", "Tel13800000001", "13800000001"),
    ("a messenger's name", "微信Zs13800000001", "13800000001"),
    ("en dashes", "138–0000–0001", "0000–0001"),
    ("double dashes", "138——0000——0001", "0000——0001"),
    ("dots", "138.0000.0001", "0000.0001"),
    ("groups of four, three and four", "手机1380-000-0001", "000-0001"),
    ("the same after a country code", "+86 1380 000 0001", "000 0001"),
    ("a hidden character within", "138\u200b00000001", "00000001"),
    ("a hidden character by its number", "138_x200B_00000001", "00000001"),
    ("full-width digits", "１３８００００００01", "００００"),
    ("two of them", "13800000001/13900000001", "13900000001"),
    ("at the end of a sentence", "电话13800000001.", "13800000001"),
    ("an identity number", "310114198001011234", "19800101"),
    ("letters before an identity number", "ID31011419800101123X", "19800101"),
    ("an identity number in groups", "310114 19800101 1234", "19800101"),
    ("in groups of four", "310114-1980-0101-1234", "0101"),
    ("an identity number of 15 places", "身份证310114800101123", "800101"),
]
NOT_PERSONAL = [
    ("a revision mark of the ledger that is all digits", "r13148706595"),
    ("a document number", "示编〔2025〕138号"),
    ("a file number of region, date and serial", "310114-20250301-0012"),
    ("a batch number of 15 places", "310114250301001"),
    ("a number of 15 places of no province", "990114800101123"),
    ("a number of 15 places with no date", "310114801332123"),
    ("a code in groups", "DT138-2025-0001"),
    ("an amount", "13800000001.50元"),
    ("an amount with separators", "13,800,000,001"),
    ("the decimals of a share", "0.410114800101123"),
    ("numbers below one another", "150\n2024\n2025"),
    ("a longer number", "138000000012"),
    ("a telephone of an office", "021-59990000"),
    ("numbers that only stand in a row", "1500-120 2025"),
    ("a code in groups of four, three and four", "DT1380-000-0001"),
    ("dates", "2025-03-01至2025-12-31"),
    ("dates without separators", "20250301-20251231"),
    ("years", "2023 2024 2025"),
    ("an address", "192.168.10.254"),
    ("a credit code", "11310114MB1234567X"),
    ("a checksum", "a13800000001f3c"),
]


@pytest.mark.parametrize(("what", "written", "secret"), PERSONAL, ids=[c[0] for c in PERSONAL])
def test_a_personal_number_is_not_taken_in(reading, what, written, secret):
    """The value is left out, and the log has it starred out."""
    parsed = parse(Cell(5, 2, written, TEXT), TABLES["self_problems"]["description"], reading)

    assert (parsed.value, parsed.rules) == (None, ("personal-data",))
    assert "***" in masked(written)
    assert secret not in masked(written)


@pytest.mark.parametrize(("what", "written"), NOT_PERSONAL, ids=[c[0] for c in NOT_PERSONAL])
def test_other_numbers_are_left_as_they_are(what, written):
    """Document numbers, amounts, codes and dates are nobody's."""
    assert masked(written) == written
