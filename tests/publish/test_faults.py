"""Killed at any step, on a full or broken disk: readers see a whole set, and the next run heals."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import fault_injection
import psutil
import pytest
from command_runs import COMMAND, call
from fault_injection import FAULTS, read

from reviewlib.publish.shelf import KEPT

SCRIPT = Path(fault_injection.__file__)
ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def publish(out: Path, words: str, step: int = 0, fault: str = "kill", publisher="publish"):
    """Publish in a process of its own; return its exit status and what it printed."""
    done = subprocess.run(
        [sys.executable, SCRIPT, out, words, publisher, str(step), fault],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stdout


def litter(out: Path) -> list[str]:
    """Return what lies in the output folder besides sets, lock and log."""
    home = out / ".sets" / "sample"
    known = {".sets", "sample", "lock", "run.log"}
    return [path.name for path in (*out.iterdir(), *home.iterdir())
            if path.name not in known and not path.name.isdigit()]  # fmt: skip


@ON_POSIX
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_every_step(fault, tmp_path):
    """Each step in turn: the set before or the new one is there whole, and the next run heals."""
    out = tmp_path / "reports"
    for number in range(KEPT):  # so that a set is removed, too
        publish(out, f"set {number}")
    seen = json.loads(publish(out, "", fault=fault, publisher="sweep")[1])

    assert seen["amiss"] == [] and seen["steps"] > 25
    assert publish(out, "healed")[0] == 0
    assert read(out) == "healed"
    assert litter(out) == []


@ON_POSIX
def test_going_back_without_links_after_a_kill_at_every_step(tmp_path):
    """The set before the one that is shown, and never one that was not: its number is known."""
    seen = json.loads(publish(tmp_path, "", publisher="ways_back")[1])

    assert seen["amiss"] == [] and seen["steps"] > 25


@ON_POSIX
@pytest.mark.parametrize("fault", ["kill", "Ctrl-C"])
def test_no_temporary_folder_stays_for_ever(fault, tmp_path):
    """Killed at any step of making or removing it, the next run clears it away a little later."""
    seen = json.loads(publish(tmp_path, "", fault=fault, publisher="temporary")[1])

    assert seen["amiss"] == [] and seen["steps"] > 10
    assert bool(seen["left"]) == (fault == "kill")


@ON_POSIX
def test_the_harness_sees_a_careless_publisher(tmp_path):
    """Written in place, some step leaves half a set: the check itself is able to fail."""
    out = tmp_path / "reports"
    publish(out, "0", publisher="naive")
    seen = []
    for step in range(1, 8):
        publish(out, f"{step}", step, publisher="naive")
        try:
            read(out)
        except AssertionError as error:
            seen.append(str(error))

    assert seen


def descendants(pid: int) -> list[psutil.Process]:
    """Return a process and all below it; none where it has gone."""
    try:
        top = psutil.Process(pid)
        return [top, *top.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


@ON_POSIX
def test_a_run_killed_at_random_moments(small_folder, tmp_path):
    """Nothing half-published, the earlier set intact, every child soon gone, no litter."""
    out, temporary = tmp_path / "reports", tmp_path / "tmp"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    asked = ["run", small_folder, "--out", out, "--force", "--only", "method,department:DP08"]
    assert call(*asked).status == 0
    shown, moments = out / small_folder.name, random.Random(1)
    before = {path.name: path.read_bytes() for path in shown.glob("*.html")}
    for sent in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
        process = subprocess.Popen(
            [COMMAND, *asked], env=environment, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(moments.uniform(0.2, 4))
        below = descendants(process.pid)
        process.send_signal(sent)
        process.wait(timeout=30)
        assert psutil.wait_procs(below, timeout=5)[1] == []
        assert {path.name: path.read_bytes() for path in shown.glob("*.html")} == before
    again = call(*asked)

    assert again.status == 0 and "资料未变" not in again.stdout
    assert {path.name: path.read_bytes() for path in shown.glob("*.html")} == before
    assert not list((out / ".sets" / small_folder.name).glob("staging*"))
    assert list(temporary.iterdir()) == []
