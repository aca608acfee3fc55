"""Copies come together: nothing is lost, nothing is overwritten in silence."""

import pandas as pd
import pytest
from ledgers_by_hand import frames, problem, task

from reviewlib import schema
from reviewlib.ledger.books import book_of
from reviewlib.ledger.merge import PARTIAL_COPY_ROWS


def edited(desk, **cells):
    """A copy of the ledger with some cells of its problems changed: `title_0="新"`."""
    changed = desk.copy()
    for place, value in cells.items():
        column, _, row = place.rpartition("_")
        changed["problems"].loc[int(row), column] = value
    return changed


def raised(desk) -> list[tuple]:
    """Kind, record and column of the questions the last merge raised."""
    columns = ["question_kind", "about_key", "about_column"]
    return [tuple(row) for row in desk.result.conflicts[columns].fillna("").to_numpy()]


def named(desk) -> list[str]:
    """Codes of the data issues of the last merge."""
    return list(desk.result.refusals["code"])


@pytest.fixture
def two(desk):
    """A ledger of two problems and a task."""
    return desk.begin(problems=[problem(1), problem(2)], tasks=[task(1)])


def test_the_first_workbook_begins_the_ledger(two):
    """Every row is on the log and carries its mark."""
    assert len(two.result.events) == 4
    assert two.frames["problems"]["revision"].notna().all()
    assert two.frames["problems"]["revision"].is_unique


def test_an_unchanged_copy_changes_nothing(two):
    """A copy sent back as it was leaves no line on the log."""
    assert two.merge(two.book(two.copy())).result.events == ()


def test_disjoint_changes_merge(two):
    """Two fields of one row, edited in two copies, are both taken in."""
    one, other = edited(two, title_0="甲的标题"), edited(two, cause_0="staffing")

    two.merge(two.book(one, "甲.xlsx"), two.book(other, "乙.xlsx"))

    assert two.value("problems", 0, "title") == "甲的标题"
    assert two.value("problems", 0, "cause") == "staffing"
    assert raised(two) == []


def test_two_edits_of_one_cell_are_kept_side_by_side(two):
    """The second edit is a question with both texts and the text before; the first stands."""
    one, other = edited(two, title_0="甲的标题"), edited(two, title_0="乙的标题")

    two.merge(two.book(one, "甲.xlsx"), two.book(other, "乙.xlsx"))

    question = two.frames["ledger_questions"].loc[0]
    assert two.value("problems", 0, "title") == "甲的标题"
    assert (question["current_text"], question["incoming_text"], question["base_text"]) == (
        "甲的标题", "乙的标题", "问题1")  # fmt: skip
    assert question["from_file"] == "乙.xlsx"


def test_the_same_edit_twice_is_no_disagreement(two):
    """Two copies that say the same agree."""
    one, other = edited(two, title_0="同一标题"), edited(two, title_0="同一标题")

    two.merge(two.book(one, "甲.xlsx"), two.book(other, "乙.xlsx"))

    assert raised(two) == []


@pytest.mark.parametrize("is_saved_again", [False, True])
def test_the_same_copy_twice_changes_nothing(two, is_saved_again):
    """A copy merged before is known by its bytes, and by its content when saved again."""
    copy = edited(two, title_0="甲的标题")
    book = two.book(copy, "甲.xlsx")
    two.merge(book)
    two.merge(two.book(edited(two, title_0="后来的标题"), "丙.xlsx"))
    again = two.book(copy, "甲.xlsx") if is_saved_again else book

    two.merge(again)

    assert two.result.events == ()
    assert named(two) == ["file.same-copy"]
    assert two.value("problems", 0, "title") == "后来的标题"


def test_an_open_question_is_asked_once(two):
    """A disagreement that is still open is not raised again by further copies."""
    one, other = edited(two, title_0="甲"), edited(two, title_0="乙")
    two.merge(two.book(one, "甲.xlsx"), two.book(other, "乙.xlsx"))
    other["problems"].loc[1, "title"] = "又改一处"

    two.merge(two.book(other, "乙二.xlsx"))

    assert raised(two) == []
    assert two.value("problems", 1, "title") == "又改一处"
    assert len(two.frames["ledger_questions"]) == 1


def test_a_question_closes_itself_when_the_ledger_says_the_same(two):
    """Once somebody writes the other text into the ledger nothing is left to decide."""
    one, other = edited(two, title_0="甲"), edited(two, title_0="乙")
    two.merge(two.book(one, "甲.xlsx"), two.book(other, "乙.xlsx"))

    two.merge(two.book(edited(two, title_0="乙"), "ledger.xlsx", is_own=True))

    assert two.value("problems", 0, "title") == "乙"
    assert two.frames["ledger_questions"].empty


