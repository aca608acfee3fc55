"""Proposals: every source has its leads, each with its cells, its category and the words for it."""

import openpyxl
import pandas as pd
import pytest
from ledgers_by_hand import problem, review_of

from reviewlib.errors import ConfigError
from reviewlib.ledger.draft import COLUMNS, draft
from reviewlib.ledger.leads import leads
from reviewlib.ledger.proposals import write_proposals
from reviewlib.ledger.taxonomy import PACKAGED, Taxonomy, fit, load_taxonomy
from reviewlib.scoring import Scores

PLACE = {"source_file": "returns/dp01.xlsx", "source_sheet": "表", "source_cell": "A5"}


def scored(*items: dict) -> Scores:
    """Scores of which only the items count here."""
    columns = ["dept_code", "indicator_id", "status", "share", *PLACE]
    rest = dict.fromkeys(("totals", "dimensions", "aspects", "adjustments", "ratings"))
    return Scores(pd.DataFrame(list(items), columns=columns), **rest, rubric_scores=None)


def drafted(**tables) -> pd.DataFrame:
    """The proposals of a review with these rows and no scores."""
    return draft(review_of(**tables), scored())


def own(dept: str, description: str, **more) -> dict:
    """A problem a department reports about itself."""
    return {"dept_code": dept, "description": description, **PLACE, **more}


@pytest.mark.parametrize(
    ("case", "text", "category", "words"),
    [
        ("one word", "岗位培训没有跟上", "STAFF", ("培训",)),
        ("the longer word counts, not the one inside", "成员单位联络员未更新", "COORD",
         ("成员单位", "联络员")),
        ("more characters win", "编制偏紧，另有一处争议", "STAFF", ("编制偏紧",)),
        ("no word at all", "食堂饭菜偏凉", "OTHER", ()),
        ("nothing written", "", "OTHER", ()),
    ],
)  # fmt: skip
def test_words_decide_the_category(case, text, category, words):
    """The theme whose words cover most of a text gives its category and says by which words."""
    found = fit(load_taxonomy(), text)

    assert (found.category, found.words) == (category, words)


def test_every_category_of_the_brief_has_a_theme():
    """The packaged taxonomy can reach all four categories."""
    assert {theme.category for theme in load_taxonomy().theme} == {"COORD", "DUTY", "STAFF", "IMPL"}


def test_a_review_may_have_its_own_taxonomy(tmp_path):
    """A taxonomy.toml in the review folder takes the place of the packaged one."""
    theme = ('id = "x"', 'category = "STAFF"', 'zh = "食堂"', 'en = "Canteen"', 'words = ["食堂"]')
    text = "\n".join(["[[theme]]", *theme])
    (tmp_path / "taxonomy.toml").write_text(text, encoding="utf-8")

    assert fit(load_taxonomy(tmp_path), "食堂饭菜偏凉").category == "STAFF"


@pytest.mark.parametrize(
    ("case", "change", "said"),
    [
        ("an unknown category", ('category = "COORD"', 'category = "COOR"'), "theme.0.category"),
        ("no number", ("common_departments = 3", 'common_departments = "三"'), "rule.common"),
        ("a misspelt key", ("similar_from", "similar_form"), "similar_form"),
        ("no TOML", ("[rule]", "[rule"), "Expected ']'"),
    ],
)
def test_a_faulty_taxonomy_is_refused(tmp_path, case, change, said):
    """The message names the place in the file."""
    text = PACKAGED.read_text(encoding="utf-8").replace(*change, 1)
    (tmp_path / "taxonomy.toml").write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError, match=r"taxonomy\.toml") as error:
        load_taxonomy(tmp_path)
    assert said in str(error.value)


def test_a_self_reported_problem():
    """It keeps its author's category beside the one the words suggest, and cites its cell."""
    told = own("DP01", "人员编制偏紧", facts="借入5人", category="OTHER")
    row = drafted(self_problems=[told]).loc[0]

    assert (row["lead_source"], row["category"]) == ("self", "STAFF")
    assert row["stated_category"] == "OTHER"
    assert row["words"] == "人员编制;借入"
    assert row["places"] == "returns/dp01.xlsx 表!A5"
    assert (row["owner"], row["description"]) == ("DP01", "人员编制偏紧；借入5人")


