"""Pages of the published set that a run would make just so again: they are taken over.

Beside the published set, `grounds.json` tells what its pages were made with (software, settings,
rubric) and what each rests on: every question its making asked of the review, with the fingerprint
of the answer and what was looked at for it. The next run asks the same questions of the new review
first, but those for which all that was looked at is the same; where every answer is the same, the
page stands. A page whose notebook does more than call `rl.show` is made every time.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reviewlib.fingerprints import sha256
from reviewlib.publish.orders import Made
from reviewlib.publish.shelf import MANIFEST, Shelf
from reviewlib.publish.unchanged import software
from reviewlib.review import Review
from reviewlib.review.grounds import (
    FINDING,
    FRAME,
    INPUTS,
    SCORE,
    WHOLE,
    Ground,
    Question,
    fingerprint_of,
)

SNAPSHOT = "snapshot"
_CALLS = re.compile(r"rl\.(load_review|score|show(\.\w+)+)")
_PLAIN = (
    ast.Module, ast.Import, ast.alias, ast.Assign, ast.AnnAssign, ast.Expr, ast.Call, ast.Attribute,
    ast.Name, ast.keyword, ast.Constant, ast.expr_context,
)  # fmt: skip


@dataclass(frozen=True)
class Earlier:
    """A page as it was published, what it rests on, and what of that is known not to differ."""

    page: Path
    sha256: str
    grounds: tuple[Ground, ...]
    unchanged: frozenset[str] = frozenset()


def made_with(review: Review, notebooks: Path) -> str:
    """Return the fingerprint of what every page depends on, whatever it asks."""
    settings, rubric = (one.model_dump(mode="json") for one in (review.settings, review.rubric))
    parts = [software(notebooks), review.name, settings, rubric]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def earlier_pages(shelf: Shelf, made_with: str) -> dict[str, Earlier]:
    """Return the pages of the published set whose grounds are known, by their path in it.

    Parameters
    ----------
    shelf : Shelf
        With the snapshot of the new review in its staging folder.
    made_with : str
        Of the run that asks; pages made with anything else are of no use to it.
    """
    try:
        record = json.loads(shelf.grounds.read_text(encoding="utf-8"))
        manifest = (shelf.shown / MANIFEST).resolve()
        if (record["made_with"], record["manifest"]) != (made_with, sha256(manifest)):
            return {}
        outputs = json.loads(manifest.read_text(encoding="utf-8"))["outputs"]
        same = _same_frames(outputs, shelf.staging)
        return {
            href: Earlier(manifest.parent / href, outputs[href], tuple(map(_ground, grounds)), same)
            for href, grounds in record["pages"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # no set, or one that another hand has been at: everything is made


def _same_frames(outputs: Mapping[str, str], folder: Path) -> frozenset[str]:
    """Return the frames of a snapshot whose files are those of the earlier one, to the byte."""
    return frozenset(
        f"{FRAME} {path.stem}" for path in (folder / SNAPSHOT).glob("*.parquet")
        if outputs.get(f"{SNAPSHOT}/{path.name}") == sha256(path)
    )  # fmt: skip


def keep_grounds(shelf: Shelf, made_with: str, made: Sequence[Made]) -> None:
    """Write what the pages of the set just published rest on, beside it; a full disk is no fault.

    Parameters
    ----------
    shelf : Shelf
    made_with : str
    made : sequence of Made
    """
    pages = {one.report.href: [_told(ground) for ground in one.grounds]
             for one in made if one.is_made and one.grounds}  # fmt: skip
    record = {"made_with": made_with, "manifest": sha256(shelf.shown / MANIFEST), "pages": pages}
    fresh = shelf.grounds.with_suffix(".new")
    with contextlib.suppress(OSError):
        fresh.unlink(missing_ok=True)
        with fresh.open("x", encoding="utf-8") as file:  # never through a link
            json.dump(record, file, ensure_ascii=False)
        fresh.replace(shelf.grounds)


def _told(ground: Ground) -> list:
    kind, name, given = ground.question
    return [kind, name, dict(given), ground.answer, ground.looked_at]


def _ground(told: Sequence) -> Ground:
    kind, name, given, answer, looked_at = told
    return Ground(Question(kind, name, tuple(sorted(given.items()))), answer, tuple(looked_at))


def still_stands(earlier: Earlier, review: Review) -> bool:
    """Tell whether a page would be just so again: every answer is the same, and nobody changed it.

    Parameters
    ----------
    earlier : Earlier
    review : Review
        The new one.
    """
    return (
        all((looked_at and earlier.unchanged.issuperset(looked_at))
            or fingerprint_of(_answer(*question, review)) == answer
            for question, answer, looked_at in earlier.grounds)
        and sha256(earlier.page) == earlier.sha256
    )  # fmt: skip


def _answer(kind: str, name: str, given: Mapping, review: Review) -> object:
    """Ask a question again, in the words of an earlier run."""
    from reviewlib import findings
    from reviewlib.review.memory import WHOLES
    from reviewlib.scoring import score
    from reviewlib.show.found import find

    if kind == FRAME:
        return review.frames[name]
    if kind == INPUTS:
        return review.inputs.plain
    if kind == SCORE:
        return getattr(score(review), name)
    if kind == WHOLE:
        return WHOLES[name](review, *dict(given).values())
    if kind == FINDING and name in findings.__all__:
        return find.ask(name, review, dict(given))
    raise ValueError(f"{kind} {name} is no question")


@cache
def is_told_by_show(notebook: Path) -> bool:
    """Tell whether a notebook does nothing but call `rl.show`: then what it asks is known."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
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
