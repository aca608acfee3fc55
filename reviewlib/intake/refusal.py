"""How a file is refused whole: an error that carries a code of data issue and its words."""

from __future__ import annotations

from collections import defaultdict

from reviewlib.errors import WorkbookError
from reviewlib.schema.codes import CODES


class Refusal(WorkbookError):
    """A workbook that cannot be used at all; it becomes a data issue, the others go on."""

    def __init__(self, code: str, words: dict[str, object]):
        said = defaultdict(str, {"detail_en": words.get("detail", ""), **words})
        super().__init__(code, CODES[code].zh.format_map(said), CODES[code].en.format_map(said))
        self.words = words

    def __reduce__(self):
        return Refusal, (self.code, self.words)


def refusal(code: str, **words: object) -> Refusal:
    """Return the error that refuses a whole file, with the words of its data issue."""
    return Refusal(code, words)
