"""The command `reviewlib` run as a process of its own, and the set of reports it published."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SAMPLE = REPOSITORY / "data" / "sample"
COMMAND = Path(sys.executable).with_name("reviewlib")

EVERY_KIND = "overall,group:G1,tracker,department:DP01,data_quality,method"
"""One page of every kind of report of the sample, for `--only`."""


@dataclass(frozen=True)
class Run:
    """One run of the command `reviewlib`, as whoever called it sees it."""

    status: int
    stdout: str
    stderr: str

    @property
    def last_line(self) -> str:
        return self.stdout.strip().splitlines()[-1]


@dataclass(frozen=True)
class Set:
    """A published set of reports and the run that made it."""

    folder: Path
    run: Run

    @cached_property
    def manifest(self) -> dict:
        return json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))

    @property
    def pages(self) -> list[Path]:
        """Every page, the indexes among them."""
        return sorted(self.folder.glob("*.html")) + sorted(self.folder.glob("en/*.html"))

    def page(self, kind: str, lang: str = "zh") -> Path:
        """Return the first page of a kind in a language; "index" is a kind too."""
        if kind == "index":
            return self.folder / ("en/index.html" if lang == "en" else "index.html")
        return next(
            self.folder / report["href"]
            for report in self.manifest["reports"]
            if (report["kind"], report["lang"]) == (kind, lang)
        )


def call(*arguments: str | Path, cwd: Path | None = None, env: dict | None = None) -> Run:
    """Run the installed command `reviewlib` as a process of its own."""
    done = subprocess.run(
        [COMMAND, *map(str, arguments)], cwd=cwd, env={**os.environ, **(env or {})},
        capture_output=True, encoding="utf-8", timeout=900, check=False,
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr)
