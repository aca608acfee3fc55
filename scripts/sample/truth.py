"""The truth of the sample review: tidy frames, before any workbook and any mess."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from reviewlib.rubric import load_rubric

from . import duties, findings, ledger, profiles, progress, ratings, relations, words
from .receipts import receipts, return_files
from .roster import departments, dept_aliases
from .staffing import leadership_posts, staffing
from .units import internal_units

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@cache
def _build() -> dict[str, pd.DataFrame]:
    rubric = load_rubric(SAMPLE / "rubric.toml")
    frames = {"departments": departments(), "dept_aliases": dept_aliases()}
    frames |= _returns(frames["departments"])
    known = ratings.standings(frames)
    frames["self_ratings"] = ratings.self_ratings(known, rubric)
    frames["visit_scores"] = ratings.visit_scores(known, rubric)
    frames["moderations"] = ratings.moderations()
    frames |= _visits(frames["departments"])
    frames |= _ledger()
    frames["receipts"] = receipts(frames["departments"])
    return frames


def truth() -> dict[str, pd.DataFrame]:
    """Return every frame of the sample review as it would be read from clean workbooks.

    Keyed by table name; provenance columns are missing. The same frames at every call.
    """
    return dict(_build())


def _returns(roster: pd.DataFrame) -> dict[str, pd.DataFrame]:
    units = internal_units(roster)
    transfers = duties.duty_transfers()
    matters = relations.cross_dept_matters()
    posts = staffing()
    return {
        "covers": profiles.covers(roster, return_files(roster)),
        "profiles": profiles.profiles(roster, transfers, units),
        "duty_transfers": transfers,
        "staff_transfers": duties.staff_transfers(),
        "staffing": posts,
        "leadership_posts": leadership_posts(units),
        "internal_units": units,
        "cross_dept_matters": matters,
        "coordination_bodies": relations.coordination_bodies(),
        "self_problems": words.self_problems(),
        "opinions": words.opinions(),
        "other_counts": profiles.other_counts(matters, posts),
    }


def _visits(roster: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {
        "visits": findings.visits(roster),
        "findings": findings.findings(roster),
        "adjustments": findings.adjustments(),
    }


def _ledger() -> dict[str, pd.DataFrame]:
    return {
        "problems": ledger.problems(),
        "problem_depts": ledger.problem_depts(),
        "problem_findings": findings.problem_findings(),
        "recommendations": ledger.recommendations(),
        "problem_recs": ledger.problem_recs(),
        "tasks": ledger.tasks(),
        "followups": progress.followups(),
        "opinion_handlings": progress.opinion_handlings(),
    }
