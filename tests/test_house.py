"""The house: imports go one way, notebooks are thin and clean, every name explains itself."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Set
from importlib import metadata
from pathlib import Path

import pytest

from reviewlib.intake import kept
from reviewlib.publish import corrected

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "reviewlib"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PUBLISHED = ("overall", "group", "department", "tracker", "data_quality", "method", "compare")

ORDER = (
    ("terms", "errors", "fingerprints", "odf", "processes", "disk"),
    ("limited", "model_faults", "toml_file"), ("schema",), ("rubric",), ("review",),
    ("forms", "intake"), ("scoring",), ("findings",), ("ledger",), ("show",),
    ("publish",), ("cli",), ("__main__",),
)  # fmt: skip
"""The rooms from left to right; a room imports only what stands to its left, or itself."""
LEVEL = {room: level for level, rooms in enumerate(ORDER) for room in rooms}
MOST_LINES, MOST_CODE_CELLS = 12, 20
MODULES = sorted(PACKAGE.rglob("*.py"))


def named(paths):
    """Return readable ids for files."""
    return [str(path.relative_to(ROOT)) for path in paths]


def room_of(path: Path) -> str:
    """Return the room a file belongs to: the folder, or the module at the top."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else path.stem


def rooms_imported(tree: ast.Module) -> set[str]:
    """Return the rooms a module imports at run time; imports for type checkers do not count."""
    checked_only = {
        id(node)
        for guard in ast.walk(tree)
        if isinstance(guard, ast.If) and ast.unparse(guard.test) == "TYPE_CHECKING"
        for node in ast.walk(guard)
    }
    return {name.split(".")[1] for name in names_imported(tree, checked_only)}


def names_imported(tree: ast.Module, passed_over: Set[int] = frozenset()) -> set[str]:
    """Return the modules of ours that may be imported: `from a import b` may mean `a` or `a.b`."""
    names = []
    for node in ast.walk(tree):
        if id(node) in passed_over:
            continue
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return {name for name in names if name.startswith("reviewlib.")}


def rooms_behind(files: Iterable[Path]) -> set[str]:
    """Return the rooms whose code some files come to use, by whatever way."""
    to_see, seen = list(files), set()
    while to_see:
        path = to_see.pop()
        if path in seen:
            continue
        seen.add(path)
        for name in names_imported(tree_of(path)):
            place = ROOT.joinpath(*name.split("."))
            to_see += [file for file in (place.with_suffix(".py"), place / "__init__.py")
                       if file in MODULES]  # fmt: skip
    return {path.relative_to(PACKAGE).parts[0] for path in seen if path.parent != PACKAGE}


def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def wrong_imports(room: str, tree: ast.Module) -> set[str]:
    """Return the rooms that `room` imports and may not."""
    return {
        other for other in rooms_imported(tree) if other != room and not LEVEL[other] < LEVEL[room]
    }


@pytest.mark.parametrize("path", MODULES, ids=named(MODULES))
def test_imports_go_one_way(path):
    """A room imports only what stands to its left; `reviewlib` itself hands on names lazily."""
    if path == PACKAGE / "__init__.py":
        assert rooms_imported(tree_of(path)) == set()
        return
    assert wrong_imports(room_of(path), tree_of(path)) == set()


@pytest.mark.parametrize(
    "words, room, source, wrong",
    [
        ("to the left", "scoring", "from reviewlib.rubric import Rubric", set()),
        ("to the right", "rubric", "import reviewlib.scoring", {"scoring"}),
        ("side by side", "forms", "from reviewlib.intake import x", {"intake"}),
        ("by the package", "rubric", "from reviewlib import show", {"show"}),
        ("inside a function", "rubric", "def f():\n    from reviewlib import cli", {"cli"}),
        ("for type checkers only", "rubric",
         "if TYPE_CHECKING:\n    from reviewlib.scoring import Scores", set()),
    ],
)  # fmt: skip
def test_a_wrong_import_would_be_seen(words, room, source, wrong):
    """The check itself is able to fail."""
    assert wrong_imports(room, ast.parse(source)) == wrong


@pytest.mark.parametrize(
    ("words", "files", "rooms"),
    [
        ("what a file gives", [PACKAGE / "intake" / "worker.py"], kept.ROOMS),
        ("a workbook that goes back", sorted((PACKAGE / "forms").glob("*.py")), corrected.ROOMS),
    ],
)
def test_what_is_kept_is_told_by_all_code_it_comes_from(words, files, rooms):
    """A room left out, and a change in it would leave old results standing."""
    assert rooms_behind(files) <= set(rooms)


