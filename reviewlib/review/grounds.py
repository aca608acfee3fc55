"""What a page rests on: every question its making asked of a review, and what was answered.

A page made again from a review that gives the same answers would be the same page. So a process
that makes one page notes what is asked - frames of the review and of its scores, findings - and
keeps a fingerprint of each answer. What is asked on the way to an answer is part of that answer and
is not noted by itself. Nothing is noted in a process that was not told to `watch`.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

FRAME, INPUTS, SCORE, FINDING, WHOLE = "frame", "inputs", "score", "finding", "whole"
"""Kinds of question: a frame of the review, its input files, a frame of its scores, a finding asked
by its name in `findings`, a finding about everything that others narrow down."""

PLAIN = (str, int, float, bool, type(None))


class Question(NamedTuple):
    """One thing asked of a review.

    `given` holds what else was given, as (name, plain value); the scores of the review go without
    saying.
    """

    kind: str
    name: str
    given: tuple[tuple[str, object], ...] = ()


class Ground(NamedTuple):
    """A question, the fingerprint of what was answered, and what was looked at for it.

    `looked_at` names frames, scores and inputs as "kind name": while these are the same, so is the
    answer.
    """

    question: Question
    answer: str
    looked_at: tuple[str, ...] = ()


_noted: dict[Question, tuple[object, frozenset[str]]] = {}
_watched: tuple[object, ...] = ()
_is_complete = True
_answering: list[set[str]] = []
"""What each answer under way has looked at so far; the innermost last."""


def watch(review: object) -> None:
    """Have this process note from now on what is asked of a review, and of its scores."""
    global _watched, _is_complete
    _noted.clear()
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
    _answering.append(set())
    try:
        yield _answering[-1]
    finally:
        _answering.pop()


def note(
    about: object, kind: str, name: str, answer: object,
    given: Mapping[str, object] | None = None, looked_at: Iterable[str] = (),
) -> None:  # fmt: skip
    """Note a question and its answer, where this process watches.

    Parameters
    ----------
    about : Review, Scores, or what of a review was looked up in
        What was asked; another than the one watched makes the grounds unknown.
    kind, name : str
        As in `Question`.
    answer : object
    given : mapping, optional
        Arguments by name; one that is no plain value makes the grounds unknown.
    looked_at : iterable of str
        What was looked at for the answer; nothing means the thing asked for itself.
    """
    global _is_complete
    looked_at = frozenset(looked_at) or {f"{kind} {name}"}
    if _answering:
        _answering[-1].update(looked_at)
    elif _watched:
        given = given or {}
        if _is_watched(about) and _are_plain(given.values()):
            question = Question(kind, name, tuple(sorted(given.items())))
            _noted.setdefault(question, (answer, looked_at))
        else:
            _is_complete = False


def _are_plain(values: Iterable[object]) -> bool:
    return all(isinstance(value, PLAIN) for value in values)


def grounds() -> tuple[Ground, ...]:
    """Return what was asked since `watch`; nothing where that is not wholly known."""
    if not _watched or not _is_complete:
        return ()
    return tuple(
        Ground(question, fingerprint_of(answer), tuple(sorted(looked_at)))
        for question, (answer, looked_at) in sorted(_noted.items(), key=lambda one: repr(one[0]))
    )


def fingerprint_of(answer: object) -> str:
    """Return what tells one answer from another, whatever process computed it.

    Parameters
    ----------
    answer : DataFrame, Series, data class, mapping, sequence or plain value
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
        for name, column in answer.items():
            yield repr(name)
            yield from _pieces(column)
    elif isinstance(answer, pd.Series):
        yield f"{answer.dtype} {len(answer)}"
        plain = isinstance(answer.dtype, np.dtype) and answer.dtype.kind in "biufM"
        yield answer.to_numpy().tobytes() if plain else repr(answer.tolist())
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
