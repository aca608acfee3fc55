"""Duties claimed twice or by nobody, and the network of transfers: by case, with their wording."""

import pytest

import reviewlib.findings as find


def duty(side, status, matter="老龄工作职责", number="DT-01", giver="DP01", taker="DP02", **more):
    """One transfer as one side reports it."""
    dept = {"losing": giver, "gaining": taker}[side]
    told = {"matter_id": number, "matter": matter, "from_dept": giver, "to_dept": taker}
    return {"dept_code": dept, "reported_by": side, "status": status} | told | more


def matter(dept, lead, text="食品安全综合协调", number="XM-01", **more):
    """One matter between departments as one of them lists it."""
    return {"dept_code": dept, "cross_matter_id": number, "matter": text, "lead_dept": lead} | more


def body(dept, name, number="CB-01", office=None):
    return {"dept_code": dept, "body_id": number, "body_name": name, "office_dept": office or dept}


def said(frame) -> list[tuple]:
    """Return each suggestion as (claim, basis, departments)."""
    once = frame.drop_duplicates("claim_no")
    return [tuple(row) for row in once[["claim", "basis", "dept_codes"]].to_numpy()]


@pytest.mark.parametrize(
    ("words", "rows", "expected"),
    [
        ("left, not arrived", [duty("losing", "done"), duty("gaining", "not_done")],
         [("nobody", "left_not_arrived", "DP01;DP02")]),
        ("kept and taken", [duty("losing", "not_done"), duty("gaining", "done")],
         [("twice", "kept_and_taken", "DP01;DP02")]),
        ("both say it came", [duty("losing", "done"), duty("gaining", "done")], []),
        ("partly is a mismatch, no gap", [duty("losing", "done"), duty("gaining", "partial")], []),
        ("waiting for the city", [duty("losing", "done"), duty("gaining", "pending_city")], []),
        ("one side silent", [duty("losing", "done")], []),
        ("two gain what reads alike", [
            duty("gaining", "done"),
            duty("gaining", "done", "老龄工作管理职责", "DT-09", "DP01", "DP03")],
         [("twice", "two_gain", "DP02;DP03")]),
        ("two gain what reads differently", [
            duty("gaining", "done"),
            duty("gaining", "done", "救灾职责", "DT-09", "DP01", "DP03")], []),
        ("one gains alike twice", [
            duty("gaining", "done"), duty("gaining", "done", "老龄职责", "DT-09", "DP03")], []),
    ],
)  # fmt: skip
def test_transfers(review_of, words, rows, expected):
    """Both sides laid side by side, and the gaining sides' wordings."""
    assert said(find.claims(review_of(duty_transfers=rows))) == expected


@pytest.mark.parametrize(
    ("words", "rows", "expected"),
    [
        ("two lead", [matter("DP01", "DP01"), matter("DP02", "DP02")],
         [("twice", "two_lead", "DP01;DP02")]),
        ("two lead, other numbers, alike", [
            matter("DP01", "DP01"), matter("DP02", "DP02", "食品安全的综合协调", "XM-77")],
         [("twice", "two_lead", "DP01;DP02")]),
        ("one leads, one supports", [matter("DP01", "DP01"), matter("DP02", "DP01")], []),
        ("the lead does not list it", [
            matter("DP01", "DP03"), matter("DP03", "DP03", "另一事项", "XM-02")],
         [("nobody", "lead_unlisted", "DP01;DP03")]),
        ("the lead lists nothing at all: unknown", [matter("DP01", "DP03")], []),
        ("each names the other", [matter("DP01", "DP02"), matter("DP02", "DP01")],
         [("nobody", "lead_elsewhere", "DP01;DP02")]),
        ("a gap as they say", [matter("DP01", "DP01", matter_kind="gap")],
         [("nobody", "said_by_them", "DP01")]),
        ("a gap that was settled", [
            matter("DP01", "DP01", matter_kind="gap", resolved_on="2030-03-01")], []),
        ("twice before by nobody", [
            matter("DP01", "DP01", "甲事项", "XM-05", matter_kind="unclear_lead"),
            matter("DP01", "DP01"), matter("DP02", "DP02")],
         [("twice", "two_lead", "DP01;DP02"), ("nobody", "said_by_them", "DP01")]),
    ],
)  # fmt: skip
def test_matters_between_departments(review_of, words, rows, expected):
    """Who says that it leads, whom others name, and whether that one knows of it."""
    assert said(find.claims(review_of(cross_dept_matters=rows))) == expected


