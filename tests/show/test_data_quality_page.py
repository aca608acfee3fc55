"""The data-quality page: anchors others link to, rows accounted for, honest when all is well."""

import re

import pytest
from review_by_hand import make_review

import reviewlib.findings as find
from reviewlib.intake.issues import Place, issue
from reviewlib.schema.codes import FILL, KEEP_ONE, LOOK, NONE
from reviewlib.show.mixed import mixed
from reviewlib.show.pages import data_quality
from reviewlib.show.sentences import data_quality as said
from reviewlib.show.tables.reading import issues_table
from reviewlib.show.tables.sheet import to_confirm_table
from reviewlib.show.voice import Voice

SHEET = {"file": "returns/甲.xlsx", "dept_code": "DP01", "sheet": "03 职责划转",
         "table": "duty_transfers", "seen_count": 10, "header_count": 1, "blank_count": 2,
         "excluded_count": 1, "clean_count": 5, "quarantined_count": 1}  # fmt: skip
WARN = {"code": "cell.number-normalised", "severity": "warn", "rule": "approximate",
        "dept_code": "DP01", "file": "returns/甲.xlsx", "sheet": "05", "cell": "F4", "row": 4,
        "raw": "约5人", "value": "5", "outcome": "changed",
        "message_zh": "“约5人”是约数，暂按 5 使用",
        "message_en": "约5人 is approximate; 5 for now"}  # fmt: skip
ERROR = WARN | {"code": "cell.type", "severity": "error", "rule": "two-numbers", "cell": "F5",
                "raw": "<b>26/30</b>", "value": None, "outcome": "quarantined"}  # fmt: skip
BLOCK = {"code": "file.not-a-workbook", "severity": "block", "file": "returns/乙.xlsx",
         "dept_code": "DP02", "outcome": "refused", "message_zh": "不是工作簿",
         "message_en": "Not a workbook"}  # fmt: skip
CELL = {"table": "duty_transfers", "dept_code": "DP01", "column": "posts_count", "row": 4,
        "file": "returns/甲.xlsx", "sheet": "03 职责划转", "cell": "J4", "raw": "１２",
        "value": "12", "rule": "number-cleaned", "is_changed": True}  # fmt: skip
FULL = make_review(sheets=[SHEET], issues=[WARN, ERROR, BLOCK], cells=[CELL])
CLEAN = make_review(sheets=[SHEET])


def page(review, lang):
    """Return every section of the page, one after another."""
    rows = data_quality.OUTLINE.rows
    return "".join(getattr(data_quality, key)(review, lang=lang).html for key, *_ in rows)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("review", [FULL, CLEAN, make_review()], ids=["full", "clean", "nothing"])
def test_every_section_is_there_in_order(review, lang):
    """A review without a single issue, even without a file, has the same sections."""
    found = re.findall(r'<section class="[^"]*" id="([^"]+)"', page(review, lang))
    assert found == [key for key, *_ in data_quality.OUTLINE.rows]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_file_and_every_issue_has_one_anchor(lang):
    """`file-<n>` and `issue-<n>` stand once each, and links on the page point to them."""
    html = page(FULL, lang)
    anchors = re.findall(r'id="((?:file|issue)-\d+)"', html)
    links = set(re.findall(r'href="(?:data-quality\.html)?#((?:file|issue)-\d+)"', html))

    assert sorted(anchors) == ["file-1", "file-2", "issue-1", "issue-2", "issue-3"]
    assert links <= set(anchors) and links


def other(file, dept, **changes):
    return ERROR | {"file": f"returns/{file}.xlsx", "dept_code": dept} | changes


MANY = make_review(sheets=[SHEET], issues=[
    WARN, *(other("丙", "DP03", cell=f"F{n}", row=n) for n in range(5, 30)),
    other("丁", "DP04", severity="info", cell="A1"), other("丁", "DP04", cell="B2"), BLOCK,
])  # fmt: skip


@pytest.mark.parametrize(
    ("most", "of_each_file"),
    [
        (100, {"甲": 1, "丙": 25, "丁": 2, "乙": 1}),
        (28, {"甲": 1, "丙": 24, "丁": 2, "乙": 1}),
        (4, {"甲": 1, "丙": 1, "丁": 1, "乙": 1}),
        (3, {"丙": 1, "丁": 1, "乙": 1}),
        (0, {}),
    ],
)
def test_one_bad_file_leaves_room_for_the_issues_of_others(most, of_each_file):
    """Of every file in turn the worst, in the order of the list; the numbers are those of all."""
    listed = find.listed_issues(MANY, most=most)
    files = listed["file"].str.extract(r"/(.)\.", expand=False)

    assert files.value_counts().to_dict() == of_each_file
    assert listed["issue_no"].is_monotonic_increasing
    every = find.issues(MANY).set_index("issue_no")
    assert listed["cell"].tolist() == every.loc[listed["issue_no"], "cell"].tolist()
    if most == 4:
        assert listed.loc[listed["file"] == "returns/丁.xlsx", "cell"].tolist() == ["B2"]


