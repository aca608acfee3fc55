"""How fast a set of pages is made: our batch, the stock commands, a script without notebooks.

Run from the repository: `python benchmarks/batch.py [--runs 5] [--stock 1]` (Linux; some fifteen
minutes, most of it the stock commands). All start from the sample's cleaned snapshot and make every
page of it, in Chinese, on as many workers as there are cores:

ours    `publish.workshop`: notebooks through papermill and nbconvert, forked from a warm
        process
stock   the `papermill` and `jupyter nbconvert` commands for one notebook after another
plain   the same functions of `reviewlib.show` called by a script, forked the same way, no notebook

Every way runs in a process of its own, in mixed order; seconds are medians. Memory is the most that
the processes held together, seen in one more run of each: to look at it takes time from what is
looked at, from many processes more than from few. Before that the whole command, as often:
`reviewlib run` on the sample as it is, again unchanged, and with one return corrected.

The targets: ours at least 15 times faster than stock and at most 1.2 times plain; a department's
sheet at most 0.15 s of processor time; unchanged in about a second; one corrected return in under a
fifth of the whole.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import psutil

ROOT = Path(__file__).resolve().parents[1]
SAMPLE, NOTEBOOKS = ROOT / "data" / "sample", ROOT / "notebooks"
BIN = Path(sys.executable).parent


# the three ways, each in a process of its own ─────────────────────────────────────────────────────


def _reports(snapshot: Path) -> list:
    from reviewlib.publish.plan import plan_reports
    from reviewlib.review import load_review

    return list(plan_reports(load_review(snapshot), ("zh",)))


def ours(snapshot: Path, out: Path) -> None:
    """Make every page as `reviewlib run` does; print the processor time of each."""
    from reviewlib.publish.orders import Known, Order
    from reviewlib.publish.surroundings import surroundings
    from reviewlib.publish.workshop import Workshop, cores

    with (
        surroundings() as (folder, environment),
        Workshop(folder, environment, out / "log", jobs=cores()) as workshop,
    ):
        from reviewlib.publish.plan import plan_reports  # here: the workbench loads meanwhile
        from reviewlib.review import load_review
        from reviewlib.scoring import score

        review = load_review(snapshot)
        known = Known(snapshot, review, score(review))
        orders = [
            Order(report, NOTEBOOKS / report.notebook, snapshot, out / report.href, "sample")
            for report in plan_reports(review, ("zh",))
        ]
        made = workshop.make(orders, lambda one: None, [known])
    print(json.dumps({one.report.href: one.work_seconds for one in made if one.is_made}))


def plain(snapshot: Path, out: Path) -> None:
    """Make every page by calling what the cells call, in forks of this process."""
    from reviewlib.publish import warm

    reports = _reports(snapshot)
    warm.load_machinery()
    warm.load_libraries()
    warm.hold([snapshot])
    sources = {report.notebook: _code(report.notebook) for report in reports}
    jobs = [(report, sources[report.notebook], snapshot, out) for report in reports]
    jobs.sort(key=lambda job: bool(job[0].code))
    with multiprocessing.get_context("fork").Pool(len(os.sched_getaffinity(0))) as pool:
        pool.map(_plain_page, jobs, chunksize=1)


def _code(notebook: str) -> list:
    cells = json.loads((NOTEBOOKS / notebook).read_text(encoding="utf-8"))["cells"]
    return [
        "".join(cell["source"]) for cell in cells
        if cell["cell_type"] == "code" and not cell["metadata"].get("tags")
    ]  # fmt: skip


def _plain_page(job: tuple) -> None:
    import reviewlib as rl
    from reviewlib.publish.page import landmarks
    from reviewlib.publish.shell import shell_of

    report, calls, snapshot, out = job
    names = report.parameters(str(snapshot)) | {"rl": rl, "review": rl.load_review(str(snapshot))}
    names["scores"] = rl.score(names["review"])
    shown = "\n".join(eval(call, names).html for call in calls)
    page = shell_of(report.title, report.lang, *landmarks(shown), kind=report.kind)
    (out / report.href).write_text(page, encoding="utf-8")


def stock(snapshot: Path, out: Path) -> None:
    """Run the two commands for one notebook after another."""
    for report in _reports(snapshot):
        ran = out / f"{Path(report.href).stem}.ipynb"
        given = [text for name, value in report.parameters(str(snapshot)).items()
                 for text in ("-p", name, value)]  # fmt: skip
        source = NOTEBOOKS / report.notebook
        subprocess.run([BIN / "papermill", source, ran, *given, "-k", "python3"], check=True,
                       stderr=subprocess.DEVNULL)  # fmt: skip
        subprocess.run([BIN / "jupyter", "nbconvert", "--to", "html", ran], check=True,
                       stderr=subprocess.DEVNULL)  # fmt: skip


WAYS = {"ours": ours, "plain": plain, "stock": stock}


# measuring ────────────────────────────────────────────────────────────────────────────────────────


def seconds_of(command: list) -> tuple[float, str]:
    """Run a command; return its seconds and what it printed."""
    began = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command} ended with {done.returncode}")
    return time.perf_counter() - began, done.stdout


def memory_of(command: list) -> float:
    """Run a command; return the megabytes its processes held at most, shared ones counted once."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT)
    peak = 0.0
    while process.poll() is None:
        held = 0
        with contextlib.suppress(psutil.Error):  # one may just have ended
            top = psutil.Process(process.pid)
            for each in [top, *top.children(recursive=True)]:
                full = each.memory_full_info()
                held += getattr(full, "pss", full.uss)
        peak = max(peak, held / 2**20)
        time.sleep(0.2)
    return peak


