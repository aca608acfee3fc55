"""What departments and visitors saw: self-reported problems, visit findings, typical cases."""

from __future__ import annotations

import pandas as pd

from reviewlib import schema
from reviewlib.findings.addresses import SOURCE
from reviewlib.findings.selection import (
    concerning,
    in_protocol_order,
    join_codes,
    selected,
    with_mode,
)
from reviewlib.review import Review
from reviewlib.review.memory import remembered

CATEGORIES = schema.TABLES["problems"]["category"].vocabulary.codes
"""Problem categories in the order of the taxonomy."""


def self_problems(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Return the problems departments report about themselves (问题自查), protocol order.

    Returns
    -------
    DataFrame
        One row per problem: `dept_code, mode, group_id, category, description, facts, reason,
        measures_taken, is_city_needed, suggestion`, provenance.
    """
    about = selected(review, group, department)
    return concerning(_self_problems(review), about, "dept_code").reset_index(drop=True)


@remembered
def _self_problems(review: Review) -> pd.DataFrame:
    columns = ["dept_code", "category", "description", "facts", "reason", "measures_taken",
               "is_city_needed", "suggestion", *SOURCE]  # fmt: skip
    return in_protocol_order(with_mode(review.self_problems[columns], review), review)


def visit_findings(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Return what visit groups found (原始发现) and what became of it, protocol order.

    Returns
    -------
    DataFrame
        One row per finding: `dept_code, mode, group_id, finding_id, indicator_id, category, text,
        quote_ref, is_immediate, immediate_done_on, suggestion, merge_status` (unmerged where the
        ledger is silent)`, problem_ids` (joined by ";")`, declined_reason`, provenance.
    """
    about = selected(review, group, department)
    return concerning(_visit_findings(review), about, "dept_code").reset_index(drop=True)


@remembered
def _visit_findings(review: Review) -> pd.DataFrame:
    links = review.problem_findings.groupby("finding_id", as_index=False).agg(
        merge_status=("status", "first"),
        problem_ids=("problem_id", join_codes),
        declined_reason=("reason", "first"),
    )
    frame = review.findings.merge(links, on="finding_id", how="left")
    frame["merge_status"] = frame["merge_status"].fillna("unmerged")
    columns = ["dept_code", "finding_id", "indicator_id", "category", "text", "quote_ref",
               "is_immediate", "immediate_done_on", "suggestion", "merge_status", "problem_ids",
               "declined_reason", *SOURCE]  # fmt: skip
    return in_protocol_order(with_mode(frame[columns], review), review, "finding_id")


def observed(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Count self-reported problems and visit findings by category, in the taxonomy's order.

    Returns
    -------
    DataFrame
        One row per category: `category, self_count, self_dept_count, finding_count,
        finding_dept_count`. Categories nobody named are there with zeros; a row without a
        category stands under OTHER.
    """
    frame = pd.DataFrame({"category": pd.Series(CATEGORIES, dtype="str")})
    for prefix, told in (
        ("self", self_problems(review, group, department)),
        ("finding", visit_findings(review, group, department)),
    ):
        counts = told.assign(category=told["category"].fillna("OTHER")).groupby("category")
        for name, values in ((f"{prefix}_count", counts.size()),
                             (f"{prefix}_dept_count", counts["dept_code"].nunique())):  # fmt: skip
            frame[name] = frame["category"].map(values).astype("Int64").fillna(0)
    return frame


def typical_cases(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Choose one typical case (典型案例) for each category in which anything was found.

    Returns
    -------
    DataFrame
        One row per category: `category, dept_code, source` (finding or self_problem)`, text,
        reference` (finding_id; missing for a self-reported problem)`, indicator_id`, provenance.

    Notes
    -----
    The choice is a rule, so that the same data give the same case: a visit finding before a
    self-reported problem; among findings one merged into the ledger first, then one fixed on the
    spot; among self-reported problems one with facts first; then protocol order.
    """
    found = visit_findings(review, group, department)
    found = found.assign(
        source="finding", reference=found["finding_id"],
        _first=(found["merge_status"] != "merged").astype(int) * 2
        + (~found["is_immediate"].fillna(False).astype(bool)).astype(int),
    )  # fmt: skip
    told = self_problems(review, group, department)
    told = told.assign(
        source="self_problem", text=told["facts"].fillna(told["description"]),
        _first=10 + told["facts"].isna().astype(int),
    )  # fmt: skip
    columns = ["category", "dept_code", "source", "text", "reference", "indicator_id", *SOURCE]
    text = dict.fromkeys(columns, "str")
    cases = pd.concat([found, told]).reindex(columns=[*columns, "_first"]).astype(text)
    cases["category"] = cases["category"].fillna("OTHER")
    cases = cases.sort_values("_first", kind="stable").drop_duplicates("category")
    order = cases["category"].map({code: n for n, code in enumerate(CATEGORIES)})
    ranked = cases.assign(_order=order).sort_values("_order", kind="stable", ignore_index=True)
    return ranked[columns]
