"""One run: read, score, save the snapshot, make every page, add the data, switch the set."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reviewlib import scoring
from reviewlib.ledger import open_review
from reviewlib.publish import index
from reviewlib.publish.data_files import write_data_files
from reviewlib.publish.manifest import write_manifest
from reviewlib.publish.notebooks import notebooks_folder
from reviewlib.publish.plan import LANGS, Report, plan_reports, read_only
from reviewlib.publish.shelf import Shelf
from reviewlib.publish.surroundings import surroundings
from reviewlib.publish.workshop import Made, Order, make_all
from reviewlib.review import Review, save_review

Progress = Callable[[str, int, int], None]
"""Told (stage, done, total); the stages are "read", "score", "pages", "publish"."""


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
    """

    folder: Path
    index: Path
    made: tuple[Made, ...]
    refused: tuple[str, ...]
    unlogged: int
    log: Path

    @property
    def withheld(self) -> tuple[Made, ...]:
        return tuple(one for one in self.made if not one.is_made)

    @property
    def is_complete(self) -> bool:
        return not self.withheld and not self.refused


def run(
    review_folder: str | Path,
    out: str | Path = "reports",
    *,
    langs: Sequence[str] = ("zh",),
    only: Sequence[str] = (),
    as_of: date | None = None,
    jobs: int | None = None,
    progress: Progress = lambda stage, done, total: None,
    notebooks: Path | None = None,
) -> Published:
    """Publish every report of one review as `out/<name of the review folder>/`.

    Parameters
    ----------
    review_folder : str or Path
    out : str or Path
    langs : sequence of {"zh", "en"}
    only : sequence of str
        Kinds of report to make ("overall", "group", "department:DP01", …); nothing means all.
    as_of : date, optional
        Date of reckoning instead of the one in `review.toml`.
    jobs : int, optional
        Reports made at once; as many as the machine has cores.
    progress : callable, optional
    notebooks : Path, optional
        Folder of the report notebooks, instead of those that come with the package.

    Raises
    ------
    ConfigError, UsageError
        The review folder or the call is wrong; nothing was published.
    PublishError
        The set could not be written; what was published before is untouched.
    """
    wanted = read_only(only)
    langs = [lang for lang in LANGS if lang in langs]
    progress("read", 0, 1)
    review = open_review(review_folder, as_of)
    notebooks = notebooks or notebooks_folder()
    reports = plan_reports(review, langs, wanted)
    shelf = Shelf(Path(out).resolve(), Path(review_folder).resolve().name)
    with shelf.held():
        progress("score", 0, 1)
        scores = scoring.score(review)
        save_review(review, shelf.staging / "snapshot")
        made = _make_pages(reports, review, shelf, notebooks, jobs or os.cpu_count() or 1, progress)
        progress("publish", 0, 1)
        rows = write_data_files(review, scores, shelf.staging)
        tables = [path.stem for path in sorted((shelf.staging / "tables").iterdir())]
        _write_indexes(index.Contents(review, scores.totals, made, langs, tables), shelf.staging)
        write_manifest(shelf.staging, review, made, rows)
        folder = shelf.publish()
    blocked = review.issues.loc[review.issues["severity"] == "block", "file"]
    way_in = folder / "index.html" if "zh" in langs else folder / "en" / "index.html"
    refused = tuple(sorted(set(blocked.dropna())))
    unlogged = int((review.issues["code"] == "row.unlogged").sum())
    return Published(folder, way_in, tuple(made), refused, unlogged, shelf.log)


def _make_pages(
    reports: Sequence[Report], review: Review, shelf: Shelf, notebooks: Path, jobs: int,
    progress: Progress,
) -> list[Made]:  # fmt: skip
    """Make every page in the staging folder; the log takes what notebooks print."""
    (shelf.staging / "en").mkdir()
    shelf.log.write_text("", encoding="utf-8")
    finished: list[Made] = []

    def tell(made: Made) -> None:
        finished.append(made)
        progress("pages", len(finished), len(reports))

    progress("pages", 0, len(reports))
    with surroundings() as folder:
        orders = [
            Order(report, notebooks / report.notebook, shelf.staging / "snapshot",
                  shelf.staging / report.href, review.settings.text("title", report.lang))
            for report in reports
        ]  # fmt: skip
        made = make_all(orders, folder, shelf.log, jobs, tell)
        _finish_log(shelf, made, {folder: "<temporary>", notebooks: "<notebooks>"})
    return made


def _finish_log(shelf: Shelf, made: Sequence[Made], places: dict[Path, str]) -> None:
    """Add what each report said, and take the names of places on this machine out."""
    printed = shelf.log.read_text(encoding="utf-8", errors="replace")
    said = [f"== {one.report.href}\n{one.log}" for one in made if one.log]
    text = "\n".join([printed, *said])
    places = places | {
        shelf.staging: "<set>", Path(__file__).parent.parent: "<reviewlib>",
        Path(sys.prefix): "<environment>", Path(sys.base_prefix): "<python>", Path.home(): "<home>",
    }  # fmt: skip
    for place in sorted(places, key=lambda place: -len(str(place))):
        if len(str(place)) > 1:
            text = text.replace(str(place), places[place])
    shelf.log.write_text(re.sub("\x1b\\[[0-9;]*m", "", text), encoding="utf-8")


def _write_indexes(contents: index.Contents, folder: Path) -> None:
    """The Chinese index always stands at the root; the English one where English was asked for."""
    pages = {"zh": folder / "index.html"}
    if "en" in contents.langs:
        pages["en"] = folder / "en" / "index.html"
    else:
        (folder / "en").rmdir()
    for lang, path in pages.items():
        path.write_text(index.index_of(contents, lang), encoding="utf-8", newline="\n")
