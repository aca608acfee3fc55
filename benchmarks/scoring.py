"""How long scoring takes: many units by the sample's rubric, and ten thousand draws of weights.

Run from the repository: `python benchmarks/scoring.py [--units 100000]`.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

import numpy as np
import pandas as pd

from reviewlib.rubric import load_rubric, score_units
from reviewlib.rubric.aggregate import leaf_weights, roll_up
from reviewlib.rubric.scales import Banded, Levelled

RUBRIC = Path(__file__).parents[1] / "data" / "sample" / "rubric.toml"


def made_up(rubric, units: int, seed: int = 1) -> pd.DataFrame:
    """Return inputs of so many units: every indicator, some missing, some not applicable."""
    random = np.random.default_rng(seed)
    names = pd.Index([f"U{n:06d}" for n in range(units)], dtype="str")
    parts = []
    for item in rubric.indicators:
        answer = random.choice(
            ["reported", "not_reported", "not_applicable"], units, p=[0.9, 0.02, 0.08]
        )
        part = {"unit": names, "indicator_id": item.id, "answer": answer}
        if isinstance(item.scale, Levelled):
            part["level"] = random.choice(list("ABCD"), units)
        elif isinstance(item.scale, Banded) and not item.scale.steps:
            part["level"] = random.choice([case.id for case in item.scale.cases], units)
        else:
            den = random.integers(1, 60, units)
            part |= {"num": random.integers(0, den + 1), "den": den}
        parts.append(pd.DataFrame(part))
    return pd.concat(parts, ignore_index=True)


def drawn(rubric, board, units: int = 34, draws: int = 10_000) -> np.ndarray:
    """Score some units by so many draws of all weights, as the robustness of a review does."""
    factors = np.random.default_rng(1).uniform(0.75, 1.25, (len(rubric.indicators), 1, draws))
    weights = leaf_weights(rubric)[:, None, None] * factors
    return roll_up(rubric, board.share[:, :units, None], weights)[None].share


def timed(what: str, run):
    """Run, say how long it took and how much memory the process has used at most."""
    start = time.perf_counter()
    result = run()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<44}{time.perf_counter() - start:8.2f} s{peak:10.0f} MB at most")
    return result


def main() -> None:
    """Time the steps one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=100_000)
    units = parser.parse_args().units
    rubric = load_rubric(RUBRIC)
    inputs = timed(f"make up {units:,} units × {len(rubric.indicators)}",
                   lambda: made_up(rubric, units))  # fmt: skip
    scores = timed("score them: totals and bands",
                   lambda: score_units(rubric, inputs, is_deadline_past=True))  # fmt: skip
    timed("their items with contributions", lambda: scores.items)
    timed("their dimensions", lambda: scores.nodes)
    timed("10,000 draws of weights for 34 of them", lambda: drawn(rubric, scores.board))
    print(scores.totals["band"].value_counts().to_string())


if __name__ == "__main__":
    main()
