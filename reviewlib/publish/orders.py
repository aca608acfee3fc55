"""What a report process is asked for, and what it makes of it; light, as every run needs it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewlib.publish.plan import Report

if TYPE_CHECKING:
    from reviewlib.publish.earlier import Earlier
    from reviewlib.review import Review
    from reviewlib.review.grounds import Grounds
    from reviewlib.scoring import Scores


@dataclass(frozen=True)
class Order:
    """What is needed to make one page; plain values, so that it can travel.

    `earlier` is the page as it was published last, if it may stand.
    """

    report: Report
    notebook: Path
    snapshot: Path
    page: Path
    set_title: str
    earlier: Earlier | None = None


@dataclass(frozen=True)
class Limits:
    """What a report may take.

    Parameters
    ----------
    start, cell, whole : int
        Seconds until a kernel is up, in a cell, and in all.
    memory : int
        Bytes beyond what a forked process starts with.
    """

    start: int = 120
    cell: int = 180
    whole: int = 600
    memory: int = 3 * 2**30


STANDARD = Limits()


@dataclass(frozen=True)
class Known:
    """What a snapshot holds and how it scores, for report processes that need not find out."""

    snapshot: Path
    review: Review
    scores: Scores


@dataclass(frozen=True)
class Made:
    """What became of one report: made, or withheld with the reason in both languages.

    `seconds` is time on the clock, `work_seconds` time of the processor. `code` is what
    `schema.codes` calls the reason. `grounds` is what a page rests on, where that is known; one
    that `is_kept` was taken over from the set published before. `sha256` is of the page it wrote.
    """

    report: Report
    reason_zh: str = ""
    reason_en: str = ""
    log: str = ""
    seconds: float = 0.0
    work_seconds: float = 0.0
    code: str = ""
    grounds: Grounds | None = None
    is_kept: bool = False
    sha256: str = ""

    @property
    def is_made(self) -> bool:
        return not self.reason_zh

    def reason(self, lang: str) -> str:
        return self.reason_en if lang == "en" else self.reason_zh


def died(report: Report) -> Made:
    """Return what is said of a report whose process ended by itself."""
    return _withheld(report, "run.kernel-died")


def late(report: Report) -> Made:
    """Return what is said of a report that was ended because it took too long."""
    return _withheld(report, "run.cell-timeout")


def _withheld(report: Report, code: str) -> Made:
    from reviewlib.publish.faults import fault  # here: an unchanged review needs no schema

    error = fault(code)
    return Made(report, error.zh, error.en, code=code)
