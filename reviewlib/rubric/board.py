"""Inputs as arrays: one row per indicator, one column per unit, each place with its status."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reviewlib.errors import ScoreInputError
from reviewlib.rubric.model import Indicator, Rubric
from reviewlib.rubric.raw import Fault
from reviewlib.rubric.scales import Inputs, Levelled

STATUSES = (
    "scored", "not_applicable", "pending", "unreported", "insufficient", "pending_city",
)  # fmt: skip
"""What became of an input. scored, unreported and insufficient count in the total; pending counts
in the coverage only; not_applicable and pending_city count nowhere."""

SCORED, NOT_APPLICABLE, PENDING, UNREPORTED, INSUFFICIENT, PENDING_CITY = range(len(STATUSES))
COUNTED = (SCORED, UNREPORTED, INSUFFICIENT)
OUT_OF_PLAY = (NOT_APPLICABLE, PENDING_CITY)

ANSWERS = {
    "reported": SCORED,
    "not_reported": UNREPORTED,
    "not_applicable": NOT_APPLICABLE,
    "insufficient": INSUFFICIENT,
    "pending": PENDING,
    "pending_city": PENDING_CITY,
}
"""Answers an input may carry, and what they lead to before the missing policy is applied."""

FAULTS_SHOWN = 20


@dataclass(frozen=True)
class Board:
    """Shares and statuses of all units (indicator × unit).

    Parameters
    ----------
    units : Index
        In the order of first appearance.
    share : array of float
        0–1; NaN where it does not count in the total.
    status : array of int8
        Position in `STATUSES`.
    is_clipped : array of bool
        The input lay outside its scale and was cut to it.
    """

    units: pd.Index
    share: np.ndarray
    status: np.ndarray
    is_clipped: np.ndarray

    @property
    def is_counted(self) -> np.ndarray:
        """Whether each place counts in the total."""
        return np.isin(self.status, COUNTED)

    @property
    def is_applicable(self) -> np.ndarray:
        """Whether each place belongs to the coverage."""
        return ~np.isin(self.status, OUT_OF_PLAY)


def make_board(rubric: Rubric, inputs: pd.DataFrame, *, is_deadline_past: bool) -> Board:
    """Place every input on its scale.

    Parameters
    ----------
    rubric : Rubric
    inputs : DataFrame
        One row per unit × indicator: `unit, indicator_id`, and any of `answer, num, den, value,
        level`. A pair without a row is not reported.
    is_deadline_past : bool
        Which half of the missing policy holds.

    Raises
    ------
    ScoreInputError
        Unknown indicators or answers, repeated pairs, inputs outside their scale: all at once.
    """
    rows, units = pd.factorize(inputs["unit"], use_na_sentinel=False)
    places = pd.Index([item.id for item in rubric.indicators]).get_indexer(inputs["indicator_id"])
    answers = _answers(inputs)
    faults = _row_faults(inputs, rows, places, answers, len(units))
    shape = (len(rubric.indicators), len(units))
    share, status = np.full(shape, np.nan), np.full(shape, UNREPORTED, dtype=np.int8)
    is_clipped = np.zeros(shape, dtype=bool)
    order = np.argsort(places, kind="stable")
    cuts = np.searchsorted(places[order], np.arange(len(rubric.indicators) + 1))
    columns = _columns(inputs)
    for i, item in enumerate(rubric.indicators):
        mine = order[cuts[i] : cuts[i + 1]]
        at = rows[mine]
        placed = item.scale.place(columns.of(mine), rubric.level_shares)
        outside = (placed < 0) | (placed > 1) | np.isinf(placed)
        outside &= answers[mine] == SCORED
        is_wrong = outside & (np.isinf(columns.of(mine).number) | (item.scale.outside == "error"))
        if is_wrong.any():
            faults += _outside_faults(rubric, item, inputs.iloc[mine[is_wrong]])
        is_clipped[i, at] = outside
        share[i, at] = np.clip(placed, 0.0, 1.0)
        status[i, at] = _settled(answers[mine], placed, columns.den[mine])
    if faults:
        raise input_error(faults)
    return _with_policy(rubric, Board(units, share, status, is_clipped), is_deadline_past)


class _Columns(Inputs):
    """The input columns of all rows, from which those of one indicator are taken."""

    def of(self, rows: np.ndarray) -> Inputs:
        return Inputs(*(column[rows] for column in self))


def _columns(inputs: pd.DataFrame) -> _Columns:
    def numbers(name: str) -> np.ndarray:
        if name not in inputs:
            return np.full(len(inputs), np.nan)
        return inputs[name].to_numpy(dtype=float, na_value=np.nan)

    labels = np.full(len(inputs), None, dtype=object)
    if "level" in inputs:
        labels = inputs["level"].to_numpy(dtype=object)
    return _Columns(numbers("num"), numbers("den"), numbers("value"), labels)


def _answers(inputs: pd.DataFrame) -> np.ndarray:
    """Return each row's answer as a status; a blank answer is read from what was entered."""
    if "answer" not in inputs:
        return np.full(len(inputs), SCORED)
    codes, labels = pd.factorize(inputs["answer"])
    known = np.array([ANSWERS.get(label, -1) for label in labels] + [SCORED])
    return known[codes]  # code -1, a blank, is the last


