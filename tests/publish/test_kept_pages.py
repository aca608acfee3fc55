"""A page is taken over where every question it rests on has the same answer; else it is made."""

import json
import shutil

import openpyxl
import pandas as pd
import pytest
from command_runs import call

import reviewlib as rl
from reviewlib.fingerprints import sha256
from reviewlib.publish.kept_pages import (
    Earlier,
    earlier_pages,
    is_told_by_show,
    keep_grounds,
    still_stands,
)
from reviewlib.publish.notebooks import notebooks_folder
from reviewlib.publish.orders import Made
from reviewlib.publish.plan import KINDS, Report
from reviewlib.publish.shelf import Shelf
from reviewlib.review.grounds import Ground, Question, fingerprint_of

ONLY = "group,department,data_quality"


@pytest.fixture(scope="module")
def corrected(small_folder, tmp_path_factory):
    """Publish the small review, correct one return, publish again there and in a fresh place."""
    place = tmp_path_factory.mktemp("corrected")
    folder = shutil.copytree(small_folder, place / "seaside")
    (place / "fresh").mkdir()
    runs = [call("run", folder, "--only", ONLY, cwd=place)]
    _correct(sorted((folder / "returns").glob("*.xlsx"))[4])
    runs.append(call("run", folder, "--only", ONLY, cwd=place))
    runs.append(call("run", folder, "--only", ONLY, cwd=place / "fresh"))
    return place, runs


def _correct(path):
    """Change the first number of posts, as a corrected return would."""
    book = openpyxl.load_workbook(path)
    sheet = next(sheet for sheet in book.worksheets if "编制" in sheet.title)
    cell = next(cell for row in sheet.iter_rows() for cell in row
                if type(cell.value) is int and cell.value > 3)  # fmt: skip
    cell.value += 1
    book.save(path)


def test_only_what_depends_on_the_corrected_return_is_made_again(corrected):
    """Eleven of twelve departments and all groups but one rest on other returns."""
    place, runs = corrected
    log = place / "reports" / ".sets" / "seaside" / "run.log"
    told = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    made = {line["report"] for line in told if "report" in line and not line["kept"]}
    kept = {line["report"] for line in told if "report" in line and line["kept"]}

    code = sorted(path.stem for path in (place / "seaside" / "returns").glob("*.xlsx"))[4].lower()
    roster = rl.load_review(place / "reports" / "seaside" / "snapshot").departments
    group = roster.loc[roster["dept_code"] == code.upper(), "group_id"].iloc[0].lower()
    assert made == {f"department-{code}.html", f"group-{group}.html", "data-quality.html"}
    assert len(kept) == len(roster) - 1 + 3
    assert f"沿用 {len(kept)} 页" in runs[1].stdout


def test_what_is_taken_over_is_what_would_have_been_made(corrected):
    """To the byte: pages, data files and manifest are those of a run that knew nothing before."""
    place, runs = corrected
    here, fresh = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*")
         if path.is_file()}
        for folder in (place / "reports" / "seaside", place / "fresh" / "reports" / "seaside")
    )  # fmt: skip

    assert [run.status for run in runs] == [runs[0].status] * 3
    assert len(fresh) > 60
    assert [str(name) for name in fresh if fresh[name] != here.get(name)] == []
    assert sorted(here) == sorted(fresh)


GROUNDS = (
    Ground(Question("frame", "departments"), ""),
    Ground(Question("finding", "coverage", (("department", "DP01"),)), ""),
    Ground(Question("whole", "reviewlib.findings.received._coverage"), ""),
    Ground(Question("score", "totals"), ""),
)
"""One question of every kind."""


@pytest.fixture(scope="module")
def review(small_folder):
    """Return the small review as it is read."""
    return rl.open_review(small_folder)


def _earlier(folder, review) -> Earlier:
    """Return a page that rests on every kind of question, as answered by a review."""
    page = folder / "page.html"
    page.write_text("as it was", encoding="utf-8")
    answers = (review.departments, rl.find.coverage(review, department="DP01"),
               rl.find.coverage(review), rl.score(review).totals)  # fmt: skip
    grounds = tuple(
        Ground(ground.question, fingerprint_of(answer))
        for ground, answer in zip(GROUNDS, answers, strict=True)
    )
    return Earlier(page, sha256(page), grounds)


def test_the_same_answers_let_a_page_stand(tmp_path, review):
    """Another review object with the same rows answers alike."""
    assert still_stands(_earlier(tmp_path, review), review.with_frames())


@pytest.mark.parametrize(
    ("what", "changed"),
    [
        ("a department renamed", {"short_name": "甲新局"}),
        ("a department in another group", {"group_id": "E2"}),
        ("a department in another place", {"protocol_order": 9}),
    ],
)
def test_one_other_answer_and_it_does_not(tmp_path, review, what, changed):
    """Whatever a page asked for is compared whole."""
    roster = review.departments
    for name, value in changed.items():
        roster = roster.assign(**{
            name: roster[name].where(roster["dept_code"] != "DP01", value)
        })  # fmt: skip
    earlier = _earlier(tmp_path, review)

    assert not still_stands(earlier, review.with_frames(departments=roster)), what