def test_a_row_that_a_copy_lacks_is_a_question(two):
    """Deleting a row in Excel asks whether to delete it; the row stays."""
    copy = two.copy()
    copy["problems"] = copy["problems"].drop(index=0)

    two.merge(two.book(copy))

    assert raised(two) == [("missing_row", "P-01", "")]
    assert len(two.frames["problems"]) == 2


def test_a_row_made_after_the_copy_was_taken_is_not_missing(two):
    """An older copy cannot lack what did not exist yet."""
    old = two.copy()
    newer = two.copy()
    newer["problems"] = pd.concat([newer["problems"], frames(problems=[problem(3)])["problems"]])
    two.merge(two.book(newer, "新.xlsx"))

    two.merge(two.book(old, "旧.xlsx"))

    assert raised(two) == []


def test_the_newest_row_is_missed_where_the_workbook_says_how_new_it_is(two):
    """With the head of the log in the workbook even its last row is known to be missing."""
    copy = two.copy()
    copy["tasks"] = copy["tasks"].iloc[:0]

    two.merge(two.book(copy, head=two.log.head))

    assert raised(two) == [("missing_row", "T-001", "")]


def test_an_excerpt_deletes_nothing_and_says_so(desk):
    """A copy cut down to one department's rows is named once, not row by row."""
    count = PARTIAL_COPY_ROWS + 2
    desk.begin(problems=[problem(number) for number in range(1, count + 1)])
    copy = desk.copy()
    copy["problems"] = copy["problems"].tail(1)

    desk.merge(desk.book(copy))

    assert (raised(desk), named(desk)) == ([], ["row.excerpt"])
    assert len(desk.frames["problems"]) == count


def test_a_table_that_was_not_found_says_nothing(two):
    """A copy without the sheet of a table leaves that table alone."""
    copy = two.copy()
    del copy["tasks"]

    assert two.merge(two.book(copy)).result.events == ()


@pytest.mark.parametrize("place", ["cell", "column"])
def test_what_cannot_be_read_changes_nothing(two, place):
    """A cell that holds no value of its kind, or a column whose heading is gone, blanks nothing."""
    copy = two.copy()
    copy["problems"]["severity"] = None
    copy["problems"]["source_cell"], copy["problems"]["source_sheet"] = "A3", "问题台账"
    unread = [("problems", "问题台账!A3" if place == "cell" else "", "severity")]

    two.merge(two.book(copy, unread=unread))

    assert list(two.frames["problems"]["severity"]) == ["medium", "medium"]


def test_two_new_rows_with_one_id(two):
    """The second copy's new row is a question with a free id beside it; the first one stands."""
    books = []
    for name, title in (("甲.xlsx", "甲的新问题"), ("乙.xlsx", "乙的新问题")):
        copy = two.copy()
        new = frames(problems=[problem(3, title=title)])["problems"]
        copy["problems"] = pd.concat([copy["problems"], new])
        books.append(two.book(copy, name))

    two.merge(*books)

    assert raised(two) == [("id_taken", "P-03", "")]
    assert two.result.conflicts.loc[0, "suggestion"] == "P-04"
    assert "乙的新问题" in two.result.conflicts.loc[0, "incoming_text"]
    assert two.value("problems", 2, "title") == "甲的新问题"


def test_one_id_twice_in_a_copy(two):
    """A row pasted below and left with its id is a question; the original stands."""
    copy = two.copy()
    pasted = copy["problems"].loc[[0]].assign(title="忘改编号的新问题")
    copy["problems"] = pd.concat([pasted, copy["problems"]])

    two.merge(two.book(copy))

    assert raised(two) == [("id_taken", "P-01", "")]
    assert two.value("problems", 0, "title") == "问题1"


def test_one_id_twice_and_both_edited(two):
    """Where nothing tells the original from the pasted row, both are asked about."""
    copy = two.copy()
    pasted = copy["problems"].loc[[0]].assign(title="改动一")
    copy["problems"].loc[0, "title"] = "改动二"
    copy["problems"] = pd.concat([copy["problems"], pasted])

    two.merge(two.book(copy))

    assert raised(two) == [("id_taken", "P-01", ""), ("id_taken", "P-01", "")]
    assert two.value("problems", 0, "title") == "问题1"


