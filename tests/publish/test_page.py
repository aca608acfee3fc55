"""What a notebook showed becomes one page, and nothing else does."""

import re
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from reviewlib.errors import ReportError
from reviewlib.publish import page as page_module
from reviewlib.publish.page import page_of
from reviewlib.show import blocks


def shown(*html: str, tags=()):
    """Return a code cell that has shown pieces of HTML."""
    outputs = [
        new_output("display_data", {"text/html": piece, "text/plain": "x"}) for piece in html
    ]
    return new_code_cell("secret_code()", outputs=outputs, metadata={"tags": list(tags)})


HEAD = shown('<header class="rl-head"><h1>第一组 &lt;甲&gt;</h1></header><nav></nav>')
BODY = shown('<section class="rl-section"><h2>一</h2></section>')
FOOT = shown('<footer class="rl-foot" data-reviewlib="end">完</footer>')


def page(*cells, lang="zh"):
    return page_of(new_notebook(cells=list(cells)), "group", lang, "示例")


def test_the_shell_says_what_the_page_is():
    """Language, title, policy and the hint for browsers with two engines are there."""
    html = page(HEAD, BODY, FOOT)

    assert '<html lang="zh-CN">' in html
    assert "<title>第一组 &lt;甲&gt; · 示例</title>" in html
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in html
    assert '<meta name="renderer" content="webkit">' in html
    assert '<html lang="en">' in page(HEAD, BODY, FOOT, lang="en")


def test_every_class_of_the_style_sheet_is_declared_and_every_declared_one_is_drawn():
    """The head of `show.blocks` is the whole list; the body's class goes by the kind of page."""
    sheet = Path(page_module.__file__).with_name("templates") / "page.css"
    drawn = set(re.findall(r"\.(rl-[a-z_-]+)", sheet.read_text(encoding="utf-8")))
    declared = set(re.findall(r"rl-[a-z]+(?:-[a-z]+)*", blocks.__doc__))

    assert {re.sub("^rl-page-.*", "rl-page", name) for name in drawn} == declared


def test_head_and_foot_stand_outside_the_text():
    """Only the text of the report is `<main>`, so that a reader can skip to it."""
    html = page(HEAD, BODY, FOOT)

    before, _, rest = html.partition('<main id="main">')
    inside, _, after = rest.partition("</main>")
    assert "<h1>" in before and "<nav>" in before
    assert "<h2>" in inside
    assert "完" in after


@pytest.mark.parametrize(
    ("case", "cell"),
    [
        ("working cells", shown("<p>工作</p>", tags=["workings"])),
        ("the parameters papermill put in", shown("<p>工作</p>", tags=["injected-parameters"])),
        ("prints", new_code_cell("x", outputs=[new_output("stream", text="工作")])),
        ("bare representations",
         new_code_cell("x", outputs=[new_output("display_data", {"text/plain": "工作"})])),
    ],
)  # fmt: skip
def test_what_is_not_for_readers_is_not_on_the_page(case, cell):
    """Neither code nor what code says by the way reaches a reader."""
    html = page(HEAD, BODY, cell, FOOT)

    assert "工作" not in html
    assert "secret_code" not in html


def test_a_page_is_one_file_that_asks_for_nothing():
    """No script, no address, no link but those within the set."""
    html = page(HEAD, BODY, FOOT)

    for unwanted in ("<script", "http://", "https://", "@import", "url("):
        assert unwanted not in html


@pytest.mark.parametrize(
    ("case", "cells", "reason"),
    [
        ("no heading", (BODY, FOOT), "现有 0 个"),
        ("two headings", (HEAD, shown("<h1>又一</h1>"), FOOT), "现有 2 个"),
        ("a script", (HEAD, shown("<ScRiPt>1</script>"), FOOT), "<ScRiPt"),
        ("a comment that hides the rest", (HEAD, shown("<p>1</p><!--"), FOOT), "<!--"),
        ("a frame", (HEAD, shown("<iframe src='x'></iframe>"), FOOT), "<iframe"),
        ("a redirection", (HEAD, shown("<meta http-equiv='refresh' content='0'>"), FOOT), "<meta"),
    ],
)
def test_a_page_that_breaks_the_rules_is_refused(case, cells, reason):
    """It is withheld like any report that failed."""
    with pytest.raises(ReportError, match=reason):
        page(*cells)
