"""Whose return a workbook is, and which of several returns counts."""

from __future__ import annotations

from datetime import date

import pytest
from sheets_by_hand import sheets_of

from reviewlib.intake.choose import choose_returns, missing_departments
from reviewlib.intake.file_read import FileRead
from reviewlib.intake.interpret import interpret
from reviewlib.intake.workbook import Workbook

WITNESSES = [
    # what, file, cover code, cover name, _meta, department, codes
    ("all agree", "区水务局自评表", "DP28", "区水务局", "DP28", "DP28", []),
    ("file in short, cover in full", "文旅局", "DP24", "区文化和旅游局", None, "DP24", []),
    ("a cover without code", "自评表", None, "示例区卫生健康委员会", None, "DP29", []),
    ("a blank cover on our form", "自评表", None, None, "DP18", "DP18", []),
    ("only the file's name", "03_区交通委_最终版2", None, None, None, "DP26", []),
    ("only the code in the file's name", "DP30自评", None, None, None, "DP30", []),
    ("another department's form", "区水务局", "DP28", "区水务局", "DP18", "DP28",
     ["row.constraint"]),
    ("cover against file name", "区民政局自评表", "DP28", "区水务局", None, "DP28",
     ["row.constraint"]),
    ("a code of nobody, the name of one", "区水务局", "DP77", "区水务局", "DP28", "DP28",
     ["row.constraint"]),
    ("a code, and a name that is only near", "自评表", "DP28", "区水利局", None, "DP28",
     ["row.constraint"]),
    ("nobody's", "自评表（最终版）", None, None, None, None, ["file.unknown-department"]),
    ("a department that is not in the roster", "区体育局", "DP77", "区体育局", None, None,
     ["file.unknown-department"]),
]  # fmt: skip


def _workbook(file: str, code, name, meta, declared_on="2019-07-05") -> Workbook:
    cover = [["部门代码", code], ["部门名称", name], ["填报日期", declared_on], ["承诺", "是"]]
    sheets = [cover] if meta is None else [cover, [["dept_code", meta]]]
    names = ["01 封面", "_meta"][: len(sheets)]
    return Workbook(f"returns/{file}.xlsx", "0" * 64, "xlsx", sheets_of(*sheets, names=names))


@pytest.mark.parametrize(
    ("what", "file", "code", "name", "meta", "department", "codes"), WITNESSES,
    ids=[case[0] for case in WITNESSES],
)  # fmt: skip
def test_whose_return_it_is(reading, what, file, code, name, meta, department, codes):
    """The cover's code is believed first; a witness that disagrees is an error to settle."""
    read = interpret(_workbook(file, code, name, meta), "return", reading)

    assert read.dept_code == department
    told = [f["code"] for f in read.issues if f["code"] in ("row.constraint",
                                                            "file.unknown-department")]  # fmt: skip
    assert told == codes
    assert read.is_refused == (department is None)


def test_a_disagreement_names_every_witness(reading):
    """Who says what, and which is taken for now, stands in one sentence."""
    read = interpret(_workbook("区民政局自评表", "DP28", "区水务局", None), "return", reading)

    (found,) = [one for one in read.issues if one["rule"] == "identity-disagrees"]
    assert found["message_zh"] == (
        "归属说法不一：封面代码为区水务局（DP28），文件名为区民政局（区民政局自评表）；暂以封面代码为准"
    )
    assert (found["sheet"], found["cell"], found["severity"]) == ("01 封面", "B1", "error")


@pytest.mark.parametrize(
    ("what", "file", "code", "name", "meta", "cell"),
    [
        ("the name alone is wrong", "自评表", "DP28", "区民政局", "DP28", "B2"),
        ("the code alone is wrong", "自评表", "DP18", "区水务局", "DP28", "B1"),
        ("one against one: the one not believed", "自评表", "DP28", "区民政局", None, "B2"),
        ("only the file name differs", "区民政局", "DP28", "区水务局", "DP28", "B1"),
    ],
)
def test_a_disagreement_is_marked_at_the_cell_that_stands_alone(
    reading, what, file, code, name, meta, cell
):
    """The cell that the fewest witnesses agree with is the one to look at."""
    read = interpret(_workbook(file, code, name, meta), "return", reading)

    (found,) = [one for one in read.issues if one["rule"] == "identity-disagrees"]
    assert found["cell"] == cell


def test_who_says_what_is_told_in_english_too(reading):
    """The English sentence names the witnesses in English, and which of them is believed."""
    told = interpret(_workbook("区民政局自评表", "DP77", "区水务局", None), "return", reading)
    unknown = interpret(_workbook("自评表", "DP77", None, None), "return", reading)

    (found,) = [one for one in told.issues if one["rule"] == "identity-disagrees"]
    assert found["message_en"] == (
        "Whose return this is, is told differently: "
        "the name on the cover says 区水务局 (区水务局), "
        "the code on the cover “DP77” is not in the roster, "
        "the file name says 区民政局 (区民政局自评表); the name on the cover counts for now"
    )
    assert unknown.issues[0]["message_en"] == (
        "Whose workbook this is cannot be told: the code on the cover “DP77”, "
        "the file name “自评表”"
    )


