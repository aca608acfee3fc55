"""One column changed in the schema: form, reader, checks and dictionary follow by themselves.

The package is copied, one declaration of the copy is changed, and the copy is run as it stands.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_runs import REPOSITORY, SAMPLE

import reviewlib
from reviewlib import forms
from reviewlib.intake import open_office

DECLARED = 'Column("due_on", "应划转日期", "Due", Kind.DATE),'
CHANGED = '''Column("due_on", "划转时限", "Time limit", Kind.DATE),
        Column("urgent_count", "加急事项", "Urgent cases", Kind.COUNT, required=True, unit="件",
               help_zh="指区领导批示的", help_en="Asked for by the leaders"),'''
"""A heading is renamed, and a column added beside it."""

SCRIPT = """
import json, sys
from pathlib import Path
from openpyxl import load_workbook
from reviewlib import forms, schema
from reviewlib.intake import open_office
from reviewlib.ledger import open_review
from reviewlib.schema.dictionary import data_dictionary

folder = Path(sys.argv[1])
settings, rubric, departments = open_office(folder)
department = departments.iloc[0]
duty = {"dept_code": department["dept_code"], "matter": "某项职责", "reported_by": "losing",
        "from_dept": department["dept_code"], "to_dept": departments["dept_code"].iloc[1],
        "status": "pending_city", "due_on": "2025-03-31"}
duties = schema.frame_of("duty_transfers", [
    duty | {"matter_id": f"DT-0{number}", "urgent_count": count}
    for number, count in enumerate((7, 2, None))
])
path = forms.write_return(folder / "returns" / "new.xlsx", settings, rubric, department,
                          departments, {"duty_transfers": duties})
book = load_workbook(path)
sheet = book["03 职责划转"]
headings = {cell.value: cell.column_letter for cell in sheet[4] if cell.value}
letter = headings["加急事项（件）"]
rules = [rule.type for rule in sheet.data_validations.dataValidation
         if f"{letter}5" in rule.sqref]
sheet[f"{letter}6"] = "若干"
book.save(path)
review = open_review(folder)
found = review.duty_transfers
own = review.issues[review.issues["file"] == "returns/new.xlsx"]
own = own[own["column"] == "urgent_count"]
print(json.dumps({
    "headings": list(headings), "letter": letter, "rules": rules,
    "read": [None if value != value else value for value in
             found["urgent_count"].astype(object).where(found["urgent_count"].notna(), None)],
    "due": found["due_on"].dt.strftime("%Y-%m-%d").tolist(),
    "issues": own[["code", "cell", "severity"]].to_numpy().tolist(),
    "old_form": review.issues.loc[review.issues["file"] == "returns/old.xlsx", "code"].tolist(),
    "dictionary": data_dictionary(),
}))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory) -> dict:
    """What a copy of the package with the changed declaration makes, reads and says."""
    root = tmp_path_factory.mktemp("changed")
    copy = shutil.copytree(
        Path(reviewlib.__file__).parent, root / "reviewlib",
        ignore=shutil.ignore_patterns("fonts", "_sample"),
    )  # fmt: skip
    declarations = copy / "schema" / "returns.py"
    before = declarations.read_text(encoding="utf-8")
    assert before.count(DECLARED) == 1
    declarations.write_text(before.replace(DECLARED, CHANGED), encoding="utf-8")
    folder = root / "review"
    folder.mkdir()
    for name in ("review.toml", "rubric.toml", "departments.xlsx"):
        shutil.copy(SAMPLE / name, folder)
    settings, rubric, departments = open_office(folder)
    forms.write_return(
        folder / "returns" / "old.xlsx", settings, rubric, departments.iloc[1], departments
    )
    child = subprocess.run(
        [sys.executable, "-c", SCRIPT, folder], cwd=root, capture_output=True, timeout=120,
        env=os.environ | {"PYTHONPATH": str(root), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert child.returncode == 0, child.stderr.decode()
    return json.loads(child.stdout)


def test_the_form_follows(seen):
    """The new column stands where it is declared, takes whole numbers only; the heading is new."""
    place = seen["headings"].index("划转时限")
    assert seen["headings"][place + 1] == "加急事项（件）"
    assert "应划转日期" not in seen["headings"]
    assert seen["rules"] == ["whole"]


def test_the_reader_follows(seen):
    """Values come back under the new heading, in the new column of the frame."""
    assert seen["read"] == [7, None, None]
    assert set(seen["due"]) == {"2025-03-31"}


def test_the_checks_follow(seen):
    """A word where a number is asked for, and a blank where one must be, are found at the cell."""
    letter = seen["letter"]
    assert sorted(seen["issues"]) == [
        ["cell.required", f"{letter}7", "warn"],
        ["cell.type", f"{letter}6", "error"],
    ]


def test_a_form_of_before_is_known_as_such(seen):
    """A return on the form of yesterday is read, and said to be of an earlier version."""
    assert "file.stale-version" in seen["old_form"]
    assert "label.missing" in seen["old_form"]


def test_the_dictionary_follows(seen):
    """The page tells heading, name, kind and hint of the new column, and the new heading."""
    page = seen["dictionary"]
    assert ("| 加急事项（件） | Urgent cases | `urgent_count` | whole number | yes "
            "| 指区领导批示的 Asked for by the leaders |") in page  # fmt: skip
    assert "| 划转时限 | Time limit | `due_on` | date |" in page


def test_nothing_else_spells_the_heading():
    """Outside the schema no code spells the heading: a change there is a change everywhere."""
    others = [
        path for path in (REPOSITORY / "reviewlib").rglob("*.py") if path.parent.name != "schema"
    ]
    assert others
    assert [path.name for path in others if "应划转日期" in path.read_text(encoding="utf-8")] == []
