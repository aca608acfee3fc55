"""What many tests share: the sample published once by the real command, a browser, an office.

No test touches the home folder of whoever runs it: for the whole session it is an empty one.
"""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest
from command_runs import EVERY_KIND, SAMPLE, Set, call
from small_review import write_small_review


def pytest_configure(config):
    """Give the session an empty home, before anything looks for caches there."""
    config.home = tempfile.mkdtemp(prefix="home-")
    for variable in ("HOME", "USERPROFILE"):
        os.environ[variable] = config.home
    for variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        os.environ.pop(variable, None)


def pytest_unconfigure(config):
    """Take the empty home away again."""
    shutil.rmtree(config.home, ignore_errors=True)


@pytest.fixture(scope="session")
def command():
    """Return the function that runs `reviewlib …`."""
    return call


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Set:
    """Return every Chinese page of the sample; the one full run of the session."""
    out = tmp_path_factory.mktemp("published")
    return Set(out / "sample", call("run", SAMPLE, "--out", out))


@pytest.fixture(scope="session")
def published_en(tmp_path_factory) -> Set:
    """Return one English page of every kind."""
    out = tmp_path_factory.mktemp("published-en")
    run = call("run", SAMPLE, "--out", out, "--lang", "en", "--only", EVERY_KIND)
    return Set(out / "sample", run)


@pytest.fixture(scope="session")
def sample_review():
    """Return the sample as `rl.open_review` reads it."""
    import reviewlib as rl

    return rl.open_review(SAMPLE)


@pytest.fixture(scope="session")
def small_folder(sample_review, tmp_path_factory):
    """Return the folder of another review: another district and year, 12 departments, 4 groups."""
    folder = tmp_path_factory.mktemp("reviews") / "seaside"
    write_small_review(sample_review, SAMPLE, folder)
    return folder


def _need(name: str, program: str, not_run: str) -> str:
    """Return where a program is; without it the test is skipped, in CI it fails."""
    found = shutil.which(program)
    if found:
        return found
    words = f"{name} is not installed: {not_run}"
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Chromium, in which pages are opened."""
    return _need("Chromium", "chromium", "no page was opened in a browser")


@pytest.fixture(scope="session")
def soffice() -> str:
    """Return the path of LibreOffice, in which workbooks are opened."""
    return _need("LibreOffice", "soffice", "no workbook was opened in an office program")
