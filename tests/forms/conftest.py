"""What the tests of the forms share: three departments, the sample's settings and rubric."""

from __future__ import annotations

import pandas as pd
import pytest
from command_runs import SAMPLE
from libreoffice import Office, start_office
from openpyxl import Workbook, load_workbook

from reviewlib import forms, schema
from reviewlib.review import Settings, read_settings
from reviewlib.rubric import Rubric, load_rubric

ROSTER = (
    {"dept_code": "DP01", "short_name": "区甲局", "protocol_order": 1, "side": "government",
     "change_type": "merged", "is_three_det_reissued": True, "has_subordinates_in_plan": True,
     "has_power_list": True, "mode": "visit", "group_id": "G1"},
    {"dept_code": "DP02", "short_name": "区乙局", "protocol_order": 2, "side": "government",
     "change_type": "duties_in", "is_three_det_reissued": True, "has_subordinates_in_plan": False,
     "has_power_list": True, "mode": "visit", "group_id": "G1"},
    {"dept_code": "DP03", "short_name": "区委丙部", "protocol_order": 3, "side": "party",
     "change_type": "realigned", "is_three_det_reissued": False, "has_subordinates_in_plan": False,
     "has_power_list": False, "mode": "self"},
)  # fmt: skip


@pytest.fixture(scope="session")
def settings() -> Settings:
    return read_settings(SAMPLE)


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return load_rubric(SAMPLE / "rubric.toml")


@pytest.fixture(scope="session")
def departments() -> pd.DataFrame:
    return schema.frame_of("departments", list(ROSTER))


@pytest.fixture(scope="session")
def write(tmp_path_factory, settings, rubric, departments):
    """Return a function that writes the return of one department and opens it."""

    def written(code: str = "DP01", records=None) -> Workbook:
        path = tmp_path_factory.mktemp("return") / "return.xlsx"
        department = departments.set_index("dept_code", drop=False).loc[code]
        forms.write_return(path, settings, rubric, department, departments, records)
        return load_workbook(path)

    return written


@pytest.fixture(scope="session")
def blank(write) -> Workbook:
    """Return the blank return of a merged department."""
    return write()


@pytest.fixture(scope="session")
def office(soffice, tmp_path_factory) -> Office:
    """Return LibreOffice with a profile of its own, ready to type into forms."""
    return start_office(soffice, tmp_path_factory.mktemp("office"))
