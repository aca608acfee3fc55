"""Whether a published set still is what a run would make: told by content, in about a second.

A set carries in its manifest the fingerprint of all it was made from: every file of the review
folder, what was asked for, and the software. Where the same is asked again, and the files of the
set are as they were published, there is nothing to do. Nothing heavy is imported here.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from reviewlib.fingerprints import all_in, contents
from reviewlib.publish.orders import Made
from reviewlib.publish.ours import told_in
from reviewlib.publish.plan import Report
from reviewlib.publish.published import Asked, Published, way_in
from reviewlib.publish.shelf import MANIFEST, Shelf

PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Recipe:
    """What a run would make a set from: what is asked for, and the software there is."""

    asked: Asked
    software: Mapping[str, object]

    def fingerprint(self) -> str:
        """Return the fingerprint of all of it, and of the files of the review folder by now."""
        made_from = {
            "files": all_in(self.asked.folder),
            "langs": self.asked.langs,
            "only": sorted(entry.strip() for entry in self.asked.only),
            "as_of": str(self.asked.as_of or ""),
            "software": self.software,
        }
        return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()


def recipe(asked: Asked) -> Recipe:
    """Look at the software once: what loads is what was there when the run began."""
    return Recipe(asked, _software(asked.notebooks))


def _software(notebooks: Path) -> dict:
    """Return the fingerprints of the notebooks and of this package, and every version."""
    return {
        "notebooks": contents(notebooks, "*.ipynb"),
        "code": contents(PACKAGE),
        "versions": _versions(),
    }


def _versions() -> dict[str, str]:
    """Return the version of Python and of every library we declare."""
    try:
        names = _declared(metadata.requires("reviewlib") or ())
    except metadata.PackageNotFoundError:
        names = []
    return {"python": platform.python_version()} | {name: metadata.version(name) for name in names}


def _declared(requirements: Iterable[str]) -> list[str]:
    plain = (one for one in requirements if "extra ==" not in one)
    return sorted(one.split(">=")[0].split("[")[0].strip() for one in plain)


def standing(shelf: Shelf, made_from: str, langs: Sequence[str]) -> Published | None:
    """Return the published set if it was made from just this and is still whole; None if not."""
    manifest = _manifest_of(shelf.shown)
    if manifest.get("made_from") != made_from or manifest["failures"]:
        return None
    found = all_in(shelf.shown)
    if found.pop(MANIFEST) and found != manifest["outputs"]:
        return None
    made = tuple(
        Made(Report(one["kind"], one["code"], one["lang"], "", one["href"]))
        for one in manifest["reports"]
    )
    return Published(
        shelf.shown, way_in(shelf.shown, langs), made, tuple(manifest["refused"]),
        manifest["unlogged"], shelf.log, is_unchanged=True,
    )  # fmt: skip


def _manifest_of(folder: Path) -> Mapping:
    try:
        return told_in(folder / MANIFEST)
    except (OSError, ValueError):
        return {}
