"""`corrections/` of a set: what is new is written, what is unchanged is taken over."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from zipfile import ZipFile

import pytest
from command_runs import SAMPLE
from openpyxl import load_workbook

import reviewlib as rl
from reviewlib.fingerprints import PACKAGE
from reviewlib.publish import corrected, run
from reviewlib.publish.corrected import publish_corrections


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A review folder with the returns of two departments."""
    folder = tmp_path_factory.mktemp("review")
    (folder / "returns").mkdir()
    for name in ("review.toml", "rubric.toml", "departments.xlsx", "returns/区城管执法局.xlsx",
                 "returns/区司法局.xlsx"):  # fmt: skip
        shutil.copy(SAMPLE / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def shown(folder, tmp_path_factory):
    """The set published first, with its manifest."""
    shown = tmp_path_factory.mktemp("first")
    list(publish_corrections(rl.open_review(folder), folder, shown, shown / "none"))
    _publish(shown)
    return shown


def _publish(shown) -> None:
    outputs = {
        path.relative_to(shown).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in shown.glob("corrections/*.xlsx")
    }
    (shown / "manifest.json").write_text(json.dumps({"outputs": outputs}), encoding="utf-8")


def _bytes(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "corrections").iterdir()}


def test_what_is_taken_over_is_what_would_be_written(folder, shown, tmp_path):
    """With and without the earlier set the bytes are the same."""
    assert sorted(_bytes(shown)) == ["dp19.xlsx", "dp34.xlsx"]
    list(publish_corrections(rl.open_review(folder), folder, tmp_path, shown))
    assert _bytes(tmp_path) == _bytes(shown)


def test_only_what_changed_is_written_anew(folder, shown, tmp_path):
    """A return that came in corrected is marked anew; the other workbook is the earlier one."""
    again = shutil.copytree(folder, tmp_path / "review")
    path = again / "returns" / "区城管执法局.xlsx"
    book = load_workbook(path)
    book["05 编制职数"]["H5"] = 15
    book.save(path)
    list(publish_corrections(rl.open_review(again), again, tmp_path, shown))
    before, after = _bytes(shown), _bytes(tmp_path)
    assert before["dp19.xlsx"] == after["dp19.xlsx"]
    marked = load_workbook(tmp_path / "corrections" / "dp34.xlsx")["05 编制职数"]["H5"]
    assert (marked.value, marked.comment) == (15, None)


def test_what_someone_changed_in_the_set_is_not_taken_over(folder, shown, tmp_path):
    """A workbook of the earlier set that is not as it was published is written anew."""
    changed = shutil.copytree(shown, tmp_path / "changed")
    book = load_workbook(changed / "corrections" / "dp34.xlsx")
    book["05 编制职数"]["H5"] = "别的"
    book.save(changed / "corrections" / "dp34.xlsx")
    list(publish_corrections(rl.open_review(folder), folder, tmp_path, changed))
    assert _bytes(tmp_path) == _bytes(shown)


@pytest.mark.parametrize(
    "module",
    [*(f"{room}/__init__.py" for room in ("forms", "intake", "review", "rubric", "schema")),
     "limited.py", "processes.py", "errors.py", "toml_file.py"],
)  # fmt: skip
def test_other_code_makes_workbooks_anew(module, tmp_path):
    """Whatever reads the returns or writes into the workbooks; `intake` fills the forms."""
    package = tmp_path / "reviewlib"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "*.otf"))
    before = corrected.made_by(package)
    (package / module).write_text("changed = True", encoding="utf-8")

    assert corrected.made_by(package) != before


def test_by_force_nothing_published_before_is_used(folder, tmp_path, monkeypatch):
    """Even a workbook that bears all the marks of one that would be the same again."""
    monkeypatch.setattr("reviewlib.publish.pipeline.plan_reports", lambda *_: [])  # for speed
    first = run(folder, tmp_path).folder
    before = _bytes(first)
    path = first / "corrections" / "dp34.xlsx"
    with ZipFile(path, "a") as archive:
        archive.writestr("note.txt", "by another hand")
    _publish(first)

    assert _bytes(run(folder, tmp_path, force=True).folder) == before
