"""A workbook of ours from its first sheet to its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from reviewlib.forms.lists import Lists, add_meta, template_version
from reviewlib.forms.saving import save_workbook
from reviewlib.forms.sheets import Form
from reviewlib.forms.styles import add_styles
from reviewlib.forms.words import names_of
from reviewlib.review import Settings


def new_form(
    workbook: str, settings: Settings, departments: pd.DataFrame, owner: str,
    facts: Mapping[str, str],
) -> Form:  # fmt: skip
    """Start a workbook: styles, drop-downs, `_meta`, and the line below every title.

    Parameters
    ----------
    workbook : str
        roster, return, visit, ledger, moderation.
    departments : DataFrame
        Whose names the drop-downs offer.
    owner : str
        Whose workbook it is, as the line below the titles says.
    facts : mapping
        More facts for `_meta`: dept_code or group_id.
    """
    book = Workbook()
    book.remove(book.active)
    add_styles(book)
    cutoff = settings.cutoff_on
    day = f"{cutoff.year}年{cutoff.month}月{cutoff.day}日"
    line = f"{owner}　　数据截至：{day}　　单位：见各列表头　　{settings.marking_zh}"
    meta = {
        "workbook": workbook, "template_version": template_version(workbook),
        "cycle": f"{settings.district_zh} {cutoff.isoformat()}",
    }  # fmt: skip
    form = Form(book, Lists(book), names_of(departments), line)
    add_meta(book, meta | dict(facts))
    return form


def save_form(form: Form, path: str | Path) -> Path:
    """Put the hidden sheets last and save."""
    return save_workbook(finished(form), path)


def finished(form: Form) -> Workbook:
    """Return the workbook of a form, its hidden sheets last."""
    form.lists.finish()
    visible = [sheet for sheet in form.book.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet for sheet in form.book.worksheets if sheet.sheet_state != "visible"]
    form.book._sheets = visible + hidden  # openpyxl moves sheets one at a time only
    form.book.active = 0
    return form.book
