"""One run: read, score, save the snapshot, make every page, add the data, switch the set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from reviewlib import scoring
from reviewlib.ledger import open_review
from reviewlib.publish import index
from reviewlib.publish.data_files import write_data_files
from reviewlib.publish.manifest import write_manifest
from reviewlib.publish.notebooks import notebooks_folder
from reviewlib.publish.orders import Made, Order
from reviewlib.publish.plan import LANGS, Report, plan_reports, read_only
from reviewlib.publish.run_log import RunLog
from reviewlib.publish.shelf import Shelf
from reviewlib.publish.surroundings import surroundings
from reviewlib.publish.workshop import DEFAULT_ENGINE, Workshop, cores
from reviewlib.review import Review, save_review

Progress = Callable[..., None]
"""Told (stage, done, total, failed); the stages are "read", "score", "pages", "publish"."""


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
    """

    folder: Path
    index: Path
    made: tuple[Made, ...]
    refused: tuple[str, ...]
    unlogged: int
    log: Path
    stages: dict[str, float] = field(default_factory=dict)

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
    engine: str = DEFAULT_ENGINE,
    progress: Progress = lambda stage, done, total, failed=0: None,
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
    engine : {"fork", "kernel"}
        Notebooks run in forks of one warm process, or each with a kernel of its own. The pages are
        the same.
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
    notebooks = notebooks or notebooks_folder()
    shelf = Shelf(Path(out).resolve(), Path(review_folder).resolve().name)
    with surroundings() as (folder, environment):
        printed = folder / "printed"
        log = RunLog({folder: "<temporary>", notebooks: "<notebooks>", shelf.staging: "<set>"})
        with Workshop(folder, environment, printed, jobs=jobs or cores(), engine=engine) as bench:
            progress("read", 0, 1)
            with log.stage("read"):
                review = open_review(review_folder, as_of)
            reports = plan_reports(review, langs, wanted)
            with shelf.held(), log.kept(shelf.log, printed):
                progress("score", 0, 1)
                with log.stage("score"):
                    scores = scoring.score(review)
                    save_review(review, shelf.staging / "snapshot")
                with log.stage("pages"):
                    orders = _orders(reports, review, shelf, notebooks)
                    made = bench.make(orders, _teller(log, progress, len(orders)))
                progress("publish", 0, 1)
                with log.stage("publish"):
                    set_folder = _publish(shelf, review, scores, made, langs)
    return _published(set_folder, review, made, langs, shelf.log, log)


def _orders(
    reports: Sequence[Report], review: Review, shelf: Shelf, notebooks: Path
) -> list[Order]:
    (shelf.staging / "en").mkdir()
    return [
        Order(report, notebooks / report.notebook, shelf.staging / "snapshot",
              shelf.staging / report.href, review.settings.text("title", report.lang))
        for report in reports
    ]  # fmt: skip


def _teller(log: RunLog, progress: Progress, total: int) -> Callable[[Made], None]:
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
    shelf: Shelf, review: Review, scores: scoring.Scores, made: Sequence[Made],
    langs: Sequence[str],
) -> Path:  # fmt: skip
    """Add data and indexes to the staged pages, the manifest last, and switch."""
    rows = write_data_files(review, scores, shelf.staging)
    tables = [path.stem for path in sorted((shelf.staging / "tables").iterdir())]
    _write_indexes(index.Contents(review, scores.totals, made, langs, tables), shelf.staging)
    write_manifest(shelf.staging, review, made, rows)
    return shelf.publish()


def _published(
    folder: Path, review: Review, made: Sequence[Made], langs: Sequence[str], log_file: Path,
    log: RunLog,
) -> Published:  # fmt: skip
    blocked = review.issues.loc[review.issues["severity"] == "block", "file"]
    return Published(
        folder, folder / "index.html" if "zh" in langs else folder / "en" / "index.html",
        tuple(made), tuple(sorted(set(blocked.dropna()))),
        int((review.issues["code"] == "row.unlogged").sum()), log_file, log.stages(),
    )  # fmt: skip


def _write_indexes(contents: index.Contents, folder: Path) -> None:
    """The Chinese index always stands at the root; the English one where English was asked for."""
    pages = {"zh": folder / "index.html"}
    if "en" in contents.langs:
        pages["en"] = folder / "en" / "index.html"
    else:
        (folder / "en").rmdir()
    for lang, path in pages.items():
        path.write_text(index.index_of(contents, lang), encoding="utf-8", newline="\n")
