"""A comparison of two reviews as a set of its own: pages in both languages, frames as CSV."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from reviewlib import ledger
from reviewlib.publish.data_files import write_csv
from reviewlib.publish.manifest import write_manifest
from reviewlib.publish.notebooks import notebooks_folder
from reviewlib.publish.orders import Made, Order
from reviewlib.publish.plan import LANGS, Report
from reviewlib.publish.shelf import Shelf
from reviewlib.publish.workshop import make_all
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


def publish_comparison(
    old: Review, new: Review, comparison: ledger.Comparison, out: Path
) -> tuple[Path, list[Made]]:
    """Publish a comparison as `out/<new>-since-<old>/`: `index.html`, `en/index.html`, `tables/`.

    Returns
    -------
    (Path, list of Made)
        Where it appears, and what became of each page.
    """
    shelf = Shelf(out.resolve(), f"{new.name}-since-{old.name}")
    with shelf.held():
        for name, review in (("snapshot", new), ("previous", old)):
            save_review(review, shelf.staging / name)
        made = _make_pages(shelf, new, comparison.similar_from)
        (shelf.staging / "tables").mkdir()
        for name, frame in comparison.frames.items():
            write_csv(frame, shelf.staging / "tables" / f"compare_{name}.csv")
        rows = {f"compare_{name}": len(frame) for name, frame in comparison.frames.items()}
        write_manifest(shelf.staging, _with_both_inputs(old, new), made, rows)
        return shelf.publish(), made


def _with_both_inputs(old: Review, new: Review) -> Review:
    """Return the later review with the input files of both, each below its review's name."""
    rounds = (("previous", old), ("snapshot", new))
    return replace(new, inputs={f"{place}/{name}": digest for place, review in rounds
                                for name, digest in review.inputs.items()})  # fmt: skip


def _make_pages(shelf: Shelf, new: Review, similar_from: int) -> list[Made]:
    (shelf.staging / "en").mkdir()
    shelf.log.write_text("", encoding="utf-8")
    places = {"zh": "index.html", "en": "en/index.html"}
    reports = [ComparisonReport("compare", "", lang, TITLES[lang], places[lang],
                                str(shelf.staging / "previous"), similar_from)
               for lang in LANGS]  # fmt: skip
    orders = [
        Order(report, notebooks_folder() / report.notebook, shelf.staging / "snapshot",
              shelf.staging / report.href, new.settings.text("title", report.lang))
        for report in reports
    ]  # fmt: skip
    return make_all(orders, shelf.log, len(orders), lambda made: None)
