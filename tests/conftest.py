"""What many tests share: the sample published once by the real command, a browser, an office.

No test touches the home folder of whoever runs it: for the whole session it is an empty one. Tests
run in as many processes as there are cores; what is costly is made by the first that needs it.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import asdict

import pytest
from command_runs import EVERY_KIND, SAMPLE, Run, Set, call
from filelock import FileLock
from small_review import write_small_review


def pytest_configure(config):
    """Give the session an empty home, before anything looks for caches there."""
    if hasattr(config, "workerinput"):  # a worker has the home of the session already
        return
    config.home = tempfile.mkdtemp(prefix="home-")
    for variable in ("HOME", "USERPROFILE"):
        os.environ[variable] = config.home
    for variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        os.environ.pop(variable, None)


def pytest_unconfigure(config):
    """Take the empty home away again."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(config.home, ignore_errors=True)


@pytest.fixture(scope="session")
def command():
    """Return the function that runs `reviewlib …`."""
    return call


@pytest.fixture(scope="session")
def publish_once(tmp_path_factory, worker_id):
    """Return a function that publishes the sample once for all workers of the session."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def publish(name: str, *options: str) -> Set:
        out, record = shared / name, shared / f"{name}.json"
        with FileLock(shared / f"{name}.lock"):
            if not record.exists():
                run = call("run", SAMPLE, "--out", out, *options)
                record.write_text(json.dumps(asdict(run)), encoding="utf-8")
        return Set(out / "sample", Run(**json.loads(record.read_text(encoding="utf-8"))))

    return publish


@pytest.fixture(scope="session")
def published(publish_once) -> Set:
    """Return every Chinese page of the sample; the one full run of the session."""
    return publish_once("published")


@pytest.fixture(scope="session")
def published_en(publish_once) -> Set:
    """Return one English page of every kind."""
    return publish_once("published-en", "--lang", "en", "--only", EVERY_KIND)


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
