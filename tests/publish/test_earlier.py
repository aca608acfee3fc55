"""A file is taken over where all it rests on is the same; else it is made."""

import json
import os
import shutil

import openpyxl
import pandas as pd
import pytest
from command_runs import call

import reviewlib as rl
from reviewlib.fingerprints import sha256
from reviewlib.publish.earlier import (
    Basis,
    Earlier,
    basis_of,
    earlier_files,
    keep_grounds,
    still_stands,
    take_over,
)
from reviewlib.publish.notebooks import is_told_by_show, notebooks_folder
from reviewlib.publish.orders import Known
from reviewlib.publish.plan import KINDS
from reviewlib.publish.shelf import Shelf
from reviewlib.review import save_review
from reviewlib.review.grounds import Answer, Grounds, Question, fingerprint_of

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


QUESTIONS = (
    Question("finding", "coverage", (("department", "DP01"),)),
    Question("whole", "reviewlib.findings.received._coverage"),
)
"""One question of either kind."""


@pytest.fixture(scope="module")
def review(small_folder):
    """Return the small review as it is read."""
    return rl.open_review(small_folder)


def _earlier(folder, review, unchanged=("score totals",)) -> Earlier:
    """Return a page that rests on scores and on both kinds of question, as a review answers."""
    page = folder / "page.html"
    page.write_text("as it was", encoding="utf-8")
    given = (rl.find.coverage(review, department="DP01"), rl.find.coverage(review))
    answers = tuple(
        Answer(question, fingerprint_of(one), ("frame departments",))
        for question, one in zip(QUESTIONS, given, strict=True)
    )
    return Earlier(page, sha256(page), Grounds(("score totals",), answers), frozenset(unchanged))


def test_the_same_answers_let_a_page_stand(tmp_path, review):
    """Another review object with the same rows answers alike."""
    assert still_stands(_earlier(tmp_path, review), review.with_frames())


def _renamed(review, **changed):
    """Return a review in which one department is another."""
    roster = review.departments
    for name, value in changed.items():
        roster = roster.assign(**{
            name: roster[name].where(roster["dept_code"] != "DP01", value)
        })  # fmt: skip
    return review.with_frames(departments=roster)


@pytest.mark.parametrize(
    ("what", "changed"),
    [
        ("a department that is visited", {"mode": "visit"}),
        ("a department in another group", {"group_id": "E2"}),
        ("a department in another place", {"protocol_order": 9}),
    ],
)
def test_one_other_answer_and_it_does_not(tmp_path, review, what, changed):
    """Whatever a page asked for is compared whole."""
    assert not still_stands(_earlier(tmp_path, review), _renamed(review, **changed)), what


def test_what_was_looked_at_and_is_not_the_same_is_not_asked_about(tmp_path, review):
    """A page that showed the scores themselves is made again when they differ."""
    assert not still_stands(_earlier(tmp_path, review, unchanged=()), review)


def test_a_question_is_not_asked_where_all_it_looks_at_is_the_same(tmp_path, review):
    """The frames were compared already; nothing is worked out twice."""
    earlier = _earlier(tmp_path, review, unchanged=("score totals", "frame departments"))

    assert still_stands(earlier, _renamed(review, short_name="甲新局"))


def test_a_page_that_somebody_changed_does_not_stand(tmp_path, review):
    """Its bytes are those that were published, or it is made again."""
    earlier = _earlier(tmp_path, review)
    earlier.path.write_text("as it was not", encoding="utf-8")

    assert not still_stands(earlier, review)


def test_what_stands_is_copied_and_what_does_not_is_left_to_be_made(tmp_path, review):
    """Also where there is nothing earlier, or it has gone."""
    earlier, there = _earlier(tmp_path, review), tmp_path / "there.html"

    assert not take_over(None, there, review)
    assert not take_over(earlier, there, _renamed(review, group_id="E2"))
    assert not there.exists()
    assert take_over(earlier, there, review)
    assert there.read_text(encoding="utf-8") == "as it was"
    _piped(earlier.path)
    assert not take_over(earlier, there, review)
    earlier.path.unlink()
    assert not take_over(earlier, there, review)


@pytest.mark.parametrize(
    "question",
    [
        Question("finding", "__import__"), Question("whole", "os.system"), Question("secret", "x"),
        Question("finding", "coverage", (("nobody", "asks"),)), Question("frame", "departments"),
    ],
    ids=lambda question: question.name,
)  # fmt: skip
def test_a_question_we_do_not_know_is_not_asked(tmp_path, review, question):
    """A forged record runs nothing; the page is made."""
    earlier = Earlier(tmp_path / "page.html", "", Grounds((), (Answer(question, "", ("?",)),)))

    with pytest.raises((ValueError, LookupError, TypeError)):
        still_stands(earlier, review)


