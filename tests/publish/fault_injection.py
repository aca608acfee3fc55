"""Publish a set of three files in a process of its own, with a fault at one of its file steps.

Run as a script: `fault_injection.py OUT WORDS PUBLISHER STEP FAULT`. Every step that touches a file
below OUT is counted by an audit hook, which no code can go around; at step STEP the process is
killed, or the step fails as a full disk, a broken one or a forbidden place would make it. Without a
fault (STEP 0) it prints how many steps there were. PUBLISHER `sweep` lets each step go wrong in
turn and prints what readers found; `ways_back` does so where links are not allowed, and goes back;
`temporary` makes a temporary folder, and clears it away, with a fault at each step.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

STEPS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.symlink", "os.truncate",
         "os.chmod", "os.link"}  # fmt: skip
FAULTS = ("kill", "ENOSPC", "EIO", "EACCES")
PAGES = ("index.html", "group-g1.html", "method.html")


def inject(out: Path, at: int, fault: str) -> list[str]:
    """Count file steps below `out` from now on, and let one of them go wrong."""
    seen: list[str] = []

    def hook(event: str, arguments: tuple) -> None:
        if event not in STEPS or not _is_below(out, arguments):
            return
        seen.append(event)
        if len(seen) == at:
            if fault == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            if fault == "Ctrl-C":
                raise KeyboardInterrupt
            number = getattr(errno, fault)
            raise OSError(number, os.strerror(number))

    sys.addaudithook(hook)
    return seen


def _is_below(out: Path, arguments: tuple) -> bool:
    return any(str(one).startswith(str(out)) for one in arguments if isinstance(one, str | Path))


def publish(out: Path, words: str) -> None:
    """Publish as a run does."""
    from reviewlib.publish.shelf import Shelf

    shelf = Shelf(out, "sample")
    with shelf.held():
        _write(shelf.staging, words)
        shelf.publish()


def naive(out: Path, words: str) -> None:
    """Publish as a careless program would: file by file, in place."""
    (out / "sample").mkdir(parents=True, exist_ok=True)
    _write(out / "sample", words)


def _write(folder: Path, words: str) -> None:
    for page in PAGES:
        (folder / page).write_text(words, encoding="utf-8")
    outputs = {page: sha256((folder / page).read_bytes()).hexdigest() for page in PAGES}
    (folder / "manifest.json").write_text(json.dumps({"outputs": outputs}), encoding="utf-8")


def read(out: Path) -> str | None:
    """Return what a reader finds: the words of a whole set, None where nothing is published.

    Raises
    ------
    AssertionError
        The set is not whole.
    """
    shown = out / "sample"
    if not shown.exists():
        return None
    texts = {page: (shown / page).read_text(encoding="utf-8") for page in PAGES}
    outputs = json.loads((shown / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    found = {page: sha256(text.encode()).hexdigest() for page, text in texts.items()}
    assert found == outputs, "the pages are not those of the manifest"
    assert len(set(texts.values())) == 1, "two sets are mixed"
    return texts["index.html"]


def sweep(out: Path, fault: str) -> dict[str, object]:
    """Publish with a fault at the first step, the second, …, until one comes to its end.

    Each finds what the one before it left. They are forks of this process, which is quick.

    Returns
    -------
    dict
        `steps`, how many there were; `amiss`, what readers found besides the set before, or the new
        one, whole.
    """
    amiss, step, end = [], 0, None
    while end != UNTOUCHED:
        step, before = step + 1, read(out)
        end = _apart(lambda: publish(out, str(step)), out, step, fault)  # noqa: B023 - done at once
        try:
            found = read(out)
        except AssertionError as error:
            found = str(error)
        if found not in (before, str(step)):
            amiss.append(f"step {step}: {found}")
        if (end, found) == (FAILED, str(step)):
            amiss.append(f"step {step}: published, and said to have failed")
    return {"steps": step - 1, "amiss": amiss}


UNTOUCHED, DONE, FAILED = 0, 1, 2
"""How publishing ended: before the step with the fault, in spite of it, or because of it."""


def ways_back(out: Path, fault: str) -> dict[str, object]:
    """Without links, publish a third set, or go back from it, with a fault at each step in turn.

    Whatever is shown then, going back must show the set before it, and never one not yet shown.

    Returns
    -------
    dict
        `steps`, how many there were; `amiss`, what was shown that should not be.
    """
    from reviewlib.publish.shelf import Shelf

    Path.symlink_to = _no_links
    amiss, steps = [], 0
    for before, act in ((2, lambda place: publish(place, "3")),
                        (3, lambda place: Shelf(place, "sample").go_back())):  # fmt: skip
        step, end = 0, None
        while end != UNTOUCHED:
            step, steps = step + 1, steps + 1
            place = out / f"{before}-{step}"
            for number in range(before):
                publish(place, str(number + 1))
            end = _apart(lambda: act(place), place, step, fault)  # noqa: B023 - done at once
            found = read(place)
            Shelf(place, "sample").go_back()
            back = read(place)
            if back != str(int(found or before) - 1):  # between two renames nothing is shown
                amiss.append(f"step {step}: {found}, then {back}")
    return {"steps": steps, "amiss": amiss}


def temporary(out: Path, fault: str) -> dict[str, object]:
    """Make a temporary folder and clear it away, with a fault at each step in turn.

    Returns
    -------
    dict
        `steps`, how many there were; `left`, what lay there after each that went wrong; `amiss`,
        what a run a little later did not clear away.
    """
    from reviewlib.publish.surroundings import surroundings

    def act() -> None:
        with contextlib.suppress(KeyboardInterrupt), surroundings() as (folder, _):
            (folder / "page.html").touch()

    tempfile.tempdir = str(out)
    left, amiss, step, end = [], [], 0, None
    while end != UNTOUCHED:
        step += 1
        end = _apart(act, out, step, fault)
        left += [f"step {step}: {sorted(os.listdir(folder))}" for folder in out.iterdir()]
        for folder in out.iterdir():
            os.utime(folder, (0, folder.stat().st_mtime - 3600))
        act()
        amiss += [f"step {step}: {sorted(os.listdir(folder))}" for folder in out.iterdir()]
    return {"steps": step, "left": left, "amiss": amiss}


def _no_links(*_: object, **__: object) -> None:
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def _apart(act: Callable[[], object], out: Path, step: int, fault: str) -> int:
    """Do something in a fork of this process; return how it ended, below 0 if it was killed."""
    child = os.fork()
    if not child:
        with contextlib.suppress(Exception):
            seen = inject(out, step, fault)
            act()
            os._exit(UNTOUCHED if len(seen) < step else DONE)
        os._exit(FAILED)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    place, said, publisher, step, kind = sys.argv[1:]
    import reviewlib.publish.faults
    import reviewlib.publish.shelf
    import reviewlib.publish.surroundings  # noqa: F401 - all before steps are counted

    for of_every_step in (sweep, ways_back, temporary):
        if publisher == of_every_step.__name__:
            print(json.dumps(of_every_step(Path(place), kind)))
            sys.exit()
    steps = inject(Path(place), int(step), kind)
    {"publish": publish, "naive": naive}[publisher](Path(place), said)
    print(len(steps))
