"""The chart font, carried in the package: no machine needs a Chinese font of its own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from matplotlib import font_manager

from reviewlib.errors import ReportError

FAMILY = "Reviewlib Sans SC"
FILES = ("ReviewlibSansSC-Regular.otf", "ReviewlibSansSC-Bold.otf")


@cache
def register() -> str:
    """Make both faces known to matplotlib by their path and return the family name.

    Raises
    ------
    ReportError
        A face is missing: better no chart than one drawn in boxes.
    """
    folder = Path(__file__).parent
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise ReportError(
            f"缺少图表字体文件 {'、'.join(missing)}",
            f"the chart font is missing: {', '.join(missing)}",
            where="reviewlib/show/fonts",
            fix_zh="。请重新安装软件包，或运行 scripts/make_fonts.py 重新生成。",
            fix_en="Install the package again, or run scripts/make_fonts.py.",
        )  # fmt: skip
    known = font_manager.fontManager
    known.ttflist = [font for font in known.ttflist if font.name != FAMILY]  # ours, no namesake
    for name in FILES:
        known.addfont(folder / name)
    return FAMILY
