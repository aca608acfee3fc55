"""The tracker's pictures of the ledger over time: lines, ages, flow, in words and as markup."""

import pandas as pd
import pytest
from review_by_hand import make_review

from reviewlib.show.charts.course import burn_down_lines, flow_ribbons
from reviewlib.show.pages import tracker
from reviewlib.show.sentences.course import ageing_sentence, burn_down_sentence, flow_sentence
from reviewlib.show.tables.course import age_table
from reviewlib.show.voice import Voice

ZH, EN = (Voice.of(make_review(), lang) for lang in ("zh", "en"))


def months(*counts: tuple[int, int]) -> pd.DataFrame:
    """A burn-down with (total, closed) at the end of each month from July 2025."""
    days = pd.date_range("2025-07-31", periods=len(counts), freq="ME")
    return pd.DataFrame(
        [{"as_of": day, "total": total, "closed": closed, "open": total - closed}
         for day, (total, closed) in zip(days, counts, strict=True)]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("case", "counts", "zh", "en"),
    [
        ("fewer", [(11, 0), (11, 4)], "未销号问题由2025年7月31日的11项变为2025年8月31日的7项",
         "Open problems went from 11 on 31 July 2025 to 7 on 31 August 2025"),
        ("more, since more were found", [(3, 0), (6, 1)],
         "未销号问题由2025年7月31日的3项变为2025年8月31日的5项",
         "Open problems went from 3 on 31 July 2025 to 5 on 31 August 2025"),
        ("as many", [(4, 0), (5, 1)], "自2025年7月31日至2025年8月31日，未销号问题均为4项",
         "From 31 July 2025 to 31 August 2025 open problems stayed at 4"),
        ("none left", [(4, 0), (4, 4)], "4项问题已全部销号", "All 4 problems are closed"),
    ],
)  # fmt: skip
def test_burn_down_in_words(case, counts, zh, en):
    """The title says what the line shows, whichever way it goes."""
    assert burn_down_sentence(months(*counts), ZH).text == zh
    assert burn_down_sentence(months(*counts), EN).text == en


@pytest.mark.parametrize(
    ("case", "days", "zh"),
    [
        ("three", [10, 40, 100], "3项未销号问题自发现起最长100天，中位数40天。"),
        ("none", [], "没有未销号问题。"),
        ("without a date of finding", [None], "没有未销号问题。"),
    ],
)
def test_ages_in_words(case, days, zh):
    """Oldest and median of what is open; a problem without date has no age."""
    ages = pd.DataFrame({"age_days": pd.array(days, dtype="Int64")})

    assert ageing_sentence(ages, ZH).text == zh


def links(*rows: tuple) -> pd.DataFrame:
    """A flow of (category, strand, status), each once."""
    frame = pd.DataFrame(rows, columns=["category", "strand", "status"]).astype("str")
    return frame.assign(link_count=1, problem_count=1)


@pytest.mark.parametrize(
    ("case", "frame", "zh", "en"),
    [
        ("all answered", links(("DUTY", "duties", "closed"), ("STAFF", "functions", "to_close")),
         "各类问题均有建议对应，分属2个方面",
         "Every problem has its recommendations, of 2 strands"),
        ("one not", links(("DUTY", "duties", "closed"), ("IMPL", None, "in_progress")),
         "有1项问题尚无对应建议", "1 problem has no recommendation yet"),
    ],
)  # fmt: skip
def test_flow_in_words(case, frame, zh, en):
    """The title says whether every problem is answered."""
    assert flow_sentence(frame, ZH).text == zh
    assert flow_sentence(frame, EN).text == en


def test_pictures_have_their_numbers_as_text():
    """Who cannot see a picture hears every number of it, in the language of the page."""
    lines = burn_down_lines(months((4, 0), (4, 1)), EN, title="t")
    flow = flow_ribbons(links(("DUTY", "duties", "closed"), ("IMPL", None, "draft")), EN, title="t")

    assert lines.alt == "31 July 2025: Open 4, Closed 0; 31 August 2025: Open 3, Closed 1"
    assert "Duty adjustment → Settle the adjustment of duties → Closed 1" in flow.alt
    assert "Three-determinations and integration → No recommendation → Draft 1" in flow.alt
    assert lines.png.startswith(b"\x89PNG") and flow.png.startswith(b"\x89PNG")


PROBLEM = {"problem_id": "P-01", "category": "DUTY", "title": "老龄工作", "owner": "DP01",
           "status": "in_progress", "found_on": "2030-04-10", "due_on": "2030-09-08",
           "rectification_type": "deadline"}  # fmt: skip


def test_the_overview_holds_the_course():
    """Lines and ages stand in the overview, with the age of the one problem."""
    html = tracker.overview(make_review(problems=[PROBLEM]), lang="zh").html

    assert html.count("<img") == 2
    assert "1项未销号问题自发现起最长81天" in html


def test_without_problems_there_are_no_pictures():
    """An empty ledger draws nothing."""
    html = "".join(
        section(make_review(), lang="zh").html
        for section in (tracker.overview, tracker.recommendations)
    )

    assert "<img" not in html


def test_problems_of_ninety_days_are_not_over_ninety():
    """The last band of ages begins behind the 90th day, and is named so in both languages."""
    counts = pd.DataFrame(columns=["category", "open", "to_30", "to_60", "to_90", "over_90"])

    assert "61—90天超过90天" in age_table(counts, ZH, caption="").text
    assert "Over 90 days" in age_table(counts, EN, caption="").text
