"""The look of charts: accessible colours, our font, seaborn's quiet grid."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

COLOURS = {
    "green": "#00695c", "yellow": "#8a5300", "red": "#b3261e", "grey": "#5f6368",
    "not_rated": "#5f6368",
}  # fmt: skip
"""Of bands and lights. Each has at least 4.5 to 1 against white, as text and as a shape."""
MARKERS = {"green": "o", "yellow": "^", "red": "s", "grey": "o", "not_rated": "o"}
"""The matplotlib form of `words.SHAPES`; grey and not rated are drawn hollow."""
MAIN, SECOND, PALE, INK, GRID = "#1f4e79", "#8c6bb1", "#c9d6e3", "#202124", "#d9dce0"
"""Main series, second series, background bars and spans, text, grid lines."""
WIDTH = 7.1  # inches: the text of an A4 page with 15 mm margins


@contextmanager
def drawing() -> Iterator[None]:
    """Draw in the house style within `with drawing():`; nothing of it stays behind."""
    import matplotlib
    import seaborn as sns

    from reviewlib.show import fonts

    family = fonts.register()
    rc = {
        "font.family": "sans-serif", "font.sans-serif": [family], "axes.unicode_minus": False,
        "font.size": 9.5, "axes.labelsize": 9.5, "xtick.labelsize": 9, "ytick.labelsize": 9.5,
        "legend.fontsize": 9, "text.color": INK, "axes.labelcolor": INK, "xtick.color": INK,
        "ytick.color": INK, "axes.edgecolor": "#80868b", "grid.color": GRID, "grid.linewidth": 0.7,
        "text.parse_math": False,  # a "$" in a name is a "$"
    }  # fmt: skip
    with matplotlib.rc_context({**sns.axes_style("whitegrid"), **rc}):
        yield
