"""The data dictionary says what the schema says."""

from pathlib import Path

from reviewlib.schema import CHECKS, TABLES
from reviewlib.schema.codes import CODES
from reviewlib.schema.dictionary import data_dictionary
from reviewlib.schema.rules import RULES

PAGE = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_page_in_docs_is_the_one_the_schema_gives():
    """A change of the schema without `scripts/make_docs.py` is noticed here."""
    assert PAGE.read_text(encoding="utf-8") == data_dictionary()


def test_everything_declared_is_on_the_page():
    """Every table, column, rule, check and code can be looked up."""
    page = data_dictionary()
    columns = [column.name for table in TABLES.values() for column in table.columns]
    names = [*TABLES, *columns, *RULES, *CHECKS, *CODES]

    assert [name for name in names if f"`{name}`" not in page] == []
