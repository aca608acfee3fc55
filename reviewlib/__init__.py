"""Look-back reviews of a reorganisation (机构改革“回头看”), from workbooks to the leaders' reports.

The public names, in the order an analyst meets them::

    import reviewlib as rl
    review = rl.open_review("data/sample")    # read and clean a review folder
    review = rl.load_review("…/snapshot")     # or what a run saved
    scores = rl.score(review)                 # one row per department × indicator
    rl.find.staffing(review)                  # frames in, frames out
    rl.scoring.robustness(review, scores)     # how far to trust it
    rl.show.bands(scores)                     # figures, tables, sentences

Each is loaded when first used.
"""

from __future__ import annotations

from importlib import import_module

_HOMES = {
    "Review": "reviewlib.review:Review",
    "ReviewError": "reviewlib.errors:ReviewError",
    "find": "reviewlib.findings",
    "load_review": "reviewlib.review:load_review",
    "ledger": "reviewlib.ledger",
    "open_review": "reviewlib.ledger:open_review",
    "replay": "reviewlib.scoring:replay",
    "rubric": "reviewlib.rubric",
    "score": "reviewlib.scoring:score",
    "scoring": "reviewlib.scoring",
    "show": "reviewlib.show",
}
"""Public name → the room it comes from, and the name there."""

__all__ = sorted(_HOMES)


def __getattr__(name: str):
    if name not in _HOMES:
        raise AttributeError(f"reviewlib has no {name!r}; it has {', '.join(__all__)}")
    module, _, attribute = _HOMES[name].partition(":")
    found = import_module(module)
    if attribute:
        found = getattr(found, attribute)
    globals()[name] = found  # next time it is simply there
    return found


def __dir__() -> list[str]:
    return [*__all__]
