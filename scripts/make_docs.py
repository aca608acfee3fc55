"""Write the pages of `docs/` that are made from declarations: the data dictionary."""

from pathlib import Path

from reviewlib.schema.dictionary import data_dictionary

DOCS = Path(__file__).parents[1] / "docs"

if __name__ == "__main__":
    (DOCS / "data-dictionary.md").write_text(data_dictionary(), encoding="utf-8", newline="\n")
