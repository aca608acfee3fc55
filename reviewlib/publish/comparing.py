"""A comparison of two reviews as a set of its own: pages in both languages, frames as CSV."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from reviewlib import ledger
from reviewlib.publish.data_files import write_csv
from reviewlib.publish.manifest import write_manifest
from reviewlib.publish.notebooks import notebooks_folder
from reviewlib.publish.orders import Order
from reviewlib.publish.plan import LANGS, Report
from reviewlib.publish.published import Published, way_in
from reviewlib.publish.run_log import RunLog
from reviewlib.publish.shelf import Shelf
from reviewlib.publish.surroundings import surroundings
from reviewlib.publish.workshop import Workshop
from reviewlib.review import Review, save_review

TITLES = {"zh": "两轮对比", "en": "Two rounds compared"}


@dataclass(frozen=True)
class ComparisonReport(Report):
    """The page of a comparison; its notebook is given both snapshots."""

    previous: str = ""
    similar_from: int = 0

    def parameters(self, snapshot: str) -> dict[str, str | int]:
        """Return what the notebook is given."""
        return {"snapshot": snapshot, "previous": self.previous, "lang": self.lang,
                "similar_from": self.similar_from}  # fmt: skip


def comparison_shelf(old: Path, new: Path, out: Path) -> Shelf:
    """Return where a comparison of two review folders is published, before anything is read.

    Raises
    ------
    UsageError
        The place holds what is not ours, or lies in one of the review folders.
    PublishError
        Nothing can be written there.
    """
    old, new = old.resolve(), new.resolve()
    shelf = Shelf(out.resolve(), f"{new.name}-since-{old.name}")
    for folder in (old, new):
        shelf.check(folder)
    shelf.check_writable()
    return shelf


def publish_comparison(
    old: Review, new: Review, comparison: ledger.Comparison, shelf: Shelf
) -> Published:
    """Publish a comparison: `index.html`, `en/index.html`, `tables/`; why a page failed is logged.

    Parameters
    ----------
    old, new : Review
    comparison : Comparison
        Of the two.
    shelf : Shelf
        Where it is published; see `comparison_shelf`.
    """
    with surroundings() as (place, environment), Workshop(
        place, environment, place / "printed", jobs=len(LANGS)
    ) as workshop:  # fmt: skip
        log = RunLog({place: "<temporary>", shelf.staging: "<set>"})
        with shelf.held(), log.kept(shelf.log, workshop.log):
            for name, review in (("snapshot", new), ("previous", old)):
                save_review(review, shelf.staging / name)
            made = workshop.make(_orders(shelf, new, comparison.similar_from), log.report)
            rows = _write_tables(comparison, shelf.staging / "tables")
            write_manifest(shelf.staging, _with_both_inputs(old, new), made, rows)
            shelf.publish()
    return Published(shelf.shown, way_in(shelf.shown, LANGS), tuple(made), (), 0, shelf.log)


def _write_tables(comparison: ledger.Comparison, folder: Path) -> dict[str, int]:
    """Write every frame of a comparison, and return how many rows each has."""
    folder.mkdir()
    frames = {f"compare_{name}": frame for name, frame in comparison.frames.items()}
    for name, frame in frames.items():
        write_csv(frame, folder / f"{name}.csv")
    return {name: len(frame) for name, frame in frames.items()}


def _with_both_inputs(old: Review, new: Review) -> Review:
    """Return the later review with the input files of both, each below its review's name."""
    rounds = (("previous", old), ("snapshot", new))
    return replace(new, inputs={f"{place}/{name}": digest for place, review in rounds
                                for name, digest in review.inputs.items()})  # fmt: skip


def _orders(shelf: Shelf, new: Review, similar_from: int) -> list[Order]:
    (shelf.staging / "en").mkdir()
    places = {"zh": "index.html", "en": "en/index.html"}
    reports = [ComparisonReport("compare", "", lang, TITLES[lang], places[lang],
                                str(shelf.staging / "previous"), similar_from)
               for lang in LANGS]  # fmt: skip
    return [
        Order(report, notebooks_folder() / report.notebook, shelf.staging / "snapshot",
              shelf.staging / report.href, new.settings.text("title", report.lang))
        for report in reports
    ]  # fmt: skip
