"""What a review holds by name, noting what is looked up: see `grounds`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import pandas as pd

from reviewlib.review.grounds import FRAME, INPUTS, look


class Later:
    """A frame that is made when it is first looked at, if ever (待用).

    Parameters
    ----------
    make : callable
        Returns the frame.
    count : int
        Its rows.
    """

    def __init__(self, make: Callable[[], pd.DataFrame], count: int):
        self._make, self._count = make, count

    def __len__(self) -> int:
        return self._count

    @cached_property
    def frame(self) -> pd.DataFrame:
        return self._make()

    def __reduce__(self) -> tuple:
        return _known, (self.frame,)  # another process cannot make it


def _known(frame: pd.DataFrame) -> Later:
    return Later(lambda: frame, len(frame))


class Frames(Mapping[str, pd.DataFrame]):
    """The frames of a review by name; each that is looked up is noted. They cannot be replaced."""

    def __init__(self, frames: Mapping[str, pd.DataFrame | Later]):
        self.plain = dict(frames)

    def __getitem__(self, name: str) -> pd.DataFrame:
        frame = self.plain[name]
        look(self, FRAME, name)
        return frame.frame if isinstance(frame, Later) else frame

    def __iter__(self) -> Iterator[str]:
        return iter(self.plain)  # every review has the same names

    def __len__(self) -> int:
        return len(self.plain)

    def __repr__(self) -> str:
        return repr(self.plain)


class Inputs(Mapping[str, str]):
    """The input files of a review and their sha256; whoever looks at one has looked at all."""

    def __init__(self, inputs: Mapping[str, str]):
        self.plain = dict(inputs)

    def _noted(self) -> dict[str, str]:
        look(self, INPUTS, INPUTS)
        return self.plain

    def __getitem__(self, name: str) -> str:
        return self._noted()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._noted())

    def __len__(self) -> int:
        return len(self._noted())

    def __repr__(self) -> str:
        return repr(self.plain)
