"""Write the generated parts of docs/method.md: `python scripts/method_tables.py`."""

from __future__ import annotations

import re
from pathlib import Path

from reviewlib import schema
from reviewlib.rubric import Rubric, load_rubric
from reviewlib.scoring import MEASURES

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "method.md"
MARK = "<!-- generated: {name} -->"
END = "<!-- end -->"


def measures_table(rubric: Rubric) -> str:
    """Return one line per indicator: its measure, where it reads, what it counts."""
    lines = ["| indicator | measure | reads first | what it does |", "|---|---|---|---|"]
    for item in rubric.indicators:
        found = MEASURES[item.measure]
        table = schema.TABLES[found.table]
        does = " ".join(found.compute.__doc__.split("\n\n")[0].split())
        column = table[found.column].zh
        lines.append(
            f"| {item.id} {item.zh} | `{item.measure}` | {table.sheet}：{column} | {does} |"
        )
    return "\n".join(lines)


def rubric_table(rubric: Rubric) -> str:
    """Return one line per dimension: weight, number of indicators, scales."""
    lines = ["| dimension | weight | indicators | scales |", "|---|---|---|---|"]
    for node in rubric.dimensions:
        items = rubric.indicators_of(node.id)
        kinds = [item.scale.kind for item in items]
        counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
        lines.append(f"| {node.id} {node.zh} | {node.weight} | {len(items)} | {counts} |")
    return "\n".join(lines)


def filled(text: str) -> str:
    """Return the page with its generated parts made anew."""
    rubric = load_rubric(ROOT / "data" / "sample" / "rubric.toml")
    parts = {"rubric": rubric_table(rubric), "measures": measures_table(rubric)}
    for name, part in parts.items():
        mark = MARK.format(name=name)
        pattern = re.escape(mark) + r".*?" + re.escape(END)
        if not re.search(pattern, text, flags=re.DOTALL):
            raise SystemExit(f"docs/method.md has no place for {name!r}: expected {mark} … {END}")
        replacement = f"{mark}\n{part}\n{END}"
        text = re.sub(pattern, lambda _, new=replacement: new, text, flags=re.DOTALL)
    return text


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
