"""What of the published set a run would make just so again: it is taken over.

Beside the published set, `grounds.json` tells what it was made with (software, settings, rubric),
the fingerprint of every frame, and what each of its files rests on: what was looked at, and the
questions that were asked with the fingerprint of each answer. The next run compares the frames, and
asks of the new review those questions for which something was looked at that is not the same. Where
every answer is the same, the file stands.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewlib.disk import write_whole
from reviewlib.fingerprints import sha256
from reviewlib.publish.orders import Known
from reviewlib.publish.ours import told_in
from reviewlib.publish.shelf import MANIFEST, Shelf
from reviewlib.review import Review
from reviewlib.review.grounds import (
    FINDING,
    FRAME,
    INPUTS,
    SCORE,
    WHOLE,
    Answer,
    Grounds,
    Question,
    are_plain,
    fingerprint_of,
)


@dataclass(frozen=True)
class Earlier:
    """A file as it was published, what it rests on, and what is known to be as it was then."""

    path: Path
    sha256: str
    grounds: Grounds
    unchanged: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Basis:
    """What all files of a set rest on: what they were made with, and the print of each frame.

    `prints` has the fingerprint of all that can be looked at, as "kind name".
    """

    made_with: str
    prints: Mapping[str, str]


def basis_of(known: Known, software: Mapping[str, object]) -> Basis:
    """Return what a set made from a review and its scores rests on."""
    review = known.review
    settings, rubric = (one.model_dump(mode="json") for one in (review.settings, review.rubric))
    parts = [software, review.name, settings, rubric]
    made_with = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    prints = {f"{FRAME} {path.stem}": sha256(path) for path in known.snapshot.glob("*.parquet")}
    prints |= {f"{SCORE} {name}": fingerprint_of(one) for name, one in vars(known.scores).items()}
    prints[f"{INPUTS} {INPUTS}"] = fingerprint_of(review.inputs.plain)
    return Basis(made_with, prints)


def earlier_files(shelf: Shelf, basis: Basis) -> dict[str, Earlier]:
    """Return the files of the published set whose grounds are known, by their path in it.

    Parameters
    ----------
    shelf : Shelf
    basis : Basis
        Of the run that asks; what was made with anything else is of no use to it.
    """
    try:
        record = told_in(shelf.grounds)
        manifest = (shelf.shown / MANIFEST).resolve()
        if (record["made_with"], record["manifest"]) != (basis.made_with, sha256(manifest)):
            return {}
        outputs = told_in(manifest)["outputs"]
        unchanged = frozenset(dict(basis.prints.items() & record["prints"].items()))
        return {
            href: Earlier(manifest.parent / href, outputs[href], _grounds(told), unchanged)
            for href, told in record["files"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # no set, or one that another hand has been at: everything is made


def keep_grounds(shelf: Shelf, basis: Basis, files: Mapping[str, Grounds]) -> None:
    """Write what the files of the set just published rest on, beside it; a full disk is no fault.

    Parameters
    ----------
    shelf : Shelf
    basis : Basis
    files : mapping of str to Grounds
        By their path in the set.
    """
    record = {"made_with": basis.made_with, "manifest": sha256(shelf.shown / MANIFEST),
              "prints": basis.prints,
              "files": {href: _told(grounds) for href, grounds in files.items()}}  # fmt: skip
    with contextlib.suppress(OSError):
        write_whole(shelf.grounds, json.dumps(record, ensure_ascii=False).encode())


def _told(grounds: Grounds) -> list:
    answers = [
        [kind, name, dict(given), fingerprint, looked_at]
        for (kind, name, given), fingerprint, looked_at in grounds.answers
    ]
    return [grounds.looked_at, answers]


def _grounds(told: Sequence) -> Grounds:
    looked_at, answers = told
    return Grounds(tuple(looked_at), tuple(_answer(*one) for one in answers))


def _answer(kind: str, name: str, given: Mapping, fingerprint: str, looked_at: list) -> Answer:
    if not are_plain(given.values()):
        raise TypeError(f"{name} was never given that")
    return Answer(Question(kind, name, tuple(sorted(given.items()))), fingerprint, tuple(looked_at))


def take_over(earlier: Earlier | None, path: Path, review: Review) -> bool:
    """Copy an earlier file where it still stands; False where it must be made.

    Parameters
    ----------
    earlier : Earlier, optional
    path : Path
        Where to.
    review : Review
        The new one.
    """
    is_standing = False
    with contextlib.suppress(Exception):  # whatever is wrong with a question, making it will tell
        is_standing = earlier is not None and still_stands(earlier, review)
    if is_standing:
        path.unlink(missing_ok=True)  # never through a link
        shutil.copyfile(earlier.path, path)
    return is_standing


def still_stands(earlier: Earlier, review: Review) -> bool:
    """Tell whether a file would be just so again, and nobody has changed it.

    Parameters
    ----------
    earlier : Earlier
    review : Review
        The new one.
    """
    is_same = earlier.unchanged.issuperset
    return (
        is_same(earlier.grounds.looked_at)
        and all(
            is_same(looked_at) or fingerprint_of(_ask(*question, review)) == fingerprint
            for question, fingerprint, looked_at in earlier.grounds.answers
        )
        and sha256(earlier.path) == earlier.sha256
    )


def _ask(kind: str, name: str, given: Sequence[tuple[str, object]], review: Review) -> object:
    """Ask a question again, in the words of an earlier run."""
    from reviewlib import findings
    from reviewlib.review.memory import WHOLES
    from reviewlib.show.found import find

    if kind == WHOLE:
        return WHOLES[name](review, *dict(given).values())
    if kind == FINDING and name in findings.__all__:
        return find.ask(name, review, dict(given))
    raise ValueError(f"{kind} {name} is no question")
