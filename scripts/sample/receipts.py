"""When each return arrived (接收登记): most in time, a few late, one file sent twice."""

from __future__ import annotations

import pandas as pd

from .tables import typed

FILE_PATTERNS = ("{name}自评表.xlsx", "{name}回头看自评工作簿.xlsx", "自评工作簿（{name}）.xlsx",
                 "{name}.xlsx", "{name}自评表（盖章版）.xlsx")  # fmt: skip

FILE_NAMES = {"DP24": "区文旅局自评表.xlsx", "DP26": "区交通委自评表.xlsx",
              "DP21": "区人社局自评表（最终版）.xlsx", "DP29": "卫健委.xlsx"}  # fmt: skip

LATE = {"DP31": "2025-07-11", "DP24": "2025-07-10", "DP34": "2025-07-16", "DP15": "2025-07-11"}
"""Returns due on 9 July 2025 that came later."""

RECEIVED = ("2025-07-08", "2025-07-09", "2025-07-09", "2025-07-08", "2025-07-09")
"""Days on which the others came, in turn."""

NOT_REGISTERED = ("DP10",)
"""Returns whose arrival the office forgot to write down; their timeliness is not known."""

SENT_AGAIN = {"区水务局自评表（修改）.xlsx": "2025-07-09"}
"""A second file of a department that had sent one: the later declared date counts."""


def return_files(departments: pd.DataFrame) -> dict[str, str]:
    """Return the name of the file each department sent, by code."""
    return {
        row.dept_code: FILE_NAMES.get(
            row.dept_code, FILE_PATTERNS[turn % len(FILE_PATTERNS)].format(name=row.short_name)
        )
        for turn, row in enumerate(departments.itertuples())
    }


def receipts(departments: pd.DataFrame) -> pd.DataFrame:
    """Return one row per file received, in protocol order, files sent again last."""
    rows = [
        {"file": file, "received_on": LATE.get(code, RECEIVED[turn % len(RECEIVED)])}
        for turn, (code, file) in enumerate(return_files(departments).items())
        if code not in NOT_REGISTERED
    ]
    rows += [{"file": file, "received_on": day} for file, day in SENT_AGAIN.items()]
    return typed("receipts", rows)
