"""The official score of every department (评分结果), its parts and its trace."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from reviewlib.errors import RubricError
from reviewlib.review import Review
from reviewlib.review.grounds import SCORE, look
from reviewlib.review.memory import remembered
from reviewlib.rubric import Rubric, RubricScores, score_units
from reviewlib.rubric.bands import NOT_RATED
from reviewlib.rubric.board import Board
from reviewlib.schema import vocabularies as v
from reviewlib.scoring.claims import return_claims
from reviewlib.scoring.deductions import adjustments_of
from reviewlib.scoring.facts import applicability
from reviewlib.scoring.official import in_order, official_claims
from reviewlib.scoring.ratings import ratings_of
from reviewlib.scoring.returns import returned
from reviewlib.scoring.severity import adjusted_totals

PLACE = ["dept_code", "mode", "group_id"]


@dataclass(frozen=True)
class Scores:
    """What the rubric makes of a review. Departments stand in protocol order, never ranked.

    Parameters
    ----------
    items : DataFrame
        One row per department × indicator: `dept_code, mode, group_id, indicator_id, dimension_id,
        aspect, weight, status, stage, num, den, value, level, share` (0–1)`, points` (share ×
        weight)`, effective_weight` (points of the total that hang on it)`, contribution` (points of
        the base it brings)`, is_provisional, is_clipped, self_share` (what the return alone
        gives)`, note_zh, note_en, source_file, source_sheet, source_cell`.
    totals : DataFrame
        One row per department: `dept_code, mode, group_id, weight_applicable, weight_scored,
        coverage, base, deduction, bonus, total, total_shown, band, is_barred, bar_items, band_gap,
        self_total_shown` (from the return alone, without deductions and bonuses)`,
        severity_adjustment, raw_total_shown, raw_band` (before an adjustment for the severity of
        the visit group, which is 0 unless the settings declare it).
    dimensions, aspects : DataFrame
        One row per department × dimension or aspect: `…, rate` (0–1)`, weight_applicable,
        weight_scored, coverage`.
    adjustments : DataFrame
        One row per deduction or bonus: `dept_code, item_id, kind, count, counted, points, reason,
        evidence_ref, approval_no, is_computed, source_file, source_sheet, source_cell`.
    ratings : DataFrame
        Every rating at every stage in long form (see `ratings_of`).
    rubric_scores : RubricScores
        The same as the rubric sees it, with the board of shares and statuses.
    self_board : Board
        Shares and statuses that the returns alone give.
    """

    items: pd.DataFrame
    totals: pd.DataFrame
    dimensions: pd.DataFrame
    aspects: pd.DataFrame
    adjustments: pd.DataFrame
    ratings: pd.DataFrame
    rubric_scores: RubricScores = field(repr=False)
    self_board: Board | None = field(default=None, repr=False)

    def __getattribute__(self, name: str) -> object:
        value = super().__getattribute__(name)
        if name in Scores.__dataclass_fields__:
            look(self, SCORE, name)
        return value

    def trace(self, dept_code: str) -> pd.DataFrame:
        """Return how one department's base came about: one row per indicator.

        `contribution` adds up to the base; `lost` is what each indicator leaves on the table.
        """
        mine = self.items[self.items["dept_code"] == dept_code].reset_index(drop=True)
        return mine.assign(lost=mine["effective_weight"] - mine["contribution"])

    @property
    def is_empty(self) -> bool:
        """Whether no department could be rated."""
        return bool((self.totals["band"] == "not_rated").all())


@remembered
def score(review: Review) -> Scores:
    """Score every department of a review by its rubric.

    Parameters
    ----------
    review : Review

    Returns
    -------
    Scores

    Raises
    ------
    RubricError
        The rubric names measures, facts or bands that there are none of.
    """
    _check_bands(review.rubric)
    review = _each_once(review)
    returns, applies = return_claims(review), applicability(review)
    official = in_order(review, official_claims(review, returns), applies)
    own = in_order(review, returns, applies)
    adjustments = adjustments_of(review, official)
    scored = _scored(review, official, adjustments)
    self_scored = _scored(review, own, None, is_trial=True)  # stands beside, stops nothing
    return Scores(
        items=_items(review, official, scored, self_scored),
        totals=_totals(review, scored, self_scored),
        dimensions=_rates(review, scored.nodes, "node_id", "dimension_id"),
        aspects=_rates(review, scored.aspects, "aspect", "aspect"),
        adjustments=scored.adjustments.rename(columns={"unit": "dept_code"}),
        ratings=ratings_of(review),
        rubric_scores=scored,
        self_board=self_scored.board,
    )


def _check_bands(rubric: Rubric) -> None:
    """See that the bands are those that pages colour; how they are called is the rubric's to say.

    Raises
    ------
    RubricError
        A band that is no colour.
    """
    colours = [code for code in v.BAND.codes if code != NOT_RATED]
    for band in rubric.bands:
        if band.id not in colours:
            raise RubricError(
                f"评定 {band.id} 不是可用的代码", f"there is no band {band.id}",
                where=f"rubric.toml bands[{band.id}].id",
                fix_zh=f"。代码应为 {'、'.join(colours)}，名称可在 zh、en 中另定。",
                fix_en=f"The ids are {', '.join(colours)}; zh and en say what they are called.",
            )


def _each_once(review: Review) -> Review:
    """Leave repeated rows of the roster out; they are data issues."""
    roster = review.departments
    sound = roster["dept_code"].notna() & ~roster["dept_code"].duplicated()
    return review if sound.all() else review.with_frames(departments=roster[sound])


def is_deadline_past(review: Review) -> bool:
    """Tell whether missing items count as 未报: after the reminder deadline."""
    return review.settings.as_of > review.settings.deadlines.reminder_due_on


def _scored(
    review: Review, claims: pd.DataFrame, adjustments: pd.DataFrame | None, *,
    is_trial: bool = False,
) -> RubricScores:
    codes = review.departments["dept_code"]
    unrated = ()
    if not review.rubric.missing_policy.is_empty_unit_rated:
        unrated = tuple(codes[~codes.isin(returned(review))])
    return score_units(
        review.rubric,
        claims.rename(columns={"dept_code": "unit"}),
        adjustments,
        is_deadline_past=is_deadline_past(review),
        unrated=unrated,
        is_trial=is_trial,
    )


def _items(
    review: Review, official: pd.DataFrame, scored: RubricScores, self_scored: RubricScores
) -> pd.DataFrame:
    columns = ["dimension_id", "aspect", "weight", "status", "share", "points", "effective_weight",
               "contribution", "is_clipped"]  # fmt: skip
    told = official.drop(columns=["answer", "excess"]).reset_index(drop=True)
    frame = told.assign(**scored.items[columns], self_share=self_scored.board.share.T.ravel())
    order = [
        *PLACE, "indicator_id", "dimension_id", "aspect", "weight", "status", "stage", "num",
        "den", "value", "level", "share", "points", "effective_weight", "contribution",
        "is_provisional", "is_clipped", "self_share", "note_zh", "note_en", "source_file",
        "source_sheet", "source_cell",
    ]  # fmt: skip
    return _with_place(review, frame)[order]


def _totals(review: Review, scored: RubricScores, self_scored: RubricScores) -> pd.DataFrame:
    raw = scored.totals.rename(columns={"unit": "dept_code"})
    frame = _with_place(
        review,
        raw.assign(
            self_total_shown=self_scored.totals["total_shown"], severity_adjustment=0.0,
            raw_total_shown=raw["total_shown"], raw_band=raw["band"],
        ),
    )  # fmt: skip
    return adjusted_totals(review, frame) if review.settings.fairness.is_severity_applied else frame


def _rates(review: Review, rates: pd.DataFrame, name: str, called: str) -> pd.DataFrame:
    if name == "node_id":
        rates = rates[rates["parent"].isna()].drop(columns=["parent", "level"])
    frame = rates.rename(columns={"unit": "dept_code", name: called}).reset_index(drop=True)
    return _with_place(review, frame)


def _with_place(review: Review, frame: pd.DataFrame) -> pd.DataFrame:
    """Put mode and visit group beside each department."""
    roster = review.departments.set_index("dept_code")[["mode", "group_id"]]
    place = roster.take(roster.index.get_indexer(frame["dept_code"])).reset_index(drop=True)
    rest = [name for name in frame if name not in PLACE]
    return frame.assign(**place)[[*PLACE, *rest]]
