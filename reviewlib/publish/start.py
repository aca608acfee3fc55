"""Where a run begins: a review that has not changed is recognised before anything heavy loads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from reviewlib.errors import UsageError
from reviewlib.processes import cores, loading
from reviewlib.publish.notebooks import notebooks_folder
from reviewlib.publish.plan import read_langs
from reviewlib.publish.published import Asked, Published
from reviewlib.publish.shelf import Shelf
from reviewlib.publish.surroundings import surroundings
from reviewlib.publish.unchanged import recipe, standing
from reviewlib.publish.workshop import DEFAULT_ENGINE, Workshop

SETS = ".sets"
"""Where in the output folder the shelves of all reviews are."""
Progress = Callable[..., None]
"""Told (stage, done, total, failed); the stages are "read", "score", "pages", "publish"."""


def run(
    review_folder: str | Path,
    out: str | Path = "reports",
    *,
    langs: Sequence[str] = ("zh",),
    only: Sequence[str] = (),
    as_of: date | None = None,
    jobs: int | None = None,
    engine: str | None = None,
    force: bool = False,
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
    engine : {"fork", "kernel"}, optional
        Notebooks run in forks of one warm process, or each with a kernel of its own. The pages are
        the same; by default the first, where the system can.
    force : bool
        Make everything again, also where nothing changed.
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
    folder = Path(review_folder).resolve()
    langs = read_langs(langs)
    asked = Asked(folder, langs, tuple(only), as_of, notebooks or notebooks_folder())
    _check_name(folder.name)
    shelf = Shelf(Path(out).resolve(), folder.name)
    shelf.check(folder)
    made_by = recipe(asked)
    made_from = made_by.fingerprint()
    stands = None if force else standing(shelf, made_from, langs)
    if stands is not None:
        return stands
    shelf.check_writable()
    with surroundings() as (place, environment), Workshop(
        place, environment, place / "printed", jobs=jobs or cores(),
        engine=engine or DEFAULT_ENGINE,
    ) as workshop:  # fmt: skip
        with loading():
            from reviewlib.publish.pipeline import make_set  # here: the workbench loads meanwhile

        return make_set(made_by, shelf, made_from, workshop, is_fresh=force, progress=progress)


def _check_name(name: str) -> None:
    """See that a set would not come to lie where all sets are kept."""
    if name.casefold() == SETS:
        raise UsageError(
            f"评估文件夹不能叫做“{SETS}”，成套报告存放在这一名称之下",
            f"a review folder cannot be called {SETS!r}: sets of reports are kept under that name.",
            where=name, fix_zh="。请改名后再运行。", fix_en="Rename it, then run again.",
        )  # fmt: skip
