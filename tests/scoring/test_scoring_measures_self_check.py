"""Dimension D: was the return on time, complete and consistent; what was put right on the spot."""

import pandas as pd
import pytest
from reviews_by_hand import fraction, make_review, sample_rubric, told

from reviewlib.errors import RubricError
from reviewlib.rubric import parse_rubric
from reviewlib.scoring.measures.self_check import required_cells


@pytest.mark.parametrize(
    "words, received_on, value",
    [
        ("on the day it was due", "2030-04-05", 1.0),
        ("before", "2030-03-20", 1.0),
        ("the next working day, after a weekend", "2030-04-08", 0.75),
        ("two working days late", "2030-04-09", 0.75),
        ("three working days late", "2030-04-10", 0.5),
    ],
)
def test_d01_timeliness(words, received_on, value):
    """及时性占一半：按时 1，迟 2 个工作日内 0.5，更迟 0；必填项齐全占另一半。"""
    receipts = [{"file": "甲局.xlsx", "received_on": received_on}]
    assert told("D01", receipts=receipts)["value"] == value


def test_d01_counts_working_days_only():
    """节假日不算工作日。"""
    receipts = [{"file": "甲局.xlsx", "received_on": "2030-04-10"}]
    settings = {"holidays": ["2030-04-08"]}
    assert told("D01", receipts=receipts, settings=settings)["value"] == 0.75


def test_d01_waits_where_nobody_wrote_down_the_receipt():
    """没有接收记录的，及时性待定，不按迟报计。"""
    result = told("D01")
    assert result["answer"] == "pending"
    assert result["note_zh"] == "没有接收记录，及时性待定"


def test_d01_completeness():
    """必填项每缺一格，完整率相应降低。"""
    transfer = {"matter_id": "DT-01", "matter": "事项", "from_dept": "DP02", "to_dept": "DP01",
                "reported_by": "gaining", "status": "done"}  # fmt: skip
    receipts = [{"file": "甲局.xlsx", "received_on": "2030-04-01"}]
    whole = told("D01", receipts=receipts, duty_transfers=[transfer])
    holed = told("D01", receipts=receipts, duty_transfers=[transfer | {"status": None}])
    assert whole["value"] == 1
    assert holed["value"] == pytest.approx(0.5 + 0.5 * 9 / 10)
    assert holed["note_en"] == "0 working days late, required cells 9/10"


@pytest.mark.parametrize(
    "words, frames, required, filled",
    [
        ("the cover alone has four", {}, 4, 4),
        ("a required cell left blank", {"duty_transfers": [{"matter_id": "DT-01"}]}, 10, 5),
        ("filled but not readable is filled", {
            "duty_transfers": [{"matter_id": "DT-01"}],
            "cells": [{"table": "duty_transfers", "dept_code": "DP01", "column": "status",
                       "row": 6, "raw": "差不多"}]}, 10, 6),
        ("a list neither filled nor ticked", {
            "issues": [{"code": "sheet.no-rows", "dept_code": "DP01"}]}, 5, 4),
        ("another department's list", {
            "issues": [{"code": "sheet.no-rows", "dept_code": "DP02"}]}, 4, 4),
    ],
)  # fmt: skip
def test_required_cells(words, frames, required, filled):
    """必填项按行逐格计；填了但读不懂的算已填，空表未勾选的算缺一格。"""
    counts = required_cells(make_review(**frames)).loc["DP01"]
    assert (counts["required"], counts["filled"]) == (required, filled)


@pytest.mark.parametrize(
    "words, counts, expected",
    [
        ("two of three", [{"count_item": "immediate", "num": 2, "den": 3}], (2, 3)),
        ("none listed", [{"count_item": "immediate", "num": 0, "den": 0}], (0, 0)),
    ],
)
def test_d05_immediate(words, counts, expected):
    """立行立改：已完成÷列入。"""
    assert fraction(told("D05", other_counts=counts)) == expected


CHECKED = "staff-done-within-due"


@pytest.mark.parametrize(
    "words, frames, expected",
    [
        ("nothing to check, no check applies", {}, (0, 0)),
        ("a check of a table that was filled in", {"staff_transfers": [{"due_count": 3}]}, (1, 1)),
        ("a break of the check", {
            "staff_transfers": [{"due_count": 3}],
            "issues": [{"rule": CHECKED, "dept_code": "DP01"}]}, (0, 1)),
        ("several breaks of one check count once", {
            "staff_transfers": [{"due_count": 3}],
            "issues": [{"rule": CHECKED, "dept_code": "DP01"}] * 3}, (0, 1)),
        ("a break by another department", {
            "staff_transfers": [{"due_count": 3}],
            "issues": [{"rule": CHECKED, "dept_code": "DP02"}]}, (1, 1)),
        ("a check that the rubric does not list", {
            "staff_transfers": [{"due_count": 3}],
            "issues": [{"rule": "staff-own-side", "dept_code": "DP01"}]}, (1, 1)),
    ],
)  # fmt: skip
def test_d02_checks(words, frames, expected):
    """数据一致性：只数评分表列出的校验，通过条数÷适用条数。"""
    assert fraction(told("D02", rubric=with_checks(CHECKED), **frames)) == expected


def with_checks(*checks):
    return parse_rubric(sample_rubric().model_dump() | {"consistency_checks": checks})


def test_d02_refuses_a_check_that_does_not_exist():
    """评分表列了不存在的校验，报错并说明在哪里。"""
    with pytest.raises(RubricError, match="没有校验 no-such"):
        told("D02", rubric=with_checks("no-such"))


@pytest.mark.parametrize("indicator_id", ["D01", "D02", "D05"])
def test_a_department_without_a_return_says_nothing(indicator_id):
    """没有报送的部门，这些指标没有数。"""
    row = told(indicator_id, "DP02")
    assert pd.isna(row["num"]) and pd.isna(row["value"])
