"""How long intake takes, against a plain openpyxl pass over the same workbooks in the same run.

Run from the repository: `python benchmarks/intake.py [--returns 1000]` (about six minutes; Linux).
Intake is the whole command, `reviewlib check DIR`: interpreter and readers started, every file read
and counted, every check run, the list written. The plain pass is `openpyxl.load_workbook` and one
look at every cell. Each runs in a process of its own on one core, intake on all cores as well: the
sample, a tenth of the returns, all of them. Returns are copies of one of the sample's with the
names of made-up departments.

The target: with all its checks at most 1.5 times the plain pass on one core, for 1,000 returns, and
memory that does not grow with the number of files. A reader's stays the same. What the files gave
waits on disk (0.14 MB a return in temporary files), so that the command holds of a return only its
rows in the tables of the review, its row counts and its data issues: 0.02 MB, and as much
again at most while they are put together.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pandas as pd

from reviewlib import forms, schema
from reviewlib.intake import open_office, open_review

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
TARGET = 1.5

LIBRARIES = "import reviewlib.cli.check, reviewlib.ledger"
PLAIN = """
import sys, openpyxl
from pathlib import Path
for path in sorted(Path(sys.argv[1]).rglob("*.xlsx")):
    for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                cell.value
"""
CHECK = """
import sys
from reviewlib.cli import main
from reviewlib.limited import LimitedProcess
close = LimitedProcess.close
def closing(self):
    if self.pid is not None:
        readers.append(peak(self.pid))
    close(self)
LimitedProcess.close = closing
sys.argv = ["reviewlib", "check", sys.argv[1]]
main()
"""
FRAME = """
import atexit, json, sys
sys.path.insert(0, {root!r})
readers = []
def peak(process="self"):
    lines = open(f"/proc/{{process}}/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
def tell():
    print(json.dumps([peak(), max(readers, default=0)]), file=open({report!r}, "w"))
atexit.register(tell)
"""
"""What each measured process begins with: at its end it tells the most memory it had (MB)."""


def made_up(folder: Path, count: int) -> Path:
    """Make a review folder with so many departments, each with its return."""
    (folder / "returns").mkdir(parents=True)
    for name in ("review.toml", "rubric.toml"):
        shutil.copy(SAMPLE / name, folder / name)
    settings, _, roster = open_office(SAMPLE)
    model = roster.iloc[-1]
    rows = pd.DataFrame([model] * count).assign(
        dept_code=[f"DP{n:04}" for n in range(count)],
        short_name=[f"区第{n:04}局" for n in range(count)],
        full_name=[f"示例区第{n:04}局" for n in range(count)],
        protocol_order=range(1, count + 1), predecessors=None,
    )  # fmt: skip
    records = {"departments": schema.frame_of("departments", rows)}
    forms.write_roster(folder / "departments.xlsx", settings, records)
    filled = _model_return(model["dept_code"])
    for code, name in zip(rows["dept_code"], rows["short_name"], strict=True):
        changes = {model["dept_code"]: code, model["short_name"]: name}
        (folder / "returns" / f"{code}.xlsx").write_bytes(_with(filled, changes))
    return folder


def _model_return(code: str) -> bytes:
    review = open_review(SAMPLE)
    file = review.covers.set_index("dept_code").loc[code, "source_file"]
    return (SAMPLE / file).read_bytes()


def _with(data: bytes, changes: dict[str, str]) -> bytes:
    """Return a workbook with some words replaced in every part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(
        stream, "w", zipfile.ZIP_DEFLATED
    ) as new:
        for name in old.namelist():
            part = old.read(name)
            for before, after in changes.items():
                part = part.replace(before.encode(), after.encode())
            new.writestr(name, part)
    return stream.getvalue()


ENDS_WELL = {CHECK: (0, 1)}
"""Exit statuses of a script, where not 0 alone: `check` ends with 1 if it found errors."""


def measured(script: str, folder: Path, cores: set[int]) -> dict[str, float]:
    """Run a script over a folder on some cores; say what it cost, its readers included.

    Nothing is told of one that did not end well: a crash would pass for a fast reading.
    """
    with tempfile.NamedTemporaryFile() as report:
        begin = FRAME.format(root=str(SAMPLE.parents[1]), report=report.name)
        start, before = time.perf_counter(), os.times()
        process = subprocess.Popen(
            [sys.executable, "-c", begin + script, str(folder)], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, preexec_fn=lambda: os.sched_setaffinity(0, cores),
        )  # fmt: skip
        status = process.wait()
        clock, after = time.perf_counter() - start, os.times()
        if status not in ENDS_WELL.get(script, (0,)):
            raise SystemExit(f"{folder.name}: what was measured ended with {status}")
        own, reader = json.loads(Path(report.name).read_text())
    work = sum(after[2:4]) - sum(before[2:4])
    return {"clock": clock, "work": work, "own": own, "reader": reader}


HEAD = f"{'':<34}{'files':>7}{'cores':>7}{'clock s':>9}{'work s':>9}{'MB':>7}{'MB reader':>11}"


def row(what: str, files: int, cores: int, found: dict[str, float]) -> None:
    """Print one line of the table."""
    reader = f"{found['reader']:>11.0f}" if found["reader"] else ""
    print(f"{what:<34}{files:>7}{cores:>7}{found['clock']:>9.1f}{found['work']:>9.1f}"
          f"{found['own']:>7.0f}{reader}", flush=True)  # fmt: skip


def compare(name: str, folder: Path) -> float:
    """Read a folder each way, print what it cost, and return the ratio on one core.

    The ratio is that of time at work: on a machine that does other things the clock tells of those.
    """
    files = len(list(folder.rglob("*.xlsx")))
    every = os.sched_getaffinity(0)
    one = {min(every)}
    plain, ours, all_cores = (
        measured(script, folder, cores)
        for script, cores in ((PLAIN, one), (CHECK, one), (CHECK, every))
    )
    row(f"{name}: plain openpyxl pass", files, 1, plain)
    row(f"{name}: reviewlib check", files, 1, ours)
    row(f"{name}: reviewlib check", files, len(every), all_cores)
    ratio = ours["work"] / plain["work"]
    clocks = ours["clock"] / plain["clock"], ours["clock"] / all_cores["clock"]
    print(f"  {ratio:.2f} times the plain pass on one core ({clocks[0]:.2f} by the clock); "
          f"{clocks[1]:.2f} times as fast on {len(every)}\n")  # fmt: skip
    return ratio


def main() -> None:
    """Measure the sample, a tenth of the returns, and all of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--returns", type=int, default=1000)
    count = parser.parse_args().returns
    print(HEAD)
    one = {min(os.sched_getaffinity(0))}
    row("interpreter and libraries alone", 0, 1, measured(LIBRARIES, SAMPLE, one))
    compare("the sample", SAMPLE)
    with tempfile.TemporaryDirectory() as folder:
        for some in (count // 10, count):
            ratio = compare(f"{some} returns", made_up(Path(folder) / str(some), some))
    met = "met" if ratio <= TARGET else "missed"
    print(f"target {TARGET} times for {count} returns: {met} ({ratio:.2f})")


if __name__ == "__main__":
    main()
