"""Tables of the ledger's course: open problems by age."""

from __future__ import annotations

import pandas as pd

from reviewlib.schema import vocabularies as v
from reviewlib.show import words
from reviewlib.show.blocks import Block
from reviewlib.show.tables import Col, table
from reviewlib.show.voice import Voice

AGES = (
    ("to_30", "30天以内", "Up to 30 days"), ("to_60", "31—60天", "31–60 days"),
    ("to_90", "61—90天", "61–90 days"), ("over_90", "超过90天", "Over 90 days"),
)  # fmt: skip
"""The bands of `ledger.AGE_BANDS` in words."""


def age_table(counts: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return open problems by category and age; see `ledger.age_counts`."""
    cols = [
        Col("category", "类别", "Category", lambda code, lang: words.label(v.CATEGORY, code, lang)),
        Col("open", "未销号", "Open", words.count),
        *(Col(name, zh, en, words.count) for name, zh, en in AGES),
    ]
    return table(counts, cols, lang=voice.lang, **options)
