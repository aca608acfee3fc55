"""Whole indices through `score_csv`: every country of the HDI, and a deep one of our own making."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from rubrics_by_hand import HEAD

from reviewlib.rubric import parse_rubric, score_csv, score_units, summary

HDI = Path(__file__).parents[2] / "docs" / "examples" / "hdi.toml"
GUIDE = HDI.with_name("README.md")
PUBLISHED = Path(__file__).with_name("hdi-2022.csv")
"""UNDP, Human Development Report 2023/24, all countries with an index."""


def test_every_country_of_the_human_development_report(tmp_path):
    """Index and group of all 193 countries are those published, to the third decimal."""
    countries = pd.read_csv(PUBLISHED).set_index("country")
    long = countries[["le", "eys", "mys", "gnipc"]].reset_index(names="unit")
    path = tmp_path / "inputs.csv"
    long.melt("unit", var_name="indicator").to_csv(path, index=False)
    made = summary(score_csv(HDI, path)).set_index("unit").reindex(countries.index)

    assert len(made) == 193
    assert made["total"].tolist() == countries["published_index"].tolist()
    group = countries["published_group"].str.lower().str.replace(" ", "_")
    differs = made["band"] != group
    assert made.index[differs & group.notna()].tolist() == []


def test_the_guide_is_enough_to_score_by_a_rubric_of_ones_own(tmp_path):
    """The rubric and the inputs that the guide prints score as it says they do."""
    text = GUIDE.read_text(encoding="utf-8")
    for name in ("toml", "csv"):
        block = text.split(f"```{name}\n")[1].split("```")[0]
        (tmp_path / f"guide.{name}").write_text(block, encoding="utf-8")
    made = summary(score_csv(tmp_path / "guide.toml", tmp_path / "guide.csv")).set_index("unit")

    assert made.loc["North", "total"] == 64.5  # (3 × 0.66 + 1 × 0.6) ÷ 4
    assert made.loc["South", "coverage"] == 0  # water is missing, roads do not apply
    assert made["band"].tolist()[1] == "not_rated"


UNITS, SIZES = 51, (6, 8, 4, 7, 5, 9, 6, 4)  # 49 indicators under 8 pillars
MEANS = ("arithmetic", "geometric", "arithmetic", "weakest", "arithmetic", "geometric",
         "arithmetic", "arithmetic")  # fmt: skip
HALVES = (("links", range(5)), ("care", range(5, 8)))


@pytest.fixture(scope="module")
def index():
    """Return weights, goalposts, directions and raw values with gaps, all uneven."""
    random = np.random.default_rng(49)
    count = sum(SIZES)
    low = random.uniform(-50, 50, count)
    high = low + random.uniform(1, 900, count)
    is_reversed = random.random(count) < 0.3
    raw = low[:, None] + (high - low)[:, None] * random.uniform(0.02, 0.98, (count, UNITS))
    raw[random.random(raw.shape) < 0.12] = np.nan
    raw[:6, 3] = np.nan  # a unit without a whole pillar
    raw[:, 7] = np.nan  # and one without anything
    return {
        "weight": random.integers(1, 9, count) / 4, "pillar": random.integers(1, 7, 8) / 2,
        "half": np.array([3.0, 2.0]), "low": low, "high": high, "is_reversed": is_reversed,
        "raw": raw.round(6),
    }  # fmt: skip


def rubric_of(index):
    """Write the index as a rubric of three depths."""
    halves = [{"id": name, "zh": name, "en": name, "weight": weight, "aggregation": "geometric"}
              for (name, _), weight in zip(HALVES, index["half"], strict=True)]  # fmt: skip
    under = {pillar: name for name, pillars in HALVES for pillar in pillars}
    pillars = [
        {"id": f"p{n}", "parent": under[n], "zh": f"p{n}", "en": f"p{n}", "aggregation": how,
         "weight": index["pillar"][n]}
        for n, how in enumerate(MEANS)
    ]  # fmt: skip
    ends = [(high, low) if is_reversed else (low, high) for low, high, is_reversed in
            zip(index["low"], index["high"], index["is_reversed"], strict=True)]  # fmt: skip
    indicators = [
        {"id": f"i{n:02d}", "parent": f"p{pillar}", "zh": "指标", "en": "indicator",
         "weight": index["weight"][n],
         "scale": {"kind": "linear", "low": str(ends[n][0]), "high": str(ends[n][1])}}
        for n, pillar in enumerate(np.repeat(np.arange(8), SIZES))
    ]  # fmt: skip
    return parse_rubric(HEAD | {
        "weights": "relative", "renormalise": "node", "coverage_min": 0,
        "total": {"decimals": 6}, "nodes": [*halves, *pillars], "indicators": indicators,
    })  # fmt: skip


def mean(values, weights, how):
    """Return the weighted mean of each column over what is not missing, by plain numpy."""
    known = ~np.isnan(values)
    weights = np.where(known, np.asarray(weights)[:, None], 0)
    some = known.any(axis=0)
    if how == "weakest":
        found = np.where(known, values, np.inf).min(axis=0)
    elif how == "geometric":
        found = np.exp(np.where(known, np.log(np.where(known, values, 1)) * weights, 0).sum(axis=0)
                       / np.where(some, weights.sum(axis=0), 1))  # fmt: skip
    else:
        found = np.where(known, values * weights, 0).sum(axis=0)
        found = found / np.where(some, weights.sum(axis=0), 1)
    return np.where(some, found, np.nan)


def recomputed(index):
    """Return shares of pillars, halves and the whole from the raw values, by plain numpy."""
    place = (index["raw"] - index["low"][:, None]) / (index["high"] - index["low"])[:, None]
    place = np.where(index["is_reversed"][:, None], 1 - place, place)
    cuts = np.cumsum((0, *SIZES))
    pillars = np.stack([
        mean(place[start:end], index["weight"][start:end], how)
        for start, end, how in zip(cuts, cuts[1:], MEANS, strict=False)
    ])  # fmt: skip
    halves = np.stack([mean(pillars[list(mine)], index["pillar"][list(mine)], "geometric")
                       for _, mine in HALVES])  # fmt: skip
    return pillars, halves, mean(halves, index["half"], "arithmetic")


def long_inputs(index):
    """Return the raw values as long inputs; what is missing has no row, or a blank one."""
    frame = pd.DataFrame(index["raw"], index=[f"i{n:02d}" for n in range(49)],
                         columns=[f"U{n:02d}" for n in range(UNITS)])  # fmt: skip
    long = frame.rename_axis("indicator_id").reset_index().melt("indicator_id", var_name="unit")
    return long[long["value"].notna() | (long.index % 2 == 0)]


def test_an_index_of_49_indicators_over_51_units(index):
    """Three depths, uneven weights, three means and gaps agree with a recomputation by numpy."""
    scores = score_units(rubric_of(index), long_inputs(index))
    pillars, halves, whole = recomputed(index)
    nodes = scores.nodes.pivot(index="node_id", columns="unit", values="rate")

    np.testing.assert_allclose(nodes.loc[[f"p{n}" for n in range(8)]], pillars, atol=1e-12)
    np.testing.assert_allclose(nodes.loc[[name for name, _ in HALVES]], halves, atol=1e-12)
    np.testing.assert_allclose(scores.totals["base"], 100 * whole, atol=1e-10)
    assert np.isnan(pillars[0, 3]) and np.isnan(whole[7])  # the gaps were there


def test_its_trace_adds_up_for_every_unit(index):
    """Contributions add up to the score and effective weights to the scale, through all depths."""
    scores = score_units(rubric_of(index), long_inputs(index))
    sums = scores.items.groupby("unit")[["contribution", "effective_weight"]].sum()
    rated = scores.totals.set_index("unit")["base"].dropna()

    np.testing.assert_allclose(sums["contribution"][rated.index], rated, atol=1e-9)
    np.testing.assert_allclose(sums["effective_weight"][rated.index], 100, atol=1e-9)
    assert len(rated) == UNITS - 1
