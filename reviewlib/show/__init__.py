"""Sentences, tables and charts: what notebooks display. The only room that knows matplotlib.

`show.group.summary(review, scores, group="G1")` and its like give the sections of a report, one
module per kind of report; `show.bands(scores)` and its like give single pictures to an analyst. All
return a `Block`. Modules load when first used, so that `import reviewlib` stays quick.
"""

from __future__ import annotations

from importlib import import_module

REPORTS = ("overall", "group", "department", "tracker", "data_quality", "method", "compare")
_NAMES = {
    "Block": "blocks",
    "Figure": "figures",
    "bands": "charts.bands",
    "claims": "staffing",
    "need": "staffing",
    "network": "staffing",
    "page_foot": "page",
    "rebalancing": "staffing",
}
"""Public name → module of this room that holds it."""


def __getattr__(name: str):
    if name in REPORTS:
        return import_module(f"{__name__}.pages.{name}")
    if name in _NAMES:
        return getattr(import_module(f"{__name__}.{_NAMES[name]}"), name)
    raise AttributeError(f"show has no {name!r}; it has {', '.join([*REPORTS, *_NAMES])}")


def __dir__() -> list[str]:
    return [*REPORTS, *_NAMES]
