"""Any units from a CSV: `unit,indicator,value`, one row per unit and indicator.

A blank value is missing, NA does not apply, levels and named cases are text, and a deduction or
bonus stands as its id with the count. Numbers may also come as `num,den`, and `answer` may say
what a blank means. Every fault is told with its line, all of them at once.
"""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from reviewlib.errors import ScoreInputError, why
from reviewlib.fingerprints import opened
from reviewlib.rubric.board import input_error
from reviewlib.rubric.load import load_rubric
from reviewlib.rubric.model import Rubric
from reviewlib.rubric.raw import Fault
from reviewlib.rubric.scales import Banded, Levelled
from reviewlib.rubric.score import RubricScores, score_units

NEEDED = ("unit", "indicator", "value")
OPTIONAL = ("num", "den", "answer")
NOT_APPLICABLE = "NA"
FIRST_LINE = 2
"""The line of the first row; the heading is the first."""
LARGEST, MOST_COMMAS = 64 * 2**20, 1000
"""Of a file of inputs, and of one of its lines."""
_COUNTED = re.compile(r"Expected (\d+) fields in line (\d+), saw (\d+)")
NO_ROWS = Fault("", "只有表头，没有数据", "there are no rows below the heading", 1)


class Inputs(NamedTuple):
    """What a CSV holds: inputs and adjustments as `score_units` takes them, with their `line`."""

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
    rubric, path = load_rubric(rubric_path), Path(inputs_path)
    read, faults = _read(path, rubric)
    try:
        scores = score_units(rubric, read.inputs, read.adjustments)
    except ScoreInputError as error:
        if not error.faults:  # no place of the file, but what the rubric makes of it
            error.where = f"{path.name} {error.where}".strip()
            raise
        raise input_error([*faults, *error.faults], path.name) from None
    if faults:
        raise input_error(faults, path.name)
    return scores


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


def explained(scores: RubricScores, inputs: Inputs) -> pd.DataFrame:
    """Return how every score came about: one row per unit × indicator, contributions that add up.

    Columns of `RubricScores.items`, then what the CSV held (`num, den, value, level`) and its line;
    blank where it had no row. The contributions of a unit add up to its total before deductions and
    bonuses.
    """
    told = inputs.inputs[["unit", "indicator_id", "num", "den", "value", "level", "line"]]
    told = told.astype({"line": "Int64"})
    return scores.items.merge(told, on=["unit", "indicator_id"], how="left").round(9)


def read_inputs(path: str | Path, rubric: Rubric) -> Inputs:
    """Read a CSV of inputs (see the head of this file); every fault is reported at once."""
    path = Path(path)
    read, faults = _read(path, rubric)
    if faults:
        raise input_error(faults, path.name)
    return read


def _read(path: Path, rubric: Rubric) -> tuple[Inputs, list[Fault]]:
    raw = _read_csv(path)
    if sorted({*raw} - {*OPTIONAL}) != sorted(NEEDED) or raw.columns.duplicated().any():
        raise _heading_error(list(raw), path.name, rubric)
    raw = raw.fillna("").apply(lambda column: column.str.strip())
    is_blank = (raw == "").all(axis=1)
    raw = raw.assign(line=np.arange(len(raw)) + FIRST_LINE)[~is_blank]
    faults = [] if len(raw) else [NO_ROWS]
    is_named = (raw["unit"] != "") & (raw["indicator"] != "")
    faults += _faults_at(raw[~is_named], "缺单位或指标", "no unit or no indicator")
    raw = raw[is_named]
    items = {item.id for item in (*rubric.deductions, *rubric.bonuses)}
    is_item = raw["indicator"].isin(items)
    inputs, more = _placed(rubric, raw[~is_item])
    faults += [*_count_faults(raw[is_item]), *more]
    counts = raw[is_item].rename(columns={"indicator": "item_id"})
    counts = counts.assign(count=_number(counts["value"]))
    adjustments = counts[["unit", "item_id", "count", "line"]].reset_index(drop=True)
    return Inputs(inputs, adjustments), faults


