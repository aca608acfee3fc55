"""What if (重算): score again with one thing changed, and show the difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from reviewlib import schema
from reviewlib.errors import UsageError
from reviewlib.review import Review
from reviewlib.rubric import Rubric, parse_rubric
from reviewlib.scoring.score import Scores, score

ANSWER_FIELDS = ("answer", "level", "num", "den", "raw_value")


@dataclass(frozen=True)
class Replay:
    """A review scored twice.

    Parameters
    ----------
    before, after : Scores
    totals : DataFrame
        One row per department, protocol order: `dept_code, mode, group_id, total_before,
        total_after, change` (points, displayed totals)`, band_before, band_after, is_band_changed`.
    items : DataFrame
        The items that changed: `dept_code, indicator_id, status_before, status_after,
        share_before, share_after, contribution_before, contribution_after`.
    """

    before: Scores
    after: Scores
    totals: pd.DataFrame
    items: pd.DataFrame


def replay(
    review: Review,
    *,
    weights: Mapping[str, float] | None = None,
    missing_policy: Mapping[str, object] | None = None,
    answers: Mapping[tuple[str, str], Mapping[str, object]] | None = None,
    as_of: date | None = None,
    rubric: Rubric | None = None,
) -> Replay:
    """Score a review again with one change, or several.

    Parameters
    ----------
    review : Review
    weights : mapping, optional
        Indicator → weight. The weights above are added up anew; the total stays on its scale.
    missing_policy : mapping, optional
        Keys of the rubric's missing policy, such as `{"after_deadline": "pending"}`.
    answers : mapping, optional
        (department, indicator) → what it says instead: any of `answer, level, num, den, raw_value`.
        It counts as a final rating would.
    as_of : date, optional
        Another date of reckoning.
    rubric : Rubric, optional
        Another edition.

    Returns
    -------
    Replay

    Raises
    ------
    UsageError
        An unknown indicator, department or field.
    """
    changed = review if as_of is None else review.at(as_of)
    table = _changed_rubric(rubric or review.rubric, weights or {}, missing_policy or {})
    changed = Review(review.name, changed.settings, table, review.frames, review.inputs)
    if answers:
        changed = changed.with_frames(moderations=_with_answers(changed, answers))
    before, after = score(review), score(changed)
    return Replay(before, after, _totals(before, after), _items(before, after))


def _changed_rubric(rubric: Rubric, weights: Mapping, policy: Mapping) -> Rubric:
    unknown = [name for name in weights if name not in {item.id for item in rubric.indicators}]
    if unknown:
        raise _unknown("指标", "indicator", unknown)
    raw = rubric.model_dump()
    raw["missing_policy"] = {**raw["missing_policy"], **policy}
    for item in raw["indicators"]:
        item["weight"] = weights.get(item["id"], item["weight"])
    if weights and rubric.weights == "points":
        raw = _summed(raw)
    return parse_rubric(raw)


def _summed(raw: dict) -> dict:
    """Add the weights of the nodes up anew, from the indicators to the whole."""
    nodes = {node["id"]: node for node in raw["nodes"]}

    def total(node_id: str | None) -> object:
        parts = [item["weight"] for item in raw["indicators"] if item["parent"] == node_id]
        for node in nodes.values():
            if node["parent"] == node_id:
                node["weight"] = total(node["id"])
                parts.append(node["weight"])
        return sum(type(raw["full_weight"])(str(part)) for part in parts)

    return {**raw, "full_weight": total(None)}


def _with_answers(review: Review, answers: Mapping) -> pd.DataFrame:
    """Add the changed answers as final ratings, in the place of those there are."""
    departments = set(review.departments["dept_code"])
    ids = {item.id for item in review.rubric.indicators}
    wrong = [key for key in answers if key[0] not in departments or key[1] not in ids]
    wrong += [field for told in answers.values() for field in told if field not in ANSWER_FIELDS]
    if wrong:
        raise _unknown("部门、指标或字段", "department, indicator or field", wrong)
    old = review.moderations
    keys = pd.MultiIndex.from_frame(old[["dept_code", "indicator_id"]])
    kept = old[~(keys.isin(list(answers)) & (old["stage"] == "final").to_numpy())]
    rows = [
        {"dept_code": code, "indicator_id": name, "stage": "final", "answer": "reported",
         "role": "试算 replay", "reason": "试算 what if",
         "dated_on": pd.Timestamp(review.settings.as_of), **told}
        for (code, name), told in answers.items()
    ]  # fmt: skip
    new = schema.frame_of("moderations", rows)
    return pd.concat([kept, new], ignore_index=True) if len(kept) else new


def _unknown(zh: str, en: str, found: list) -> UsageError:
    return UsageError(
        f"没有这样的{zh}：{found}", f"no such {en}: {found}.", where="replay",
        fix_zh="。请核对编号。", fix_en="Check the ids.",
    )  # fmt: skip


def _totals(before: Scores, after: Scores) -> pd.DataFrame:
    keys = ["dept_code", "mode", "group_id"]
    frame = before.totals[keys].assign(
        total_before=before.totals["total_shown"], total_after=after.totals["total_shown"],
        band_before=before.totals["band"], band_after=after.totals["band"],
    )  # fmt: skip
    change = (frame["total_after"] - frame["total_before"]).round(9)
    return frame.assign(change=change, is_band_changed=frame["band_before"] != frame["band_after"])


def _items(before: Scores, after: Scores) -> pd.DataFrame:
    keys = ["dept_code", "indicator_id"]
    told = ["status", "share", "contribution"]
    both = before.items[keys + told].merge(
        after.items[keys + told], on=keys, how="outer", suffixes=("_before", "_after"), sort=False
    )
    same = both["status_before"] == both["status_after"]
    for name in ("share", "contribution"):
        gap = (both[f"{name}_before"] - both[f"{name}_after"]).abs()
        same &= ~(gap > 1e-12)
    order = [*keys, *(f"{name}_{when}" for name in told for when in ("before", "after"))]
    return both.loc[~same, order].reset_index(drop=True)
