"""One voice for a page: its language, and the names, bands and places of its review."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reviewlib.review import Review
from reviewlib.rubric import Rubric
from reviewlib.schema import Vocabulary
from reviewlib.schema import vocabularies as v
from reviewlib.show import words
from reviewlib.show.blocks import Block, Part, element, say
from reviewlib.show.found import find
from reviewlib.show.words import Names

DATA_QUALITY = "data-quality.html"


@dataclass(frozen=True, eq=False)
class Bands:
    """The bands (评定) as the rubric words them.

    Parameters
    ----------
    labels : dict of str to (zh, en)
        Best first.
    """

    labels: dict[str, tuple[str, str]]

    @classmethod
    def of(cls, rubric: Rubric) -> Bands:
        """Take the words of a rubric."""
        ordered = sorted(rubric.bands, key=lambda band: band.at_least, reverse=True)
        return cls({band.id: (band.zh, band.en) for band in ordered})

    def meaning(self, code: str, lang: str) -> str:
        """Return what a band means: 落实到位, In place."""
        if code in self.labels:
            return self.labels[code][lang == "en"]
        label = v.BAND.label(code, lang)
        return label.partition(": " if lang == "en" else " ")[2] or label

    def __call__(self, code: object, lang: str = "zh") -> Block:
        """Return a band as shape + word + colour: ● 绿 落实到位."""
        if words.is_missing(code):
            return Block(words.MISSING)
        meaning = self.meaning(str(code), lang)
        if code not in words.COLOUR_WORDS or code == "not_rated":
            return words.mark(code, meaning, "rl-band")
        between = ": " if lang == "en" else " "
        return words.mark(
            code, f"{words.colour_word(str(code), lang)}{between}{meaning}", "rl-band"
        )

    def phrase(self, code: str, lang: str) -> str:
        """Return a band within a sentence: 落实到位（绿）, in place (green)."""
        meaning = self.meaning(code, lang)
        if code not in words.COLOUR_WORDS or code == "not_rated":
            return meaning.lower() if lang == "en" else meaning
        colour = words.colour_word(code, lang)
        return f"{meaning} ({colour})".lower() if lang == "en" else f"{meaning}（{colour}）"


@dataclass(frozen=True, eq=False)
class Places:
    """Where values stand, with links to the data-quality page for the pages of the set."""

    file_numbers: dict[str, int] = field(default_factory=dict)

    def __call__(self, file: object, sheet: object, cell: object, lang: str = "zh") -> Block:
        """Return file, sheet and cell; a link where the page knows the file."""
        where = words.address(file, sheet, cell, lang)
        number = self.file_numbers.get(str(file))
        if number is None:
            return where
        return element("a", where, href=f"{DATA_QUALITY}#file-{number}", class_="rl-ref")


@dataclass(frozen=True)
class Voice:
    """What sentences and tables need to speak of one review in one language.

    Parameters
    ----------
    lang : {"zh", "en"}
    names : Names
    bands : Bands
    places : Places
        Without file numbers for a sheet that travels alone.
    """

    lang: str
    names: Names
    bands: Bands
    places: Places = field(default_factory=Places)

    @classmethod
    def of(cls, review: Review, lang: str, *, is_linked: bool = True) -> Voice:
        """Return the voice of a review; `is_linked=False` where other pages are not at hand."""
        places = Places(find.file_numbers(review) if is_linked else {})
        return cls(lang, Names(review.departments), Bands.of(review.rubric), places)

    def say(self, zh: str, en: str, /, **parts: Part | int) -> Block:
        """Fill the template of this language."""
        return say(self.lang, zh, en, **{name: _text(part) for name, part in parts.items()})

    def name(self, code: object) -> Block:
        """Name one department, or several joined by `;`."""
        return self.names(code, self.lang)

    def some(self, codes: Iterable[str], limit: int = 5) -> Block:
        """Name departments in protocol order; past the limit say how many more."""
        return self.names.some(codes, self.lang, limit)

    def listed(self, items: Iterable[Part]) -> Block:
        """Return A、B和C."""
        return words.listed(items, self.lang)

    def departments(self, number: int) -> str:
        """Return 3家部门, 3 departments."""
        return words.plural(number, "department") if self.lang == "en" else f"{number}家部门"

    @property
    def top(self) -> str:
        """The way from a page of this language to the folder of its set, where the files lie."""
        return "../" if self.lang == "en" else ""

    def label(self, vocabulary: Vocabulary, code: object) -> str:
        """Return the words for a code."""
        return words.label(vocabulary, code, self.lang)

    def date(self, value: object) -> str:
        return words.date(value, self.lang)

    def part_of(self, part: object, whole: object) -> str:
        return words.part_of(part, whole, self.lang)

    def original(self, value: object) -> Block:
        return words.original(value, self.lang)

    @property
    def gap(self) -> str:
        """What stands between two sentences."""
        return " " if self.lang == "en" else ""


def _text(part: Part | int) -> Part:
    return part if isinstance(part, str | Block) else str(part)
