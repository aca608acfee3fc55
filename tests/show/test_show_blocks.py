"""Blocks: what is text stays text, what is markup stays markup."""

import pytest

from reviewlib.show import blocks
from reviewlib.show.blocks import Block, Outline

OUTLINE = Outline(
    "trial", "试", "Trial",
    (("summary", "摘要", "Summary"), ("first", "甲", "One"), ("second", "乙", "Two")),
    unnumbered=("summary",),
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "a & b", 'he said "x"', "it's", "</p><h1>", "{name}", "$x^2$"],
)
def test_text_never_becomes_markup(text):
    """Whatever a cell holds, a paragraph of it reads back as the same words and no element."""
    made = blocks.paragraph(text)

    assert made.text == text
    assert made.html.count("<") == 2


@pytest.mark.parametrize("never", ["\x00", "\x08", "\x0b", "\x0c", "\x0e", "\x1b", "\x1f", "\x7f"])
def test_characters_no_page_may_hold_are_left_out(never):
    """Control characters of a cell do not reach the page."""
    assert blocks.paragraph(f"a{never}b\tc").html == "<p>ab\tc</p>"


def test_attributes_are_escaped():
    """A text alternative cannot close its attribute."""
    made = blocks.element("img", alt='"><script>', aria_label="x")

    assert made.html == '<img alt="&quot;&gt;&lt;script&gt;" aria-label="x"></img>'


def test_a_template_takes_text_and_blocks():
    """Text put into a sentence is escaped, a block is not, and the language chooses the words."""
    bold = blocks.element("b", "甲")

    assert blocks.say("zh", "{a}与{b}", "{a} and {b}", a=bold, b="<x>").html == (
        "<b>甲</b>与&lt;x&gt;"
    )
    assert blocks.say("en", "{n}项", "{n} items", n="3").html == "3 items"


def test_sentences_are_spaced_as_the_language_asks():
    """English sentences have a space between them, Chinese ones none; empty ones vanish."""
    assert blocks.sentences(["甲。", "", "乙。"], "zh").html == "<p>甲。乙。</p>"
    assert blocks.sentences(["One.", Block(), "Two."], "en").html == "<p>One. Two.</p>"


def test_nothing_makes_nothing():
    """An empty paragraph or list leaves no element on the page."""
    assert not blocks.paragraph("")
    assert not blocks.bullets([])


def test_sections_are_numbered_in_order_and_the_unnumbered_take_none():
    """The leader's page has no number; the first numbered section is 一 and 1."""
    assert OUTLINE.title("summary", "zh") == "摘要"
    assert OUTLINE.title("first", "zh") == "一、甲"
    assert OUTLINE.title("second", "en") == "2 Two"


def test_the_first_section_is_the_answer_and_ends_its_page():
    """Only the first section breaks the page; each carries its key as id and an h2."""
    first = OUTLINE.section("summary", "x", lang="zh").html
    second = OUTLINE.section("first", "x", lang="en").html

    assert first.startswith('<section class="rl-section rl-first" id="summary"><h2>摘要</h2>')
    assert second.startswith('<section class="rl-section" id="first"><h2>1 One</h2>')


def test_links_lead_to_every_section():
    """The list of sections names each once and points to its id."""
    nav = OUTLINE.nav("zh").html

    assert [f'href="#{key}"' in nav for key, *_ in OUTLINE.rows] == [True] * 3


@pytest.mark.parametrize(
    "number, said", [(1, "一"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (34, "三十四")]
)
def test_chinese_numerals(number, said):
    """Section numbers are written as official documents write them."""
    assert blocks.chinese_numeral(number) == said


def test_blocks_add_up_and_text_within_a_sum_is_escaped():
    """Adding text to a block does not open a way around escaping."""
    assert (blocks.element("b", "x") + "<y>").html == "<b>x</b>&lt;y&gt;"
    assert ("<y>" + blocks.element("b", "x")).html == "&lt;y&gt;<b>x</b>"
