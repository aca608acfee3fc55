"""The overall, group and department reports: whole, honest when empty, and discreet."""

import re
from functools import cache

import pytest
from pages_by_hand import page, read, review_with, words_of

from reviewlib import show
from reviewlib.scoring import score

RETURNED = [
    {"dept_code": code, "declared_code": code, "declared_on": "2030-04-01",
     "source_file": f"returns/{code}.xlsx"}
    for code in ("DP01", "DP02", "DP03", "DP04")
]  # fmt: skip


def heads(code, posts, heads_in_place):
    """Return internal units of a department, so many of them headed."""
    return [
        {"dept_code": code, "unit_name": f"{code}科{n}", "is_in_three_det": True,
         "is_set_up": True, "is_head_in_place": n < heads_in_place, "is_duties_issued": True,
         "actual_staff_count": 3, "approved_staff_count": 3, "source_file": f"returns/{code}.xlsx",
         "source_sheet": "06 内设机构", "source_cell": f"A{n + 4}"}
        for n in range(posts)
    ]  # fmt: skip


UNITS = heads("DP01", 7, 3) + heads("DP02", 5, 5) + heads("DP03", 4, 2) + heads("DP04", 3, 3)
DUTY = {"matter_id": "DT-01", "matter": "老龄工作", "from_dept": "DP01", "to_dept": "DP02",
        "source_sheet": "03 职责划转", "source_cell": "A4"}  # fmt: skip
SIDES = [DUTY | {"reported_by": "gaining", "dept_code": "DP02", "status": "not_done",
                 "source_file": "returns/DP02.xlsx"},
         DUTY | {"reported_by": "losing", "dept_code": "DP01", "status": "done",
                 "source_file": "returns/DP01.xlsx"}]  # fmt: skip
PROBLEM = {"problem_id": "P-01", "category": "STAFF", "title": "科室负责人未配齐",
           "description": "甲局缺四名科长", "nature": "particular", "severity": "high",
           "resolution_level": "department", "rectification_type": "deadline", "owner": "DP01",
           "found_on": "2030-04-10", "due_on": "2030-06-01", "status": "in_progress"}  # fmt: skip
FINDING = {"finding_id": "F-001", "dept_code": "DP01", "group_id": "G1", "category": "STAFF",
           "text": "四个科室无负责人", "suggestion": "尽快配备"}  # fmt: skip
FULL = {
    "covers": RETURNED, "internal_units": UNITS, "duty_transfers": SIDES, "problems": [PROBLEM],
    "findings": [FINDING],
    "problem_findings": [{"finding_id": "F-001", "problem_id": "P-01", "status": "merged"}],
    "opinions": [{"dept_code": "DP01", "opinion_id": "O-001", "topic": "staff", "text": "增编"}],
    "visits": [{"group_id": "G1", "dept_code": "DP01", "visit_on": "2030-04-08",
                "methods": "meeting"}],
}  # fmt: skip

REVIEWS = {
    "a little of everything": FULL,
    "nothing returned": {},
    "no departments at all": {"departments": []},
    "returns, but no problem and no visit": {"covers": RETURNED, "internal_units": UNITS},
    "no self-assessed": {
        "departments": [{"dept_code": "DP01", "short_name": "甲局", "protocol_order": 1,
                         "mode": "visit", "group_id": "G1", "change_type": "new"}],
        "covers": RETURNED[:1], "internal_units": heads("DP01", 7, 3)},
    "hostile words": {
        "departments": [{"dept_code": "DP01", "short_name": "<script>$x$</script>{y}",
                         "protocol_order": 1, "mode": "visit", "group_id": "G1",
                         "change_type": "new"}],
        "covers": RETURNED[:1], "internal_units": heads("DP01", 7, 3),
        "findings": [FINDING | {"text": "</td><h1>" + "\x07" + '"onload="'}],
        "problems": [PROBLEM | {"title": "<img src=x>"}]},
}  # fmt: skip
PAGES = {
    "overall": {}, "group": {"group": "G1"}, "empty group": {"group": "G9"},
    "department": {"department": "DP01"}, "self-assessed": {"department": "DP04"},
    "unknown department": {"department": "DP99"},
}  # fmt: skip


def kind_of(what):
    return {"empty group": "group", "self-assessed": "department",
            "unknown department": "department"}.get(what, what)  # fmt: skip


BOTH = ("a little of everything", "nothing returned")
"""The states looked at in both languages; the others in Chinese."""


@cache
def scored(state):
    """Return the review of a state and its scores, made once."""
    review = review_with(**REVIEWS[state])
    return review, score(review)


def full_page(kind, lang="zh", **whom):
    """Return a report of the review that holds a little of everything."""
    review, scores = scored("a little of everything")
    return page(kind, review, lang, scores, **whom)


