"""The sample published by the real command: what is in the set, and what is not."""

import hashlib
import json
import re
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
from command_runs import REPOSITORY, SAMPLE

from reviewlib.review import load_review


def test_the_run_ends_with_the_way_in(published):
    """Exit status 0, nothing on stderr, the last line is the path of the index."""
    assert (published.run.status, published.run.stderr) == (0, "")
    assert Path(published.run.last_line) == published.folder / "index.html"


def test_every_group_and_department_has_its_page(published):
    """The pages are those of the roster and of review.toml, whatever these hold."""
    review = load_review(published.folder / "snapshot")
    expected = {"index", "overall", "tracker", "data-quality", "method"}
    expected |= {f"group-{code.lower()}" for code in review.settings.groups}
    expected |= {f"department-{code.lower()}" for code in review.departments["dept_code"]}

    assert {path.stem for path in published.folder.glob("*.html")} == expected


def test_english_pages_sit_under_en(published_en):
    """The English index is there, and a Chinese one at the root points to it."""
    assert published_en.run.status == 0
    assert Path(published_en.run.last_line) == published_en.folder / "en" / "index.html"
    assert "en/index.html" in (published_en.folder / "index.html").read_text(encoding="utf-8")
    assert [path.name for path in published_en.folder.glob("*.html")] == ["index.html"]


def test_the_manifest_tells_the_truth(published):
    """Every file of the set with its sha256, every input with its own."""
    manifest = published.manifest
    files = [path for path in published.folder.rglob("*") if path.is_file()]
    found = {
        path.relative_to(published.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
    del found["manifest.json"]

    assert manifest["outputs"] == found
    assert manifest["failures"] == []
    assert len(manifest["reports"]) == len(published.pages) - 1  # the index is no report
    for name, digest in manifest["inputs"].items():
        assert hashlib.sha256((SAMPLE / name).read_bytes()).hexdigest() == digest, name


def test_row_counts_of_the_manifest_are_those_of_the_tables(published):
    """A reader of the CSV can check that nothing was cut off."""
    rows = published.manifest["rows"]
    tables = {
        path.stem: len(pd.read_csv(path, dtype=str, encoding="utf-8-sig"))
        for path in (published.folder / "tables").glob("*.csv")
    }
    issues = (published.folder / "data-issues.jsonl").read_text(encoding="utf-8").splitlines()

    assert tables | {"issues": len(issues)} == rows


def texts_of(path: Path) -> bytes:
    """Return what a file says; of a workbook, what its parts say."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def test_nothing_of_this_machine_is_published(published, published_en):
    """No path, host or traceback in any page, table, workbook or record of a set."""
    places = (REPOSITORY, Path.home(), published.folder.parent, sys.prefix)
    words = [re.escape(str(place)) for place in (*places, socket.gethostname())]
    words = [word for word in words if len(word) > 4]  # a host named "vm" would be found anywhere
    path = r"(?<![\w.+/])/(?:home|Users|root|tmp|var|usr|opt)/\w"
    leak = re.compile("|".join([*words, path, "Traceback", "site-packages"]).encode())
    files = [
        path
        for each in (published, published_en)
        for path in each.folder.rglob("*")
        if path.is_file()
    ]

    leaking = [(path.name, leak.search(texts_of(path))) for path in files]
    assert [one for one in leaking if one[1]] == []


def test_notebooks_printed_nothing(published):
    """A warning in a notebook is a fault to be mended, even if no reader sees it."""
    log = published.folder.parent / ".sets" / "sample" / "run.log"
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]

    assert {line["stage"] for line in lines if "stage" in line} >= {"read", "score", "pages"}
    assert [line for line in lines if "printed" in line or "said" in line] == []


def test_workbooks_open_in_an_office_program(published, soffice, tmp_path):
    """LibreOffice reads the scores and writes as many rows as there are."""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "csv", "--outdir", tmp_path]
    done = subprocess.run(
        [*command, published.folder / "scores.xlsx"], capture_output=True, timeout=180, check=False
    )

    assert done.returncode == 0, done.stderr
    rows = pd.read_csv(tmp_path / "scores.csv")
    assert len(rows) == published.manifest["rows"]["scores_totals"]
