"""Leads (线索): what in the review may be a problem, one list per source, each with its cells.

A lead is a raw statement; it has no category, no number and no place in the ledger yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from reviewlib import schema
from reviewlib.findings import mismatches, self_problems, visit_findings
from reviewlib.findings.addresses import cell_of
from reviewlib.findings.selection import in_protocol_order, split_codes
from reviewlib.findings.vocabularies import MISMATCH_FIELD
from reviewlib.ledger.rows import text_or_blank
from reviewlib.ledger.taxonomy import Taxonomy
from reviewlib.review import Review
from reviewlib.scoring import Scores
from reviewlib.scoring.measures.relations import points_met

COORDINATION_POINTS = {
    "rules": "工作规则",
    "duty_list": "办事机构职责清单",
    "members": "成员单位分工与联络员",
    "meetings": "按规则召开会议",
    "ledger": "议定事项督办台账",
}
"""The five points of a coordination body's office, in the order of indicator B06."""


@dataclass(frozen=True)
class Lead:
    """One lead.

    Parameters
    ----------
    source : str
        Of the vocabulary `proposal_source`.
    dept_codes : tuple of str
        Departments it is about, the one that answers for it first.
    title, text : str
        In Chinese: what departments and visitors wrote, or what the figures say.
    places : tuple of str
        Cells it rests on: `returns/dp13.xlsx 09 问题自查!B5`.
    reference : str
        Finding, duty, indicator or body.
    stated_category : str
        As its author put it; empty where nobody did.
    theme : str
        Given where the source itself is a theme; otherwise the words decide.
    wording : str
        What the keywords are looked for in, where it is not title and text: figures name
        departments, and these names decide nothing.
    is_city : bool
        Its author says that the city must decide.
    """

    source: str
    dept_codes: tuple[str, ...]
    title: str
    text: str
    places: tuple[str, ...]
    reference: str = ""
    stated_category: str = ""
    theme: str = ""
    wording: str = ""
    is_city: bool = False


def leads(review: Review, scores: Scores, taxonomy: Taxonomy) -> list[Lead]:
    """Return all leads of a review, source by source, each in protocol order."""
    return [
        *_self_reported(review), *_found(review), *_mismatched(review),
        *_below_line(review, scores, taxonomy), *_heads(review), *_bodies(review),
    ]  # fmt: skip


def _self_reported(review: Review) -> Iterator[Lead]:
    frame = self_problems(review)
    cells = cell_of(review, "self_problems", frame, "description")
    for row, cell in zip(frame.to_dict("records"), cells, strict=True):
        text = "；".join(text_or_blank(row[name]) for name in ("description", "facts", "reason")
                        if text_or_blank(row[name]))  # fmt: skip
        yield Lead(
            "self", (row["dept_code"],), text_or_blank(row["description"]), text, _place(row, cell),
            stated_category=text_or_blank(row["category"]), is_city=row["is_city_needed"] is True,
        )  # fmt: skip


def _found(review: Review) -> Iterator[Lead]:
    """Visit findings nobody has merged or declined yet."""
    frame = visit_findings(review)
    frame = frame[frame["merge_status"] == "unmerged"]
    cells = cell_of(review, "findings", frame, "text")
    for row, cell in zip(frame.to_dict("records"), cells, strict=True):
        yield Lead(
            "visit", (row["dept_code"],), text_or_blank(row["text"]), text_or_blank(row["text"]),
            _place(row, cell), row["finding_id"], text_or_blank(row["category"]),
        )  # fmt: skip


def _mismatched(review: Review) -> Iterator[Lead]:
    """One lead per duty, or pair of departments, that the two sides report differently."""
    names = _names(review)
    frame = mismatches(review)
    keys = ["matter", "from_dept", "to_dept"]
    for (matter, losing, gaining), rows in frame.groupby(keys, sort=False, dropna=False):
        what = matter if isinstance(matter, str) else "人员转隶"
        sides = [code for code in (gaining, losing) if isinstance(code, str)]
        pair = "与".join(names.get(code, code) for code in sides)
        facts = "；".join(
            f"{MISMATCH_FIELD.label(row.field)}：划出方“{_told(row.losing_statement)}”，"
            f"划入方“{_told(row.gaining_statement)}”"
            for row in rows.itertuples()
        )
        yield Lead(
            "mismatch", tuple(sides), f"{what}：{pair}填报不一致", f"双方填报不一致。{facts}",
            _both_places(rows), rows["record"].iloc[0], theme="mismatch",
            wording="职责划转" if isinstance(matter, str) else "人员转隶",
        )  # fmt: skip


