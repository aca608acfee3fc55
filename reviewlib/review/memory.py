"""What a report process keeps at hand, so that forty notebooks need not read and score alike.

Nothing is remembered unless the process was told to: an analyst who changes a frame and asks
`rl.find` again gets a fresh answer. (Sections of pages ask `show.found`, which remembers with each
review whatever the process; a changed frame is shown by `review.with_frames`.) Report processes
are told, because each makes one page and ends.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from typing import TypeVar

import pandas as pd

from reviewlib.review.grounds import WHOLE, answering, follow, note

Result = TypeVar("Result")

WHOLES: dict[str, Callable] = {}
"""Every function that may be remembered, by the name its answer is noted under."""

_kept: dict[Hashable, tuple] = {}
_is_on = False


def remember() -> None:
    """Have `remembered` functions keep their results in this process from now on."""
    global _is_on
    _is_on = True


def remembered(function: Callable[..., Result]) -> Callable[..., Result]:
    """Return a function that, where this process remembers, answers the same question once.

    Questions are the same when every argument is the same text or the same object.
    """

    @wraps(function)
    def ask(*given, **named):
        if not _is_on or named:
            return function(*given, **named)
        key = _key(function, given)
        if key not in _kept:
            with answering() as looked_at:
                answer = function(*given)
            _kept[key] = (answer, looked_at, given)  # what was given is held: its id is its own
        answer, looked_at, (about, *more) = _kept[key]
        if isinstance(answer, pd.DataFrame):
            given = {str(number): one for number, one in enumerate(more)}
            note(about, WHOLE, name, answer, given, looked_at)
        else:
            follow(about, answer)
        return answer

    name = f"{function.__module__}.{function.__qualname__}"
    WHOLES[name] = ask
    return ask


def keep(ask: Callable[..., Result], answer: Result, *given: object) -> None:
    """Have a `remembered` function answer a question with what is known already."""
    _kept[_key(ask.__wrapped__, given)] = (answer, set(), given)


def _key(function: Callable, given: Iterable[object]) -> Hashable:
    return (function, *(one if isinstance(one, str) else id(one) for one in given))
