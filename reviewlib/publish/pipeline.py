"""One run: read, save the snapshot, make pages and data files side by side, switch the set."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reviewlib import scoring
from reviewlib.fingerprints import sha256
from reviewlib.intake.kept import NOT_OF_THE_FILE
from reviewlib.ledger import open_review
from reviewlib.publish import index
from reviewlib.publish.beside import beside
from reviewlib.publish.corrected import FOLDER as CORRECTIONS
from reviewlib.publish.corrected import is_any_passing, publish_corrections
from reviewlib.publish.data_files import row_counts, write_data_files
from reviewlib.publish.earlier import Earlier, basis_of, earlier_files, keep_grounds
from reviewlib.publish.faults import changed
from reviewlib.publish.manifest import write_manifest
from reviewlib.publish.orders import Known, Made, Order
from reviewlib.publish.plan import Report, plan_reports, read_only
from reviewlib.publish.published import Asked, Published, way_in
from reviewlib.publish.run_log import RunLog
from reviewlib.publish.shelf import Shelf
from reviewlib.publish.unchanged import Recipe
from reviewlib.publish.workshop import Workshop, remove
from reviewlib.review import load_review, save_review
from reviewlib.review.grounds import Grounds


def make_set(
    recipe: Recipe, shelf: Shelf, made_from: str, workshop: Workshop, *, is_fresh: bool,
    progress: Callable[..., None],
) -> Published:  # fmt: skip
    """Make the whole set and publish it; see `start.run`.

    Parameters
    ----------
    recipe : Recipe
    shelf : Shelf
        Where it is published.
    made_from : str
        Fingerprint of the recipe, taken before anything was read.
    workshop : Workshop
        Where pages are made.
    is_fresh : bool
        Nothing that an earlier run read or made is used.
    progress : callable
        As in `start.run`.
    """
    asked = recipe.asked
    wanted = read_only(asked.only)
    reads = shelf.reads if shelf.reads.is_dir() else workshop.folder / "reads"
    log = RunLog({workshop.folder: "<temporary>", asked.notebooks: "<notebooks>",
                  shelf.staging: "<set>"})  # fmt: skip
    progress("read", 0, 1)
    with log.stage("read"):
        review = open_review(asked.folder, asked.as_of, kept=None if is_fresh else reads)
    reports = plan_reports(review, asked.langs, wanted)
    with shelf.held(), log.kept(shelf.log, workshop.log):
        shelf.keep_reads(reads)
        progress("score", 0, 1)
        with log.stage("score"):
            snapshot = save_review(review, shelf.staging / "snapshot")
            review = load_review(snapshot)  # what is scored is what was saved
            known = Known(snapshot, review, scoring.score(review))
        basis = basis_of(known, recipe.software)
        earlier = {} if is_fresh else earlier_files(shelf, basis)
        pages = earlier if workshop.engine == "fork" else {}  # a kernel knows nothing beforehand
        orders = _orders(reports, known, shelf, asked.notebooks, pages)
        shown = None if is_fresh else shelf.shown
        with beside(_files(known, asked, shelf, log, earlier, shown)) as files, log.stage("pages"):
            made = workshop.make(orders, _teller(log, progress, len(orders)), [known])
            made = [_as_written(*pair, log) for pair in zip(made, orders, strict=True)]
        progress("publish", 0, 1)
        with log.stage("publish"):
            rests_on = files.result() | _grounds(made)
            published = _publish(recipe, shelf, made_from, known, made)
            keep_grounds(shelf, basis, rests_on)
    return replace(published, stages=log.stages())


def _files(
    known: Known, asked: Asked, shelf: Shelf, log: RunLog, earlier: Mapping[str, Earlier],
    shown: Path | None,
) -> Generator[None, None, dict[str, Grounds]]:
    """Write all files that are no pages, step by step because it may be stopped.

    Returns what they rest on, by their path in the set.
    """
    review = known.review
    with log.stage("files"):
        rests_on = write_data_files(review, known.scores, shelf.staging, earlier)
        yield
        if not asked.only:  # a few pages asked for by name need no workbooks sent back
            for _ in publish_corrections(review, asked.folder, shelf.staging, shown):
                yield
    return rests_on


def _orders(
    reports: Sequence[Report], known: Known, shelf: Shelf, notebooks: Path,
    earlier: Mapping[str, Earlier],
) -> list[Order]:  # fmt: skip
    (shelf.staging / "en").mkdir()
    return [
        Order(report, notebooks / report.notebook, known.snapshot, shelf.staging / report.href,
              known.review.settings.text("title", report.lang), earlier.get(report.href))
        for report in reports
    ]  # fmt: skip


def _as_written(made: Made, order: Order, log: RunLog) -> Made:
    """Return what became of a report: nothing, where its page is no longer what it wrote."""
    with contextlib.suppress(OSError):  # it may be gone, or no file any more
        if not made.is_made or sha256(order.page) == made.sha256:
            return made
    remove(order.page)
    withheld = changed(made.report)
    log.report(withheld)
    return withheld


def _grounds(made: Sequence[Made]) -> dict[str, Grounds]:
    return {one.report.href: one.grounds for one in made
            if one.is_made and one.grounds is not None}  # fmt: skip


def _teller(log: RunLog, progress: Callable[..., None], total: int) -> Callable[[Made], None]:
    """Return what is told of each finished report."""
    finished: list[Made] = []

    def tell(made: Made) -> None:
        finished.append(made)
        log.report(made)
        failed = sum(not one.is_made for one in finished)
        progress("pages", len(finished), total, failed)

    progress("pages", 0, total, 0)
    return tell


def _publish(
    recipe: Recipe, shelf: Shelf, made_from: str, known: Known, made: Sequence[Made]
) -> Published:
    """Add index and manifest, and switch to the new set."""
    review, asked = known.review, recipe.asked
    blocked = review.issues.loc[review.issues["severity"] == "block", "file"]
    published = Published(
        shelf.shown, way_in(shelf.shown, asked.langs), tuple(made),
        tuple(sorted(set(blocked.dropna()))),
        int((review.issues["code"] == "row.unlogged").sum()), shelf.log,
    )  # fmt: skip
    _write_indexes(known, made, asked.langs, shelf.staging)
    may_pass = review.issues["code"].isin(NOT_OF_THE_FILE).any() or is_any_passing(shelf.staging)
    stands = recipe.fingerprint() == made_from and not may_pass  # else the next run makes it again
    write_manifest(
        shelf.staging, review, made, row_counts(review, known.scores), refused=published.refused,
        unlogged=published.unlogged, made_from=made_from if stands else "",
    )  # fmt: skip
    shelf.publish()
    return published


def _write_indexes(
    known: Known, made: Sequence[Made], langs: Sequence[str], folder: Path
) -> None:
    """The Chinese index always stands at the root; the English one where English was asked for."""
    tables = [path.stem for path in sorted((folder / "tables").iterdir())]
    corrections = [path.stem for path in sorted((folder / CORRECTIONS).glob("*.xlsx"))]
    contents = index.Contents(known.review, known.scores.totals, made, langs, tables, corrections)
    pages = {"zh": folder / "index.html"}
    if "en" in contents.langs:
        pages["en"] = folder / "en" / "index.html"
    else:
        (folder / "en").rmdir()
    for lang, path in pages.items():
        path.write_text(index.index_of(contents, lang), encoding="utf-8", newline="\n")
