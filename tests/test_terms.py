"""One term, one word in each language, one identifier; the glossary says the same."""

from collections import Counter
from pathlib import Path

import pytest

from reviewlib import terms

ROOT = Path(__file__).resolve().parent.parent


def test_glossary_equals_the_terms():
    """The page cannot go stale: rewrite it with `python -m reviewlib.terms`."""
    written = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert terms.glossary() == written


@pytest.mark.parametrize("what", ["zh", "en"])
def test_no_word_stands_for_two_things(what):
    """Each Chinese and each English term is there once."""
    counts = Counter(getattr(term, what) for term in terms.TERMS)
    assert [word for word, count in counts.items() if count > 1] == []


def test_finding_problem_and_data_issue_are_three_terms():
    """The three words that are most easily mixed up have three identifiers."""
    assert len({terms.term(name).zh for name in ("finding", "problem", "data_issue")}) == 3


def test_unknown_identifier_names_what_there_is():
    """A misspelt identifier is refused, and the known ones are listed."""
    with pytest.raises(KeyError, match="no term is identified by 'visit_gruop'; there are reform,"):
        terms.term("visit_gruop")


def test_every_care_is_said_in_both_languages():
    """A caution that one language lacks would be lost on half of the readers."""
    assert [t.zh for t in terms.TERMS if bool(t.care_zh) != bool(t.care_en)] == []


def test_immediate_rectification_is_called_so_where_it_is_shown():
    """The heading of the form and the section of a group's page say what the glossary says."""
    from reviewlib import schema
    from reviewlib.show.pages import group

    en = terms.term("immediate").en.capitalize()
    assert schema.TABLES["findings"]["is_immediate"].en == en
    assert group.OUTLINE.title("immediate", "en").endswith(en)


def test_modes_and_identifiers_of_the_tables_are_those_of_the_terms():
    """The names a table uses for a term are the names the glossary gives."""
    from reviewlib import schema

    columns = {name for table in schema.TABLES.values() for name in table.dtypes}
    named = {"dept_code", "group_id", "mode", "indicator_id", "level", "from_dept", "to_dept",
             "lead_dept", "support_depts", "owner", "nature", "due_on", "closed_on"}  # fmt: skip
    identifiers = {name for term in terms.TERMS for name in term.identifier.split(", ")}
    assert named <= columns and named <= identifiers