def test_two_hosts_of_one_body(review_of):
    """The office of a body in two departments; a body that one only belongs to is no claim."""
    rows = [body("DP01", "区委人才工作领导小组"), body("DP02", "区人才工作领导小组", "CB-08"),
            body("DP03", "区委人才工作领导小组", "CB-01", "DP01")]  # fmt: skip

    assert said(find.claims(review_of(coordination_bodies=rows))) == [
        ("twice", "two_host", "DP01;DP02")]  # fmt: skip


def test_each_statement_keeps_its_wording_and_its_place(review_of):
    """One row per statement, as it was written; who lists nothing has no wording."""
    rows = [matter("DP01", "DP03", source_file="a.xlsx", source_cell="A7"),
            matter("DP03", "DP03", "另一事项", "XM-02")]  # fmt: skip
    frame = find.claims(review_of(cross_dept_matters=rows))

    told = frame[["dept_code", "claim_role", "wording", "source_file", "source_cell"]].fillna("")
    assert told.to_numpy().tolist() == [
        ["DP01", "names_lead", "食品安全综合协调", "a.xlsx", "A7"],
        ["DP03", "named_lead", "", "", ""],
    ]
    assert find.claims(review_of(cross_dept_matters=rows), department="DP02").empty


def staff(side, due, done, kind="administrative", giver="DP01", taker="DP02"):
    return {"dept_code": giver if side == "losing" else taker, "from_dept": giver,
            "to_dept": taker, "estab_type": kind, "due_count": due, "done_count": done,
            "reported_by": side}  # fmt: skip


def test_one_arrow_for_each_pair(review_of):
    """Duties by state and agreement, posts and people with them; the gaining side's word counts."""
    review = review_of(
        duty_transfers=[
            duty("losing", "done", posts_count=5, posts_done_count=5, staff_count=4),
            duty("gaining", "partial", posts_count=5, posts_done_count=3),
            duty("losing", "pending_city", "救灾职责", "DT-02", posts_count=2),
            duty("gaining", "pending_city", "救灾职责", "DT-02", posts_count=2),
            duty("gaining", "done", "档案职责", "DT-03", "DP09", "DP01"),
        ],
        staff_transfers=[staff("losing", 4, 4), staff("gaining", 4, 3), staff("losing", 1, 1,
                         "workers"), staff("gaining", 2, 2, giver="DP03", taker="DP04")],
    )  # fmt: skip
    frame = find.transfers(review)

    assert frame[["from_dept", "to_dept", "duties_count"]].to_numpy().tolist() == [
        ["DP09", "DP01", 1], ["DP01", "DP02", 2], ["DP03", "DP04", 0]]  # fmt: skip
    row = frame.set_index("to_dept").loc["DP02"]
    assert {name: row[name] for name in (
        "matter_ids", "done_count", "partial_count", "pending_city_count", "two_sided_count",
        "agreed_count", "posts_count", "posts_done_count", "staff_count", "transferred_due_count",
        "transferred_done_count")} == {
        "matter_ids": "DT-01;DT-02", "done_count": 0, "partial_count": 1, "pending_city_count": 1,
        "two_sided_count": 2, "agreed_count": 1, "posts_count": 7, "posts_done_count": 3,
        "staff_count": 4, "transferred_due_count": 5, "transferred_done_count": 4,
    }  # fmt: skip


def test_no_transfers_no_arrows(review_of):
    """Nothing reported gives an empty network and no suggestion."""
    assert find.transfers(review_of()).empty and find.claims(review_of()).empty
