"""What every part of a scoring table shares: strict, frozen, with words in both languages."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """One part of a rubric: unknown keys are refused, nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def text(self, name: str, lang: str = "zh") -> str:
        """Return the words `name` in one language: `text("formula", "en")`."""
        return getattr(self, f"{name}_{lang}")

    def label(self, lang: str = "zh") -> str:
        """Return the name of this part in one language."""
        return getattr(self, lang)
