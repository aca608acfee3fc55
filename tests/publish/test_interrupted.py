"""Ctrl-C in the middle of a run."""

import signal
import subprocess
import sys
import time

import psutil
import pytest
from command_runs import COMMAND


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM], ids=lambda sent: sent.name)
def test_an_interrupted_run_leaves_nothing(sent, small_folder, tmp_path):
    """Exit status 130 soon after, nothing published, no staging folder, no process left."""
    out = tmp_path / "out"
    process = subprocess.Popen(
        [COMMAND, "run", small_folder, "--out", out, "--only", "overall,department"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    watched, below = psutil.Process(process.pid), []
    while process.poll() is None and len(below) < 3:  # a worker, its kernel, and one more
        below = watched.children(recursive=True)
    process.send_signal(sent)
    if sent == signal.SIGINT:  # an impatient user
        time.sleep(0.1)
        process.send_signal(sent)
    _, stderr = process.communicate(timeout=30)

    assert process.returncode == 130, stderr
    assert "已中断" in stderr.decode() and b"Traceback" not in stderr
    assert psutil.wait_procs(below, timeout=5)[1] == []
    assert not (out / small_folder.name).exists()
    assert not list((out / ".sets" / small_folder.name).glob("staging*"))
