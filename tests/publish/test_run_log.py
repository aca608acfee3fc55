"""The log of a run holds whatever was printed, and can be read line by line."""

import json

from reviewlib.publish.run_log import RunLog


def test_half_a_character_in_what_was_printed_stands_in_the_log(tmp_path):
    """A notebook may print anything; the log is written after the set was published."""
    log = RunLog({})
    log.note(said="前\ud800后")

    log.write(tmp_path / "run.log")

    (line,) = (tmp_path / "run.log").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["said"] == "前\ud800后"


def test_without_a_home_there_is_none_to_hide(tmp_path, monkeypatch):
    """A service may run as a user that the system does not know."""
    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # as where there is none
    log = RunLog({tmp_path: "<set>"})
    log.note(said=f"~ {tmp_path}")

    log.write(tmp_path / "run.log")

    (line,) = (tmp_path / "run.log").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["said"] == "~ <set>"
