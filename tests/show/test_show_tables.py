"""Tables: captions, headings in scope, cells escaped, numbers aligned."""

import pandas as pd
import pytest

from reviewlib.show import words
from reviewlib.show.blocks import element
from reviewlib.show.tables import Col, col, table

FRAME = pd.DataFrame({"name": ["甲局", "<i>乙</i>"], "rate": [0.875, None], "n": [3, 4]})
COLS = [Col("name", "部门", "Department"), Col("rate", "比率", "Rate", words.rate),
        Col("n", "数量", "Number", words.count)]  # fmt: skip


def test_a_table_has_caption_and_headings_in_scope():
    """A reader of the page by ear hears the caption, the column and the row of every cell."""
    made = table(FRAME, COLS, "标题", "zh").html

    assert "<caption>标题</caption>" in made
    assert made.count('scope="col"') == 3
    assert made.count('scope="row"') == 2
    assert '<thead><tr><th scope="col"' in made


def test_cells_are_escaped_and_blocks_stand():
    """What a department wrote is text; what show made is markup."""
    frame = FRAME.assign(name=["<b>x</b>", element("b", "y")])
    made = table(frame, COLS, "t", "zh").html

    assert "&lt;b&gt;x&lt;/b&gt;" in made
    assert "<b>y</b>" in made


def test_numbers_are_aligned_and_missing_ones_are_a_dash():
    """Formatters of numbers align their column; a missing value is a dash, not nan."""
    made = table(FRAME, COLS, "t", "zh").html

    assert '<td class="rl-num rl-short">87.5%</td>' in made
    assert '<td class="rl-num rl-short">—</td>' in made
    assert "nan" not in made.lower()


def test_english_headings():
    """The language chooses the headings."""
    assert "Department" in table(FRAME, COLS, "t", "en").text


def test_an_empty_table_is_an_honest_sentence():
    """No rows: the sentence stands instead, without an empty table."""
    made = table(FRAME.head(0), COLS, "t", "zh", empty="没有。").html

    assert made == '<p class="rl-nothing">没有。</p>'


def test_a_wide_table_scrolls_on_screen_and_prints_landscape():
    """A wide table can be reached by keyboard and turns its page."""
    made = table(FRAME, COLS, "题", "zh", is_wide=True).html

    assert made.startswith('<div class="rl-landscape">')
    assert 'tabindex="0" role="group" aria-label="题"' in made


def test_the_order_of_the_frame_is_kept():
    """Tables never sort: protocol order is the frame's."""
    made = table(FRAME.iloc[::-1], COLS, "t", "zh").text

    assert made.index("乙") < made.index("甲局")


@pytest.mark.parametrize(
    "what, name, value, shown",
    [
        ("a choice has its words", "nature", "common", "共性"),
        ("a date", "due_on", "2030-01-02", "2030年1月2日"),
        ("a count", "returned_count", 2, "2"),
        ("text", "title", "<b>", "&lt;b&gt;"),
    ],
)
def test_columns_of_the_schema_bring_heading_and_format(what, name, value, shown):
    """A column declared in the schema is shown as its kind asks."""
    frame = pd.DataFrame({"key": ["x"], name: [value]})
    declared = col("problems", name)

    made = table(frame, [Col("key", "键", "Key"), declared], "t", "zh").html

    assert f">{declared.zh}</th>" in made
    assert f">{shown}</td>" in made
