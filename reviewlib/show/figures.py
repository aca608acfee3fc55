"""Figures: a chart with the sentence it proves and its text alternative; bars for a cell."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from reviewlib.show import style, words
from reviewlib.show.blocks import Block, Part, element, join, note

DPI = 144


@dataclass(frozen=True, repr=False)
class Figure(Block):
    """A chart as a block of page; made by `figure`.

    Parameters
    ----------
    title : str
        The sentence the chart proves.
    alt : str
        What the chart shows, for those who cannot see it.
    png : bytes
        The picture, the same bytes each time.
    """

    title: str = ""
    alt: str = ""
    png: bytes = b""


def draw(paint: Callable, *, height: float, width: float = style.WIDTH, **subplots) -> bytes:
    """Return the PNG of one chart that `paint(axes)` draws, in inches.

    No pyplot: a figure of our own leaves no state behind, in a notebook or in a long run.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Drawing

    with style.drawing():
        drawing = Drawing(figsize=(width, height), dpi=DPI, layout="constrained")
        paint(drawing.subplots(**subplots))
        buffer = BytesIO()
        # `savefig` draws a figure with a layout twice: once only to have it laid out
        FigureCanvasAgg(drawing).print_png(buffer, metadata={"Software": None})
    return buffer.getvalue()


def figure(png: bytes, *, title: Part, alt: Part, below: Part = "") -> Figure:
    """Return a chart as `<figure>` with its sentence above and small print below."""
    source = "data:image/png;base64," + base64.b64encode(png).decode("ascii")
    described = str(alt)
    caption = element("figcaption", title)
    image = element("img", src=source, alt=described)
    image = Block(image.html.removesuffix("</img>"))
    html = element("figure", caption, image, note(below) if below else "", class_="rl-figure").html
    return Figure(html, title=caption.text, alt=described, png=png)


def bar(share: object, lang: str = "zh", *, mark: object = None, word: Part | None = None) -> Block:
    """Return a small bar with its rate in words beside it.

    Parameters
    ----------
    share : float
        0–1; missing gives a dash.
    mark : float, optional
        0–1, a tick on the bar, such as the median of the group.
    word : Part, optional
        What stands beside the bar instead of the rate.
    """
    if words.is_missing(share):
        return Block(words.MISSING)
    length = min(max(float(share), 0), 1) * 100
    drawn = [
        _rect(0, 2, 100, 8, style.PALE),
        _rect(0, 2, length, 8, style.MAIN),
    ]
    if not words.is_missing(mark):
        at = min(max(float(mark), 0), 1) * 98
        drawn.append(_rect(at, 0, 2, 12, style.INK))
    svg = element(
        "svg", *drawn, class_="rl-bar", viewBox="0 0 100 12", width="100", height="12",
        preserveAspectRatio="none", focusable="false", aria_hidden="true",
    )  # fmt: skip
    return join((svg, " ", words.rate(share, lang) if word is None else word))


def _rect(x: float, y: float, width: float, height: float, fill: str) -> Block:
    return element(
        "rect", x=f"{x:.1f}", y=f"{y:g}", width=f"{width:.1f}", height=f"{height:g}", fill=fill
    )