def _read_csv(path: Path) -> pd.DataFrame:
    """Read all cells as text; blank lines stay, so that the place of a row tells its line."""
    try:
        data = _bytes_of(path)
    except OSError as error:
        raise _unreadable(path, *why(error)) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False,
                               encoding=encoding, skip_blank_lines=False)  # fmt: skip
        except UnicodeDecodeError:
            continue
        except pd.errors.EmptyDataError as error:
            raise _unreadable(path, "文件没有内容", "it is empty") from error
        except pd.errors.ParserError as error:
            raise _unreadable(path, _place_of(str(error)), str(error)[:200]) from error
    raise ScoreInputError(
        "输入不是 UTF-8 或 GB 18030 文字", "the inputs are neither UTF-8 nor GB 18030.",
        where=path.name, fix_zh="。请另存为 UTF-8 的 CSV。", fix_en="Save them as CSV in UTF-8.",
    )  # fmt: skip


def _bytes_of(path: Path) -> bytes:
    """Return a file's bytes; pandas takes gigabytes for a line of a million commas.

    Raises
    ------
    OSError
        No plain file.
    ScoreInputError
        None that holds inputs.
    """
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size > LARGEST:
            size = f"{LARGEST >> 20} MB"
            raise _unreadable(path, f"文件超过 {size}", f"more than {size}")
        data = file.read()
    if max(line.count(b",") for line in data.split(b"\n")) > MOST_COMMAS:
        raise _unreadable(path, f"有一行多于 {MOST_COMMAS} 个逗号",
                          f"a line with more than {MOST_COMMAS} commas")  # fmt: skip
    return data


def _place_of(message: str) -> str:
    """Say in Chinese where the parser stopped, and what it counted there."""
    counted = _COUNTED.search(message)
    if counted is None:
        return "不是合法的 CSV，请核对引号"
    expected, line, found = counted.groups()
    return f"第 {line} 行应有 {expected} 格，现有 {found} 格"


def _unreadable(path: Path, zh: str, en: str) -> ScoreInputError:
    return ScoreInputError(
        f"无法读取输入：{zh}", f"the inputs cannot be read: {en}.", where=path.name,
        fix_zh="。请提供 CSV 文件。", fix_en="Give a CSV file.",
    )  # fmt: skip


def _heading_error(found: list[str], where: str, rubric: Rubric) -> ScoreInputError:
    """Say what the heading should be, and what is probably the matter with this one."""
    fix = ("。请改正表头。", "Correct the heading.")
    if {*found} & {item.id for item in rubric.indicators}:
        fix = ("。指标不作列：每个单位的每个指标各占一行。",
               "Indicators are no columns: give one row per unit and indicator.")  # fmt: skip
    elif len(found) == 1 and any(mark in found[0] for mark in ";\t|"):
        fix = ("。请用逗号分隔。", "Separate the cells by commas.")
    return ScoreInputError(
        f"表头应为 {','.join(NEEDED)}（可加 {','.join(OPTIONAL)}），现为 {','.join(found)}",
        f"columns must be {','.join(NEEDED)} (and may be {','.join(OPTIONAL)}); "
        f"found {','.join(found)}.",
        where=f"{where} line 1", fix_zh=fix[0], fix_en=fix[1],
    )  # fmt: skip


def _number(text: pd.Series) -> pd.Series:
    """Read numbers; what is none, and what is not finite, is missing."""
    number = pd.to_numeric(text, errors="coerce").astype(float)
    return number.where(np.isfinite(number))


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
            "line": raw["line"],
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


def _faults_at(found: pd.DataFrame, zh: str, en: str, column: str = "value") -> list[Fault]:
    """Make a fault of each row found; `{}` in the words is what stands in the column."""
    return [
        Fault(f"{row['unit']} / {row['indicator']}", zh.format(row[column]), en.format(row[column]),
              row["line"])
        for row in found.to_dict("records")
    ]  # fmt: skip


def _number_faults(raw: pd.DataFrame, column: str, is_wrong: pd.Series) -> list[Fault]:
    return _faults_at(raw[is_wrong], "“{}”不是数字", "{} is not a number", column)


def _count_faults(raw: pd.DataFrame) -> list[Fault]:
    """Check deductions and bonuses: a count each, of 0 or more, once per unit."""
    counts = _number(raw["value"])
    repeated = raw.duplicated(["unit", "indicator"])
    return [
        *_number_faults(raw, "value", counts.isna() | (counts < 0)),
        *_faults_at(raw[repeated], "重复", "stands more than once"),
    ]
