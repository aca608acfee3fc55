"""The sample review: made again it is the same, its numbers hang together, its mess is found."""

from __future__ import annotations

import csv
from zipfile import ZipFile

import pandas as pd
import pytest
from command_runs import SAMPLE
from sample import truth
from sample.build import make_sample
from sample.tables import read_table

import reviewlib as rl
from reviewlib import schema
from reviewlib.schema import Kind

MADE = ("KEY.csv", "received.csv", "departments.xlsx", "ledger.xlsx", "moderation.xlsx",
        "ledger-log.jsonl")  # fmt: skip
"""What the script makes beside the folders; the settings and the rubric are written by hand."""
TOLD = [name for name in schema.TABLES if name != "ledger_questions"]
"""Tables of the truth; no merge has left a question yet."""


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    return truth()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make the whole sample again, once."""
    folder = tmp_path_factory.mktemp("sample")
    make_sample(folder)
    return folder


@pytest.fixture(scope="module")
def review(sample_review) -> rl.Review:
    return sample_review


def _files(folder) -> list[str]:
    paths = [*folder.glob("returns/*"), *folder.glob("visits/*"), *(folder / n for n in MADE)]
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def _content(path) -> dict[str, bytes]:
    """Return what a file holds: for a workbook its parts, since packing differs between systems."""
    if path.suffix != ".xlsx":
        return {"": path.read_bytes()}
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_script_makes_the_committed_files(made):
    """`python scripts/make_sample.py` changes nothing: same files, same content."""
    assert _files(made) == _files(SAMPLE)
    changed = [name for name in _files(made) if _content(made / name) != _content(SAMPLE / name)]
    assert changed == []


@pytest.mark.parametrize(
    ("what", "query", "count"),
    [
        ("departments", "dept_code == dept_code", 34),
        ("visited", "mode == 'visit'", 25),
        ("self-assessed", "mode == 'self'", 9),
        ("first group", "group_id == 'G1'", 9),
        ("second group", "group_id == 'G2'", 8),
        ("third group", "group_id == 'G3'", 8),
        ("regulation reissued, and visited", "is_three_det_reissued and mode == 'visit'", 25),
    ],
)
def test_the_roster_is_that_of_the_design(frames, what, query, count):
    """34 departments, 25 visited in groups of 9, 8 and 8, 9 self-assessed."""
    assert len(frames["departments"].query(query)) == count


def test_every_type_of_change_is_met(frames):
    """Every value of the vocabulary stands in the roster."""
    met = set(frames["departments"]["change_type"])
    assert met == set(schema.TABLES["departments"]["change_type"].vocabulary.codes)


@pytest.mark.parametrize("name", TOLD)
def test_values_are_those_the_schema_allows(frames, name):
    """Coded values are in their vocabularies, departments in the roster, required cells filled."""
    table, frame = schema.TABLES[name], frames[name]
    known = set(frames["departments"]["dept_code"])
    for column in table.columns:
        values = frame[column.name].dropna()
        if column.kind in (Kind.CHOICE, Kind.CHOICES, Kind.LEVEL):
            allowed = set(column.vocabulary.codes)
            assert set(values.str.split(";").explode()) <= allowed, column.name
        if column.kind in (Kind.DEPARTMENT, Kind.DEPARTMENTS) or column.name == "dept_code":
            assert set(values.str.split(";").explode()) <= known, column.name
        if column.required:
            assert len(values) == len(frame), column.name
        if column.max_length:
            assert values.str.len().max() <= column.max_length or values.empty, column.name


@pytest.mark.parametrize("name", [name for name in TOLD if schema.TABLES[name].key])
def test_keys_are_unique(frames, name):
    """No record stands twice."""
    key = list(schema.TABLES[name].key)
    assert not frames[name].duplicated(key).any()


def test_both_sides_report_every_transfer_but_the_planted_silence(frames):
    """Each matter has two reports; one losing department left one out."""
    duties = frames["duty_transfers"]
    sides = duties.groupby("matter_id")["reported_by"].nunique()
    assert sides[sides != 2].index.tolist() == ["DT-12"]
    pairs = duties.pivot(index="matter_id", columns="reported_by", values="status").dropna()
    differing = pairs[pairs["gaining"] != pairs["losing"]]
    assert differing.index.tolist() == ["DT-02", "DT-08", "DT-26"]


def test_staff_move_as_the_duties_say(frames):
    """People due and moved between two departments are the sum over the matters between them."""
    duties, staff = frames["duty_transfers"], frames["staff_transfers"]
    pair = ["from_dept", "to_dept"]
    duties, staff = (frame[frame["reported_by"] == "gaining"] for frame in (duties, staff))
    expected = duties.groupby(pair)[["staff_count", "staff_done_count"]].sum()
    expected = expected[expected["staff_count"] > 0]
    found = staff.set_index(pair)[["due_count", "done_count"]].sort_index()
    assert found.to_numpy().tolist() == expected.to_numpy().tolist()
    assert (staff["done_count"] + staff["pending_count"] == staff["due_count"]).all()


@pytest.mark.parametrize(
    ("what", "of_staffing", "of_posts", "of_units"),
    [
        ("approved", "posts_approved_count", "leadership_posts_approved_count",
         "approved_staff_count"),
        ("in post", "posts_filled_count", "leadership_posts_filled_count", "actual_staff_count"),
    ],
)  # fmt: skip
def test_leaders_and_sections_add_up_to_the_establishment(
    frames, what, of_staffing, of_posts, of_units
):
    """Administrative posts = leaders of the department + people of its internal units."""
    staffing, posts = frames["staffing"], frames["leadership_posts"]
    administrative = staffing[staffing["estab_type"] == "administrative"]
    leaders = posts[posts["post_type"].str.startswith("dept_")].groupby("dept_code")[of_posts].sum()
    people = frames["internal_units"].groupby("dept_code")[of_units].sum()
    totals = administrative.set_index("dept_code")[of_staffing]
    with_sections = totals[people.index]  # one department is too small to have any
    assert with_sections.tolist() == (leaders[people.index] + people).tolist()


def test_the_ledger_is_that_of_the_taxonomy(frames):
    """Four categories, eleven problems, four strands, eleven recommendations, three decisions."""
    problems, advice = frames["problems"], frames["recommendations"]
    assert problems.groupby("category").size().to_dict() == {
        "COORD": 3, "DUTY": 3, "IMPL": 2, "STAFF": 3,
    }  # fmt: skip
    assert advice.groupby("strand").size().to_dict() == {
        "duties": 3, "establishment": 2, "functions": 3, "leadership": 3,
    }  # fmt: skip
    assert advice["decision_needed"].notna().sum() == 3
    assert set(frames["problem_recs"]["problem_id"]) == set(problems["problem_id"])
    assert set(frames["problem_recs"]["rec_id"]) == set(advice["rec_id"])
    assert set(frames["tasks"]["problem_id"]) == set(problems["problem_id"])
    assert set(frames["followups"]["task_id"]) == set(frames["tasks"]["task_id"])


def test_nothing_a_department_said_vanishes(frames):
    """Every finding has a fate and every opinion a handling."""
    assert set(frames["problem_findings"]["finding_id"]) == set(frames["findings"]["finding_id"])
    handled, given = frames["opinion_handlings"], frames["opinions"]
    assert sorted(handled["opinion_id"]) == sorted(given["opinion_id"])


def _key() -> list[dict]:
    with (SAMPLE / "KEY.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _name(row: dict) -> str:
    return f"{row['case']} {row['file']} {row['cell']}"


def test_the_key_covers_many_kinds_of_mess():
    """Mess of more than 25 of the kinds, in cells, rows, sheets and files."""
    key = _key()
    assert len(key) > 40
    assert len({row["case"] for row in key}) > 25


def _issues_at(review, row: dict) -> pd.DataFrame:
    issues = review.issues
    found = issues[issues["file"] == row["file"]]
    if row["sheet"]:
        found = found[found["sheet"] == row["sheet"]]
    return found


@pytest.mark.parametrize("row", [row for row in _key() if row["code"]], ids=_name)
def test_planted_mess_is_found_where_it_is(review, row):
    """Each flaw that needs a word is a data issue with that code, at that cell or in its row."""
    found = _issues_at(review, row)
    found = found[found["code"] == row["code"]]
    assert not found.empty
    if row["cell"] and found["cell"].notna().any():
        number = row["cell"].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        places = found["cell"].dropna().str.extract(r"(\d+)$")[0]
        assert number in set(places)


@pytest.mark.parametrize("row", [row for row in _key() if not row["code"]], ids=_name)
def test_harmless_mess_raises_nothing_grave(review, row):
    """What can be read by a rule costs no value: no error at that cell."""
    found = _issues_at(review, row)
    grave = found[found["severity"].isin(["block", "error"]) & (found["cell"] == row["cell"])]
    assert grave["message_zh"].tolist() == []


COSTLY = {
    (row["table"], row["workbook"], row["column"]) for row in read_table("mess") if row["code"]
}
"""Where a planted cell needs a word: table, department, column. All else comes through the mess."""


@pytest.mark.parametrize("name", [table.name for table in schema.tables_of("return") if table.key])
def test_the_truth_comes_through_the_mess(frames, review, name):
    """Read back, every number and code of the truth is there but for the cells of the key."""
    table = schema.TABLES[name]
    key = ["dept_code", *(column for column in table.key if column != "dept_code")]
    coded = [
        column.name
        for column in table.columns
        if column.name not in key and column.kind not in (Kind.TEXT, Kind.DATE)
    ]
    told = frames[name].set_index(key)[coded].astype(object)
    read = review.frames[name].set_index(key)[coded].reindex(told.index).astype(object)
    told, read = told.where(told.notna(), None), read.where(read.notna(), None)
    differing = {
        (name, index[0] if isinstance(index, tuple) else index, column)
        for column in coded
        for index in told.index[told[column].notna() & (told[column] != read[column])]
    }
    assert differing - COSTLY == set()
