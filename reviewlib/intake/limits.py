"""How much one file may ask of us. Beyond it the file is refused, the others go on."""

from __future__ import annotations

from dataclasses import dataclass

from reviewlib.limited import MEMORY, SECONDS

MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Limits on one workbook; each has its own code of data issue."""

    file_bytes: int = 20 * MB
    unpacked_bytes: int = 200 * MB
    entries: int = 2_000
    sheets: int = 60
    rows: int = 200_000  # non-empty, per sheet
    columns: int = 200
    cells: int = 500_000
    merges: int = 50_000
    merged_cells: int = 1_000_000
    text_length: int = 32_767
    seconds: float = SECONDS
    memory_bytes: int = MEMORY


STANDARD = Limits()
"""What holds where nothing else is said."""
