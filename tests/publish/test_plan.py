"""The list of pages to be made follows from the review alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from review_by_hand import DEPARTMENTS, make_review

import reviewlib.findings as find
from reviewlib import schema
from reviewlib.errors import ConfigError, UsageError
from reviewlib.forms.words import names_of
from reviewlib.ledger.lineage import lineage
from reviewlib.publish.plan import plan_reports, read_only
from reviewlib.review import Review, empty_frames, read_settings
from reviewlib.review.settings import Group
from reviewlib.rubric import load_rubric
from reviewlib.scoring import score
from reviewlib.show.words import Names

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture
def review():
    """Return a review of two groups and two departments, the roster not in protocol order."""
    settings = read_settings(SAMPLE).model_copy(
        update={"groups": {"GA": Group(zh="甲组", en="Group A"), "GB": Group(zh="乙组", en="B")}}
    )
    roster = [
        {"dept_code": "X7", "short_name": "档案局", "protocol_order": 2},
        {"dept_code": "X9", "short_name": "水务局", "name_en": "Water", "protocol_order": 1},
    ]
    frames = empty_frames() | {"departments": schema.frame_of("departments", roster)}
    return Review("small", settings, load_rubric(SAMPLE / "rubric.toml"), frames, {})


def test_every_page_in_the_order_of_the_index(review):
    """Groups in the order of review.toml, departments in protocol order, titles as people know."""
    planned = [(report.href, report.title) for report in plan_reports(review, ("zh",))]

    assert planned == [
        ("overall.html", "总报告"),
        ("tracker.html", "整改跟踪"),
        ("group-ga.html", "甲组"),
        ("group-gb.html", "乙组"),
        ("department-x9.html", "水务局"),
        ("department-x7.html", "档案局"),
        ("data-quality.html", "数据质量"),
        ("method.html", "评分方法"),
    ]


def test_departments_of_one_number_stand_by_their_code_everywhere():
    """Pages, tables, scores, forms and names agree, however the roster lists the two."""
    listed = [dict(row, protocol_order=min(row["protocol_order"], 3)) for row in DEPARTMENTS]
    rubric = load_rubric(SAMPLE / "rubric.toml")
    review = replace(make_review(departments=listed[::-1]), rubric=rubric)

    orders = [
        [report.code for report in plan_reports(review, ("zh",), read_only(["department"]))],
        find.coverage(review)["dept_code"].tolist(),
        find.issue_counts(review)["dept_code"].tolist(),
        score(review).totals["dept_code"].tolist(), [*names_of(review.departments)],
        Names(review.departments).in_order(review.departments["dept_code"]),
        lineage(review, review)["new_code"].tolist(),
    ]  # fmt: skip
    assert orders == [["DP01", "DP02", "DP03", "DP04"]] * len(orders)


def test_english_pages_sit_under_en(review):
    """An English page has its own folder; a department without an English name keeps its own."""
    planned = plan_reports(review, ("en",), read_only(["department"]))

    assert [(one.href, one.title) for one in planned] == [
        ("en/department-x9.html", "Water"),
        ("en/department-x7.html", "档案局"),
    ]


def test_what_a_notebook_is_given(review):
    """The snapshot, the language, and the one unit the page is about."""
    (report,) = plan_reports(review, ("zh",), read_only(["group:GB"]))

    assert report.notebook == "group.ipynb"
    assert report.parameters("there") == {"snapshot": "there", "lang": "zh", "group": "GB"}


@pytest.mark.parametrize("name", ["data-quality", "data_quality", " data_quality "])
def test_a_kind_may_be_written_as_its_file_is(name, review):
    """Both spellings of a kind are read."""
    planned = plan_reports(review, ("zh",), read_only([name]))

    assert [one.href for one in planned] == ["data-quality.html"]


@pytest.mark.parametrize(
    ("case", "entry"),
    [
        ("a kind there is none of", "summary"),
        ("one page of a kind that has only one", "overall:G1"),
    ],
)
def test_an_unknown_kind_is_refused_with_those_there_are(case, entry):
    """The message lists what may stand there."""
    with pytest.raises(UsageError, match="overall、tracker、group、department、data_quality"):
        read_only([entry])


def test_a_unit_the_review_does_not_have_is_refused(review):
    """A misspelt group is no empty run."""
    with pytest.raises(UsageError, match="group:G9"):
        plan_reports(review, ("zh",), read_only(["group:G9"]))


def test_two_codes_may_not_share_a_file(review):
    """Codes that differ only in what a file name cannot hold would overwrite each other."""
    roster = [
        {"dept_code": "X/1", "short_name": "甲", "protocol_order": 1},
        {"dept_code": "X 1", "short_name": "乙", "protocol_order": 2},
    ]
    clash = review.with_frames(departments=schema.frame_of("departments", roster))

    with pytest.raises(ConfigError, match=r"department-x-1\.html"):
        plan_reports(clash, ("zh",))
