"""Small reviews made by hand, scored by the sample's rubric."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from reviewlib import schema
from reviewlib.review import Review, Settings, empty_frames
from reviewlib.rubric import Rubric, load_rubric, parse_rubric
from reviewlib.scoring.measures import run_measure

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "rubric.toml"
SETTINGS = {
    "title_zh": "回头看", "title_en": "Look-back review", "district_zh": "甲区",
    "district_en": "District A", "city_zh": "甲市", "city_en": "City A", "marking_zh": "内部",
    "marking_en": "Internal", "version_zh": "稿", "version_en": "Draft",
    "cutoff_on": "2030-03-31", "as_of": "2030-06-30", "establishment_office": "DP09",
    "plan": {"start_on": "2030-04-01", "visits_start_on": "2030-04-08",
             "visits_end_on": "2030-04-12", "end_on": "2030-04-30"},
    "deadlines": {"return_due_on": "2030-04-05", "reminder_due_on": "2030-04-15",
                  "first_progress_report_on": "2030-05-31", "feedback_reply_workdays": 10,
                  "immediate_workdays": 5},
    "groups": {"G1": {"zh": "一组", "en": "Group 1"}, "G2": {"zh": "二组", "en": "Group 2"}},
}  # fmt: skip
VISITED = {"dept_code": "DP01", "short_name": "甲局", "protocol_order": 1, "mode": "visit",
           "group_id": "G1", "side": "government", "change_type": "merged",
           "is_three_det_reissued": True, "three_det_on": "2030-01-01", "has_power_list": True,
           "has_subordinates_in_plan": True}  # fmt: skip
OTHER = VISITED | {"dept_code": "DP02", "short_name": "乙局", "protocol_order": 2,
                   "group_id": "G2"}  # fmt: skip
OWN = {"dept_code": "DP03", "short_name": "丙办", "protocol_order": 3, "mode": "self",
       "side": "party", "change_type": "duties_out", "is_three_det_reissued": False,
       "has_power_list": False, "has_subordinates_in_plan": False}  # fmt: skip
CAME = {"dept_code": "DP01", "declared_code": "DP01", "declared_name": "甲局",
        "declared_on": "2030-04-01", "is_committed": True, "source_file": "returns/甲局.xlsx",
        "source_sheet": "01 封面", "source_cell": "A3"}  # fmt: skip


@cache
def nothing() -> dict[str, pd.DataFrame]:
    """Return all frames empty, made once: frames are never changed in place."""
    return empty_frames()


@cache
def sample_rubric() -> Rubric:
    return load_rubric(SAMPLE)


@cache
def only(indicator_id: str) -> Rubric:
    """Return the sample's rubric with one indicator alone, so that a test scores nothing else."""
    raw = sample_rubric().model_dump()
    item = next(part for part in raw["indicators"] if part["id"] == indicator_id)
    node = next(part for part in raw["nodes"] if part["id"] == item["parent"])
    alone = {"indicators": [item | {"weight": 100}], "nodes": [node | {"weight": 100}]}
    return parse_rubric(raw | alone)


def make_review(
    settings: dict | None = None, departments: list[dict] | None = None,
    rubric: Rubric | None = None, covers: list[dict] | None = None, **frames: list[dict],
) -> Review:  # fmt: skip
    """Return a review of DP01 and DP02 (visited) and DP03 (self-assessed) with these rows.

    The return of DP01 came unless other covers are given.
    """
    given = {"departments": departments or [VISITED, OTHER, OWN],
             "covers": [CAME] if covers is None else covers, **frames}  # fmt: skip
    filled = {name: schema.frame_of(name, placed(name, rows)) for name, rows in given.items()}
    return Review(
        name="hand", settings=Settings.model_validate(SETTINGS | (settings or {})),
        rubric=rubric or sample_rubric(), frames=nothing() | filled, inputs={},
    )  # fmt: skip


def placed(name: str, rows: list[dict]) -> list[dict]:
    """Put rows in a file, on a sheet, one below the other; returns are those of DP01 by default."""
    table = schema.TABLES.get(name)
    sheet = table.sheet if table else ""
    owner = {"dept_code": "DP01"} if table is not None and table.carries_department else {}
    return [
        {**owner, "source_file": f"{name}.xlsx", "source_sheet": sheet, "source_cell": f"A{i}",
         **row}
        for i, row in enumerate(rows, start=6)
    ]  # fmt: skip


def told(indicator_id: str, dept_code: str = "DP01", **frames) -> pd.Series:
    """Return what the measure of an indicator says of one department."""
    review = make_review(**frames)
    return run_measure(review, review.rubric.indicator(indicator_id)).loc[dept_code]


def fraction(row: pd.Series) -> tuple[float, float]:
    return row["num"], row["den"]
