"""A small roster to read names with."""

from __future__ import annotations

from datetime import date

import pytest

from reviewlib.intake.values import Known, Reading
from reviewlib.intake.values.departments import Alias, Resolver

NAMES = {
    "DP03": ("区委组织部", "中共示例区委组织部"),
    "DP18": ("区民政局", "示例区民政局"),
    "DP24": ("区文化和旅游局", "示例区文化和旅游局"),
    "DP26": ("区交通委", "示例区交通委员会"),
    "DP28": ("区水务局", "示例区水务局"),
    "DP29": ("区卫健委", "示例区卫生健康委员会"),
    "DP30": ("区应急局", "示例区应急管理局"),
}
ALIASES = (
    Alias("区卫计委", "DP29", "former"), Alias("区旅游局", "DP24", "former"),
    Alias("区建管委", "DP26", "former"), Alias("区建管委", "DP28", "former"),
)  # fmt: skip
INDICATORS = ("A01", "A09", "B01")


@pytest.fixture(scope="session")
def reading() -> Reading:
    """What cells are read with: the year 2019, seven departments, three indicators."""
    codes = tuple(NAMES)
    return Reading(
        date(2019, 6, 30), Resolver(NAMES, ALIASES, "示例区", "示例市"),
        known={
            "dept_code": Known(codes, "不在部门名册中", "not in the roster"),
            "visited": Known(codes[:-1], "不是实地回访部门", "not to be visited"),
            "indicator_id": Known(INDICATORS, "评分表中没有", "not in the rubric"),
            "item_id": Known(("K01",), "评分表中没有", "not in the rubric"),
        },
    )  # fmt: skip
