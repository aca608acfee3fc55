"""Whether groups can be compared, how severely each judges, and what is done about it."""

import numpy as np
import pandas as pd
import pytest
from reviews_by_hand import make_review, only

from reviewlib.scoring import score
from reviewlib.scoring.linkage import linkage
from reviewlib.scoring.severity import common_scores, estimated, severity

SIX = [{"dept_code": f"DP{n:02d}", "short_name": f"{n}局", "protocol_order": n, "mode": "visit",
        "group_id": "G1" if n <= 3 else "G2"} for n in range(1, 7)]  # fmt: skip
GROUPS = {"groups": {"G1": {"zh": "一组", "en": "Group 1"}, "G2": {"zh": "二组", "en": "Group 2"}}}
THREE = {"groups": GROUPS["groups"] | {"G3": {"zh": "三组", "en": "Group 3"}}}
COVERS = [{"dept_code": d["dept_code"], "declared_code": d["dept_code"]} for d in SIX]


def rated(group, num, dept="DP01", indicator_id="A02"):
    return {"dept_code": dept, "group_id": group, "indicator_id": indicator_id,
            "answer": "reported", "num": num, "den": 100}  # fmt: skip


def review_of(rows, settings=None):
    return make_review(settings or GROUPS, departments=SIX, rubric=only("A02"), covers=COVERS,
                       visit_scores=rows)  # fmt: skip


OWN = [rated("G1", 80, f"DP0{n}") for n in (1, 2, 3)] + [
    rated("G2", 70, f"DP0{n}") for n in (4, 5, 6)
]  # fmt: skip


def both(*codes):
    """Return the rows by which the other group rated some departments too."""
    return [rated("G2" if code in {"DP01", "DP02", "DP03"} else "G1", 75, code) for code in codes]


@pytest.mark.parametrize(
    "words, rows, settings, is_linked, is_enough, says",
    [
        ("no department in common", OWN, GROUPS, False, False, "不同的部门"),
        ("one in common", OWN + both("DP01"), GROUPS, True, False, "只有1个，少于3个"),
        ("three in common", OWN + both("DP01", "DP02", "DP04"), GROUPS, True, True,
         "共同评定了3个部门"),
        ("a third group linked by one", [*OWN, *both("DP01", "DP02", "DP04"),
                                         rated("G3", 9, "DP06")], THREE, True, False,
         "最少的组只有1个，少于3个"),
        ("in common by name, but not one item rated by both",
         OWN + [rated("G2", 75, code, "B02") for code in ("DP01", "DP02", "DP03")], GROUPS,
         False, False, "不同的部门"),
        ("one group only", OWN[:3], GROUPS, False, False, "只有一个回访组"),
        ("nobody rated", [], GROUPS, False, False, "还没有回访组评分"),
    ],
)  # fmt: skip
def test_linkage(words, rows, settings, is_linked, is_enough, says):
    """Groups are linked only through departments they rated in common."""
    found = linkage(review_of(rows, settings))
    assert (found.is_linked, found.is_enough) == (is_linked, is_enough)
    assert says in found.sentence("zh")
    assert found.sentence("en")


def test_groups_linked_in_part():
    """Two groups in common do not make the third comparable."""
    rows = [r for r in OWN if r["dept_code"] != "DP06"] + both("DP01") + [rated("G3", 60, "DP06")]
    found = linkage(review_of(rows, THREE))
    assert found.components == (("G1", "G2"), ("G3",))
    assert "没有把所有组连起来" in found.sentence("zh")


def test_the_own_group_counts_in_the_official_score():
    """A desk review by another group is for comparison; the score is the own group's."""
    rows = [rated("G2", 10), rated("G1", 80), rated("G2", 20, "DP02")]
    items = score(review_of(rows)).items.set_index("dept_code")
    assert items.loc["DP01", "share"] == 0.8
    assert items.loc["DP02", "share"] == 0.2  # its own group rated nothing


def scores_of(table):
    """Return long scores from department → group → score."""
    rows = [(dept, group, value) for dept, told in table.items() for group, value in told.items()]
    return pd.DataFrame(rows, columns=["dept_code", "group_id", "rate"])


def test_severity_by_hand():
    """Four common departments, worked out by hand: mean of (group − mean of the groups)."""
    table = {"a": (84, 80), "b": (78, 70), "c": (90, 86), "d": (66, 58)}
    frame = estimated(scores_of({d: {"G1": x, "G2": y} for d, (x, y) in table.items()}))
    gaps = np.array([2, 4, 2, 4])  # G1 less the mean of both
    noise = (2 * ((gaps - 3) ** 2).sum()) / 3  # residuals of both groups over (4−1)(2−1)
    se = np.sqrt(noise / 4 * (1 - 1 / 2))
    spread = 2 * 3**2 - 2 * se**2
    shrinkage = spread / (spread + se**2)
    assert frame["severity"].tolist() == pytest.approx([3, -3])
    assert frame["se"].tolist() == pytest.approx([se, se])
    assert frame["shrinkage"].tolist() == pytest.approx([shrinkage] * 2)
    assert frame["adjustment"].tolist() == pytest.approx([-3 * shrinkage, 3 * shrinkage])
    assert frame["adjustment_se"].tolist() == pytest.approx([np.sqrt(shrinkage) * se] * 2)


