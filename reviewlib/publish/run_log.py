"""The log of a run (`run.log`, JSON Lines): stages and reports with their times, and what was said.

It stays beside the set and is never published, so it may call the clock; names of places on this
machine are taken out all the same, because logs are sent to others.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from reviewlib.errors import PublishError
from reviewlib.publish.orders import Made

_COLOURS = re.compile("\x1b\\[[0-9;]*m")


class RunLog:
    """Lines of one run; kept until `write`.

    Parameters
    ----------
    places : mapping of Path to str
        Places to be written as a word, besides those of Python and the user.
    """

    def __init__(self, places: Mapping[Path, str]):
        self._places = {
            **places, Path(__file__).parent.parent: "<reviewlib>", **_home(),
            Path(sys.prefix): "<environment>", Path(sys.base_prefix): "<python>",
        }  # fmt: skip
        self._lines: list[dict] = []

    def note(self, **told: object) -> None:
        """Add a line, with the time."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._lines.append({"at": at} | told)

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage of the run."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.note(stage=name, seconds=round(time.perf_counter() - began, 3))

    def report(self, made: Made) -> None:
        """Say what became of one report."""
        told = {"report": made.report.href, "made": made.is_made, "kept": made.is_kept,
                "seconds": round(made.seconds, 3),
                "work_seconds": round(made.work_seconds, 3)}  # fmt: skip
        if not made.is_made:
            told |= {"fault": made.code, "reason_zh": made.reason_zh, "reason_en": made.reason_en}
        self.note(**told | ({"said": made.log} if made.log else {}))

    def stages(self) -> dict[str, float]:
        """Return the seconds of every stage, in order."""
        return {line["stage"]: line["seconds"] for line in self._lines if "stage" in line}

    @contextlib.contextmanager
    def kept(self, path: Path, printed: Path) -> Iterator[None]:
        """Write the log at the end, however that comes, with what report processes printed.

        A fault of the disk is noted: the shelf says it in plain words, the log where it was.
        """
        try:
            yield
        except OSError:
            self.note(fault=PublishError.code, said=traceback.format_exc())
            raise
        finally:
            with contextlib.suppress(OSError):  # the log must not stand in the way of the reports
                text = printed.read_text(encoding="utf-8", errors="replace")
                self.note(printed=text) if text else None
                self.write(path)

    def write(self, path: Path) -> None:
        """Write the log; what stood there is replaced."""
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self._lines)
        for place in sorted(self._places, key=lambda place: -len(str(place))):
            if len(str(place)) > 1:
                text = text.replace(json.dumps(str(place))[1:-1], self._places[place])
        path.unlink(missing_ok=True)  # were it a link, somebody else's file would be overwritten
        text = _COLOURS.sub("", text)
        path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def _home() -> dict[Path, str]:
    """Return the home folder of the user; services and containers may run without one."""
    try:
        return {Path.home(): "<home>"}
    except RuntimeError:
        return {}
