"""Names of departments: which rule finds them, and what is said of those it does not find."""

from __future__ import annotations

from datetime import date

import pytest

from reviewlib.intake.values import parse
from reviewlib.intake.values.departments import Alias, Match, Resolver, is_subsequence
from reviewlib.intake.workbook import Cell
from reviewlib.schema import TABLES

NAMES = {
    "DP01": ("区委办公室", "中共示例区委办公室"),
    "DP08": ("区委编办", "中共示例区委机构编制委员会办公室"),
    "DP24": ("区文旅局", "示例区文化和旅游局"),
    "DP26": ("区交通委", "示例区交通委员会"),
    "DP31": ("区市场监管局", "示例区市场监督管理局"),
    "DP32": ("区商务委", "示例区商务委员会"),
    "DP33": ("区退役军人局", "示例区退役军人事务局"),
    "DP34": ("区城管执法局", "示例区城市管理行政执法局"),
}
HALVES = (
    Alias("区建管委", "DP26", "former", None, date(2018, 12, 31)),
    Alias("区建管委", "DP32", "former", date(2019, 1, 1), None),
    Alias("文广旅", "DP24", "spoken"),
)
FOUND = [
    # what, name, code, rule, candidates
    ("code", "DP24", "DP24", "as-is", ()),
    ("code and name, as a list offers it", "dp24 区文旅局", "DP24", "dept-name", ()),
    ("short name", "区文旅局", "DP24", "as-is", ()),
    ("full name with the city in front", "示例市示例区文化和旅游局", "DP24", "dept-name", ()),
    ("spaces and quotes", " “区 文旅局” ", "DP24", "dept-name", ()),
    ("an alias", "文广旅", "DP24", "dept-alias", ()),
    ("characters in order", "文化旅游局", "DP24", "dept-subsequence", ()),
    ("begins with 市 but is the district's", "市场监管局", "DP31", "dept-subsequence", ()),
    ("委 for 委员会", "交通委", "DP26", "dept-subsequence", ()),
    ("办 for 办公室, though 编办 holds it too", "区委办", "DP01", "dept-name", ()),
    ("two departments' names hold it", "委办公室", None, "dept-ambiguous", ("DP01", "DP08")),
    ("its front left out", "政府办公室", None, "dept-unknown", ()),
    ("characters of another body", "区人事局", None, "dept-unknown", ("DP33",)),
    ("characters of another, with 市", "市政局", None, "dept-city", ()),
    ("the city's", "市交通委", None, "dept-city", ()),
    ("the city's, by its name", "示例市文化和旅游局", None, "dept-city", ()),
    ("too short to tell", "商委", None, "dept-unknown", ()),
    ("near a name is not the name", "区文体局", None, "dept-unknown", ("DP24",)),
    ("nobody", "甲乙丙丁", None, "dept-unknown", ()),
    ("several at once", "相关部门", None, "dept-collective", ()),
]


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(NAMES, HALVES, "示例区", "示例市")


@pytest.mark.parametrize(("what", "name", "code", "rule", "near"), FOUND, ids=[c[0] for c in FOUND])
def test_which_rule_finds_a_name(resolver, what, name, code, rule, near):
    """Exact before alias before the ordered-subsequence test; likeness only suggests."""
    found = resolver.resolve(name)

    assert (found.code, found.rule) == (code, rule)
    assert set(near) <= set(found.candidates)


@pytest.mark.parametrize(
    ("what", "on", "expected"),
    [
        ("while the one held it", date(2018, 6, 1), Match("DP26", "dept-former-dated")),
        ("when the other held it", date(2019, 6, 1), Match("DP32", "dept-former-dated")),
        ("no date, nobody can tell", None, Match(None, "dept-former-many", ("DP26", "DP32"))),
    ],
)
def test_an_old_name_is_told_by_its_dates(resolver, what, on, expected):
    """One old name with two successors is read where the dates leave one."""
    assert resolver.resolve("区建管委", on) == expected


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("区文旅局", "区文化和旅游局", True),
        ("区旅文局", "区文化和旅游局", False),
        ("区交通委", "区交通委员会", True),
        ("区交通局", "区交通委员会", False),
        ("市交通委", "区交通委员会", False),
        ("政法委", "区委政法委员会", True),
        ("区府办", "区政府办公室", True),
        ("机关党委", "区级机关工作党委", True),
        ("区党委", "区级机关工作党委", False),
        ("", "区交通委员会", False),
    ],
)
def test_the_ordered_subsequence_test(short, full, expected):
    """Every character, in order, and the same start and ending."""
    assert is_subsequence(short, full) is expected


def test_both_marks_of_a_number_are_kept(reading):
    """About twelve, two of them seconded: one value, two things to confirm."""
    parsed = parse(Cell(1, 1, "约12人（含借调2）"), TABLES["staffing"]["posts_filled_count"],
                   reading)

    assert (parsed.value, parsed.rules) == (12, ("side-note", "approximate"))