def test_one_common_department_tells_nothing():
    """With a single common department there is no error to judge by, and no adjustment."""
    frame = estimated(scores_of({"a": {"G1": 84, "G2": 80}}))
    assert frame["severity"].tolist() == pytest.approx([2, -2])
    assert "adjustment" not in frame


def test_groups_that_differ_by_chance_alone_are_not_adjusted():
    """Where the groups differ no more than chance allows, nothing is left to adjust."""
    table = {"a": (84, 80), "b": (70, 74), "c": (90, 87), "d": (60, 63)}
    frame = estimated(scores_of({d: {"G1": x, "G2": y} for d, (x, y) in table.items()}))
    assert frame["shrinkage"].tolist() == [0, 0]
    assert frame["adjustment"].tolist() == [0, 0]


def simulated(seed, departments, truth, noise):
    random = np.random.default_rng(seed)
    quality = random.normal(80, 8, departments)
    return scores_of({
        f"d{i}": {g: q + s + random.normal(0, noise) for g, s in truth.items()}
        for i, q in enumerate(quality)
    })  # fmt: skip


def test_simulated_groups_get_their_severity_back():
    """Known severities are found within their errors, and the adjustment brings groups closer."""
    truth = {"G1": 6.0, "G2": -1.0, "G3": -5.0}
    misses, before, after = [], [], []
    for seed in range(200):
        frame = estimated(simulated(seed, 6, truth, 4)).set_index("group_id")
        real = pd.Series(truth)
        misses += list(((frame["severity"] - real) / frame["se"]).abs())
        before.append((real**2).mean())
        after.append(((real + frame["adjustment"]) ** 2).mean())
    assert np.mean(np.array(misses) < 2.23) == pytest.approx(0.95, abs=0.03)  # t, 10 freedoms
    assert np.mean(after) < np.mean(before) / 5


def test_the_error_is_as_large_as_the_design_makes_it():
    """The standard error over repeated reviews is the spread of the estimates."""
    truth = {"G1": 2.0, "G2": 0.0, "G3": -2.0}
    runs = [estimated(simulated(seed, 5, truth, 3)).set_index("group_id") for seed in range(300)]
    spread = np.std([run.loc["G1", "severity"] for run in runs])
    error = np.sqrt(np.mean([run.loc["G1", "se"] ** 2 for run in runs]))
    assert error == pytest.approx(spread, rel=0.1)


FOUR = [  # G1 gives 6 points more than G2 to each of four departments, more or less
    rated("G1", 80, "DP01"), rated("G2", 75, "DP01"), rated("G1", 70, "DP02"),
    rated("G2", 63, "DP02"), rated("G1", 90, "DP03"), rated("G2", 85, "DP03"),
    rated("G1", 72, "DP04"), rated("G2", 65, "DP04"), rated("G2", 60, "DP05"),
    rated("G2", 50, "DP06"),
]  # fmt: skip


def test_what_groups_gave_in_common():
    """Only departments that several groups rated are compared, item by item."""
    frame = common_scores(review_of(FOUR))
    assert frame["dept_code"].unique().tolist() == ["DP01", "DP02", "DP03", "DP04"]
    assert frame["rate"].tolist() == pytest.approx([80, 75, 70, 63, 90, 85, 72, 65])


def test_items_only_one_group_rated_are_left_out():
    """Two groups are compared on what both of them rated."""
    from reviews_by_hand import sample_rubric

    rows = [rated("G1", 80), rated("G2", 70), rated("G1", 10, indicator_id="B02")]
    review = make_review(GROUPS, departments=SIX, rubric=sample_rubric(), covers=COVERS,
                         visit_scores=rows)  # fmt: skip
    frame = common_scores(review)
    assert frame["item_count"].tolist() == [1, 1]
    assert frame["rate"].tolist() == pytest.approx([80, 70])


def test_raw_scores_stand_unless_the_settings_declare_otherwise():
    """Severity is shown beside; no score moves by itself."""
    review = review_of(FOUR)
    assert severity(review)["severity"].tolist() == pytest.approx([3, -3])
    totals = score(review).totals
    assert (totals["severity_adjustment"] == 0).all()
    assert totals["total_shown"].tolist() == totals["raw_total_shown"].tolist()


def test_where_declared_the_adjustment_is_applied_and_the_raw_score_kept():
    """Declared in the settings, totals and bands move; the raw ones stay beside them."""
    review = review_of(FOUR, GROUPS | {"fairness": {"is_severity_applied": True}})
    by_group = severity(review).set_index("group_id")["adjustment"]
    totals = score(review).totals.set_index("dept_code")
    assert totals.loc["DP03", "raw_total_shown"] == 90
    assert totals.loc["DP03", "raw_band"] == "green"
    assert totals.loc["DP03", "band"] == "yellow"
    assert totals.loc["DP03", "total"] == pytest.approx(90 + by_group["G1"])
    assert totals.loc["DP06", "total"] == pytest.approx(50 + by_group["G2"])


def test_unlinked_groups_are_never_adjusted():
    """Declared or not, without common departments nothing moves."""
    review = review_of(OWN, GROUPS | {"fairness": {"is_severity_applied": True}})
    assert severity(review)["severity"].isna().all()
    assert (score(review).totals["severity_adjustment"] == 0).all()
