"""Codes, rules and checks fit together, and their sentences can be said."""

from __future__ import annotations

import re

import pytest

from reviewlib.schema import CHECKS, TABLES
from reviewlib.schema.check_model import CROSS_DEPARTMENT, CROSS_SHEET, ROW, TABLE
from reviewlib.schema.codes import CODES, SEVERITIES
from reviewlib.schema.rules import RULES

CHINESE = re.compile("[\u4e00-\u9fff]")
PREFIXES = ("file", "sheet", "label", "row", "cell", "run")


@pytest.mark.parametrize("code", CODES.values(), ids=list(CODES))
def test_a_code_has_prefix_severity_and_words_in_both_languages(code):
    """Each code can be said in Chinese and in English, with what to do about it."""
    prefix, _, name = code.code.partition(".")

    assert prefix in PREFIXES
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert code.severity in SEVERITIES
    assert (CHINESE.search(code.zh) or "{detail}" in code.zh) and CHINESE.search(code.fix_zh)
    assert code.en and not CHINESE.search(code.en.replace("无此类情形", ""))
    assert "{detail}" not in code.en  # the particulars in Chinese
    assert code.fix_en


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_raises_a_declared_code_or_none(rule):
    """A rule of reading is silent, or raises a code of the list with a known severity."""
    assert (rule.code in CODES and rule.grade in SEVERITIES) if rule.code else rule.grade == ""


@pytest.mark.parametrize("check", CHECKS.values(), ids=list(CHECKS))
def test_a_check_points_at_a_column_of_its_table(check):
    """Each check names known tables, a column of the first, a scope, a code and a severity."""
    assert set(check.tables) <= set(TABLES)
    assert check.column in (*TABLES[check.tables[0]].names, "dept_code")
    assert check.scope in (ROW, TABLE, CROSS_SHEET, CROSS_DEPARTMENT)
    assert check.code in CODES and check.severity in SEVERITIES


def test_ids_of_rules_and_checks_do_not_collide():
    """Both stand in the same column of the record of data issues."""
    assert not set(RULES) & set(CHECKS)
