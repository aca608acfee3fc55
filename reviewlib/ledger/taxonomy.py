"""The keyword taxonomy (归类词表): data that people edit, and what it says of a text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from reviewlib.errors import ConfigError
from reviewlib.model_faults import fault, told
from reviewlib.schema import vocabularies as v
from reviewlib.toml_file import TomlFault, load_toml

TAXONOMY_FILE = "taxonomy.toml"
PACKAGED = Path(__file__).with_name(TAXONOMY_FILE)
"""The taxonomy that `reviewlib new` copies into a review folder."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Strict):
    """When a theme is common, and when two texts are pointed out as alike."""

    common_departments: int = Field(3, ge=2)
    similar_from: int = Field(60, ge=1, le=100)


class Theme(_Strict):
    """One theme of a category, known by its words."""

    id: str
    category: str
    zh: str
    en: str
    words: tuple[str, ...] = Field(min_length=1)

    @field_validator("category")
    @classmethod
    def _is_known(cls, code: str) -> str:
        if code not in v.CATEGORY.codes:
            codes = v.CATEGORY.codes
            raise fault(f"应为 {'、'.join(codes)} 之一，现为 {code}",
                        f"must be one of {', '.join(codes)} (found {code})")  # fmt: skip
        return code

    @field_validator("words")
    @classmethod
    def _are_filled(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        if not all(word.strip() for word in words):
            raise fault("有空白的词", "a word is blank")
        return words


class Taxonomy(_Strict):
    """Themes in their order; of two that fit equally well the first counts.

    `lines` gives single indicators another line (share, 0–1) than the rubric's lowest band.
    """

    rule: Rule = Rule()
    lines: dict[str, float] = Field(default_factory=dict)
    theme: tuple[Theme, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Fit:
    """Where a text belongs, and the words of it that decided."""

    category: str
    theme: str
    words: tuple[str, ...]


def load_taxonomy(folder: Path | None = None) -> Taxonomy:
    """Read the taxonomy of a review folder; the packaged one where it has none.

    Raises
    ------
    ConfigError
        The file is no TOML, or breaks the rules; every fault is named.
    """
    path = folder / TAXONOMY_FILE if folder else PACKAGED
    if not path.is_file():
        path = PACKAGED
    try:
        return Taxonomy.model_validate(load_toml(path))
    except ValidationError as error:
        zh, en = told(error)
    except TomlFault as error:
        zh, en = error.zh, error.en
    raise ConfigError(
        f"归类词表不符合要求：{zh}", f"the keyword taxonomy is faulty: {en}",
        where=TAXONOMY_FILE, fix_zh="。请改正后重新运行，或删除该文件以使用自带的词表。",
        fix_en="Correct it, or remove the file to use the one that comes with the package.",
    )  # fmt: skip


def fit(taxonomy: Taxonomy, text: str) -> Fit:
    """Say to which theme a text belongs: the one whose words cover most of its characters.

    A word inside a longer word of any theme does not count again.
    """
    found = _words_in(text, {word for theme in taxonomy.theme for word in theme.words})
    best = max(taxonomy.theme, key=lambda theme: _weight(theme, found))
    words = tuple(word for word in found if word in best.words)
    return Fit(best.category, best.id, words) if words else Fit("OTHER", "", ())


def _weight(theme: Theme, found: list[str]) -> int:
    return sum(len(word) for word in found if word in theme.words)


def _words_in(text: str, words: set[str]) -> list[str]:
    """Return the words that occur in a text, longest first; each stretch of text counts once."""
    found = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        if word in text:
            found.append(word)
            text = text.replace(word, "\0" * len(word))
    return found