def test_without_words_the_author_decides():
    """No word found: the author's category stands, and the blank words say so."""
    row = drafted(self_problems=[own("DP01", "食堂饭菜偏凉", category="IMPL")]).loc[0]

    assert (row["category"], pd.isna(row["words"])) == ("IMPL", True)


@pytest.mark.parametrize(
    ("case", "link", "count"),
    [
        ("nobody dealt with it", [], 1),
        ("to be merged", [{"finding_id": "F-001", "status": "unmerged"}], 1),
        ("merged", [{"finding_id": "F-001", "status": "merged", "problem_id": "P-01"}], 0),
        ("declined", [{"finding_id": "F-001", "status": "declined", "reason": "已改"}], 0),
    ],
)
def test_findings_nobody_has_dealt_with(case, link, count):
    """Merged and declined findings are no leads any more."""
    finding = {"finding_id": "F-001", "dept_code": "DP01", "text": "科室职责未印发", **PLACE}

    assert len(drafted(findings=[finding], problem_findings=link)) == count


def test_two_sides_that_differ_are_one_lead():
    """All facts of one duty stand in one lead, with the cells of both statements."""
    sides = [
        {"dept_code": code, "matter_id": "DT-01", "matter": "老龄工作", "from_dept": "DP01",
         "to_dept": "DP03", "reported_by": side, "status": status, "posts_count": posts,
         **PLACE, "source_file": f"returns/{code.lower()}.xlsx"}
        for code, side, status, posts in (("DP01", "losing", "done", 2),
                                          ("DP03", "gaining", "partial", 1))
    ]  # fmt: skip
    row = drafted(duty_transfers=sides).loc[0]

    assert row["title"] == "老龄工作：交通委与商务委填报不一致"
    assert "划出方“到位”，划入方“部分到位”" in row["description"]
    assert row["places"].count("returns/dp01.xlsx") == row["places"].count("returns/dp03.xlsx") == 2
    assert row["dept_codes"] == "DP03;DP01"


def test_sections_without_head():
    """One lead per department, with its sections; a section outside the regulation is none."""
    unit = {"dept_code": "DP01", "is_in_three_det": True, "is_head_in_place": False, **PLACE}
    row = drafted(internal_units=[
        unit | {"unit_name": "综合科"}, unit | {"unit_name": "外贸科", "source_cell": "A6"},
        unit | {"unit_name": "自设科", "is_in_three_det": False},
        unit | {"unit_name": "市场科", "is_head_in_place": None},
    ])  # fmt: skip

    assert list(row["description"]) == ["2个科室负责人未到位：综合科、外贸科"]
    assert list(row["places"]) == ["returns/dp01.xlsx 表!A5;returns/dp01.xlsx 表!A6"]


BODY = {
    "dept_code": "DP01", "office_dept": "DP01", "body_name": "区委财经委员会", "has_rules": True,
    "has_office_duty_list": True, "has_member_duties": True, "has_liaison": True,
    "meetings_required_count": 2, "meetings_held_count": 2, "has_decision_ledger": True, **PLACE,
}  # fmt: skip


@pytest.mark.parametrize(
    ("case", "change", "missing"),
    [
        ("all five", {}, None),
        ("no rules", {"has_rules": False}, "缺1项：工作规则"),
        ("duties without liaison", {"has_liaison": False}, "缺1项：成员单位分工与联络员"),
        ("too few meetings", {"meetings_held_count": 1}, "缺1项：按规则召开会议"),
        ("as many as none", {"meetings_required_count": 0, "meetings_held_count": 0},
         "缺1项：按规则召开会议"),
        ("one, and it is not said how many are required",
         {"meetings_required_count": None, "meetings_held_count": 1}, None),
        ("not answered", {"has_decision_ledger": None}, "缺1项：议定事项督办台账"),
        ("two at once", {"has_rules": False, "has_office_duty_list": False},
         "缺2项：工作规则、办事机构职责清单"),
    ],
)  # fmt: skip
def test_coordination_bodies_short_of_their_points(case, change, missing):
    """A body lacks what is not stated to be there; one with all five points is no lead."""
    found = list(drafted(coordination_bodies=[BODY | change])["description"])

    assert found == ([] if missing is None else [f"议事协调机构“区委财经委员会”办事机构{missing}"])


