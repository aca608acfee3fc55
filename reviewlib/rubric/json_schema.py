"""The JSON Schema of a scoring table, for editors that complete and check TOML while one types."""

from __future__ import annotations

from reviewlib.rubric.model import Rubric


def json_schema() -> dict:
    """Return the JSON Schema of `rubric.toml`.

    It says what single keys may hold. What no schema can say (sums of weights, references, cycles,
    levels without descriptor) `load_rubric` checks.
    """
    schema = Rubric.model_json_schema(mode="validation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "评分表 rubric.toml",
        **{key: value for key, value in schema.items() if key != "title"},
    }
