"""Where the report notebooks are, in the package or in the clone, and what can be told of one."""

from __future__ import annotations

import ast
import json
import re
from functools import cache
from pathlib import Path

from reviewlib.errors import UsageError
from reviewlib.fingerprints import opened

_PACKAGE = Path(__file__).resolve().parent.parent
PLACES = (_PACKAGE / "_notebooks", _PACKAGE.parent / "notebooks")
"""A wheel carries `notebooks/` as `reviewlib/_notebooks`; see docs/decisions/0001."""

_CALLS = re.compile(r"rl\.(load_review|score|show(\.\w+)+)")
_PLAIN = (
    ast.Module, ast.Import, ast.alias, ast.Assign, ast.AnnAssign, ast.Expr, ast.Call, ast.Attribute,
    ast.Name, ast.keyword, ast.Constant, ast.expr_context,
)  # fmt: skip


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


@cache
def is_told_by_show(notebook: Path) -> bool:
    """Tell whether a notebook does nothing but call `rl.show`: then what it asks is known."""
    with opened(notebook) as file:
        cells = json.load(file)["cells"]
    sources = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return all(map(_calls_show, sources))


def _calls_show(source: str) -> bool:
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:  # such as a line for the shell
        return False
    calls = (ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call))
    imports = (name.name for node in nodes if isinstance(node, ast.Import) for name in node.names)
    return (
        all(isinstance(node, _PLAIN) for node in nodes)
        and all(map(_CALLS.fullmatch, calls))
        and set(imports) <= {"reviewlib"}
    )
