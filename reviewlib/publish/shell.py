"""The shell around every page: one template and one style sheet, inlined."""

from __future__ import annotations

from pathlib import Path

import jinja2

TEMPLATES = Path(__file__).parent / "templates"
"""Reports reach the shell through nbconvert and `report.html.j2`, the index directly."""


def shell_of(
    title: str, lang: str, head: str, body: str, foot: str, kind: str = "index"
) -> str:
    """Return a page made without a notebook; head, body and foot are markup, the title is text."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES))
    shell = environment.get_template("shell.html.j2")
    return shell.render(title=title, lang=lang, kind=kind, head=head, body=body, foot=foot)