BASIS = Basis("software", {"frame departments": "1", "score totals": "2"})
GROUNDS = Grounds(("score totals",), tuple(Answer(one, "f", ("frame tasks",)) for one in QUESTIONS))


@pytest.fixture
def shelf(tmp_path):
    """Return a shelf with a published page and what it rests on."""
    shelf = Shelf(tmp_path, "one")
    shelf.shown.mkdir()
    shelf.home.mkdir(parents=True)
    manifest = {"outputs": {"overall.html": "abc"}}
    (shelf.shown / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    keep_grounds(shelf, BASIS, {"overall.html": GROUNDS})
    return shelf


def test_what_files_rest_on_comes_back_as_it_was(shelf):
    """Written beside the set, read by the next run, which knows what has not changed."""
    now = Basis("software", {"frame departments": "1", "score totals": "3", "frame tasks": "4"})

    assert earlier_files(shelf, now) == {
        "overall.html": Earlier(
            shelf.shown / "overall.html", "abc", GROUNDS, frozenset({"frame departments"})
        )
    }


def test_all_that_can_be_looked_at_has_a_print(tmp_path, review):
    """Frames as the snapshot holds them, scores, input files; one other row is another print."""
    def prints(review, name):
        snapshot = save_review(review, tmp_path / name)
        known = Known(snapshot, rl.load_review(snapshot), rl.score(review))
        return basis_of(known, {}).prints

    before = prints(review, "before")
    after = prints(_renamed(review, short_name="甲新局"), "after")

    assert {f"frame {name}" for name in review.frames} < set(before)
    assert {"score totals", "score rubric_scores", "inputs inputs"} < set(before)
    assert dict(before.items() - after.items()).keys() == {"frame departments"}


def test_what_is_kept_is_never_written_through_a_link(shelf, tmp_path):
    """Whoever can write beside the sets must not make us overwrite what lies elsewhere."""
    other = tmp_path / "other"
    other.write_text("mine", encoding="utf-8")
    for place in (shelf.grounds, shelf.home / ".grounds.json.new"):
        place.unlink(missing_ok=True)
        place.symlink_to(other)
    keep_grounds(shelf, BASIS, {})

    assert other.read_text(encoding="utf-8") == "mine"
    assert not shelf.grounds.is_symlink() and json.loads(shelf.grounds.read_text("utf-8"))


def test_an_interrupted_writer_takes_its_half_along(shelf, monkeypatch):
    """Of a kill the next run clears up; of Ctrl-C there is nothing to clear."""

    def interrupt(*_):
        raise KeyboardInterrupt

    before = sorted(shelf.home.iterdir())
    monkeypatch.setattr("os.fsync", interrupt)

    with pytest.raises(KeyboardInterrupt):
        keep_grounds(shelf, BASIS, {})
    assert sorted(shelf.home.iterdir()) == before


def _garbled(shelf):
    record = json.loads(shelf.grounds.read_text(encoding="utf-8"))
    record["files"]["overall.html"] = [[1]]
    shelf.grounds.write_text(json.dumps(record), encoding="utf-8")


def _piped(path):
    path.unlink()
    os.mkfifo(path)


def _forged(shelf):
    record = json.loads(shelf.grounds.read_text(encoding="utf-8"))
    record["files"]["overall.html"][1][0][2] = {"department": 7}
    shelf.grounds.write_text(json.dumps(record), encoding="utf-8")


def _gone_back(shelf):
    (shelf.shown / "manifest.json").write_text('{"outputs": {}}', encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "change", "software"),
    [
        ("other software, settings or rubric", lambda shelf: None, "other"),
        ("another set is shown", _gone_back, "software"),
        ("the record is damaged", _garbled, "software"),
        ("a question is given what no page gives", _forged, "software"),
        ("the record is gone", lambda shelf: shelf.grounds.unlink(), "software"),
        ("the record is a pipe", lambda shelf: _piped(shelf.grounds), "software"),
        ("the record is no object", lambda shelf: shelf.grounds.write_text("[]"), "software"),
        ("the manifest is a pipe", lambda shelf: _piped(shelf.shown / "manifest.json"), "software"),
        ("the set is gone", lambda shelf: shutil.rmtree(shelf.shown), "software"),
    ],
)
def test_nothing_is_taken_over_where_anything_else_differs(shelf, what, change, software):
    """Then every page is made, and nothing fails."""
    change(shelf)

    assert earlier_files(shelf, Basis(software, BASIS.prints)) == {}, what


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
