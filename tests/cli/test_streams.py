"""A line that nobody can read changes no exit status; a result that is lost does."""

import os
import subprocess

import pytest
from command_runs import COMMAND

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the shell of POSIX")


@pytest.fixture
def shell(small_folder, tmp_path):
    """Return a function that runs a line of shell, where $R is the command and $DIR a review."""

    def run(line: str) -> subprocess.CompletedProcess:
        env = os.environ | {"R": str(COMMAND), "DIR": str(small_folder)}
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", line], capture_output=True, check=False, cwd=tmp_path,
            encoding="utf-8", env=env,
        )  # fmt: skip

    return run


def test_a_set_is_published_whoever_listens(shell, small_folder, tmp_path):
    """The exit status tells what was published, not who read of it; said again it is the same."""
    for streams in (">/dev/full", "| true", "2>&1 | true", "2>/dev/full"):
        done = shell(f'"$R" run "$DIR" --out out --only method {streams}')

        assert done.returncode == 0, (streams, done.stderr)
        assert (tmp_path / "out" / small_folder.name / "method.html").is_file()


@pytest.mark.parametrize("streams", ["2>&1 | true", ">/dev/full 2>&1"])
@pytest.mark.parametrize("arguments", ["run nowhere", "run"])
def test_wrong_use_is_wrong_use_whoever_listens(arguments, streams, shell):
    """Exit status 2, not 1."""
    assert shell(f'"$R" {arguments} {streams}').returncode == 2


def test_a_reader_that_has_seen_enough_is_no_fault(shell):
    """As `| head`: the status is that of the whole list."""
    whole = shell('"$R" check "$DIR" --format csv')
    begun = shell('"$R" check "$DIR" --format csv | head -1')

    assert begun.returncode == whole.returncode
    assert begun.stdout == whole.stdout.splitlines(keepends=True)[0]


def test_a_list_that_the_disk_does_not_take_is_a_fault(shell):
    """The result of the command is lost: half a list must not pass for a whole one."""
    done = shell('"$R" check "$DIR" --format csv >/dev/full')

    assert done.returncode == 2
    assert "磁盘已满" in done.stderr and "Traceback" not in done.stderr