def test_a_row_pasted_under_its_own_id_is_new(two):
    """A copied row with a fresh id is a new row, though it carries the mark of the original."""
    copy = two.copy()
    pasted = copy["problems"].loc[[0]].assign(problem_id="P-03", title="由 P-01 复制")
    copy["problems"] = pd.concat([copy["problems"], pasted])

    two.merge(two.book(copy))

    assert list(two.frames["problems"]["problem_id"]) == ["P-01", "P-02", "P-03"]
    assert raised(two) == []


def test_an_id_that_was_changed_is_a_question(two):
    """Renumbering would cut the links of other tables; it is asked, and nothing moves."""
    two.merge(two.book(edited(two, problem_id_0="P-09")))

    assert raised(two) == [("renumbered", "P-01", "")]
    assert list(two.frames["problems"]["problem_id"]) == ["P-01", "P-02"]


def test_a_finding_given_its_problem_keeps_its_row(desk):
    """Filling in the problem of a finding is an edit, though the column is part of the key."""
    desk.begin(problems=[problem(1)], problem_findings=[
        {"finding_id": "F-001", "status": "unmerged"}])  # fmt: skip
    copy = desk.copy()
    copy["problem_findings"].loc[0, ["problem_id", "status"]] = ["P-01", "merged"]

    desk.merge(desk.book(copy))

    assert desk.frames["problem_findings"][["problem_id", "status"]].to_numpy().tolist() == [
        ["P-01", "merged"]]  # fmt: skip
    assert raised(desk) == []


def test_a_row_without_id_is_a_question(two):
    """A row somebody added without an id is kept, with the id it could have."""
    copy = two.copy()
    new = frames(problems=[problem(3, problem_id=None)])["problems"]
    copy["problems"] = pd.concat([copy["problems"], new])

    two.merge(two.book(copy))

    assert raised(two) == [("no_id", "", "")]
    assert two.result.conflicts.loc[0, "suggestion"] == "P-03"


def test_a_copy_of_another_review_is_refused(two, desk):
    """Marks that are not of this ledger refuse the workbook whole."""
    foreign = frames(problems=[problem(1, revision="rffffffffff1", title="别处的问题")])

    two.merge(two.book(foreign))

    assert (named(two), two.result.events) == (["file.other-review"], ())


def test_a_copy_whose_marks_were_wiped_asks(two):
    """Without marks nothing tells what was edited, so each difference is asked."""
    copy = edited(two, title_0="无标记的改动")
    copy["problems"]["revision"] = None

    two.merge(two.book(copy))

    assert raised(two) == [("id_taken", "P-01", "")]


def test_a_merge_that_was_killed_heals(desk):
    """Log written, workbook not: the own workbook, still unmarked, is taken further."""
    first = frames(problems=[problem(1), problem(2)])
    desk.merge(desk.book(first, "ledger.xlsx", is_own=True))
    first["problems"].loc[0, "title"] = "中断之后的改动"

    desk.merge(desk.book(first, "ledger.xlsx", is_own=True))

    assert desk.value("problems", 0, "title") == "中断之后的改动"
    assert raised(desk) == []


def test_a_lost_line_of_the_log_is_made_up_from_the_workbook(two):
    """Where a line of the log is damaged the own workbook still holds what it said."""
    from reviewlib.ledger.log import parse_log, text_of

    two.merge(two.book(edited(two, title_0="日志丢失的改动"), "甲.xlsx"))
    lines = text_of(two.log.events).splitlines()
    two.log = parse_log("\n".join(line for line in lines if "日志丢失的改动" not in line).encode())

    two.merge(two.book(two.frames, "ledger.xlsx", is_own=True))

    assert two.value("problems", 0, "title") == "日志丢失的改动"
    assert raised(two) == []


def test_a_row_whose_first_line_is_lost_keeps_its_id(two):
    """The line that made a row is gone, a later one is there: the workbook makes up the rest."""
    from reviewlib.ledger.history import rebuild
    from reviewlib.ledger.log import parse_log, text_of

    two.merge(two.book(edited(two, title_0="后来的改动"), "甲.xlsx"))
    lines = text_of(two.log.events).splitlines()
    two.log = parse_log("\n".join(line for line in lines if '"问题1"]' not in line).encode())
    assert rebuild(two.log)["problems"].iloc[0].dropna().to_dict().keys() == {
        "problem_id", "title", "revision"}  # fmt: skip

    two.merge(two.book(two.frames, "ledger.xlsx", is_own=True))

    row = two.frames["problems"].iloc[0]
    assert (row["problem_id"], row["title"], row["owner"]) == ("P-01", "后来的改动", "DP01")
    assert raised(two) == [] and len(two.frames["problems"]) == 2


