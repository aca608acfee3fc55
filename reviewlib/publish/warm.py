"""What the workbench has at hand before it forks: libraries, fonts, template, review and scores."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import reviewlib

ROOMS = ("findings", "scoring", "ledger", "show")
"""Rooms whose every module a notebook may come to use."""
LIBRARIES = (
    "matplotlib.backends.backend_agg", "matplotlib.figure", "papermill", "psutil", "pyarrow.parquet",
    "seaborn",
)  # fmt: skip


def load_libraries() -> None:
    """Import what report notebooks use, and set up what takes its time on first use."""
    for name in LIBRARIES:
        import_module(name)
    for room in ROOMS:
        package = import_module(f"reviewlib.{room}")
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    from reviewlib.publish import cells, engine, page
    from reviewlib.publish.notebooks import notebooks_folder
    from reviewlib.show import fonts

    cells.shell()
    engine.warm_up(notebooks_folder() / "overall.ipynb")
    page.warm_up()
    fonts.register()


def hold(snapshots: Iterable[Path]) -> None:
    """Keep reviews and their scores in memory: what notebooks ask for is then there at once."""
    from reviewlib.review.memory import remember

    remember()
    for snapshot in snapshots:
        if (snapshot / "snapshot.json").is_file():
            reviewlib.score(reviewlib.load_review(str(snapshot)))
    gc.collect()
    gc.freeze()  # a collection in a report process would copy the memory it shares with us
