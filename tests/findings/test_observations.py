"""What was seen, fixed on the spot, left to the city, answered."""

import pandas as pd
import pytest

import reviewlib.findings as find

FINDING = {"finding_id": "F-001", "dept_code": "DP01", "group_id": "G1", "category": "IMPL",
           "text": "科室负责人未配齐", "is_immediate": False}  # fmt: skip
TOLD = {"dept_code": "DP01", "category": "IMPL", "description": "融合不够", "facts": "两套制度并行",
        "is_city_needed": False}  # fmt: skip
PROBLEM = {"problem_id": "P-01", "category": "DUTY", "title": "老龄工作", "description": "待市级",
           "nature": "common", "resolution_level": "city", "severity": "high",
           "rectification_type": "long_term", "owner": "DP02", "found_on": "2030-04-10",
           "due_on": "2030-12-31", "status": "pending_city",
           "city_contacted_on": "2030-06-01"}  # fmt: skip


def test_finding_without_a_word_in_the_ledger_is_to_be_merged(review_of):
    """A finding never disappears: unmerged until the ledger says otherwise."""
    review = review_of(findings=[FINDING, FINDING | {"finding_id": "F-002"}], problem_findings=[
        {"finding_id": "F-002", "status": "merged", "problem_id": "P-02"},
        {"finding_id": "F-002", "status": "merged", "problem_id": "P-01"}])  # fmt: skip
    rows = find.visit_findings(review)
    assert rows["merge_status"].tolist() == ["unmerged", "merged"]
    assert rows.loc[1, "problem_ids"] == "P-02;P-01"


def test_categories_without_anything_are_counted_as_zero(review_of):
    """Every category stands in the count, in the taxonomy's order; no category is 其他."""
    review = review_of(findings=[FINDING], self_problems=[TOLD, TOLD | {"category": None}])
    rows = find.observed(review).set_index("category")

    assert rows.index.tolist() == ["COORD", "DUTY", "STAFF", "IMPL", "OTHER"]
    assert rows.loc["IMPL", ["self_count", "finding_count"]].tolist() == [1, 1]
    assert rows.loc["OTHER", "self_count"] == 1 and rows.loc["COORD", "finding_count"] == 0


@pytest.mark.parametrize(
    "words, findings, told, chosen",
    [
        ("a visit finding before a self-report", [FINDING], [TOLD], "F-001"),
        ("a merged finding first", [FINDING, FINDING | {"finding_id": "F-002"}], [], "F-002"),
        ("nothing but a self-report", [], [TOLD], None),
        ("protocol order among equals",
         [FINDING | {"dept_code": "DP03"}, FINDING | {"finding_id": "F-009"}], [], "F-009"),
    ],
)  # fmt: skip
def test_typical_case_is_chosen_by_rule(review_of, words, findings, told, chosen):
    """The same data give the same case, whatever the order of the rows."""
    links = [{"finding_id": "F-002", "status": "merged", "problem_id": "P-01"}]
    for rows in (findings, findings[::-1]):
        cases = find.typical_cases(
            review_of(findings=rows, self_problems=told, problem_findings=links)
        )
        assert len(cases) == 1
        assert cases.loc[0, "reference"] == chosen or pd.isna(cases.loc[0, "reference"])
        assert cases.loc[0, "source"] == ("finding" if chosen else "self_problem")


@pytest.mark.parametrize(
    "words, done_on, is_done",
    [
        ("done before", "2030-04-20", True),
        ("done on the day of reckoning", "2030-06-30", True),
        ("done later", "2030-07-01", False),
        ("not done", None, False),
    ],
)
def test_fixed_on_the_spot_at_the_day_of_reckoning(review_of, words, done_on, is_done):
    """Due five working days after the visit of Monday 8 April."""
    review = review_of(
        findings=[FINDING | {"is_immediate": True, "immediate_done_on": done_on}, FINDING],
        visits=[{"group_id": "G1", "dept_code": "DP01", "visit_on": "2030-04-08"}],
    )
    rows = find.immediate(review)
    assert len(rows) == 1
    assert rows.loc[0, "is_done"] == is_done
    assert rows.loc[0, "due_on"] == pd.Timestamp("2030-04-15")


