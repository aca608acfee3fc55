"""The workbook of proposals (台账建议稿): what people merge, word and decide, beside the ledger.

Its first columns are those of the problem ledger, in words, to be copied there once they are
agreed; the others say what each proposal rests on. No merge reads this workbook.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reviewlib.forms.book import new_form, save_form
from reviewlib.forms.records import rows_of
from reviewlib.forms.sheets import add_list
from reviewlib.review import Review
from reviewlib.schema import Column, Kind, Table
from reviewlib.schema import vocabularies as v
from reviewlib.schema.ledger import PROBLEMS

PROPOSALS_FILE = "ledger-proposals.xlsx"

PROPOSALS = Table(
    "proposals", "台账建议稿", "Proposals for the ledger", "proposals", "建议稿", "one lead",
    (
        Column("proposal_id", "线索编号", "Lead", Kind.CODE),
        *(PROBLEMS[name] for name in ("category", "title", "description", "sources", "nature",
                                      "resolution_level", "owner")),
        Column("lead_source", "线索来源", "Source of the lead", Kind.CHOICE,
               vocabulary=v.PROPOSAL_SOURCE, width=18),
        Column("dept_codes", "涉及部门", "Departments", Kind.DEPARTMENTS, width=24),
        Column("sharing_depts", "同主题部门", "On the same theme", Kind.DEPARTMENTS, width=30),
        Column("sharing_count", "同主题部门数", "How many", Kind.COUNT),
        Column("theme_zh", "主题", "Theme", width=20),
        Column("words", "归类依据的词", "Words that decided", width=24),
        Column("stated_category", "填报人所选类别", "Category as stated", Kind.CHOICE,
               vocabulary=v.CATEGORY),
        Column("reference", "编号", "Reference"),
        Column("alike", "相近线索（相近度）", "Alike leads", width=24),
        Column("alike_problems", "相近问题（相近度）", "Alike problems", width=20),
        Column("places", "出处（文件 工作表!单元格）", "Where it stands", width=60),
        Column("verdict", "处理意见", "What to do with it", width=24,
               help_zh="并入、新增、不列入……由人填写", help_en="Merge, add, leave out: for people"),
    ),
    key=("proposal_id",),
)  # fmt: skip
"""The sheet of proposals; the last column is for people."""


def write_proposals(path: str | Path, proposals: pd.DataFrame, review: Review) -> Path:
    """Write proposals as a workbook: lists in words, departments by name.

    Parameters
    ----------
    path : path
    proposals : DataFrame
        As `draft` returns them.
    review : Review
        Whose departments and settings they are.
    """
    departments = review.departments
    form = new_form("proposals", review.settings, departments, "供讨论，未经审定", {})
    rows = proposals.assign(words=_spread(proposals["words"]), places=_lines(proposals["places"]))
    add_list(form, PROPOSALS, rows_of({"proposals": rows}, PROPOSALS), spare=0)
    return save_form(form, path)


def _spread(joined: pd.Series) -> pd.Series:
    return joined.str.replace(";", "、")


def _lines(joined: pd.Series) -> pd.Series:
    """Put each place on a line of its own."""
    return joined.str.replace(";", "\n")
