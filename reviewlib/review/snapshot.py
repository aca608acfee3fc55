"""A snapshot: the cleaned review as one run saved it, which every notebook of that run reads."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from reviewlib import schema
from reviewlib.errors import UsageError
from reviewlib.review.memory import remembered
from reviewlib.review.model import Review
from reviewlib.review.settings import Settings
from reviewlib.rubric import Rubric

RECORD = "snapshot.json"


def save_review(review: Review, folder: Path) -> Path:
    """Write a review as a snapshot: one Parquet file per frame and one JSON record."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in review.frames.items():
        with (folder / f"{name}.parquet").open("wb") as file:  # pyarrow opens no names but UTF-8
            frame.to_parquet(file, index=False)
    record = {
        "name": review.name,
        "settings": review.settings.model_dump(mode="json"),
        "rubric": review.rubric.model_dump(mode="json"),
        "inputs": dict(review.inputs),
    }
    (folder / RECORD).write_text(
        json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8",
        errors="backslashreplace",  # the name of the folder may be no text; JSON reads that back
    )  # fmt: skip
    return folder


@remembered
def load_review(folder: str | Path) -> Review:
    """Read a snapshot that `reviewlib run` saved.

    Raises
    ------
    UsageError
        The folder holds no snapshot.
    """
    folder = Path(folder)
    if not (folder / RECORD).is_file():
        raise UsageError(
            f"“{folder.name}”中没有快照记录 {RECORD}", f"{folder.name} holds no {RECORD}",
            where=folder.name,
            fix_zh="。请先运行 reviewlib run，或改用 rl.open_review(评估文件夹)。",
            fix_en="Run `reviewlib run` first, or use rl.open_review(review folder).",
        )  # fmt: skip
    record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    frames = {name: _read(folder, name) for name in (*schema.TABLES, *schema.RECORDS)}
    return Review(
        name=record["name"],
        settings=Settings.model_validate(record["settings"]),
        rubric=Rubric.model_validate(record["rubric"]),
        frames=frames,
        inputs=record["inputs"],
    )


def _read(folder: Path, name: str) -> pd.DataFrame:
    """Read one frame; pyarrow alone reads many small files in a third of pandas' time."""
    from pyarrow.parquet import ParquetFile  # slow to import, and most commands read no snapshot

    with (folder / f"{name}.parquet").open("rb") as bare, ParquetFile(bare) as file:
        frame = file.read(use_threads=False).to_pandas()
    dtypes = schema.dtypes_of(name)
    is_as_declared = {column: str(dtype) for column, dtype in frame.dtypes.items()} == dtypes
    return frame if is_as_declared else frame.astype(dtypes)