def _both_places(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the cells of both statements; a silent side has none."""
    return tuple(
        f"{row[f'{side}_file']} {row[f'{side}_sheet']}!{row[f'{side}_cell']}"
        for row in rows.to_dict("records")
        for side in ("losing", "gaining")
        if isinstance(row[f"{side}_cell"], str)
    )


def _below_line(review: Review, scores: Scores, taxonomy: Taxonomy) -> Iterator[Lead]:
    """One lead per indicator, with every department whose share lies below the line."""
    names, line = _names(review), _lowest_band(review)
    items = scores.items[scores.items["status"] == "scored"]
    for indicator in review.rubric.indicators:
        own = taxonomy.lines.get(indicator.id, line)
        low = items[(items["indicator_id"] == indicator.id) & (items["share"].astype(float) < own)]
        if low.empty:
            continue
        shares = "、".join(f"{names.get(row.dept_code, row.dept_code)}（{row.share * 100:.1f}%）"
                          for row in low.itertuples())  # fmt: skip
        places = tuple(place for row in low.to_dict("records")
                       for place in _place(row, row["source_cell"]))  # fmt: skip
        yield Lead(
            "indicator", tuple(low["dept_code"]), f"{indicator.zh}偏低",
            f"{indicator.id}“{indicator.zh}”低于{own * 100:g}%：{shares}", places, indicator.id,
            theme=f"indicator-{indicator.id}", wording=f"{indicator.zh} {indicator.formula_zh}",
        )  # fmt: skip


def _lowest_band(review: Review) -> float:
    """Return the share below which a total would be in the lowest band; 0 without bands."""
    edges = [band.at_least for band in review.rubric.bands if band.at_least > 0]
    return float(min(edges) / review.rubric.total.scale) if edges else 0.0


def _heads(review: Review) -> Iterator[Lead]:
    """One lead per department that lacks the head of an approved section."""
    names = _names(review)
    units = review.internal_units
    lacking = units[units["is_in_three_det"].fillna(False).astype(bool)
                    & (units["is_head_in_place"] == False).fillna(False)]  # noqa: E712  three-valued
    lacking = in_protocol_order(lacking, review)
    lacking = lacking.assign(_cell=cell_of(review, "internal_units", lacking, "is_head_in_place"))
    for code, rows in lacking.groupby("dept_code", sort=False):
        sections = "、".join(rows["unit_name"].fillna("（未填名称）"))
        places = tuple(place for row in rows.to_dict("records")
                       for place in _place(row, row["_cell"]))  # fmt: skip
        yield Lead("section_heads", (code,), f"{names.get(code, code)}科室负责人未到位",
                   f"{len(rows)}个科室负责人未到位：{sections}", places,
                   theme="section-heads", wording="科室负责人未到位")  # fmt: skip


def _bodies(review: Review) -> Iterator[Lead]:
    """One lead per coordination body whose office lacks any of the five points."""
    frame = review.coordination_bodies
    met = points_met(frame, COORDINATION_POINTS)
    for (index, row), host in zip(frame.iterrows(), _hosts(frame), strict=True):
        missing = [COORDINATION_POINTS[name] for name in met if not met.loc[index, name]]
        if not missing:
            continue
        name = text_or_blank(row["body_name"]) or text_or_blank(row["body_id"])
        yield Lead(
            "coordination", host, f"{name}办事机构运行要点不全",
            f"议事协调机构“{name}”办事机构缺{len(missing)}项：{'、'.join(missing)}",
            _place(row, row["source_cell"]), text_or_blank(row["body_id"]),
            theme="coordination-points", wording=f"议事协调机构 {'、'.join(missing)}",
        )  # fmt: skip


def _hosts(bodies: pd.DataFrame) -> list[tuple[str, ...]]:
    hosts = bodies["office_dept"].fillna(bodies["dept_code"])
    return [tuple(split_codes(host)) for host in hosts]


def _place(row, cell) -> tuple[str, ...]:
    parts = [text_or_blank(row[name]) for name in ("source_file", "source_sheet")]
    return (f"{parts[0]} {parts[1]}!{text_or_blank(cell)}",) if parts[0] else ()


def _names(review: Review) -> dict[str, str]:
    return dict(review.departments[["dept_code", "short_name"]].dropna().to_numpy())


def _told(statement) -> str:
    """Return what one side of a transfer says, in words; 未填报 where it is silent."""
    if pd.isna(statement):
        return "未填报"
    return schema.TABLES["duty_transfers"]["status"].vocabulary.label(str(statement))
