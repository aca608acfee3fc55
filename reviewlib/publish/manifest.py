"""The manifest: what made this set, from what, and the fingerprint of every file of it.

No clock, no place and no name of a machine, so that the same inputs give the same manifest.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

from reviewlib.publish.shelf import MANIFEST
from reviewlib.publish.orders import Made
from reviewlib.review import Review
from reviewlib.show.page import software_version

_SHOWN_VERSIONS = ("matplotlib", "nbconvert", "numpy", "openpyxl", "pandas", "papermill", "seaborn")


def write_manifest(
    folder: Path, review: Review, made: Sequence[Made], rows: Mapping[str, int]
) -> Path:
    """Write `manifest.json` into a finished set; nothing may be written to the set after it.

    Parameters
    ----------
    folder : Path
        The set.
    review : Review
    made : sequence of Made
        What became of every report.
    rows : mapping of str to int
        Rows of every table.
    """
    settings = review.settings
    record = {
        "review": review.name,
        "software": {"reviewlib": software_version(), "python": platform.python_version()}
        | {name: metadata.version(name) for name in _SHOWN_VERSIONS},
        "rubric": {"edition": review.rubric.edition, "status": review.rubric.status},
        "cutoff_on": settings.cutoff_on,
        "as_of": settings.as_of,
        "inputs": dict(sorted(review.inputs.items())),
        "rows": dict(rows),
        "reports": [
            {"kind": one.report.kind, "code": one.report.code, "lang": one.report.lang,
             "href": one.report.href}
            for one in made if one.is_made
        ],
        "failures": [
            {"kind": one.report.kind, "code": one.report.code, "lang": one.report.lang,
             "reason_zh": one.reason_zh, "reason_en": one.reason_en}
            for one in made if not one.is_made
        ],
        "outputs": fingerprints(folder),
    }  # fmt: skip
    path = folder / MANIFEST
    text = json.dumps(record, ensure_ascii=False, indent=1, default=str)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path


def fingerprints(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file of a set but its manifest, by its path within the set."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