@pytest.mark.parametrize("what", PAGES)
@pytest.mark.parametrize(
    "state, lang", [(one, "zh") for one in REVIEWS] + [(one, "en") for one in BOTH]
)
def test_every_report_is_whole_whatever_came_in(state, what, lang):
    """Each section stands in its order with its heading; nothing leaks that is not meant to."""
    kind = kind_of(what)
    review, scores = scored(state)
    blocks = page(kind, review, lang, scores, **PAGES[what])
    found, said = read(blocks), words_of(blocks)
    outline = getattr(show, kind).OUTLINE

    assert found.faults == []
    assert found.ids == [key for key, *_ in outline.rows]
    assert found.levels[:2] == [1, 2] and found.levels.count(1) == 1
    assert found.levels.count(2) == len(outline.rows)
    assert all(after - before <= 1 for before, after in zip(found.levels, found.levels[1:],
                                                            strict=False))  # fmt: skip
    assert not re.search(r"\b(nan|NaN|NaT|<NA>|None\b(?! (are|yet)))", said)
    assert not found.tags & {"script", "iframe", "form"}
    assert not found.attributes & {"style", "onload", "onclick"}
    assert all(picture["alt"] for picture in found.pictures)
    assert 'data-reviewlib="end"' in blocks[-1].html


def test_an_empty_group_says_so():
    """A group without departments has an honest page: no chart, no table without rows."""
    blocks = full_page("group", group="G9")

    assert "G9没有部门，无可评定事项。" in words_of(blocks)
    assert read(blocks).pictures == []
    assert "<tbody></tbody>" not in "".join(block.html for block in blocks)


def test_no_table_ranks_departments():
    """There is no rank column; departments stand in protocol order."""
    blocks = full_page("group", group="G1")
    html = "".join(block.html for block in blocks)

    headings = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", html)
    assert not [one for one in headings if re.search("排名|名次|位次|[Rr]ank", one)]
    assert html.index("甲局") < html.index("乙局")


def test_the_overall_report_says_that_groups_are_not_compared():
    """In plain words, in both languages."""
    assert "各组评分不作比较" in words_of(full_page("overall"))
    assert "Groups are not compared" in words_of(full_page("overall", "en"))


def test_the_visited_and_the_self_assessed_are_never_in_one_row_of_scores():
    """The leader's table of colours has a row for each mode, and no sum of both."""
    review, scores = scored("a little of everything")
    made = show.overall.summary(review, scores, lang="zh").html
    rows = re.findall(r'<tr><th scope="row"[^>]*>(实地回访|单位自评)</th><td[^>]*>(\d+)</td>', made)

    assert rows == [("实地回访", "3"), ("单位自评", "1")]
    assert "合计" not in made


def test_a_sheet_names_no_other_department_but_the_other_side_of_a_mismatch():
    """DP01 sees its own facts, what DP02 states of their transfer, and nothing of DP03 or DP04."""
    said = words_of(full_page("department", department="DP01"))

    assert "四个科室无负责人" in said
    assert "甲局：到位" in said and "乙局：未到位" in said
    assert "丙局" not in said and "丁办" not in said
    assert "returns/DP01.xlsx" in said and "returns/DP02.xlsx" not in said


def test_a_sheet_has_no_link_to_other_pages():
    """It travels alone: its only links are to its own sections."""
    blocks = full_page("department", department="DP01")
    links = re.findall(r'href="([^"]*)"', "".join(block.html for block in blocks))

    assert links and all(link.startswith("#") for link in links)


@pytest.mark.parametrize("is_shown", [True, False])
def test_the_score_is_on_the_sheet_only_where_the_review_says_so(is_shown):
    """Bands and coverage are always there; the score follows `feedback.is_score_shown`."""
    review = review_with({"feedback": {"is_score_shown": is_shown}}, **FULL)
    made = show.department.verdict(review, score(review), department="DP02", lang="zh")

    assert ("满分100分" in made.text) is is_shown


def three_in_a_group(count):
    """Return so many departments of one group, each with its own share of section heads."""
    departments = [
        {"dept_code": f"DP0{n}", "short_name": f"第{n}局", "protocol_order": n, "mode": "visit",
         "group_id": "G1", "change_type": "new"}
        for n in range(1, count + 1)
    ]  # fmt: skip
    units = [row for n in range(1, count + 1) for row in heads(f"DP0{n}", 8, 9 - 2 * n)]
    return review_with(departments=departments, covers=RETURNED[:count], internal_units=units)


@pytest.mark.parametrize(
    "what, count, median",
    [("two departments: each could work out the other's value", 2, "—"),
     ("three departments: the median is the middle one's", 3, "62.5%")],
)  # fmt: skip
def test_the_median_is_shown_only_where_it_hides_the_others(what, count, median):
    """C03 of DP01 is 7 of 8; the sheet shows that and the median, never 5 of 8 or 3 of 8."""
    review = three_in_a_group(count)
    made = show.department.indicators(review, score(review), department="DP01", lang="zh").html
    row = re.search(r"<tr><th[^>]*>C03.*?</tr>", made).group()

    cells = re.findall(r"<td[^>]*>(?:<svg.*?</svg> )?([^<]*)</td>", row)

    assert cells[-3:] == ["7/8", "87.5%", median]
    assert "5/8" not in made and "3/8" not in made


def test_a_department_that_returned_nothing_has_an_honest_sheet():
    """It is not rated rather than rated 0, and asked to send its return."""
    said = words_of(page("department", review_with(), department="DP01"))

    assert "暂不评定" in said
    assert "尚未收到贵单位的自评材料" in said
    assert "请补报自评工作簿。" in said


def test_bands_for_an_analyst():
    """`show.bands(scores)` is a picture with its sentence, the two modes apart."""
    made = show.bands(scored("a little of everything")[1])

    assert made.png.startswith(b"\x89PNG")
    assert made.title.startswith("实地回访部门：") and "；单位自评部门：" in made.title
