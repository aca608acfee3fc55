"""What the workbench has at hand before it forks: libraries, fonts, template, review and scores.

A thing that cannot be had is left to the reports that need it, so that one fault costs them alone.
"""

from __future__ import annotations

import contextlib
import gc
import traceback
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import product
from pathlib import Path
from pkgutil import walk_packages

import reviewlib
from reviewlib.publish.orders import Known

ROOMS = ("findings", "scoring", "ledger", "show")
"""Rooms whose every module a notebook may come to use."""
LIBRARIES = (
    "matplotlib.backends.backend_agg", "matplotlib.figure", "psutil", "pyarrow.parquet", "seaborn",
)  # fmt: skip
ASKED_BY_MANY = (
    "coverage", "duties", "file_numbers", "mismatches", "opinions", "problems", "rectification",
    "visit_findings",
)  # fmt: skip
"""Findings that most pages rest on."""
ASKED_OF_EACH = ("against_peers", "to_confirm")
"""Findings about one department that are picked from an answer for all."""


def load_machinery() -> None:
    """Set up papermill and the page template, which every report needs, kernel or not."""
    with _if_it_can_be():
        from reviewlib.publish import engine, making, page  # noqa: F401 - reports are forked from here
        from reviewlib.publish.notebooks import notebooks_folder

        engine.warm_up(notebooks_folder() / "overall.ipynb")
        page.warm_up()


def load_libraries() -> None:
    """Import what report notebooks use, and set up what takes its time on first use."""
    for name in (*LIBRARIES, *_modules()):
        with _if_it_can_be():
            import_module(name)
    with _if_it_can_be():
        from reviewlib.show import fonts

        fonts.register()


def _modules() -> Iterator[str]:
    for room in ROOMS:
        package = import_module(f"reviewlib.{room}")
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            yield module.name


def hold(snapshots: Iterable[Path], known: Iterable[Known] = ()) -> None:
    """Keep reviews, scores and findings in memory: what notebooks ask for is then there at once.

    Parameters
    ----------
    snapshots : iterable of Path
    known : iterable of Known
        What somebody has read and scored before.
    """
    from reviewlib.review.memory import keep, remember
    from reviewlib.show.found import find

    remember()
    for one in known:
        keep(reviewlib.load_review, one.review, str(one.snapshot))
        keep(reviewlib.score, one.scores, one.review)
    for snapshot in snapshots:
        with _if_it_can_be():
            review = reviewlib.load_review(str(snapshot))
            reviewlib.score(review)
            for name in ASKED_BY_MANY:
                find.ask(name, review, {})
            for name, code in product(ASKED_OF_EACH, review.departments["dept_code"].head(1)):
                find.ask(name, review, {"department": code})
    gc.freeze()  # a collection in a report process would copy the memory it shares with us


@contextlib.contextmanager
def _if_it_can_be() -> Iterator[None]:
    try:
        yield
    except Exception:
        traceback.print_exc()  # to the log of the run
