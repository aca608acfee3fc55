"""Data issues of the ledger: what a copy, a row or a line of the log has wrong, with its cell."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from reviewlib import schema
from reviewlib.schema.codes import CODES


def issue(code: str, *, file: str = "", place: str = "", **facts) -> dict:
    """Return one data issue as a row of the frame `issues`.

    Parameters
    ----------
    code : str
        One of `schema.codes.CODES`.
    file : str
        Relative to the review folder.
    place : str
        `工作表!单元格`, or empty.
    **facts
        Other columns of the record, and the words the code's sentence has places for.
    """
    declared = CODES[code]
    sheet, _, cell = place.rpartition("!")
    wordings = {"detail": "", "detail_en": facts.get("detail", ""), "raw": "", **facts}
    row = {
        "code": code, "severity": declared.severity, "file": file, "sheet": sheet, "cell": cell,
        "message_zh": declared.zh.format(**wordings), "message_en": declared.en.format(**wordings),
        "fix": declared.fix_zh, "outcome": "kept",
    }  # fmt: skip
    columns = schema.dtypes_of("issues")
    return row | {name: value for name, value in facts.items() if name in columns}


def issue_frame(rows: Iterable[dict]) -> pd.DataFrame:
    """Return data issues as the frame `issues`; blanks are missing."""
    filled = [{k: v for k, v in row.items() if v not in ("", None)} for row in rows]
    return schema.frame_of("issues", filled)
