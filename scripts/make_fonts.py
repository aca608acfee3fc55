"""Make the chart font that the package carries: a subset of Noto Sans CJK SC, Regular and Bold.

Run once, by hand, when the set of characters changes::

    apt-get install fonts-noto-cjk        # or: apt-get download, dpkg-deb -x
    pip install fonttools
    python scripts/make_fonts.py /usr/share/fonts/opentype/noto

The subset holds GB 2312, Latin, and the signs that official tables use. It is renamed, so that a
full Noto on the machine is never taken for it: the pages must look the same everywhere.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

TARGET = Path(__file__).parent.parent / "reviewlib" / "show" / "fonts"
SIMPLIFIED_CHINESE = 2  # face of the collection
FAMILY = "Reviewlib Sans SC"
SIGNS = (
    "·–—‘’“”…‰′″※℃№→←↑↓≤≥≠≈±×÷−√∑●○■□▲△▼▽◆◇★☆✓✗①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ"
    "〇〔〕【】《》〈〉「」『』（）％＋－＝／～￥"
)


def gb2312() -> str:
    """Return every character of GB 2312."""
    rows = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", errors="ignore") for pair in rows)


def subset(font: TTFont) -> TTFont:
    """Return the font cut down to the characters of our pages, without hints or layout rules."""
    options = Options()
    options.hinting = False
    options.desubroutinize = False
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.drop_tables += ["GPOS", "GSUB", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
    cutter = Subsetter(options)
    latin = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)]))
    cutter.populate(text=gb2312() + latin + SIGNS)
    cutter.subset(font)
    return font


def rename(font: TTFont, style: str) -> TTFont:
    """Give the subset its own family name; copyright and licence stay as they were."""
    for record in list(font["name"].names):
        renamed = {
            1: FAMILY, 2: style, 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}",
            6: f"{FAMILY.replace(' ', '')}-{style}",
        }.get(record.nameID)  # fmt: skip
        if record.nameID in (16, 17) or record.langID not in (0, 0x409):
            font["name"].names.remove(record)
        elif renamed:
            record.string = renamed
    if "CFF " in font:
        font["CFF "].cff.fontNames = [f"{FAMILY.replace(' ', '')}-{style}"]
    return font


def main(donors: Path) -> None:
    """Write both faces beside their licence."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for style in ("Regular", "Bold"):
        collection = TTCollection(donors / f"NotoSansCJK-{style}.ttc")
        font = rename(subset(collection.fonts[SIMPLIFIED_CHINESE]), style)
        font.recalcTimestamp = False  # the same bytes each time
        target = TARGET / f"ReviewlibSansSC-{style}.otf"
        font.save(target)
        print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/opentype/noto"))