def decided(desk, decision, **more):
    """The own workbook with every question decided."""
    changed = desk.copy()
    changed["ledger_questions"]["decision"] = decision
    return desk.merge(desk.book(changed | more, "ledger.xlsx", is_own=True), as_of="2025-08-08")


@pytest.mark.parametrize(
    ("decision", "title"), [("take", "乙"), ("keep", "甲")],
)  # fmt: skip
def test_a_decision_is_carried_out(two, decision, title):
    """What people choose stands in the ledger; the question is closed and stays on the log."""
    one, other = edited(two, title_0="甲"), edited(two, title_0="乙")
    two.merge(two.book(one, "甲.xlsx"), two.book(other, "乙.xlsx"))

    decided(two, decision)

    assert two.value("problems", 0, "title") == title
    assert two.frames["ledger_questions"].empty
    assert "decision" in [event.kind for event in two.log.events]


def test_a_decision_made_on_an_older_text_waits(two):
    """Where the present text moved on after the decision, it must be decided again."""
    one, other = edited(two, title_0="甲"), edited(two, title_0="乙")
    two.merge(two.book(one, "甲.xlsx"), two.book(other, "乙.xlsx"))
    stale = two.copy()
    stale["ledger_questions"]["decision"] = "take"
    two.merge(two.book(edited(two, title_0="丙"), "丙.xlsx"))

    two.merge(two.book(stale, "裁决.xlsx"))

    assert named(two) == ["row.decision-late"]
    assert two.value("problems", 0, "title") == "丙"
    assert two.frames["ledger_questions"].loc[0, "current_text"] == "丙"


def test_a_deletion_that_was_decided(two):
    """Taking the copy's side of a missing row removes it; its past stays on the log."""
    copy = two.copy()
    copy["problems"] = copy["problems"].drop(index=0)
    two.merge(two.book(copy))

    decided(two, "take")

    assert list(two.frames["problems"]["problem_id"]) == ["P-02"]
    removal = [event for event in two.log.events if event.kind == "row"][-1]
    assert removal.changes["title"] == ("问题1", None)


def test_a_new_number_that_was_decided(two):
    """The second row under a taken id enters under a free one."""
    copy = two.copy()
    pasted = copy["problems"].loc[[0]].assign(title="忘改编号的新问题")
    copy["problems"] = pd.concat([copy["problems"], pasted])
    two.merge(two.book(copy))

    decided(two, "renumber")

    assert two.frames["problems"][["problem_id", "title"]].to_numpy().tolist() == [
        ["P-01", "问题1"], ["P-02", "问题2"], ["P-03", "忘改编号的新问题"]]  # fmt: skip


def test_a_renumbering_that_was_decided_takes_the_links_along(two):
    """Where people want the new id, every row that refers to the old one follows."""
    two.merge(two.book(edited(two, problem_id_0="P-09")))

    decided(two, "take")

    assert sorted(two.frames["problems"]["problem_id"]) == ["P-02", "P-09"]
    assert list(two.frames["tasks"]["problem_id"]) == ["P-09"]


def test_an_edit_of_a_row_removed_meanwhile(two):
    """A late edit of a removed row is asked; taking it brings the row back."""
    late = edited(two, title_0="迟到的改动")
    copy = two.copy()
    copy["problems"] = copy["problems"].drop(index=0)
    two.merge(two.book(copy))
    decided(two, "take")

    two.merge(two.book(late, "迟.xlsx"))
    assert raised(two) == [("row_gone", "P-01", "")]
    decided(two, "take")

    assert two.value("problems", 0, "title") == "迟到的改动"


def test_a_question_nobody_asked(two):
    """A decision under an unknown number is named."""
    changed = two.copy()
    changed["ledger_questions"] = schema.frame_of("ledger_questions", [
        {"question_id": "Q-00000000", "decision": "take"}])  # fmt: skip

    two.merge(two.book(changed))

    assert named(two) == ["row.unknown-question"]


def test_a_merge_changes_no_frame_it_was_given(two):
    """Copies stay as they were read."""
    copy = edited(two, title_0="甲")
    before = copy["problems"].copy()

    two.merge(book_of("甲.xlsx", "sha", copy))

    pd.testing.assert_frame_equal(copy["problems"], before)
