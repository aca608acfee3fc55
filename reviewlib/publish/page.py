"""From what a notebook showed to one page: a single file without script, request or code."""

from __future__ import annotations

import html
import re
from functools import cache
from hashlib import sha256

from nbconvert import TemplateExporter
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from traitlets.config import Config

from reviewlib.errors import ReportError
from reviewlib.publish.engine import html_of
from reviewlib.publish.shell import TEMPLATES

_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_UNWANTED = re.compile(
    r"<\s*(?:script|iframe|object|embed|link|base|form|meta)\b|<!--", re.IGNORECASE
)


def page_of(notebook: NotebookNode, kind: str, lang: str, set_title: str) -> str:
    """Return the page of an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
    kind : str
        Kind of report; the style sheet may tell kinds apart.
    lang : {"zh", "en"}
    set_title : str
        Title of the review; follows the page's own heading in the window title.

    Raises
    ------
    ReportError
        The notebook shows no single `<h1>`, or an element no page may hold.
    """
    shown = "".join(
        html_of(output) for cell in notebook.cells for output in cell.get("outputs", ())
    )
    _check_elements(shown)
    title = f"{_heading(shown)} · {set_title}"
    stamp = {"zh": "　页面指纹 ", "en": " · page "}[lang] + sha256(shown.encode()).hexdigest()[:12]
    resources = {"page": {"title": title, "lang": lang, "kind": kind, "stamp": stamp}}
    page, _ = _exporter().from_notebook_node(notebook, resources)
    return page


def landmarks(shown: str) -> tuple[str, str, str]:
    """Split what a report shows into head, text and foot, so that the text alone is `<main>`."""
    head, section, rest = shown.partition("<section")
    if not section:
        return "", shown, ""
    body, footer, foot = rest.rpartition("<footer")
    return (head, section + body, footer + foot) if footer else (head, section + rest, "")


def _check_elements(shown: str) -> None:
    """Refuse what no page may hold: whatever runs, or asks for something."""
    unwanted = _UNWANTED.search(shown)
    if unwanted:
        raise ReportError(
            f"页面含有不允许的元素 {unwanted.group()}",
            f"the page holds an element it may not hold: {unwanted.group()}",
        )


def _heading(shown: str) -> str:
    """Return the text of the one heading of a page."""
    headings = _HEADING.findall(shown)
    if len(headings) != 1:
        raise ReportError(
            f"页面应有且只有一个一级标题，现有 {len(headings)} 个",
            f"a page has exactly one h1; found {len(headings)}",
        )
    return " ".join(html.unescape(_TAG.sub("", headings[0])).split())


class ReportExporter(TemplateExporter):
    """nbconvert with our template and nothing else.

    Its HTMLExporter would parse the finished page once more to add alternatives to images that
    have none, which ours always have; on a long page that is half of the time.
    """

    file_extension = ".html"
    output_mimetype = "text/html"


@cache
def _exporter() -> ReportExporter:
    """Our template and no other: search paths are given, so no folder around is looked into."""
    hidden = {"workings", "parameters", "injected-parameters"}
    config = Config({"TagRemovePreprocessor": {"remove_cell_tags": hidden}})
    return ReportExporter(
        config=config,
        default_preprocessors=[TagRemovePreprocessor],  # after each one the notebook is validated
        template_paths=[str(TEMPLATES)],
        template_file="report.html.j2",
        filters={"html_of": html_of, "landmarks": landmarks},
    )


def warm_up() -> None:
    """Load the template and what the exporter needs, for a process that will be forked."""
    nothing = dict.fromkeys(("title", "lang", "kind", "stamp"), "")
    _exporter().from_notebook_node(new_notebook(), {"page": nothing})
