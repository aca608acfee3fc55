"""Any units from a CSV: `unit,indicator,value`, one row per unit and indicator.

A blank value is missing, NA does not apply, levels and named cases are text, and a deduction or
bonus stands as its id with the count. Numbers may also come as `num,den`, and `answer` may say
what a blank means.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from reviewlib.errors import ScoreInputError
from reviewlib.rubric.board import ANSWERS, input_error
from reviewlib.rubric.load import load_rubric
from reviewlib.rubric.model import Rubric
from reviewlib.rubric.raw import Fault
from reviewlib.rubric.scales import Banded, Levelled
from reviewlib.rubric.score import RubricScores, score_units

NEEDED = ("unit", "indicator", "value")
OPTIONAL = ("num", "den", "answer")
NOT_APPLICABLE = "NA"


class Inputs(NamedTuple):
    """What a CSV holds: inputs and adjustments as `score_units` takes them."""

    inputs: pd.DataFrame
    adjustments: pd.DataFrame


def score_csv(rubric_path: str | Path, inputs_path: str | Path) -> RubricScores:
    """Score the units of a CSV by a rubric.

    Parameters
    ----------
    rubric_path : path
        A rubric in TOML.
    inputs_path : path
        A CSV in UTF-8 (or GB 18030): `unit, indicator, value`, optionally `num, den, answer`.

    Returns
    -------
    RubricScores
        `summary` of it is what `reviewlib score` writes.

    Raises
    ------
    RubricError
        The rubric has faults.
    ScoreInputError
        The CSV has: unknown columns or indicators, repeated pairs, values outside their scale.
    """
    rubric = load_rubric(rubric_path)
    read = read_inputs(inputs_path, rubric)
    return score_units(rubric, read.inputs, read.adjustments)


def summary(scores: RubricScores) -> pd.DataFrame:
    """Return one row per unit, as it is written to a CSV.

    `unit, total` (as shown)`, band, coverage`, one column per node (its level where it yields one,
    else its share on the scale of the total)`, total_unrounded, deduction, bonus, bar_items`.
    """
    totals = scores.totals.set_index("unit")
    scale = float(scores.rubric.total.scale)
    nodes = scores.nodes
    rate = (nodes["rate"] * scale).round(9).astype(object)
    shown = rate.where(nodes["level"].isna(), nodes["level"])
    wide = nodes.assign(_shown=shown).pivot(index="unit", columns="node_id", values="_shown")
    wide = wide.reindex(index=totals.index, columns=[node.id for node in scores.rubric.nodes])
    head = totals[["total_shown", "band", "coverage"]].rename(columns={"total_shown": "total"})
    tail = totals[["total", "deduction", "bonus", "bar_items"]]
    tail = tail.rename(columns={"total": "total_unrounded"})
    parts = [head.round({"coverage": 9}), wide, tail.round({"total_unrounded": 9})]
    return pd.concat(parts, axis=1).reset_index()


def read_inputs(path: str | Path, rubric: Rubric) -> Inputs:
    """Read a CSV of inputs (see the head of this file); every fault is reported at once."""
    path = Path(path)
    raw = _read_csv(path)
    unknown = [name for name in raw if name not in (*NEEDED, *OPTIONAL)]
    lacking = [name for name in NEEDED if name not in raw]
    if unknown or lacking or raw.columns.duplicated().any():
        raise ScoreInputError(
            f"表头应为 {','.join(NEEDED)}（可加 {','.join(OPTIONAL)}），现为 {','.join(raw)}",
            f"columns must be {','.join(NEEDED)} (and may be {','.join(OPTIONAL)}); "
            f"found {','.join(raw)}.",
            where=path.name, fix_zh="。请改正表头。", fix_en="Correct the heading.",
        )  # fmt: skip
    raw = raw.apply(lambda column: column.str.strip())
    items = {item.id for item in (*rubric.deductions, *rubric.bonuses)}
    is_item = raw["indicator"].isin(items)
    faults = [*_blank_faults(raw), *_count_faults(raw[is_item])]
    inputs, more = _placed(rubric, raw[~is_item])
    if faults or more:
        raise input_error([*faults, *more], path.name)
    counts = raw[is_item].rename(columns={"indicator": "item_id"})
    counts = counts.assign(count=_number(counts["value"]))
    return Inputs(inputs, counts[["unit", "item_id", "count"]].reset_index(drop=True))


def _read_csv(path: Path) -> pd.DataFrame:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return pd.read_csv(path, dtype=str, keep_default_na=False, encoding=encoding)
        except UnicodeDecodeError:
            continue
        except (OSError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
            reason = str(error).replace(str(path), path.name)
            raise ScoreInputError(
                f"无法读取输入：{reason}", f"the inputs cannot be read: {reason}.", where=path.name,
                fix_zh="。请提供 CSV 文件。", fix_en="Give a CSV file.",
            ) from error  # fmt: skip
    raise ScoreInputError(
        "输入不是 UTF-8 或 GB 18030 文字", "the inputs are neither UTF-8 nor GB 18030.",
        where=path.name, fix_zh="。请另存为 UTF-8 的 CSV。", fix_en="Save them as CSV in UTF-8.",
    )  # fmt: skip


def _number(text: pd.Series) -> pd.Series:
    return pd.to_numeric(text, errors="coerce").astype(float)


def _placed(rubric: Rubric, raw: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """Read values by the scale of their indicator: text for levels, else numbers."""
    told = raw["value"]
    labels = [item.id for item in rubric.indicators if isinstance(item.scale, Levelled)]
    mixed = [item.id for item in rubric.indicators if isinstance(item.scale, Banded)]
    is_said = (told != "") & (told != NOT_APPLICABLE)
    number = _number(told.where(is_said))
    is_label = raw["indicator"].isin(labels) | (raw["indicator"].isin(mixed) & number.isna())
    answer = pd.Series("reported", index=raw.index).mask(told == NOT_APPLICABLE, "not_applicable")
    parts = {}
    for name in ("num", "den"):
        text = raw[name] if name in raw else pd.Series("", index=raw.index)
        parts[name] = _number(text.where(text != ""))
    is_pair = parts["num"].notna() & parts["den"].notna()
    answer = answer.mask((told == "") & ~is_pair, "not_reported")
    if "answer" in raw:
        answer = answer.mask(raw["answer"] != "", raw["answer"])
    inputs = pd.DataFrame(
        {
            "unit": raw["unit"], "indicator_id": raw["indicator"], "answer": answer, **parts,
            "value": number.where(~is_label),
            "level": told.where(is_said & is_label).astype(object),
        }
    )  # fmt: skip
    is_known = raw["indicator"].isin([item.id for item in rubric.indicators])
    is_wrong = is_known & is_said & ~is_label & number.isna()
    faults = _number_faults(raw, "value", is_wrong)
    for name in {"num", "den"} & {*raw}:
        faults += _number_faults(raw, name, (raw[name] != "") & parts[name].isna())
    return inputs.reset_index(drop=True), faults


def _number_faults(raw: pd.DataFrame, column: str, is_wrong: pd.Series) -> list[Fault]:
    found = raw[is_wrong]
    return [
        Fault(f"{unit} / {item}", f"“{value}”不是数字", f"{value} is not a number")
        for unit, item, value in zip(
            found["unit"], found["indicator"], found[column], strict=True
        )
    ]  # fmt: skip


def _blank_faults(raw: pd.DataFrame) -> list[Fault]:
    is_blank = (raw["unit"] == "") | (raw["indicator"] == "")
    lines = np.flatnonzero(is_blank.to_numpy()) + 2  # after the heading, counted from 1
    faults = [Fault(f"line {n}", "缺单位或指标", "no unit or no indicator") for n in lines]
    if "answer" in raw:
        known = raw["answer"].isin(["", *ANSWERS])
        faults += [
            Fault(f"line {n}", f"没有这种填报情况 {raw['answer'].iloc[n - 2]}", "unknown answer")
            for n in np.flatnonzero(~known.to_numpy()) + 2
        ]
    return faults


def _count_faults(raw: pd.DataFrame) -> list[Fault]:
    counts = _number(raw["value"])
    return _number_faults(raw, "value", counts.isna() | (counts < 0))
