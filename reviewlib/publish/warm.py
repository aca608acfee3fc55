"""What the workbench has at hand before it forks: libraries, fonts, template, review and scores.

A thing that cannot be had is left to the reports that need it, so that one fault costs them alone.
"""

from __future__ import annotations

import contextlib
import gc
import sys
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
UNUSED = "scipy"
"""What seaborn takes where it is installed, for clusters and densities, and no report of ours asks
for: a quarter of the time that all libraries take, and a fifth of the memory."""
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
        from reviewlib.publish import making, page  # noqa: F401 - reports are forked from here

        page.warm_up()


def load_libraries() -> None:
    """Import what report notebooks use, and set up what takes its time on first use."""
    with _hidden(UNUSED):
        for name in (*LIBRARIES, *_modules()):
            with _if_it_can_be():
                import_module(name)
    with _if_it_can_be():
        from reviewlib.show import figures

        figures.draw(lambda axes: axes.set_title("图"), height=1)  # opens fonts, finds formats


def _modules() -> Iterator[str]:
    for room in ROOMS:
        package = import_module(f"reviewlib.{room}")
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            yield module.name


def look_into(notebooks: Iterable[Path]) -> None:
    """Know of each notebook what has to be known before it runs.

    Parameters
    ----------
    notebooks : iterable of Path
        With one that does more than call `rl.show`, libraries are loaded whole: it may use them.
    """
    from reviewlib.publish.notebooks import is_told_by_show
    from reviewlib.publish.ready import ready_to_run

    for notebook in notebooks:
        with contextlib.suppress(Exception):  # the reports that are made from it will tell
            ready_to_run(notebook)
            if not is_told_by_show(notebook):
                _load_whole("seaborn")


@contextlib.contextmanager
def _hidden(library: str) -> Iterator[None]:
    """While in here, a library that was not imported yet cannot be."""
    is_there = sys.modules.setdefault(library) is not None
    try:
        yield
    finally:
        if not is_there:
            del sys.modules[library]


def _load_whole(library: str) -> None:
    """Import a library again, now with all it would take, where it was imported without."""
    if library in sys.modules and UNUSED not in sys.modules:
        for name in [name for name in sys.modules if name.partition(".")[0] == library]:
            del sys.modules[name]
        import_module(library)


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
