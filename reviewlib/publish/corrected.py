"""`corrections/` of a set: the returns to send back; what has not changed is taken over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from reviewlib import forms
from reviewlib.fingerprints import PACKAGE, all_in, code_of
from reviewlib.forms.corrections import PASSING, said_in
from reviewlib.publish.ours import told_in
from reviewlib.publish.shelf import MANIFEST
from reviewlib.review import Review

FOLDER = "corrections"
ROOMS = ("forms", "intake", "review", "rubric", "schema")
"""Whose code a correction workbook comes from; intake's log fills in a form that is sent back."""


def publish_corrections(
    review: Review, review_folder: Path, folder: Path, shown: Path | None
) -> Iterator[Path]:
    """Write the returns that have something to correct, marked, into a set; yield each.

    Parameters
    ----------
    review : Review
    review_folder : Path
        Where the returns lie.
    folder : Path
        The set being built.
    shown : Path or None
        The set published before, if there is one; None where nothing is taken over.
    """
    earlier = {} if shown is None else _as_published(shown)
    yield from forms.each_correction(
        review, review_folder, folder / FOLDER, earlier=earlier, made_by=made_by()
    )


def is_any_passing(folder: Path) -> bool:
    """Tell whether a workbook of a set would be another on a machine less busy."""
    return any(said_in(path) == PASSING for path in (folder / FOLDER).glob("*.xlsx"))


def made_by(package: Path = PACKAGE) -> str:
    """Return the fingerprint of the code that correction workbooks come from."""
    return hashlib.sha256(json.dumps(code_of(ROOMS, package)).encode()).hexdigest()


def _as_published(shown: Path) -> dict[str, Path]:
    """Return the correction workbooks of a set that nobody has changed, by name."""
    try:
        outputs = told_in(shown / MANIFEST)["outputs"]
    except (OSError, ValueError, KeyError):
        return {}
    folder = shown / FOLDER
    found = all_in(folder) if folder.is_dir() else {}
    return {
        name: shown / FOLDER / name for name, digest in found.items()
        if outputs.get(f"{FOLDER}/{name}") == digest
    }  # fmt: skip
