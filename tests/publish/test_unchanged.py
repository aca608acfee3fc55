"""A review that has not changed is recognised; whatever makes a difference is not overlooked."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from notebooks_by_hand import END, HEAD, write_notebook

from reviewlib.fingerprints import contents
from reviewlib.limited import Lost
from reviewlib.publish import KINDS, run
from reviewlib.publish.published import Asked
from reviewlib.publish.shelf import Shelf
from reviewlib.publish.unchanged import recipe, standing

ASKED = {"langs": ("zh",), "only": ("method",), "as_of": None}


@pytest.fixture(scope="module")
def published(small_folder, tmp_path_factory):
    """Return a place with a review folder, notebooks and what was published of them."""
    place = tmp_path_factory.mktemp("published")
    shutil.copytree(small_folder, place / "seaside")
    (place / "notebooks").mkdir()
    for kind in KINDS:
        write_notebook(place / "notebooks", HEAD, END, name=kind)
    return place, publish(place)


def publish(place, **more):
    """Publish the method page."""
    return run(place / "seaside", place / "reports", only=("method",),
               notebooks=place / "notebooks", **more)  # fmt: skip


@pytest.fixture
def place(published, tmp_path):
    """Return a copy of that place, to be changed."""
    return shutil.copytree(published[0], tmp_path / "place", symlinks=True)


def stands(place, **changed):
    """Return what is recognised as published already."""
    asked = Asked(folder=place / "seaside", notebooks=place / "notebooks", **ASKED | changed)
    return standing(Shelf(place / "reports", "seaside"), recipe(asked).fingerprint(), asked.langs)


def test_the_same_again_is_recognised(published, place):
    """Nothing is made, and what is told is what was told before."""
    first, second = published[1], publish(place)

    assert not first.is_unchanged and second.is_unchanged
    assert second.folder == place / "reports" / "seaside" and second.index.is_file()
    assert (second.refused, second.unlogged) == (first.refused, first.unlogged)
    assert [one.report.href for one in second.made] == ["method.html"]
    assert second.is_complete == first.is_complete


def _touch_return(place):
    path = sorted((place / "seaside" / "returns").glob("*.xlsx"))[0]
    path.write_bytes(path.read_bytes() + b"\0")


def _rename_return(place):
    path = sorted((place / "seaside" / "returns").glob("*.xlsx"))[0]
    path.rename(path.with_name("again.xlsx"))


def _damage_page(place):
    (place / "reports" / "seaside" / "method.html").write_text("", encoding="utf-8")


def _lose_page(place):
    (place / "reports" / "seaside" / "method.html").unlink()


def _change_notebook(place):
    write_notebook(place / "notebooks", HEAD, "1 + 1", END, name="method")


@pytest.mark.parametrize(
    ("case", "change", "asked"),
    [
        ("a return changed", _touch_return, {}),
        ("a return was renamed", _rename_return, {}),
        ("a page was damaged", _damage_page, {}),
        ("a page was lost", _lose_page, {}),
        ("a notebook changed", _change_notebook, {}),
        ("another language", None, {"langs": ("en",)}),
        ("more pages", None, {"only": ("method", "overall")}),
        ("another day", None, {"as_of": date(2027, 1, 31)}),
    ],
)
def test_whatever_makes_a_difference_is_seen(case, change, asked, place):
    """None of it passes for the same; untouched it does."""
    assert stands(place) is not None
    if change is not None:
        change(place)

    assert stands(place, **asked) is None


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_what_lies_behind_a_linked_folder_is_seen(place):
    """Intake reads what lies there, as many offices keep returns on a shared drive."""
    shutil.move(place / "seaside" / "returns", place / "elsewhere")
    (place / "seaside" / "returns").symlink_to(place / "elsewhere")
    assert not publish(place).is_unchanged and stands(place) is not None

    path = sorted((place / "elsewhere").rglob("*.xlsx"))[0]
    path.write_bytes(path.read_bytes() + b"\0")

    assert stands(place) is None


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
@pytest.mark.parametrize(
    ("case", "lay"),
    [("a link to nothing", lambda path: path.symlink_to("nowhere")), ("a pipe", os.mkfifo)],
)
def test_what_is_no_file_is_seen(case, lay, place):
    """It would be named by a run."""
    lay(place / "seaside" / "returns" / "odd.xlsx")
    assert stands(place) is None


def test_a_name_of_caches_above_the_review_hides_nothing(published, tmp_path):
    """Only what lies below a folder can be a cache of it."""
    place = shutil.copytree(published[0], tmp_path / "__pycache__" / "place", symlinks=True)
    assert publish(place).is_unchanged
    _touch_return(place)
    assert stands(place) is None


def test_a_workbook_that_went_back_for_want_of_time_is_made_again(place, monkeypatch):
    """The process that marks it was killed; the next run is not told that nothing has changed."""
    monkeypatch.setattr("reviewlib.forms.sent_files.SentFiles.ask", _lost)
    everything = {"only": (), "notebooks": place / "notebooks"}
    run(place / "seaside", place / "reports", **everything)
    workbooks = place / "reports" / "seaside" / "corrections"
    lost = {path.name: path.read_bytes() for path in workbooks.iterdir()}
    assert lost
    monkeypatch.undo()

    again = run(place / "seaside", place / "reports", **everything)

    assert not again.is_unchanged
    assert {name for name, data in lost.items() if (workbooks / name).read_bytes() == data} == set()
    assert run(place / "seaside", place / "reports", **everything).is_unchanged


def _lost(*_):
    raise Lost


def test_a_set_with_a_failed_report_is_made_again(place):
    """What failed for want of memory yesterday may not fail today."""
    write_notebook(place / "notebooks", HEAD, "1 / 0", END, name="method")

    assert not publish(place).is_complete
    assert stands(place) is None


BROKEN = Path("/proc/self/mem")
"""A plain file by all that can be told without reading it; reading it is an I/O error."""


@pytest.mark.skipif(not BROKEN.is_file(), reason="no file whose reading fails")
def test_a_return_that_cannot_be_read_is_told_and_the_others_go_on(place):
    """A sector that is broken, a link in a circle: data issues, never the end of the run."""
    returns = place / "seaside" / "returns"
    (returns / "broken.xlsx").symlink_to(BROKEN)
    (returns / "circle.xlsx").symlink_to("circle.xlsx")

    made = publish(place)

    assert (made.withheld, made.refused) == ((), ("returns/broken.xlsx", "returns/circle.xlsx"))
    assert publish(place).is_unchanged
    (returns / "broken.xlsx").unlink()
    assert stands(place) is None


@pytest.mark.skipif(not BROKEN.is_file(), reason="no file whose reading fails")
def test_a_page_that_cannot_be_read_is_made_again(place):
    """It is not as it was published; the files a set is made of are never told by a fault."""
    page = place / "reports" / "seaside" / "method.html"
    page.unlink()
    page.symlink_to(BROKEN)

    assert stands(place) is None
    with pytest.raises(OSError, match=os.strerror(5)):
        contents(place / "reports" / "seaside")


def test_a_file_that_was_only_not_read_this_time_is_read_by_the_next_run(
    published, place, monkeypatch
):
    """Readers that do not come up cost their files, not the run; the same command again heals."""
    undisturbed = published[1]
    with monkeypatch.context() as broken:
        broken.setattr("reviewlib.limited._start_of", lambda *_: "import os; os._exit(9)")
        _touch_return(place)
        first = publish(place)
    second = publish(place)

    assert len(first.refused) == len(undisturbed.refused) + 1
    assert second.refused == undisturbed.refused and not second.is_unchanged
