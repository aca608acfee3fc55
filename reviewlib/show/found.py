"""The findings, each computed once for a review: the sections of a page ask for the same ones.

`find.problems(review, group="G1")` here is `findings.problems(review, group="G1")`, remembered with
the review it was asked of, in every process: the pages a kernel makes, and the question which of
them still stand, are asked the same some ten times over. A review and its frames are not to change;
who has another frame makes another review of it (`review.with_frames`), which knows nothing yet.
"""

from __future__ import annotations

from functools import wraps
from inspect import signature

from reviewlib import findings
from reviewlib.review import Review
from reviewlib.review.grounds import FINDING, answering, note
from reviewlib.scoring import Scores, score

_MEMO = "_found"


class _Remembered:
    """The room of findings as a reader of pages sees it."""

    def ask(self, name: str, review: Review, given: dict[str, object]):
        """Ask by name; `given` is everything but the review and its scores."""
        function = getattr(findings, name)
        if "scores" in signature(function).parameters:
            given = given | {"scores": score(review)}
        return getattr(self, name)(review, **given)

    def __getattr__(self, name: str):
        found = getattr(findings, name)
        return _once(found) if callable(found) else found


def _once(function):
    """Return `function` so that it answers the same question about a review only once."""

    @wraps(function)
    def asked(about, *args, **kwargs):
        if not isinstance(about, Review):
            return function(about, *args, **kwargs)
        memo = vars(about).setdefault(_MEMO, {})  # goes with the review, as a cached property does
        given = (*args, *(kwargs[name] for name in sorted(kwargs)))
        key = (function.__name__, *sorted(kwargs), *map(_name, given))
        if key not in memo:
            with answering() as looked_at:
                answer = function(about, *args, **kwargs)
            memo[key] = (answer, looked_at, given)  # `given` keeps its ids its own
        answer, looked_at, _ = memo[key]
        given = _named(function, about, args, kwargs)
        note(about, FINDING, function.__name__, answer, given, looked_at)
        return answer

    return asked


def _named(function, about: Review, args: tuple, kwargs: dict) -> dict[str, object]:
    """Return what was given besides the review and its scores, by the names of the parameters."""
    given = signature(function).bind(about, *args, **kwargs).arguments
    return {
        name: value for name, value in given.items() if not isinstance(value, Review | Scores)
    }  # fmt: skip


def _name(value: object) -> object:
    return value if value is None or isinstance(value, str) else id(value)


find = _Remembered()
"""Use it as `from reviewlib.show.found import find`."""
