"""The manifest: what made this set, from what, and the fingerprint of every file of it.

No clock, no place and no name of a machine, so that the same inputs give the same manifest.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

from reviewlib.fingerprints import contents
from reviewlib.intake.folder import readable
from reviewlib.publish.orders import Made
from reviewlib.publish.plan import Report
from reviewlib.publish.shelf import MANIFEST
from reviewlib.review import Review
from reviewlib.show.page import software_version

_SHOWN_VERSIONS = ("matplotlib", "nbconvert", "numpy", "openpyxl", "pandas", "papermill", "seaborn")


def write_manifest(
    folder: Path, review: Review, made: Sequence[Made], rows: Mapping[str, int], *,
    refused: Sequence[str] = (), unlogged: int = 0, made_from: str = "",
) -> Path:  # fmt: skip
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
    refused : sequence of str
        Received files that could not be used.
    unlogged : int
        Edits in the ledger that its log has not taken in.
    made_from : str
        Fingerprint of all the set was made from; "" where that is not known.
    """
    settings = review.settings
    record = {
        "review": readable(review.name),
        "software": {"reviewlib": software_version(), "python": platform.python_version()}
        | {name: metadata.version(name) for name in _SHOWN_VERSIONS},
        "rubric": {"edition": review.rubric.edition, "status": review.rubric.status},
        "cutoff_on": settings.cutoff_on,
        "as_of": settings.as_of,
        "inputs": dict(sorted(review.inputs.items())),
        "rows": dict(rows),
        "made_from": made_from,
        "refused": list(refused),
        "unlogged": unlogged,
        "reports": [
            _told(one.report) | {"href": one.report.href} for one in made if one.is_made
        ],
        "failures": [
            _told(one.report)
            | {"fault": one.code, "reason_zh": one.reason_zh, "reason_en": one.reason_en}
            for one in made if not one.is_made
        ],
        "outputs": fingerprints(folder),
    }  # fmt: skip
    path = folder / MANIFEST
    text = json.dumps(record, ensure_ascii=False, indent=1, default=str)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path


def _told(report: Report) -> dict[str, str]:
    return {"kind": report.kind, "code": report.code, "lang": report.lang}


def fingerprints(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file of a set but its manifest, by its path within the set."""
    return {name: digest for name, digest in contents(folder).items() if name != MANIFEST}
