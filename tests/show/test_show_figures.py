"""Pictures: our font on any machine, the same bytes each time, words for those who cannot see."""

import dataclasses
import struct
import warnings
from io import BytesIO
from pathlib import Path

import pytest
from matplotlib import font_manager
from matplotlib.figure import Figure

from reviewlib.errors import ReportError
from reviewlib.show import fonts, style
from reviewlib.show.figures import bar, draw, figure


def _paint(axes):
    axes.barh(["区委办●▲■○", "“三定” −1 $x$"], [1, 2])


def test_chinese_is_drawn_without_a_missing_glyph():
    """Chinese, shapes, the minus sign and a dollar are drawn by the font in the package."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        png = draw(_paint, height=1)

    assert png.startswith(b"\x89PNG")


def test_a_sign_the_font_lacks_would_be_noticed():
    """The test above can fail: a character outside the font warns."""
    with pytest.warns(UserWarning, match="missing from font"):
        draw(lambda axes: axes.set_title("ก"), height=1)


def test_the_same_chart_is_the_same_bytes():
    """Nothing of the clock or the machine is in a picture."""
    png = draw(_paint, height=1)

    assert png == draw(_paint, height=1)
    assert b"Software" not in png and b"tIME" not in png


def test_a_chart_drawn_in_one_pass_is_what_saving_it_gives():
    """Laid out and drawn at once, or by `savefig`, which draws twice: the same bytes, to scale."""
    with style.drawing():
        saved = Figure(figsize=(5, 1.5), layout="constrained")
        _paint(saved.subplots())
        buffer = BytesIO()
        saved.savefig(buffer, format="png", dpi=144, metadata={"Software": None})

    png = draw(_paint, width=5, height=1.5)

    assert png == buffer.getvalue()
    assert struct.unpack(">II", png[16:24]) == (720, 216)


def test_drawing_leaves_no_state_behind():
    """An analyst's own settings are what they were."""
    import matplotlib

    before = dict(matplotlib.rcParams)
    draw(_paint, height=1)

    assert dict(matplotlib.rcParams) == before


def test_a_missing_font_is_an_error_not_boxes(tmp_path, monkeypatch):
    """Without its font file the room refuses to draw, and says what to do."""
    monkeypatch.setattr(fonts, "__file__", str(tmp_path / "__init__.py"))
    fonts.register.cache_clear()

    with pytest.raises(ReportError, match=r"缺少图表字体文件 ReviewlibSansSC-Regular\.otf"):
        fonts.register()

    monkeypatch.undo()
    fonts.register.cache_clear()
    assert fonts.register() == fonts.FAMILY


def test_the_font_holds_every_character_of_gb2312():
    """Any common Chinese name can be drawn, in both faces."""
    from matplotlib.ft2font import FT2Font

    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    characters = {pair.decode("gb2312", errors="ignore") for pair in rows} - {""}
    for name in fonts.FILES:
        known = FT2Font(Path(fonts.__file__).parent / name).get_charmap()
        assert not [one for one in characters if ord(one) not in known]


def test_a_figure_says_its_sentence_and_describes_itself():
    """The title is real text; the picture carries its alternative, escaped."""
    made = figure(b"png", title="甲高于乙", alt='a "b" <c>')

    assert made.html == (
        '<figure class="rl-figure"><figcaption>甲高于乙</figcaption>'
        '<img src="data:image/png;base64,cG5n" alt="a &quot;b&quot; &lt;c&gt;"></figure>'
    )
    assert (made.title, made.alt, made.png) == ("甲高于乙", 'a "b" <c>', b"png")


@pytest.mark.parametrize(
    "what, share, length",
    [("half", 0.5, "50.0"), ("none", 0.0, "0.0"), ("more than all is cut", 1.4, "100.0")],
)
def test_a_bar_is_as_long_as_its_share(what, share, length):
    """The second rectangle is the share; the words beside it are read aloud, the bar is not."""
    made = bar(share)

    assert f'width="{length}" height="8" fill="{style.MAIN}"' in made.html
    assert 'aria-hidden="true"' in made.html
    assert "style=" not in made.html


def test_a_bar_without_a_value_is_a_dash():
    """No value, no bar."""
    assert bar(float("nan")).html == "—"


@pytest.mark.parametrize("name", ["green", "yellow", "red", "grey"])
def test_colours_can_be_read_on_white(name):
    """Every colour of a band has at least 4.5 to 1 against white."""
    red, green, blue = (int(style.COLOURS[name][n : n + 2], 16) / 255 for n in (1, 3, 5))

    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)

    assert 1.05 / (luminance + 0.05) >= 4.5


def test_no_namesake_of_our_font_is_drawn_with(monkeypatch):
    """A list of fonts may hold anything under our name; the faces in the package count."""
    manager = font_manager.fontManager
    other = next(font for font in manager.ttflist if font.name == "DejaVu Sans")
    namesake = dataclasses.replace(other, name=fonts.FAMILY)
    monkeypatch.setattr(manager, "ttflist", [namesake, *manager.ttflist])
    fonts.register.cache_clear()

    fonts.register()

    assert Path(manager.findfont(fonts.FAMILY)).name == fonts.FILES[0]
    assert namesake not in manager.ttflist