def test_a_cover_that_names_nobody_is_told_where_it_does(reading):
    """The return is known by its other witnesses; the cell that is wrong is the one marked."""
    read = interpret(_workbook("区水务局", "DP77", "区水务局", None), "return", reading)

    (found,) = [one for one in read.issues if one["rule"] == "identity-disagrees"]
    assert (found["cell"], found["raw"]) == ("B1", "DP77")
    assert "封面代码“DP77”不在名册中" in found["message_zh"]


def _return(name: str, day: int | None, posts: str, sha256: str = "") -> FileRead:
    declared_on = date(2019, 7, day) if day else None
    cell = ("staffing", "DP28", "DP28|administrative", "posts_filled_count", f"returns/{name}",
            "05 编制职数", "C4", 4, posts, posts, None, "as-is", False)  # fmt: skip
    return FileRead(
        f"returns/{name}", sha256 or name * 8, "return", "DP28",
        rows={"covers": [{"declared_on": declared_on}]}, cells=[cell],
        sheets=[{"clean_count": 5, "excluded_count": 1}],
    )  # fmt: skip


CHOICES = [
    ("the newest date", [("a", 5), ("b", 9)], "b"),
    ("the newest date, whatever the name", [("a", 9), ("b", 5)], "a"),
    ("a date before none", [("a", 5), ("b", None)], "a"),
    ("of equals the last name", [("a", 5), ("b", 5)], "b"),
    ("of three the newest", [("a", 5), ("b", 9), ("c", 7)], "b"),
]


@pytest.mark.parametrize(("what", "files", "counts"), CHOICES, ids=[case[0] for case in CHOICES])
def test_which_of_several_returns_counts(what, files, counts):
    """One of them counts and the rows of the others are excluded, never added up."""
    reads = [_return(name, day, posts="18") for name, day in files]

    before = [list(read.sheets) for read in reads]
    chosen, aside, issues = choose_returns(reads)

    assert [read.file for read in chosen] == [f"returns/{counts}"]
    others = {f"returns/{n}" for n, _ in files if n != counts}
    assert {i["file"] for i in issues} == aside.keys() == others
    for read in aside.values():
        assert read.sheets == [{"clean_count": 0, "excluded_count": 6}]
    assert [read.sheets for read in reads] == before  # what was given stands as it was


def test_that_a_return_may_be_anothers_stays_told_when_it_is_set_aside():
    """Two departments' work under one name: of the one that does not count, that much is kept."""
    older, newest = _return("a", 5, "18"), _return("b", 9, "18")
    older.issues = [{"rule": "identity-disagrees"}, {"rule": "negative"}]

    _, aside, _ = choose_returns([older, newest])

    assert aside[older.file].issues == [{"rule": "identity-disagrees"}]


def test_why_a_return_has_no_date_stays_told_when_it_is_set_aside():
    """Perhaps it is the last after all: two dates on its cover are asked about."""
    older, newest = _return("a", None, "18"), _return("b", 9, "18")
    twice = {"rule": "label-twice", "column": "declared_on", "severity": "error"}
    older.issues = [twice, twice | {"column": "declared_name"}, twice | {"severity": "warn"}]

    _, aside, _ = choose_returns([older, newest])

    assert aside[older.file].issues == [twice]


def test_differing_cells_are_listed_with_both_texts():
    """Each cell in which two returns differ is named, with what stands in the other."""
    _, _, issues = choose_returns([_return("a", 5, "18"), _return("b", 9, "17")])

    told = [(found["cell"], found["raw"], found["value"]) for found in issues]
    assert told == [("", "", ""), ("C4", "18", "17")]
    assert "“17”（05 编制职数!C4）" in issues[1]["message_zh"]
    assert {found["code"] for found in issues} == {"file.duplicate-file"}


@pytest.mark.parametrize(
    ("what", "older", "newest", "told"),
    [
        ("two dates", 5, 9, "returns/b (dated 2019-07-09) counts, this one (dated 2019-07-05) "
         "does not"),
        ("no dates", None, None, "returns/b (without a date) counts, this one (without a date) "
         "does not"),
    ],
)  # fmt: skip
def test_which_return_counts_is_told_in_english_too(what, older, newest, told):
    """The English sentence says which return counts, and why; then what differs."""
    _, _, issues = choose_returns([_return("a", older, "18"), _return("b", newest, "17")])

    assert [found["message_en"] for found in issues] == [
        f"Sent more than once: {told}",
        "Sent more than once: here “18” (05 编制职数!C4), in the one that counts “17” "
        "(05 编制职数!C4)",
    ]


def test_the_same_file_twice_is_only_noted():
    """Two copies of one file say nothing different."""
    same = [_return(name, 5, "18", "0" * 64) for name in ("a", "b")]
    _, _, issues = choose_returns(same)

    assert [(found["code"], found["severity"]) for found in issues] == [
        ("file.duplicate-file", "info")
    ]
    assert issues[0]["message_en"] == (
        "Sent more than once: the same as returns/b; counted once"
    )


def test_who_sent_nothing_is_named():
    """Every department of the roster without a usable return is a data issue of its own."""
    roster = FileRead("departments.xlsx", "1" * 64, "roster", rows={"departments": [
        {"dept_code": "DP28", "short_name": "区水务局"}, {"dept_code": "DP18",
                                                          "short_name": "区民政局"},
    ]})  # fmt: skip

    issues = missing_departments([roster, _return("a", 5, "18")])

    assert [(i["code"], i["dept_code"], i["message_zh"]) for i in issues] == [
        ("file.missing-department", "DP18", "没有收到区民政局的自评工作簿")
    ]