@pytest.mark.parametrize(
    ("lang", "book", "said"),
    [
        (
            "zh", "data-issues.xlsx",
            "共29处，本页列4处，每个文件先列较重的；其余25处见data-issues.xlsx",
        ),
        (
            "en", "../data-issues.xlsx",
            "This page lists 4 of 29, of every file the gravest; for the other 25 see "
            "data-issues.xlsx",
        ),
    ],
)  # fmt: skip
def test_a_page_with_very_many_issues_lists_some_and_says_where_all_are(
    monkeypatch, lang, book, said
):
    """It stays one that an old browser opens; no link leads to an issue that is not listed."""
    monkeypatch.setattr(data_quality, "MOST_ISSUES", 4)
    html = page(MANY, lang)
    anchors = re.findall(r'id="(issue-\d+)"', html)

    assert len(anchors) == 4
    assert set(re.findall(r'href="#(issue-\d+)"', html)) <= set(anchors)
    assert said in data_quality.issues(MANY, lang=lang).text
    assert f'href="{book}"' in html
    assert "data-issues.xlsx" not in page(FULL, lang)


@pytest.mark.parametrize(
    ("what", "name", "given", "zh", "en"),
    [
        ("harmless", "label.extra", {}, *NONE),
        ("graver than its code commonly is", "label.extra", {"severity": "error"}, *FILL),
        ("a rule graver than its code", "value-moved", {}, *LOOK),
        ("with advice of its own", "label-twice", {"fix": KEEP_ONE[0]}, *KEEP_ONE),
    ],
)
def test_both_languages_give_the_same_advice(what, name, given, zh, en):
    """What to do fits how grave the issue is, on the page and on the department's sheet."""
    review = make_review(issues=[issue(name, Place(dept_code="DP01"), "", {}, **given)])
    listed = find.issues(review)
    for lang, expected in (("zh", zh), ("en", en)):
        voice = Voice.of(review, lang)
        assert expected in issues_table(listed, voice, is_anchored=False, caption="").text
        assert expected in to_confirm_table(listed, voice, caption="").text


def test_text_of_a_cell_is_never_markup():
    """What stands in a cell is shown as text, wherever it turns up."""
    html = page(FULL, "zh")
    assert "&lt;b&gt;26/30" in html and "<b>" not in html


def test_english_page_marks_what_stays_chinese():
    """Cells, file names and quoted words are marked; the rest of the page is English."""
    named = FULL.departments.assign(name_en="Bureau")
    html = page(FULL.with_frames(departments=named), "en")
    unmarked = re.sub(r'<span lang="zh-CN">[^<]*</span>', "", html)
    unmarked = re.sub(r'aria-label="[^"]*"', "", unmarked)
    assert re.findall(r"[\u4e00-\u9fff]+", unmarked) == []


@pytest.mark.parametrize(
    "words, text, marked",
    [
        ("no Chinese", "12 rows", "12 rows"),
        ("a word within", "Read as 到位.", 'Read as <span lang="zh-CN">到位</span>.'),
        ("markup is text", "<i> 到", '&lt;i&gt; <span lang="zh-CN">到</span>'),
        ("Chinese marks go along", "see “约5人”，5", "see"),
        ("letters and figures within", "Read as 三定2025版.",
         'Read as <span lang="zh-CN">三定2025版</span>.'),
        ("a rare sign", "⺀ is", '<span lang="zh-CN">⺀</span> is'),
        ("nothing", None, "—"),
    ],
)  # fmt: skip
def test_quoted_chinese_is_marked_and_nothing_else(words, text, marked):
    """On an English page only the Chinese part of our own sentence is marked."""
    assert mixed(text, "en").html.startswith(marked)
    assert mixed("读作 12", "zh").html == "读作 12"


@pytest.mark.parametrize(
    "words, review, zh",
    [
        ("nothing came", make_review(), "没有收到任何文件。"),
        ("all accounted for", CLEAN,
         "收到文件1个，见到10行，采用数据5行；每个文件的行数都对得上。"),
        ("a file refused", FULL,
         "收到文件2个，见到10行，采用数据5行，其中1个文件整份未采用；每个文件的行数都对得上。"),
        ("a row lost", make_review(sheets=[SHEET | {"clean_count": 4}]),
         "收到文件1个，见到10行，采用数据4行；returns/甲.xlsx的行数对不上，请查明。"),
    ],
)  # fmt: skip
def test_verdict_of_the_page(words, review, zh):
    """The first sentence says whether every row is accounted for."""
    assert said.reading_sentence(find.files_read(review), Voice.of(review, "zh")).text == zh


def test_sentences_of_a_review_without_flaws():
    """Nothing unused, nothing provisional, nothing changed: said, not left out."""
    voice = Voice.of(CLEAN, "en")
    told = [
        said.issues_sentence(find.issues(CLEAN), voice),
        said.unused_sentence(find.unused(CLEAN), voice),
        said.provisional_sentence(find.provisional(CLEAN), voice),
        said.changes_sentence(find.changes(CLEAN), voice),
    ]
    assert [one.text for one in told] == [
        "No data issue was found.", "Nothing is left unused because of errors.",
        "No value is provisional or approximate.",
        "Every value entered is the text of its cell, unchanged.",
    ]  # fmt: skip


def test_sentences_of_a_review_with_flaws():
    """Counts by severity, departments named, approximate values counted."""
    voice = Voice.of(FULL, "zh")
    assert said.issues_sentence(find.issues(FULL), voice).text == (
        "数据质量问题3处，涉及2家部门：拒收1处、错误1处、提示1处。"
    )
    assert said.unused_sentence(find.unused(FULL), voice).text == (
        "2处有误，更正前不采用，涉及甲局和乙局。"
    )
    assert said.provisional_sentence(find.provisional(FULL), voice).text == (
        "1处先采用、标为暂定，其中约数1处。"
    )
    assert said.missing_sentence(find.missing(FULL), find.blanks(FULL), voice).text == (
        "未收到甲局、乙局、丙局和丁办的自评工作簿，必填项没有空缺。"
    )