def test_indicators_below_the_line():
    """One lead per indicator below the lowest band, with every department and its share."""
    review = review_of()
    scores = scored(
        {"dept_code": "DP01", "indicator_id": "A02", "status": "scored", "share": 0.74, **PLACE},
        {"dept_code": "DP03", "indicator_id": "A02", "status": "scored", "share": 0.75, **PLACE},
        {"dept_code": "DP03", "indicator_id": "C11", "status": "unreported", "share": 0, **PLACE},
    )

    found = draft(review, scores)

    assert list(found["description"]) == ["A02“完成率”低于75%：商务委（74.0%）"]
    lower = Taxonomy(lines={"A02": 0.5}, theme=load_taxonomy().theme)
    assert leads(review, scores, lower) == []


def test_common_and_particular():
    """A theme that concerns three departments is common, one of two is particular."""
    shared = drafted(self_problems=[
        own("DP01", "人员编制偏紧"), own("DP02", "人员编制偏紧"), own("DP03", "人员编制偏紧"),
        own("DP01", "岗位培训没有跟上"), own("DP01", "专业力量不足"),
    ])  # fmt: skip

    by_theme = shared.groupby("theme")[["nature", "sharing_count"]].first()
    assert tuple(by_theme.loc["staff-tight"]) == ("common", 3)
    assert tuple(by_theme.loc["staff-skill"]) == ("particular", 1)


def test_alike_texts_are_pointed_out():
    """Names and figures apart, texts that read alike are named with their likeness, both ways."""
    found = drafted(
        self_problems=[own("DP01", "区商务委人员编制偏紧5名"), own("DP03", "人员编制偏紧"),
                       own("DP03", "移交档案没有编目")],
        problems=[problem(7, title="交通委人员编制偏紧")],
        dept_aliases=[{"alias": "区商务委", "dept_code": "DP01"}],
    ).set_index("description")  # fmt: skip

    assert found.loc["人员编制偏紧", "alike_problems"] == "P-07 (100)"
    assert found.loc["区商务委人员编制偏紧5名", "alike"].startswith(
        found.loc["人员编制偏紧", "proposal_id"])  # fmt: skip
    assert pd.isna(found.loc["移交档案没有编目", "alike"])


def test_nothing_to_propose():
    """A review without anything gives no proposals, with all columns."""
    found = drafted()

    assert (len(found), list(found.columns)) == (0, list(COLUMNS))


def test_the_order_is_by_category_theme_and_protocol():
    """What may be one problem stands together; departments in protocol order within."""
    found = drafted(self_problems=[
        own("DP03", "人员编制偏紧"), own("DP01", "人员编制偏紧"), own("DP03", "成员单位分工不细"),
    ])  # fmt: skip

    assert list(found["proposal_id"]) == ["S-001", "S-002", "S-003"]
    assert list(found["category"]) == ["COORD", "STAFF", "STAFF"]
    assert list(found["owner"]) == ["DP03", "DP01", "DP03"]


def test_the_workbook_of_proposals(tmp_path):
    """People read words, names and places; a text that looks like a formula stays text."""
    review = review_of(self_problems=[own("DP01", "=1+1 人员编制偏紧", category="STAFF")])
    path = write_proposals(tmp_path / "p.xlsx", draft(review, scored()), review)

    page = openpyxl.load_workbook(path)["建议稿"]
    heading = next(row for row in page.iter_rows() if row[0].value == "线索编号")
    below = page[heading[0].row + 1]
    row = {top.value: cell.value for top, cell in zip(heading, below, strict=True)}
    assert (row["线索编号"], row["类别"], row["责任单位"]) == ("S-001", "力量配备", "商务委")
    assert row["归类依据的词"] == "人员编制"
    assert row["出处（文件 工作表!单元格）"] == "returns/dp01.xlsx 表!A5"
    assert next(c for c in below if c.value == "=1+1 人员编制偏紧").data_type == "s"


def test_drafting_writes_nothing_into_the_ledger(tmp_path):
    """Proposals leave the review's ledger as it is."""
    review = review_of(self_problems=[own("DP01", "人员编制偏紧")], problems=[problem(1)])
    before = review.problems.copy()

    draft(review, scored())

    pd.testing.assert_frame_equal(review.problems, before)