def test_a_page_that_somebody_changed_does_not_stand(tmp_path, review):
    """Its bytes are those that were published, or it is made again."""
    earlier = _earlier(tmp_path, review)
    earlier.page.write_text("as it was not", encoding="utf-8")

    assert not still_stands(earlier, review)


@pytest.mark.parametrize(
    "question",
    [
        Question("finding", "__import__"), Question("whole", "os.system"), Question("secret", "x"),
        Question("finding", "coverage", (("nobody", "asks"),)), Question("frame", "nowhere"),
    ],
    ids=lambda question: question.name,
)  # fmt: skip
def test_a_question_we_do_not_know_is_not_asked(tmp_path, review, question):
    """A forged record runs nothing; the page is made."""
    earlier = Earlier(tmp_path / "page.html", "", (Ground(question, ""),))

    with pytest.raises((ValueError, LookupError, TypeError)):
        still_stands(earlier, review)


@pytest.fixture
def shelf(tmp_path):
    """Return a shelf with a published page and what it rests on."""
    shelf = Shelf(tmp_path, "one")
    shelf.shown.mkdir()
    shelf.home.mkdir(parents=True)
    manifest = {"outputs": {"overall.html": "abc"}}
    (shelf.shown / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    report = Report("overall", "", "zh", "总报告", "overall.html")
    keep_grounds(shelf, "software", [Made(report, grounds=GROUNDS)])
    return shelf


def test_what_pages_rest_on_comes_back_as_it_was(shelf):
    """Written beside the set, read by the next run."""
    assert earlier_pages(shelf, "software") == {
        "overall.html": Earlier(shelf.shown / "overall.html", "abc", GROUNDS)
    }


def test_what_is_kept_is_never_written_through_a_link(shelf, tmp_path):
    """Whoever can write beside the sets must not make us overwrite what lies elsewhere."""
    other = tmp_path / "other"
    other.write_text("mine", encoding="utf-8")
    for place in (shelf.grounds, shelf.grounds.with_suffix(".new")):
        place.unlink(missing_ok=True)
        place.symlink_to(other)
    keep_grounds(shelf, "software", [])

    assert other.read_text(encoding="utf-8") == "mine"
    assert not shelf.grounds.is_symlink() and json.loads(shelf.grounds.read_text("utf-8"))


def _garbled(shelf):
    shelf.grounds.write_text('{"pages": {"overall.html": [[1]]}}', encoding="utf-8")


def _gone_back(shelf):
    (shelf.shown / "manifest.json").write_text('{"outputs": {}}', encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "change", "software"),
    [
        ("other software, settings or rubric", lambda shelf: None, "other"),
        ("another set is shown", _gone_back, "software"),
        ("the record is damaged", _garbled, "software"),
        ("the record is gone", lambda shelf: shelf.grounds.unlink(), "software"),
        ("the set is gone", lambda shelf: shutil.rmtree(shelf.shown), "software"),
    ],
)
def test_nothing_is_taken_over_where_anything_else_differs(shelf, what, change, software):
    """Then every page is made, and nothing fails."""
    change(shelf)

    assert earlier_pages(shelf, software) == {}, what


@pytest.mark.parametrize("kind", KINDS)
def test_our_notebooks_only_call_show(kind):
    """So what their pages rest on is known."""
    assert is_told_by_show(notebooks_folder() / f"{kind}.ipynb")


@pytest.mark.parametrize(
    ("what", "source"),
    [
        ("reads a file", "open('/etc/hostname')"),
        ("reads a frame by pandas", "import pandas as pd"),
        ("calls a method", "review.departments.head()"),
        ("loops", "for one in review.frames: print(one)"),
        ("works out something", "1 + len(review.duties)"),
        ("hides a call", "rl.show.overall.head(open('x'), lang=lang)"),
        ("asks a finding past show", "rl.find.problems(review)"),
        ("runs a command", "!date"),
    ],
)
def test_a_notebook_that_does_more_is_made_every_time(tmp_path, what, source):
    """Nobody can know what else its page rests on."""
    cell = {"cell_type": "code", "source": [source]}
    path = tmp_path / "own.ipynb"
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")

    assert not is_told_by_show(path), what


def test_a_frame_asked_for_is_told_from_any_other():
    """Values, missing values, types, names, order and index all count."""
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None]})
    others = [
        frame.assign(a=[1, 3]), frame.assign(a=[1.0, 2.0]), frame.assign(b=["x", ""]),
        frame.assign(b=["x", "None"]), frame[["b", "a"]], frame.rename(columns={"a": "c"}),
        frame[::-1], frame[::-1].reset_index(drop=True), frame.head(1), frame.set_index("a"),
    ]  # fmt: skip
    prints = [fingerprint_of(one) for one in (frame, *others)]

    assert fingerprint_of(frame.copy()) == prints[0]
    assert len(set(prints)) == len(prints)
