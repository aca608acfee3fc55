"""Where the report notebooks are: in the package once installed, in the clone while developed."""

from __future__ import annotations

from pathlib import Path

from reviewlib.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent.parent
PLACES = (_PACKAGE / "_notebooks", _PACKAGE.parent / "notebooks")
"""A wheel carries `notebooks/` as `reviewlib/_notebooks`; see docs/decisions/0001."""


def notebooks_folder() -> Path:
    """Return the folder of the report notebooks.

    Raises
    ------
    UsageError
        Neither place holds them.
    """
    for place in PLACES:
        if (place / "overall.ipynb").is_file():
            return place
    raise UsageError(
        "找不到报表笔记本（notebooks/overall.ipynb）",
        "the report notebooks (notebooks/overall.ipynb) were not found.",
        fix_zh="。请在仓库中重新安装 reviewlib。", fix_en="Install reviewlib again from its clone.",
    )  # fmt: skip
