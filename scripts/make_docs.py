"""Write what of `docs/` is made from declarations: the data dictionary, the schema of rubrics."""

import json
from pathlib import Path

from reviewlib.rubric import json_schema
from reviewlib.schema.dictionary import data_dictionary

DOCS = Path(__file__).parents[1] / "docs"

if __name__ == "__main__":
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"
    for name, text in (("data-dictionary.md", data_dictionary()), ("rubric.schema.json", schema)):
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
