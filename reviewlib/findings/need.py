"""What posts are needed for: workload, stated pressure, secondments, duties (力量需求), unscored.

Nothing here enters a score: a department that asks for posts must not gain or lose points by it.
"""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.addresses import SOURCE, cell_of
from reviewlib.findings.posts import share_of, staffing
from reviewlib.findings.selection import in_protocol_order, roster
from reviewlib.review import Review

PRESSED = ("tight", "short")
"""Stated pressures that call for evidence."""

POSTS = ["posts_approved_count", "posts_filled_count", "posts_vacant_count", "posts_over_count",
         "seconded_in_count", "seconded_out_count", "off_estab_count"]  # fmt: skip


def need(review: Review, group: str | None = None, department: str | None = None) -> pd.DataFrame:
    """Set what a department says it needs beside the posts it has (力量需求), never scored.

    Parameters
    ----------
    review : Review
    group, department : str, optional
        Narrow to one visit group or one department.

    Returns
    -------
    DataFrame
        One row per department, protocol order: `dept_code, mode, group_id`; over all types of
        establishment `posts_approved_count, posts_filled_count, posts_vacant_count,
        posts_over_count` (each summed by itself, never netted)`, seconded_in_count,
        seconded_out_count, seconded_net_count` (in less out)`, off_estab_count`; `workload_count,
        workload_before_count` (cases this year and last)`, workload_change_share` (0.1 is ten per
        cent more)`, workload_per_post` (cases per approved post)`, workload_per_person` (per person
        in post)`; staffing_pressure, staffing_pressure_note` (as the department states them)`,
        is_pressure_evidenced` (missing where no pressure is stated)`, duties_in_count,
        duties_out_count` (matters due to come and to go)`, posts_in_count, posts_out_count` (posts
        that came and went with them)`; pressure_cell`, provenance of the workload.

    Notes
    -----
    Cases of different departments are different work: compare a department with its own last year.
    """
    frame = roster(review, group, department)[["dept_code", "mode", "group_id"]]
    for part in (_posts(review), _workload(review), _pressure(review), _duties(review)):
        frame = frame.merge(part, on="dept_code", how="left")
    work, before = frame["workload_count"], frame["workload_before_count"]
    frame = frame.assign(
        seconded_net_count=frame["seconded_in_count"] - frame["seconded_out_count"],
        workload_change_share=share_of(work, before) - 1,
        workload_per_post=share_of(work, frame["posts_approved_count"]),
        workload_per_person=share_of(work, frame["posts_filled_count"]),
    )
    moved = ["duties_in_count", "duties_out_count", "posts_in_count", "posts_out_count"]
    frame = frame.assign(**{name: frame[name].fillna(0) for name in moved})
    columns = [
        "dept_code", "mode", "group_id", *POSTS[:-1], "seconded_net_count", POSTS[-1],
        "workload_count", "workload_before_count", "workload_change_share", "workload_per_post",
        "workload_per_person", "staffing_pressure", "staffing_pressure_note",
        "is_pressure_evidenced", *moved, "pressure_cell", *SOURCE,
    ]  # fmt: skip
    return in_protocol_order(frame[columns], review)


def _posts(review: Review) -> pd.DataFrame:
    """Sum the columns of `staffing` one by one; a number not reported leaves its sum unknown."""
    return staffing(review).groupby("dept_code", as_index=False)[POSTS].agg(
        lambda numbers: numbers.sum(skipna=False)
    )


def _workload(review: Review) -> pd.DataFrame:
    rows = review.other_counts[review.other_counts["count_item"] == "workload"]
    names = {"num": "workload_count", "den": "workload_before_count"}
    return rows[["dept_code", *names, *SOURCE]].rename(columns=names).drop_duplicates("dept_code")


def _pressure(review: Review) -> pd.DataFrame:
    rows = review.profiles.drop_duplicates("dept_code")
    is_pressed = rows["staffing_pressure"].isin(PRESSED)
    is_evidenced = rows["staffing_pressure_note"].notna().astype("boolean").where(is_pressed)
    told = rows.assign(
        is_pressure_evidenced=is_evidenced,
        pressure_cell=cell_of(review, "profiles", rows, "staffing_pressure"),
    )
    return told[["dept_code", "staffing_pressure", "staffing_pressure_note",
                 "is_pressure_evidenced", "pressure_cell"]]  # fmt: skip


def _duties(review: Review) -> pd.DataFrame:
    """Count what each side itself reports to come and to go."""
    reports = review.duty_transfers
    counted = []
    for side, way in (("gaining", "in"), ("losing", "out")):
        own = reports[reports["reported_by"] == side].groupby("dept_code")
        counted.append(own["matter_id"].nunique().astype("Int64").rename(f"duties_{way}_count"))
        counted.append(own["posts_done_count"].sum().rename(f"posts_{way}_count"))
    return pd.concat(counted, axis=1).rename_axis("dept_code").reset_index()
