"""Ctrl-C in the middle of a run, and at its end."""

import os
import shutil
import signal
import subprocess
import sys
import time

import psutil
import pytest
from command_runs import COMMAND, call

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="signals are another thing there"
)


def begun(*arguments, **streams):
    """Start a run, and return it with the processes below it as soon as there are three."""
    process = subprocess.Popen([COMMAND, "run", *arguments], **streams)
    watched, below = psutil.Process(process.pid), []
    while process.poll() is None and len(below) < 3:  # a worker, its kernel, and one more
        below = watched.children(recursive=True)
    return process, below


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM], ids=lambda sent: sent.name)
def test_an_interrupted_run_leaves_nothing(sent, small_folder, tmp_path):
    """Exit status 130 soon after, nothing published, no staging folder, no process left."""
    out = tmp_path / "out"
    process, below = begun(small_folder, "--out", out, "--only", "overall,department",
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
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


def test_an_interruption_is_one_though_nobody_reads_of_it(small_folder, tmp_path):
    """As with `2>&1 | tee log`, where tee has the same Ctrl-C."""
    reading, writing = os.pipe()
    process, below = begun(small_folder, "--out", tmp_path, stdout=writing, stderr=writing)
    os.close(reading)
    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=30) == 130
    assert psutil.wait_procs(below, timeout=5)[1] == []
    os.close(writing)


def test_a_terminal_that_is_closed_interrupts(small_folder, tmp_path):
    """Its bars and words go nowhere from then on."""
    ours, theirs = os.openpty()
    process, below = begun(small_folder, "--out", tmp_path, stdin=theirs, stdout=theirs,
                           stderr=theirs, start_new_session=True)  # fmt: skip
    os.close(theirs)
    os.close(ours)
    process.send_signal(signal.SIGHUP)

    assert process.wait(timeout=30) == 130
    assert psutil.wait_procs(below, timeout=5)[1] == []


INTERRUPTING = """
import os, signal
from functools import wraps
from reviewlib.cli import run
from reviewlib.publish import surroundings
from reviewlib.publish.shelf import Shelf

def interrupting(function):
    @wraps(function)
    def interrupted(*arguments, **options):
        if os.environ.pop("MOMENT", ""):
            os.kill(os.getpid(), signal.SIGTERM)
        return function(*arguments, **options)
    return interrupted

owner, name = {moment}
setattr(owner, name, interrupting(getattr(owner, name)))
"""
"""What makes a run interrupt itself, just before it does a certain thing."""


@pytest.fixture
def interrupted(tmp_path):
    """Return a function that runs the command and has it interrupted at a moment."""

    def run(moment, *arguments):
        code = INTERRUPTING.replace("{moment}", moment)
        (tmp_path / "sitecustomize.py").write_text(code, encoding="utf-8")
        path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
        temporary = tmp_path / "temporary"
        temporary.mkdir(exist_ok=True)
        env = {"PYTHONPATH": path, "MOMENT": "now", "TMPDIR": str(temporary)}
        done = call("run", *arguments, "--out", tmp_path / "out", "--only", "method", env=env)
        assert list(temporary.iterdir()) == [], done
        return done

    return run


CLEARING = {
    "older sets are removed": '(Shelf, "_prune")',
    "the temporary folder is removed": '(surroundings, "remove")',
    "it is said": '(run, "_tell")',
}


@pytest.mark.parametrize("moment", CLEARING.values(), ids=CLEARING)
def test_what_is_published_is_said_though_an_interruption_comes(
    moment, interrupted, small_folder, tmp_path
):
    """From the switch on readers find the new set: there is nothing left to stop."""
    done = interrupted(moment, small_folder)

    assert (done.status, done.stderr) == (0, "")
    assert done.stdout.startswith("已发布 1 页报告")
    assert (tmp_path / "out" / small_folder.name / "method.html").is_file()


def test_an_interruption_before_the_switch_leaves_the_earlier_set(
    interrupted, small_folder, tmp_path
):
    """The last moment at which nothing is published."""
    shown = tmp_path / "out" / small_folder.name
    call("run", small_folder, "--out", tmp_path / "out", "--only", "overall")
    done = interrupted('(Shelf, "publish")', small_folder)

    assert done.status == 130, done
    assert "原有报告未受影响" in done.stderr
    assert (shown / "overall.html").is_file() and not (shown / "method.html").exists()


def test_no_further_review_is_begun_after_an_interruption(interrupted, small_folder, tmp_path):
    """The first is published and said to be; the second is not, and the exit status says so."""
    second = shutil.copytree(small_folder, tmp_path / "second")
    done = interrupted('(Shelf, "_prune")', small_folder, second)

    assert done.status == 130, done
    assert done.stdout.count("已发布") == 1 and "已中断" in done.stderr
    assert [path.name for path in (tmp_path / "out").glob("*")] == [".sets", small_folder.name]
