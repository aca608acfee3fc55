"""The workbooks we hand out (表样), written from the schema and the rubric alone."""

from reviewlib.forms.corrections import each_correction, write_corrections
from reviewlib.forms.folders import new_review, write_forms
from reviewlib.forms.office import write_ledger, write_moderation, write_roster
from reviewlib.forms.returns import write_return
from reviewlib.forms.saving import save_workbook
from reviewlib.forms.visits import write_visit

__all__ = [
    "each_correction",
    "new_review",
    "save_workbook",
    "write_corrections",
    "write_forms",
    "write_ledger",
    "write_moderation",
    "write_return",
    "write_roster",
    "write_visit",
]