def pages(runs: int, stock_runs: int, snapshot: Path) -> None:
    """Make all pages in each way and print the table."""
    turns = ["ours", "plain"] * runs + ["stock"] * stock_runs
    random.Random(1).shuffle(turns)
    seconds, sheets = {way: [] for way in WAYS if way in turns}, []
    for way in turns:
        with tempfile.TemporaryDirectory() as out:
            spent, printed = seconds_of(_way(way, snapshot, out))
            made = len(list(Path(out).glob("*.html")))
        seconds[way].append(spent)
        if way == "ours":
            sheets += [work for page, work in json.loads(printed).items() if "department" in page]
    medians = {way: statistics.median(all_of) for way, all_of in seconds.items()}
    print(f"{made} pages, {os.cpu_count()} cores\n{'':8}{'seconds':>10}{'times ours':>12}{'MB':>8}")
    for way, median in medians.items():
        with tempfile.TemporaryDirectory() as out:
            held = memory_of(_way(way, snapshot, out))
        print(f"{way:8}{median:10.2f}{median / medians['ours']:12.2f}{held:8.0f}")
    print(f"a department's sheet: {statistics.median(sheets):.3f} s of processor time, "
          f"{max(sheets):.3f} s at most\n")  # fmt: skip


def _way(way: str, snapshot: Path, out: str) -> list:
    return [sys.executable, __file__, "--way", way, snapshot, out]


def whole(runs: int, review: Path, out: Path) -> None:
    """Run the whole command, again unchanged, and with one return corrected; print the table."""
    command = [BIN / "reviewlib", "run", review, "--out", out]
    seconds = {"the whole run": [], "again, unchanged": [], "one return corrected": []}
    for _ in range(runs):
        shutil.rmtree(out, ignore_errors=True)
        for name, spent in seconds.items():
            if name == "one return corrected":
                _correct(sorted((review / "returns").glob("*.xlsx"))[3])
            spent.append(seconds_of(command)[0])
    medians = {name: statistics.median(all_of) for name, all_of in seconds.items()}
    first = medians["the whole run"]
    print(f"{'':22}{'seconds':>10}{'of whole':>12}")
    for name, median in medians.items():
        print(f"{name:22}{median:10.2f}{median / first:12.2f}")
    print(f"at most {memory_of([*command, '--force']):.0f} MB\n")


def _correct(path: Path) -> None:
    """Change the first number of a staffing sheet by one, as a corrected return would."""
    book = openpyxl.load_workbook(path)
    sheet = next(sheet for sheet in book.worksheets if "编制" in sheet.title)
    cell = next(
        cell for row in sheet.iter_rows() for cell in row
        if type(cell.value) is int and cell.value > 3
    )  # fmt: skip
    cell.value += 1
    book.save(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--stock", type=int, default=1)
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("places", nargs="*", type=Path)
    given = parser.parse_args()
    if given.way:
        run: Callable[[Path, Path], None] = WAYS[given.way]
        run(*given.places)
        return
    with tempfile.TemporaryDirectory() as folder:
        review = Path(folder) / "sample"
        shutil.copytree(SAMPLE, review)
        whole(given.runs, review, Path(folder) / "reports")
        pages(given.runs, given.stock, Path(folder) / "reports" / "sample" / "snapshot")


if __name__ == "__main__":
    main()