def _settled(answers: np.ndarray, placed: np.ndarray, den: np.ndarray) -> np.ndarray:
    """Settle reported rows: without a share they do not apply (den 0), or were not reported."""
    nothing = np.where(den == 0, NOT_APPLICABLE, UNREPORTED)
    return np.where((answers == SCORED) & np.isnan(placed), nothing, answers)


def _with_policy(rubric: Rubric, board: Board, is_deadline_past: bool) -> Board:
    """Apply the missing policy, and blank the share of everything that does not count."""
    policy = rubric.missing_policy
    missing = policy.after_deadline if is_deadline_past else policy.before_deadline
    status = board.status.copy()
    if missing == "pending":
        status[status == UNREPORTED] = PENDING
    if policy.insufficient == "pending":
        status[status == INSUFFICIENT] = PENDING
    lowest = np.array([lowest_share(rubric, item) for item in rubric.indicators])[:, None]
    share = np.where(status == UNREPORTED, 0.0, board.share)
    share = np.where(status == INSUFFICIENT, lowest, share)
    share = np.where(np.isin(status, COUNTED), share, np.nan)
    return Board(board.units, share, status, board.is_clipped & (status == SCORED))


def lowest_share(rubric: Rubric, item: Indicator) -> float:
    """Return what insufficient evidence scores: the lowest level, step or case, else 0."""
    if isinstance(item.scale, Levelled):
        return min(rubric.level_shares.values())
    return item.scale.lowest


def _row_faults(
    inputs: pd.DataFrame, rows: np.ndarray, places: np.ndarray, answers: np.ndarray, units: int
) -> list[Fault]:
    pairs = places.astype(np.int64) * max(units, 1) + rows
    repeated = pd.Series(pairs).duplicated().to_numpy() & (places >= 0)
    return [
        *_listed(inputs[places < 0], "indicator_id", "评分表没有指标", "no such indicator:"),
        *_listed(inputs[answers < 0], "answer", "没有这种填报情况", "unknown answer"),
        *_listed(inputs[repeated], "indicator_id", "重复的指标", "stands more than once:"),
    ]


def _listed(found: pd.DataFrame, column: str, zh: str, en: str) -> list[Fault]:
    return [
        Fault(f"{row['unit']} / {row['indicator_id']}", f"{zh} {row[column]}",
              f"{en} {row[column]}", row.get("line"))
        for row in found.to_dict("records")
    ]  # fmt: skip


def _outside_faults(rubric: Rubric, item: Indicator, found: pd.DataFrame) -> list[Fault]:
    faults, scale = [], item.scale
    known = rubric.level_shares if isinstance(scale, Levelled) else scale.known
    for row in found.to_dict("records"):
        shown = ", ".join(
            f"{name} {_written(row[name])}" for name in ("num", "den", "value", "level")
            if name in row and not pd.isna(row[name])
        )  # fmt: skip
        faults.append(
            Fault(
                f"{row['unit']} / {item.id}",
                f"{shown} 不在评分方式 {scale.kind} 的范围内（{'、'.join(known)}）",
                f"{shown} lies outside its scale ({scale.kind}: {', '.join(known)})",
                row.get("line"),
            )
        )
    return faults


def _written(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _at(fault: Fault, line: str, comma: str) -> str:
    """Return the line of a fault, where it has one, and what stands there."""
    return comma.join(filter(None, [line.format(fault.line) if fault.line else "", fault.where]))


def input_error(faults: list[Fault], where: str = "") -> ScoreInputError:
    """Make the error that lists the faults of inputs, the first of them in full."""
    faults = sorted(faults, key=lambda fault: fault.line or 0)
    shown = faults[:FAULTS_SHOWN]
    more = len(faults) - len(shown)
    zh = "；".join(f"（{i}）{_at(fault, '第 {} 行', '，')}：{fault.zh}"
                   for i, fault in enumerate(shown, 1))  # fmt: skip
    en = "; ".join(f"({i}) {_at(fault, 'line {}', ', ')}: {fault.en}"
                   for i, fault in enumerate(shown, 1))  # fmt: skip
    error = ScoreInputError(
        f"评分输入有 {len(faults)} 处不符合评分表：{zh}" + (f"；另有 {more} 处" if more else ""),
        f"the inputs have {len(faults)} fault(s): {en}" + (f"; {more} more" if more else "") + ".",
        where=where,
        fix_zh="。请改正输入或评分表后重新计算。",
        fix_en="Correct the inputs or the rubric and score again.",
    )
    error.faults = tuple(faults)
    return error
