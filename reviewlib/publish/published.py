"""What a run is asked for, and what it published; light, because an unchanged review needs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from reviewlib.publish.orders import Made


@dataclass(frozen=True)
class Asked:
    """What makes a difference to the set; how it is made does not.

    Parameters
    ----------
    folder : Path
        The review folder.
    langs : tuple of {"zh", "en"}
    only : tuple of str
        Entries of `--only`; nothing means every kind.
    as_of : date or None
        Date of reckoning instead of the one in `review.toml`.
    notebooks : Path
        Folder of the report notebooks.
    """

    folder: Path
    langs: tuple[str, ...]
    only: tuple[str, ...]
    as_of: date | None
    notebooks: Path


@dataclass(frozen=True)
class Published:
    """What a run published.

    Parameters
    ----------
    folder : Path
        Where the set appears.
    index : Path
        The way in.
    made : tuple of Made
        What became of every report.
    refused : tuple of str
        Received files that could not be used.
    unlogged : int
        Edits in the ledger that its log has not taken in.
    log : Path
        What notebooks printed, and why reports failed; beside the set, not in it.
    stages : dict of str to float
        Seconds of every stage.
    is_unchanged : bool
        It was found published already, made from just this.
    """

    folder: Path
    index: Path
    made: tuple[Made, ...]
    refused: tuple[str, ...]
    unlogged: int
    log: Path
    stages: dict[str, float] = field(default_factory=dict)
    is_unchanged: bool = False

    @property
    def withheld(self) -> tuple[Made, ...]:
        return tuple(one for one in self.made if not one.is_made)

    @property
    def is_complete(self) -> bool:
        return not self.withheld and not self.refused


def way_in(folder: Path, langs: Sequence[str]) -> Path:
    """Return the index of a set."""
    return folder / "index.html" if "zh" in langs else folder / "en" / "index.html"
