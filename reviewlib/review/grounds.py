"""What a page rests on: what its making looked at in a review, and what it was answered.

A page made again from a review that shows and answers the same would be the same page. So a process
that makes one page notes the frames it looks at - of the review and of its scores - and the
findings it asks for, with a fingerprint of each answer and what was looked at on the way to it:
that is part of the answer, and is not noted by itself. Nothing is noted in a process that was not
told to `watch`.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from typing import NamedTuple

import numpy as np
import pandas as pd

FRAME, INPUTS, SCORE = "frame", "inputs", "score"
"""Kinds of thing to look at: a frame of the review, its input files, a frame of its scores."""

FINDING, WHOLE = "finding", "whole"
"""Kinds of question: a finding asked by its name in `findings`, a finding about everything that
others narrow down."""

PLAIN = (str, type(None))
"""What a question may be given: names, of a department, a group, a part."""


class Question(NamedTuple):
    """One thing asked of a review.

    `given` holds what else was given, as (name, plain value); the scores of the review go without
    saying.
    """

    kind: str
    name: str
    given: tuple[tuple[str, object], ...] = ()


class Answer(NamedTuple):
    """A question, the fingerprint of what was answered, and what was looked at for it.

    `looked_at` names frames, scores and inputs as "kind name": while these are the same, so is the
    answer.
    """

    question: Question
    fingerprint: str
    looked_at: tuple[str, ...] = ()


class Grounds(NamedTuple):
    """What something rests on: what was looked at as it is, and the answers that were given."""

    looked_at: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()


_looked_at: set[str] = set()
_answered: dict[Question, tuple[object, frozenset[str]]] = {}
_watched: tuple[object, ...] = ()
_is_complete = True
_answering: ContextVar[tuple[set[str], ...]] = ContextVar("answering", default=())
"""What each answer under way has looked at so far; the innermost last."""


def watch(review: object) -> None:
    """Have this process note from now on what is asked of a review, and of its scores."""
    global _watched, _is_complete
    _looked_at.clear()
    _answered.clear()
    _watched, _is_complete = (review, review.frames, review.inputs), True


def follow(about: object, given: object) -> None:
    """Watch also what something that is watched gave, such as the scores of a review."""
    global _watched
    if _is_watched(about) and not _is_watched(given):
        _watched = (*_watched, given)


def _is_watched(one: object) -> bool:
    return any(one is other for other in _watched)


@contextlib.contextmanager
def answering() -> Iterator[set[str]]:
    """Whatever is asked in here is asked on the way to an answer; yield what is looked at."""
    under_way = (*_answering.get(), set())
    before = _answering.set(under_way)
    try:
        yield under_way[-1]
    finally:
        _answering.reset(before)


def look(about: object, kind: str, name: str) -> None:
    """Note that something was looked at as it is.

    Parameters
    ----------
    about : Scores, or what of a review was looked up in
        Where it was looked up; another than what is watched makes the grounds unknown.
    kind, name : str
        One of `FRAME`, `INPUTS`, `SCORE`, and which.
    """
    global _is_complete
    under_way = _answering.get()
    if under_way:
        under_way[-1].add(f"{kind} {name}")
    elif _is_watched(about):
        _looked_at.add(f"{kind} {name}")
    else:
        _is_complete = False


def note(
    about: object, kind: str, name: str, answer: object, given: Mapping[str, object],
    looked_at: Iterable[str],
) -> None:  # fmt: skip
    """Note a question and its answer, where this process watches.

    Parameters
    ----------
    about : Review
        What was asked; another than the one watched makes the grounds unknown.
    kind, name : str
        As in `Question`.
    answer : object
    given : mapping
        Arguments by name; one that is no plain value makes the grounds unknown.
    looked_at : iterable of str
        What was looked at for the answer; where that is nothing, nobody can tell that it is the
        same.
    """
    global _is_complete
    looked_at = frozenset(looked_at) or {f"{kind} {name}"}
    under_way = _answering.get()
    if under_way:
        under_way[-1].update(looked_at)
    elif _is_watched(about) and are_plain(given.values()):
        question = Question(kind, name, tuple(sorted(given.items())))
        _answered.setdefault(question, (answer, looked_at))
    else:
        _is_complete = False


def are_plain(values: Iterable[object]) -> bool:
    """Tell whether values may be given with a question."""
    return all(isinstance(value, PLAIN) for value in values)


def grounds() -> Grounds | None:
    """Return what was looked at and asked since `watch`; None where that is not wholly known."""
    if not _watched or not _is_complete:
        return None
    answers = (
        Answer(question, fingerprint_of(answer), tuple(sorted(looked_at)))
        for question, (answer, looked_at) in sorted(_answered.items(), key=lambda one: repr(one[0]))
    )
    return Grounds(tuple(sorted(_looked_at)), tuple(answers))


def fingerprint_of(answer: object) -> str:
    """Return what tells one answer from another, whatever process computed it.

    Parameters
    ----------
    answer : DataFrame, Series, Index, array, data class, mapping, sequence or plain value
    """
    digest = hashlib.sha256()
    for piece in _pieces(answer):
        digest.update(piece if isinstance(piece, bytes) else piece.encode("utf-8"))
        digest.update(b"\0")
    return digest.hexdigest()


def _pieces(answer: object) -> Iterator[str | bytes]:
    """Take an answer apart into what can be told exactly."""
    if isinstance(answer, pd.DataFrame):
        yield f"frame {len(answer)}"
        yield from _pieces(answer.index.to_series())
        yield repr([(name, str(dtype)) for name, dtype in answer.dtypes.items()])
        yield repr(answer.to_numpy(dtype=object).tolist())  # at once: columns are slow one by one
    elif isinstance(answer, pd.Series):
        yield f"{answer.dtype} {len(answer)}"
        plain = isinstance(answer.dtype, np.dtype) and answer.dtype.kind in "biufM"
        yield answer.to_numpy().tobytes() if plain else repr(answer.tolist())
    elif isinstance(answer, pd.Index):
        yield from _pieces(answer.to_series())
    elif isinstance(answer, np.ndarray):  # written out, a long one is cut short
        yield f"{answer.dtype} {answer.shape}"
        yield repr(answer.tolist()) if answer.dtype == object else answer.tobytes()
    elif dataclasses.is_dataclass(answer):
        yield type(answer).__name__
        for field in dataclasses.fields(answer):
            yield from _pieces(getattr(answer, field.name))
    elif isinstance(answer, Mapping):
        for name, value in answer.items():
            yield repr(name)
            yield from _pieces(value)
    elif isinstance(answer, Sequence) and not isinstance(answer, str):
        yield f"{type(answer).__name__} {len(answer)}"
        for value in answer:
            yield from _pieces(value)
    else:
        yield repr(answer)