def test_every_room_has_its_place():
    """A new folder must be given its place in the order."""
    rooms = {room_of(path) for path in MODULES} - {"__init__", "_notebooks"}
    assert rooms <= set(LEVEL)


def test_only_show_knows_matplotlib_and_only_publish_knows_papermill():
    """The drawing and the running of notebooks stay in their rooms."""
    homes = {
        "matplotlib": "show",
        "seaborn": "show",
        "papermill": "publish",
        "nbconvert": "publish",
    }
    strays = [
        (str(path.relative_to(ROOT)), library)
        for path in MODULES
        for library in _libraries(tree_of(path)) & set(homes)
        if room_of(path) != homes[library]
    ]
    assert strays == []


def test_every_library_that_is_imported_is_declared():
    """What only came along with another library may be gone with its next version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[\[>=]", one)[0].lower() for one in project["dependencies"]}
    known = {**metadata.packages_distributions(), "pydantic_core": ["pydantic"]}  # its other half
    imported = set().union(*(_libraries(tree_of(path)) for path in MODULES))
    needed = imported - sys.stdlib_module_names - {"reviewlib"}
    missing = {name for name in needed if declared.isdisjoint(map(str.lower, known[name]))}
    assert needed and missing == set()


def _libraries(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=named(MODULES))
def test_every_file_and_every_public_function_says_what_it_is(path):
    """Modules, public classes and public functions carry a docstring."""
    tree = tree_of(path)
    if path.name == "__init__.py" and not tree.body:
        return
    silent = [] if ast.get_docstring(tree) else ["(module)"]
    silent += [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


# Notebooks


def cells_of(path: Path, kind: str = "code") -> list[dict]:
    """Return the cells of one kind, each with its source as text."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [
        cell | {"source": "".join(cell["source"])} for cell in cells if cell["cell_type"] == kind
    ]


def test_every_report_has_its_notebook():
    """The published notebooks are there, and at least one to explore with."""
    stems = {path.stem for path in NOTEBOOKS}
    assert set(PUBLISHED) <= stems
    assert any(stem.startswith("explore_") for stem in stems)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named(NOTEBOOKS))
def test_notebook_is_committed_without_outputs_or_counts(path):
    """What a run shows is not what the repository holds."""
    dirty = [
        cell["id"]
        for cell in cells_of(path)
        if cell["outputs"] or cell["execution_count"] is not None
    ]
    assert dirty == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named(NOTEBOOKS))
def test_notebook_defines_nothing_and_branches_nowhere(path):
    """No def, class, lambda, for, while, if, try: what deserves a loop deserves a name."""
    banned = (
        ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If,
        ast.IfExp, ast.Try, ast.With, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
    )  # fmt: skip
    found = [
        (cell["id"], type(node).__name__)
        for cell in cells_of(path)
        for node in ast.walk(ast.parse(cell["source"]))
        if isinstance(node, banned)
    ]
    assert found == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named(NOTEBOOKS))
def test_notebook_is_thin(path):
    """At most twelve lines a cell and some twenty code cells."""
    cells = cells_of(path)
    long = [c["id"] for c in cells if len(c["source"].splitlines()) > MOST_LINES]
    assert long == [] and len(cells) <= MOST_CODE_CELLS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named(NOTEBOOKS))
def test_notebook_has_exactly_one_cell_of_typed_parameters(path):
    """Plain typed values, each with a comment that papermill shows as help."""
    tagged = [cell for cell in cells_of(path) if "parameters" in cell["metadata"].get("tags", ())]
    assert len(tagged) == 1
    lines = tagged[0]["source"].splitlines()
    assert all(isinstance(node, ast.AnnAssign) for node in ast.parse(tagged[0]["source"]).body)
    assert all("#" in line for line in lines)


@pytest.mark.parametrize("stem", PUBLISHED)
def test_published_notebook_shows_every_section_of_its_report_and_ends_with_the_mark(stem):
    """One cell a section, in the order of the report; the foot is the last."""
    from importlib import import_module

    outline = import_module(f"reviewlib.show.pages.{stem}").OUTLINE
    cells = cells_of(ROOT / "notebooks" / f"{stem}.ipynb")
    shown = [c for c in cells if not c["metadata"].get("tags")]
    calls = [c["source"].split("(")[0].strip() for c in shown]

    keys = ["head", *(key for key, *_ in outline.rows)]
    assert calls == [*(f"rl.show.{stem}.{key}" for key in keys), "rl.show.page_foot"]


def test_the_linter_has_nothing_to_say():
    """Code, tests, scripts and notebooks keep to the rules of pyproject.toml."""
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "-q", ROOT], capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.stdout + done.stderr == ""