def test_city_matters_come_from_four_places_apart(review_of):
    """The ledger, duty transfers, cross-department matters and self-reports, each once."""
    duty = {"dept_code": "DP01", "matter_id": "DT-01", "matter": "老龄工作", "from_dept": "DP01",
            "to_dept": "DP02", "reported_by": "losing", "status": "pending_city"}  # fmt: skip
    cross = {"dept_code": "DP03", "cross_matter_id": "XM-01", "matter": "防汛", "lead_dept": "DP03",
             "matter_kind": "vertical_mismatch", "is_written": False,
             "boundary": "unclear"}  # fmt: skip
    review = review_of(
        problems=[PROBLEM],
        duty_transfers=[duty, duty | {"dept_code": "DP02", "reported_by": "gaining"}],
        cross_dept_matters=[
            cross, cross | {"dept_code": "DP01"},
            cross | {"cross_matter_id": "XM-02", "resolved_on": "2030-06-01"},
            cross | {"cross_matter_id": "XM-03", "matter_kind": "overlap"},
        ],
        self_problems=[TOLD | {"is_city_needed": True}, TOLD],
    )  # fmt: skip
    rows = find.city_matters(review)

    assert rows["source"].tolist() == ["problem", "duty", "cross_matter", "self_problem"]
    assert rows.loc[0, "city_contacted_on"] == pd.Timestamp("2030-06-01")
    assert rows.loc[1, "dept_codes"] == "DP02;DP01"
    assert rows.loc[2, "dept_codes"] == "DP01;DP03"
    assert len(find.city_matters(review, department="DP03")) == 1


def test_opinion_without_handling_is_shown_as_not_handled(review_of):
    """Every opinion is listed; one without id cannot be matched to another's reply."""
    opinion = {"dept_code": "DP01", "opinion_id": "O-001", "topic": "staff", "text": "增编"}
    review = review_of(
        opinions=[opinion, opinion | {"opinion_id": None}],
        opinion_handlings=[{"opinion_id": "O-001", "handling": "noted", "reply_text": "已收悉"},
                           {"opinion_id": None, "handling": "declined"}],
    )  # fmt: skip
    rows = find.opinions(review).set_index("opinion_id")
    assert rows["is_handled"].tolist() == [True, False]
    assert rows.loc["O-001", "reply_text"] == "已收悉"


def test_problem_names_its_departments_its_recommendations_and_its_tasks(review_of):
    """The owner is one of the departments concerned, named once, in protocol order."""
    review = review_of(
        problems=[PROBLEM],
        problem_depts=[{"problem_id": "P-01", "dept_code": code, "role": "support"}
                       for code in ("DP03", "DP02", "DP01")],
        problem_recs=[{"problem_id": "P-01", "rec_id": rec} for rec in ("R-04", "R-05")],
    )  # fmt: skip
    row = find.problems(review).iloc[0]

    assert (row["dept_codes"], row["dept_count"]) == ("DP01;DP02;DP03", 3)
    assert (row["rec_ids"], row["task_count"]) == ("R-04;R-05", 0)
    assert find.problems(review, department="DP04").empty


def test_recommendation_takes_the_light_of_its_tasks_or_of_its_problems(review_of):
    """Without a task of its own it shows how its problem stands; without either, nothing."""
    rec = {"rec_id": "R-01", "strand": "duties", "text": "沟通", "lead_dept": "DP01",
           "status": "adopted"}  # fmt: skip
    task = {"task_id": "T-001", "problem_id": "P-01", "rec_id": "R-01", "measure": "对接",
            "owner": "DP01", "rectification_type": "deadline", "start_on": "2030-05-01",
            "due_on": "2030-06-01", "status": "in_progress"}  # fmt: skip
    review = review_of(
        problems=[PROBLEM], tasks=[task],
        recommendations=[rec, rec | {"rec_id": "R-02"}, rec | {"rec_id": "R-03"}],
        problem_recs=[{"problem_id": "P-02", "rec_id": "R-03"},
                      {"problem_id": "P-01", "rec_id": "R-02"}],
    )  # fmt: skip
    rows = find.recommendations(review)

    assert rows["light"].fillna("none").tolist() == ["red", "red", "none"]
    assert rows["task_count"].tolist() == [1, 0, 0]
