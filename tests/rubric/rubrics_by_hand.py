"""Small scoring tables made by hand, and inputs for them."""

from __future__ import annotations

import pandas as pd

from reviewlib.rubric import Rubric, parse_rubric

HEAD = {
    "edition": "T1", "dated_on": "2030-01-01", "status": "proposal", "zh": "评分表",
    "en": "Rubric", "source_zh": "试", "source_en": "test",
}  # fmt: skip
LEVELS = [{"id": "A", "share": "1"}, {"id": "B", "share": "0.8"}, {"id": "C", "share": "0.6"},
          {"id": "D", "share": "0.3"}]  # fmt: skip
DESCRIBED = [{"id": level["id"], "zh": "描述", "en": "words"} for level in LEVELS]
BANDS = [
    {"id": "green", "at_least": 90, "zh": "绿", "en": "Green"},
    {"id": "yellow", "at_least": 75, "zh": "黄", "en": "Yellow"},
    {"id": "red", "at_least": 0, "zh": "红", "en": "Red"},
]
RATIO = {"kind": "ratio"}
LEVEL = {"kind": "level", "levels": DESCRIBED}


def node(id, weight=100, **more) -> dict:
    return {"id": id, "zh": id, "en": id, "weight": weight, **more}


def indicator(id, weight, parent="N", scale=None, **more) -> dict:
    return {"id": id, "parent": parent, "zh": id, "en": id, "weight": weight,
            "scale": RATIO if scale is None else scale, **more}  # fmt: skip


def raw_rubric(indicators, nodes=None, **more) -> dict:
    """Return a raw rubric: one node N unless others are given, levels A–D, three bands."""
    return {**HEAD, "levels": LEVELS, "bands": BANDS, "nodes": nodes or [node("N")],
            "indicators": indicators, **more}  # fmt: skip


def make_rubric(indicators, nodes=None, **more) -> Rubric:
    return parse_rubric(raw_rubric(indicators, nodes, **more))


def inputs_of(**units: dict) -> pd.DataFrame:
    """Return long inputs from unit → indicator → what came.

    A number is a value, a pair numerator and denominator, a capital letter a level, and any other
    word an answer.
    """
    rows = []
    for unit, told in units.items():
        for name, what in told.items():
            row = {"unit": unit, "indicator_id": name, "answer": "reported"}
            if isinstance(what, tuple):
                row |= {"num": what[0], "den": what[1]}
            elif isinstance(what, str):
                key = "answer" if what.islower() and what != "within" else "level"
                row[key] = what
            else:
                row["value"] = what
            rows.append(row)
    columns = ["unit", "indicator_id", "answer", "num", "den", "value", "level"]
    return pd.DataFrame(rows, columns=columns)
