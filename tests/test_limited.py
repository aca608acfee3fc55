"""Processes with limits: what is lost costs one piece of work, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from reviewlib import limited
from reviewlib.limited import LimitedProcess, Lost, TookTooLong

MB = 2**20
needs_posix = pytest.mark.skipif(os.name != "posix", reason="processes as POSIX has them")


@pytest.fixture
def process():
    """Return a function that gives a process, ended after the test."""
    started = []

    def new(function, seconds=5.0, memory=256 * MB) -> LimitedProcess:
        started.append(LimitedProcess(function, seconds, memory))
        return started[-1]

    yield new
    for one in started:
        one.end()


def test_what_is_shared_is_what_was_given_last(process):
    """Sent only when it is another, it is also there again after a failure."""
    asked = process(divmod)
    three, five = 3, 5

    assert asked.work(17, shared=(three,)) == (5, 2)
    assert asked.work(18, shared=(three,)) == (6, 0)
    assert asked.work(17, shared=(five,)) == (3, 2)
    with pytest.raises(Lost):
        asked.work("no number", shared=(five,))
    assert asked.work(18, shared=(five,)) == (3, 3)


def test_who_waits_for_ever_is_ended(process):
    """It does no work that could be counted; the clock is looked at too."""
    with pytest.raises(TookTooLong):
        process(time.sleep, seconds=0.1).work(60)


PAUSED = """
import os, signal, sys
from reviewlib.limited import LimitedProcess
asked = LimitedProcess(bytes, 1, 2**29)
asked.work(1)
print("ready", flush=True)
sys.stdin.readline()
print(len(asked.work(10**8)), flush=True)
"""


@needs_posix
def test_a_command_that_was_stopped_holds_it_against_nobody():
    """Ctrl-Z for longer than the backstop: the answer, too long for a pipe, is waited for."""
    paused = subprocess.Popen(
        [sys.executable, "-c", PAUSED], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": str(Path(limited.__file__).parents[1])},
    )  # fmt: skip
    assert paused.stdout.readline() == "ready\n"
    paused.stdin.write("go\n")
    paused.stdin.flush()
    time.sleep(0.02)
    paused.send_signal(signal.SIGSTOP)
    time.sleep(limited.PATIENCE * 1.2)
    paused.send_signal(signal.SIGCONT)
    said, _ = paused.communicate(timeout=30)
    assert said == "100000000\n"


def test_what_is_printed_is_no_answer(process):
    """A library that prints does not get between the messages."""
    asked = process(print)

    assert asked.work("x" * 100) is None
    assert asked.work("y") is None


def test_an_answer_is_never_taken_for_that_to_another_question(process, monkeypatch):
    """Who was interrupted while waiting does not hear the old answer the next time."""
    asked, receive = process(len), limited.receive
    assert asked.work("a") == 1

    def interrupted(stream):
        monkeypatch.setattr(limited, "receive", receive)
        raise KeyboardInterrupt

    monkeypatch.setattr(limited, "receive", interrupted)
    with pytest.raises(KeyboardInterrupt):
        asked.work("abcdefgh")

    assert asked.work("ab") == 2


def test_temporary_files_go_with_the_process(process, tmp_path, monkeypatch):
    """Whatever a library leaves there may be what a department wrote."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    asked = process(tempfile.mkdtemp)

    left = Path(asked.work())
    assert left.is_dir() and tmp_path in left.parents
    asked.close()

    assert list(tmp_path.iterdir()) == []


@needs_posix
def test_what_cannot_be_started_is_lost(process, monkeypatch):
    """No room for a process, or no Python there: the work is lost, whoever asked goes on."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(Lost):
        process(len).work("a")


def test_once_ended_none_is_started_again(process):
    """A thread that is still at its list of work starts nothing behind our back."""
    asked = process(len)
    assert asked.work("a") == 1
    asked.end()

    with pytest.raises(Lost):
        asked.work("a")
    assert asked.pid is None
