"""Numbers, dates, names and marks, as people read them."""

from decimal import Decimal

import pandas as pd
import pytest
from command_runs import SAMPLE

from reviewlib.rubric import load_rubric
from reviewlib.schema import vocabularies as v
from reviewlib.show import words
from reviewlib.show.voice import Bands

NAMES = words.Names(
    pd.DataFrame({
        "dept_code": ["DP03", "DP01", "DP02"],
        "short_name": ["丙局", "甲局", "乙<局>"],
        "name_en": ["Bureau C", None, "Bureau B"],
        "protocol_order": [3, 1, 2],
    })
)  # fmt: skip


@pytest.mark.parametrize(
    "what, shown, expected",
    [
        ("a count", words.count(1234), "1234"),
        ("a count in English", words.count(1234, "en"), "1,234"),
        ("a count that is missing", words.count(pd.NA), "—"),
        ("zero is a count", words.count(0), "0"),
        ("a rate has one decimal", words.rate(1), "100.0%"),
        ("a rate is rounded half up", words.rate(0.8725), "87.3%"),
        ("a rate binary floats would round down", words.rate(0.0005), "0.1%"),
        ("a missing rate", words.rate(float("nan")), "—"),
        ("a score is rounded half up", words.score(87.25), "87.3"),
        ("a score as Decimal", words.score(Decimal("87.2509")), "87.3"),
        ("a total with a decimal less than it could have", words.total(87.0), "87.0"),
        ("a total as its rubric rounded it", words.total(69.75), "69.75"),
        ("a total of hundreds", words.total(100), "100.0"),
        ("a missing total", words.total(float("nan")), "—"),
        ("a gap upwards", words.gap(1.25), "+1.3"),
        ("a gap downwards", words.gap(-2), "−2.0"),
        ("no gap has no sign", words.gap(-0.04), "0.0"),
        ("a whole number stays whole", words.number(7.0), "7"),
        ("half a point is kept", words.number(12.5), "12.5"),
        ("at most two decimals", words.number(0.126), "0.13"),
        ("count before rate", words.part_of(23, 25), "23/25（92.0%）"),
        ("count before rate in English", words.part_of(23, 25, "en"), "23 of 25 (92.0%)"),
        ("nothing to divide by", words.part_of(0, 0), "—"),
        ("an official date", words.date("2025-06-30"), "2025年6月30日"),
        ("a day without zero", words.date(pd.Timestamp("2025-07-01")), "2025年7月1日"),
        ("a date in English", words.date("2025-06-30", "en"), "30 June 2025"),
        ("no date", words.date(pd.NaT), "—"),
        ("yes", words.yes_no(True), "是"),
        ("no, in English", words.yes_no(False, "en"), "No"),
        ("neither", words.yes_no(pd.NA), "—"),
        ("a code", words.label(v.NATURE, "common"), "共性"),
        ("several codes", words.label(v.VISIT_METHOD, "meeting;site", "en"),
         "Meeting, Site inspection"),
        ("a code no vocabulary knows is kept", words.label(v.NATURE, "odd"), "odd"),
        ("one department", words.plural(1, "department"), "1 department"),
        ("an irregular plural", words.plural(2, "category", "categories"), "2 categories"),
    ],
)  # fmt: skip
def test_words(what, shown, expected):
    """Every formatter writes what the conventions of official reports ask for."""
    assert shown == expected, what


@pytest.mark.parametrize(
    "what, made, expected",
    [
        ("nothing", words.listed([]), ""),
        ("one", words.listed(["甲"]), "甲"),
        ("two", words.listed(["甲", "乙"]), "甲和乙"),
        ("three", words.listed(["甲", "乙", "丙"]), "甲、乙和丙"),
        ("three in English", words.listed(["A", "B", "C"], "en"), "A, B and C"),
    ],
)
def test_listed(what, made, expected):
    """Lists in a sentence read as each language writes them."""
    assert made.text == expected, what


def test_names_come_in_protocol_order_whatever_the_order_asked():
    """Names are listed by the roster, and unknown codes follow."""
    assert NAMES.in_order(["DP03", "DP99", "DP01", "DP03"]) == ["DP01", "DP03", "DP99"]
    assert NAMES.some(["DP03", "DP01"]).text == "甲局和丙局"


def test_many_names_are_shortened_with_their_number():
    """Past the limit the sentence says how many there are; one more is simply named."""
    assert NAMES.some(["DP03", "DP01", "DP02"], limit=1).text == "甲局等3家部门"
    assert NAMES.some(["DP03", "DP01", "DP02"], "en", limit=1).text == "甲局 and 2 others"
    assert NAMES.some(["DP03", "DP01"], limit=1).text == "甲局和丙局"


def test_a_department_without_an_english_name_keeps_its_own_marked_as_chinese():
    """On an English page Chinese words carry their language; English ones do not."""
    assert NAMES("DP01", "en").html == '<span lang="zh-CN">甲局</span>'
    assert NAMES("DP03", "en").html == "Bureau C"
    assert NAMES("DP01;DP03", "en").text == "甲局, Bureau C"


def test_names_are_escaped():
    """A name from the roster is never markup."""
    assert NAMES("DP02").html == "乙&lt;局&gt;"


@pytest.mark.parametrize("code", ["green", "yellow", "red", "not_rated"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_band_is_word_and_shape_and_colour(code, lang):
    """Colour never stands alone: read in black and white, each band differs."""
    rubric = load_rubric(SAMPLE / "rubric.toml")
    mark = Bands.of(rubric)(code, lang)

    assert v.BAND.label(code, lang).lower() in mark.text.lower()
    assert words.SHAPES[code] in mark.text
    assert f"rl-{'grey' if code == 'not_rated' else code}" in mark.html


def test_every_light_has_a_shape_of_its_own():
    """Four lights, four shapes."""
    assert len({words.light(code).text[0] for code in v.LIGHT.codes}) == len(v.LIGHT.codes)


def test_an_address_is_file_sheet_cell():
    """A reference reads file › sheet › cell, and leaves out what is missing."""
    assert words.address("returns/甲.xlsx", "03 职责划转", "C7").text == (
        "returns/甲.xlsx › 03 职责划转 › C7"
    )
    assert words.address("returns/甲.xlsx", float("nan"), None).text == "returns/甲.xlsx"
