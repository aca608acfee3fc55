"""Temporary folders: one for each run, gone with it, or by the next run."""

import json
import os
import subprocess
import sys

import pytest

from reviewlib.errors import PublishError
from reviewlib.publish.surroundings import surroundings

FONTS = "from matplotlib.font_manager import fontManager; print(len(fontManager.ttflist))"


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Return the folder in which temporary folders are made."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_what_a_killed_run_left_is_cleared_away_and_nothing_else(temporary):
    """Not the folder of a run under way, not one that no run of ours made, not a link's target."""
    left = temporary / "reviewlib-left"
    foreign, target = temporary / "reviewlib-notes", temporary / "target"
    for folder in (left, foreign, target):
        folder.mkdir()
        (folder / "page.html").touch()
    for folder in (left, target):
        (folder / "run.lock").write_text("123 2025-07-01 08:00:00", encoding="utf-8")
    (foreign / "run.lock").write_text("held by make", encoding="utf-8")
    (temporary / "reviewlib-link").symlink_to(target)

    with surroundings() as (first, _), surroundings() as (second, environment):
        assert first.is_dir() and second.is_dir()
        assert environment["MPLCONFIGDIR"].startswith(str(second))

    assert sorted(path.name for path in temporary.iterdir()) == [
        "reviewlib-link", "reviewlib-notes", "target",
    ]  # fmt: skip
    assert (target / "page.html").exists() and (foreign / "page.html").exists()


@pytest.mark.parametrize("lock", [False, True])
def test_what_may_just_be_being_made_is_not_cleared_away(lock, temporary):
    """An empty folder, or one with a lock that nobody holds yet, must be a minute old."""
    made = temporary / "reviewlib-made"
    made.mkdir()
    if lock:
        (made / "run.lock").touch()
    with surroundings():
        assert made.exists()
    then = made.stat().st_mtime - 120
    os.utime(made, (then, then))
    with surroundings():
        assert not made.exists()


def test_the_lock_is_there_before_all_else(temporary, monkeypatch):
    """However early a run is killed, the next can tell whose folder it was."""
    monkeypatch.setattr("reviewlib.publish.surroundings._take_along_fonts", _interrupt)
    monkeypatch.setattr("reviewlib.publish.surroundings.remove", lambda folder: None)
    with pytest.raises(KeyboardInterrupt), surroundings():
        pytest.fail("an interruption was not heard")

    (folder,) = temporary.iterdir()
    assert (folder / "run.lock").read_text().split()[0] == str(os.getpid())


def _interrupt(*_):
    raise KeyboardInterrupt


def test_no_room_for_temporary_files_is_said(temporary, monkeypatch):
    """In plain words, without a path of the machine."""
    monkeypatch.setattr("tempfile.tempdir", str(temporary / "none"))

    with pytest.raises(PublishError, match="无法写入临时文件夹") as fault, surroundings():
        pytest.fail("a folder was made where none can be")
    assert str(temporary) not in str(fault.value)


def test_the_fonts_of_the_machine_are_not_listed_again(temporary, monkeypatch):
    """matplotlib's own list is copied, never written; a damaged one it makes again."""
    monkeypatch.delenv("MPLCONFIGDIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(temporary / "user"))
    cache = temporary / "user" / "matplotlib"
    cache.mkdir(parents=True)
    with surroundings() as (_, environment):
        many = _fonts_listed(environment)
        (made,) = (temporary / environment["MPLCONFIGDIR"]).glob("fontlist-*.json")
        known = json.loads(made.read_text(encoding="utf-8"))
    known["ttflist"] = known["ttflist"][:1]
    (cache / made.name).write_text(json.dumps(known), encoding="utf-8")
    before = (cache / made.name).read_bytes()

    with surroundings() as (_, environment):
        assert _fonts_listed(environment) == 1 < many
    assert (cache / made.name).read_bytes() == before

    (cache / made.name).write_bytes(before[:100])
    with surroundings() as (_, environment):
        assert _fonts_listed(environment) == many
    assert (cache / made.name).read_bytes() == before[:100]


def test_the_list_is_where_matplotlib_was_told_to_keep_it(temporary, monkeypatch):
    """Its own variable comes first."""
    known = '{"defaultFamily": {}, "afmlist": [], "ttflist": []}'
    (temporary / "fontlist-1.json").write_text(known, encoding="utf-8")
    monkeypatch.setenv("MPLCONFIGDIR", str(temporary))

    with surroundings() as (_, environment):
        (copy,) = (temporary / environment["MPLCONFIGDIR"]).iterdir()
        assert (copy.name, copy.read_text(encoding="utf-8")) == ("fontlist-1.json", known)


@pytest.mark.parametrize(
    ("what", "known"),
    [
        ("no list", "[]"),
        ("no fonts", '{"_version": "1", "defaultFamily": {}, "afmlist": []}'),
        ("fonts that are none", '{"defaultFamily": {}, "afmlist": [], "ttflist": [5]}'),
        ("depth without end", "[" * 100_000),
        ("a number", '{"defaultFamily": {}, "afmlist": [], "ttflist": 5}'),
    ],
)
def test_what_is_no_list_of_fonts_is_left_where_it_is(temporary, monkeypatch, what, known):
    """matplotlib would take it by its version alone, and stumble over it later."""
    (temporary / "fontlist-1.json").write_text(known, encoding="utf-8")
    (temporary / "fontlist-2.json").mkdir()
    (temporary / "fontlist-3.json").symlink_to("fontlist-3.json")
    monkeypatch.setenv("MPLCONFIGDIR", str(temporary))

    with surroundings() as (_, environment):
        assert list((temporary / environment["MPLCONFIGDIR"]).iterdir()) == []


def test_a_place_that_cannot_even_be_looked_at_is_passed_over(temporary, monkeypatch):
    """Nor is it told as a fault of the temporary folder."""
    monkeypatch.setenv("MPLCONFIGDIR", str(temporary / ("x" * 300)))

    with surroundings() as (folder, _):
        assert folder.is_dir()


def _fonts_listed(environment: dict[str, str]) -> int:
    ran = subprocess.run(
        [sys.executable, "-c", FONTS], env=environment, capture_output=True, text=True, check=True
    )
    return int(ran.stdout)
