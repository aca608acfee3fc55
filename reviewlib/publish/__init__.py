"""The only papermill and nbconvert: from a review folder to a published set of pages.

`publish.run(review_folder, out)` is the whole of it; modules load when first used, because every
worker process imports this room.

=============  ====================================================================
start          where a run begins: an unchanged review is recognised (unchanged) and left as it is
pipeline       one run, in order: read, save, score, make pages and data files (beside), switch
published      what a run is asked for, and what it published; run_log: its times and noise
plan           what is to be made, as data; notebooks: where the report notebooks are
workshop       has pages made by the workbench, a process of its own, which forks one for each
               (warm: what it has at hand; orders: what it is asked for; making: one page;
               surroundings: what it may touch)
earlier        files of the set before that rest on what is the same still: taken over
engine         one notebook through papermill, judged by its end marker (ready: what is to be run;
               report_engine: papermill's interface to cells, which runs them without a kernel)
page           what a notebook showed, as one page; shell: the template around it
data_files     tables, scores and data issues as CSV and workbooks (workbook, tracker_file)
corrected      the returns to send back, marked
index          the way in
manifest       what made the set, and the sha256 of every file
shelf          staging, switch, and the set before; lock, disk
checking       what `reviewlib check` says and writes
comparing      two reviews side by side, as a set of its own
processes      ending what we started, with all that it started
ours           what of the output folder may be replaced or removed
faults         why a report was withheld, or nothing published: codes and their words
=============  ====================================================================
"""

from __future__ import annotations

from importlib import import_module

_NAMES = {"KINDS": "plan", "LANGS": "plan", "Published": "published", "run": "start"}
"""Public name → module of this room that holds it."""

__all__ = sorted(_NAMES)


def __getattr__(name: str):
    if name not in _NAMES:
        raise AttributeError(f"publish has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_NAMES[name]}"), name)
