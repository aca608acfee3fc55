"""One page of every kind, in both languages, opened in Chromium with the network cut."""

from axe_playwright_python.sync_playwright import Axe

EVERY_RULE = {"rules": {"target-size": {"enabled": True}}}
"""axe runs its rules of all levels and its best practices; this one it leaves out by itself."""

FIRST_ROWS = "document.querySelectorAll('tbody tr:nth-child(n+16)').forEach(row => row.remove())"
"""Of a table of hundreds of rows the first fifteen are looked at: the others are like them."""

WIDER_THAN_THE_WINDOW = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > window.innerWidth + 1
    && !one.closest('.rl-scroll') && !one.closest('.rl-skip'))
  .map(one => one.tagName + '.' + one.className)"""


def test_a_page_asks_for_nothing_and_complains_of_nothing(opened):
    """Everything it needs is in its one file, and the policy it carries is kept."""
    assert opened.requests == []
    assert opened.complaints == []


def test_nothing_is_wider_than_the_window(opened):
    """Only tables in their own region scroll sideways, on a screen and on a telephone."""
    for width in (1280, 400):
        opened.page.set_viewport_size({"width": width, "height": 800})
        assert opened.page.evaluate(WIDER_THAN_THE_WINDOW) == []
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing(shown, browser):
    """No fault of accessibility at any level; the policy is lifted only to let axe in."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(shown[2].as_uri())
    page.evaluate(FIRST_ROWS)
    found = Axe().run(page, options=EVERY_RULE).response["violations"]
    context.close()

    assert [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found] == []
