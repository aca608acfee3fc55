"""The trace on a department's sheet: weights as given and effective, points only where allowed."""

from functools import cache

import pandas as pd
import pytest
from review_by_hand import make_review

from reviewlib.show.tables.scores import against_median
from reviewlib.show.voice import Voice

REVIEW = make_review()


@cache
def voice(lang):
    return Voice.of(REVIEW, lang)


def sheet(lang="zh", *, is_score_shown=False, **changed):
    """Return the table of one department with A02, three quarters done, as the sheet shows it."""
    row = {"indicator_id": "A02", "status": "scored", "share": 0.75, "is_provisional": False,
           "median": 0.5, "level": None, "num": 3, "den": 4, "value": None, "weight": 40,
           "effective_weight": 43.46, "contribution": 32.595, "source_sheet": None,
           "source_cell": None} | changed  # fmt: skip
    return against_median(pd.DataFrame([row]), REVIEW.rubric, voice(lang), caption="题",
                          is_score_shown=is_score_shown).text  # fmt: skip


@pytest.mark.parametrize(
    "what, changed, said",
    [
        ("others do not apply", {}, "40 → 43.5"),
        ("pending, so nothing hangs on it yet",
         {"status": "pending", "share": None, "effective_weight": 0.0}, "40 → ——待评"),
        ("not worked out", {"effective_weight": pd.NA}, "40 → —"),
        ("not reported counts in full",
         {"status": "unreported", "share": 0.0, "effective_weight": 40.0}, "40 → 40.0"),
    ],
)  # fmt: skip
def test_a_weight_stands_with_what_hangs_on_it(what, changed, said):
    """The weight of the rubric and the points of the total that hang on it, side by side."""
    made = sheet(**changed).replace("3/4", "")

    assert said in made, what


@pytest.mark.parametrize("is_score_shown", [True, False])
def test_points_are_shown_only_where_the_review_lets_a_department_see_them(is_score_shown):
    """What an indicator brings is not on the sheet unless the settings say so."""
    assert ("32.6" in sheet(is_score_shown=is_score_shown)) == is_score_shown
    assert ("Points" in sheet("en", is_score_shown=is_score_shown)) == is_score_shown
