"""Folders whose names are no UTF-8, as archives made on Windows leave them."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from command_runs import COMMAND

from reviewlib import load_review
from reviewlib.fingerprints import contents

NAME = "办公房".encode("gbk")
NAMING = {"manifest.json", "snapshot/snapshot.json"}
"""Files of a set that hold the name of the review."""

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="names of files are text"
)


def published(folder, out):
    """Publish a review with the command; return what it said and the set."""
    done = subprocess.run(
        [COMMAND, "run", folder, "--out", out, "--only", "method"],
        capture_output=True, check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8:strict"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done, out / os.fsdecode(os.path.basename(os.fsencode(folder)))


@pytest.fixture(scope="module")
def plain(small_folder, tmp_path_factory):
    """Return the fingerprints of a set from a folder with a plain name."""
    return contents(published(small_folder, tmp_path_factory.mktemp("plain"))[1])


def test_folders_named_in_gbk_hold_the_same_set(plain, small_folder, tmp_path):
    """All but the name, which the manifest has as meant; the last line has it as the system."""
    folder = shutil.copytree(small_folder, tmp_path / os.fsdecode(NAME))
    done, shown = published(folder, tmp_path / os.fsdecode(NAME + b".o"))

    found = contents(shown)
    assert found.keys() == plain.keys()
    assert {name for name, digest in found.items() if plain[name] != digest} == NAMING
    assert json.loads((shown / "manifest.json").read_text(encoding="utf-8"))["review"] == "办公房"
    assert load_review(shown / "snapshot").name == folder.name
    assert done.stdout.splitlines()[-1] == os.fsencode(shown / "index.html")
