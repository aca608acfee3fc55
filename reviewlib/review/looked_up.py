"""What a review holds by name, noting what is looked up: see `grounds`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from reviewlib.review.grounds import FRAME, INPUTS, look


class Frames(Mapping[str, pd.DataFrame]):
    """The frames of a review by name; each that is looked up is noted. They cannot be replaced."""

    def __init__(self, frames: Mapping[str, pd.DataFrame]):
        self.plain = dict(frames)

    def __getitem__(self, name: str) -> pd.DataFrame:
        frame = self.plain[name]
        look(self, FRAME, name)
        return frame

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
