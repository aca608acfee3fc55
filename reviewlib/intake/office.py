"""What the office keeps, without the workbooks that come back: settings, rubric, roster."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reviewlib.intake.assemble import frames_of
from reviewlib.intake.folder import scan
from reviewlib.intake.readers import Readers
from reviewlib.intake.roster import read_roster
from reviewlib.review import Settings, read_settings
from reviewlib.rubric import Rubric, load_rubric


def open_office(folder: str | Path) -> tuple[Settings, Rubric, pd.DataFrame]:
    """Read `review.toml`, `rubric.toml` and the roster of a review folder: all that forms need.

    Returns
    -------
    settings, rubric, departments
        `departments` has one row per department, in protocol order.

    Raises
    ------
    ConfigError
        One of them is missing or wrong.
    """
    path = scan(Path(folder)).path
    settings = read_settings(path)
    rubric = load_rubric(path / "rubric.toml")
    with Readers() as readers:
        roster = read_roster(path, settings, readers)
    return settings, rubric, frames_of([roster], [roster])["departments"]
