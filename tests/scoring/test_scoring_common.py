"""A small review with four departments that both groups rated, from workbooks to severity."""

import re
from pathlib import Path

import pytest

from reviewlib import forms, schema
from reviewlib.errors import ConfigError
from reviewlib.intake import open_review
from reviewlib.review import read_settings
from reviewlib.rubric import load_rubric
from reviewlib.scoring import adjusted_totals, common_scores, linkage, score, severity

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
COMMON = ("DP02", "DP03", "DP05", "DP06")
GROUP_OF = {f"DP{n:02d}": "G1" if n <= 4 else "G2" for n in range(1, 9)}
RATIOS = ("A02", "A04", "B01", "B02", "C01", "C02", "C03", "C09")
QUALITY = {code: 70 + 3 * n for n, code in enumerate(GROUP_OF)}
"""What a department would get from judges who are neither mild nor severe, of 100."""
MILDER = {"G1": 4, "G2": -4}


def write_folder(folder, common):
    """Write the folder of a review in which every group rates `common`, as an office would."""
    folder.mkdir()
    text = (SAMPLE / "review.toml").read_text(encoding="utf-8")
    text = re.sub(r"\[groups\.G3\]\n(.+\n)+", "", text)
    declared = ", ".join(f'"{code}"' for code in common)
    text = text.replace("common_departments = []", f"common_departments = [{declared}]")
    (folder / "review.toml").write_text(text, encoding="utf-8")
    (folder / "rubric.toml").write_bytes((SAMPLE / "rubric.toml").read_bytes())
    settings, rubric = read_settings(folder), load_rubric(folder / "rubric.toml")
    rows = [
        {"dept_code": code, "full_name": f"示例区第{n}局", "short_name": f"第{n}局",
         "protocol_order": n, "side": "government", "mode": "visit", "group_id": group,
         "change_type": "merged", "is_three_det_reissued": True, "three_det_no": f"{n}号",
         "three_det_on": "2024-10-01"}
        for n, (code, group) in enumerate(GROUP_OF.items(), start=1)
    ]  # fmt: skip
    roster = schema.frame_of("departments", rows)
    forms.write_roster(folder / "departments.xlsx", settings, {"departments": roster})
    for group in ("G1", "G2"):
        given = {"visit_scores": schema.frame_of("visit_scores", list(_ratings(group, common)))}
        forms.write_visit(folder / "visits" / f"{group}.xlsx", settings, rubric, group, roster,
                          given)  # fmt: skip
    return folder


def _ratings(group, common):
    """Yield what one group enters: its own departments, and by desk review those in common."""
    for place, code in enumerate(GROUP_OF):
        if GROUP_OF[code] != group and code not in common:
            continue
        unlike = 1 if place % 2 else -1  # no two judges differ by the same on every department
        gave = QUALITY[code] + MILDER[group] + (unlike if group == "G1" else 0)
        for indicator in RATIOS:
            yield {"group_id": group, "dept_code": code, "indicator_id": indicator,
                   "answer": "reported", "num": gave, "den": 100}  # fmt: skip


@pytest.fixture(scope="module")
def review(tmp_path_factory):
    """Return the review as it is read back from two visit workbooks."""
    return open_review(write_folder(tmp_path_factory.mktemp("linked") / "linked", COMMON))


def test_what_the_settings_declare_in_common_is_no_issue(review):
    """Rows of another group's department are expected where the settings declare them."""
    rules = review.issues["rule"].dropna()

    assert not (rules == "visit-group-as-roster").any()
    rated = review.visit_scores[review.visit_scores["num"].notna()]
    assert rated.groupby("group_id").size().to_dict() == {
        "G1": 6 * len(RATIOS), "G2": 6 * len(RATIOS)
    }  # fmt: skip


def test_both_groups_are_linked_through_their_workbooks(review):
    """Four departments stand in both workbooks, so that severity can be told."""
    found = linkage(review)

    assert found.is_enough and found.fewest == 4
    assert found.common["dept_code"].tolist() == list(COMMON)
    assert "各组共同评定了4个部门" in found.sentence("zh")


def test_the_severity_put_into_the_workbooks_comes_back(review):
    """Known severities are found within twice their error, from rates as each group entered."""
    told = common_scores(review).set_index(["dept_code", "group_id"])["rate"].to_dict()
    found = severity(review).set_index("group_id")

    assert told["DP02", "G2"] == pytest.approx(QUALITY["DP02"] - 4)
    assert (found["common_count"] == 4).all()
    for group, true in MILDER.items():
        assert abs(found.loc[group, "severity"] - true) < 2 * found.loc[group, "se"]


def test_the_score_is_the_own_groups_whatever_the_desk_review_gave(review):
    """Raw scores are those of the roster's group; the adjusted ones stand beside."""
    scores = score(review)
    items = scores.items[scores.items["indicator_id"] == "B01"].set_index("dept_code")
    beside = adjusted_totals(review, scores.totals).set_index("dept_code")

    assert items.loc["DP02", "num"] == QUALITY["DP02"] + 4 + 1  # G1 visited it
    assert items.loc["DP05", "num"] == QUALITY["DP05"] - 4  # G2 visited it
    assert items.loc["DP05", "source_file"] == "visits/G2.xlsx"
    assert (scores.totals["severity_adjustment"] == 0).all()
    assert (beside["severity_adjustment"].loc[["DP01", "DP02"]] < 0).all()
    assert (beside["severity_adjustment"].loc[["DP05", "DP08"]] > 0).all()


def test_a_common_department_that_nobody_visits_is_a_slip(tmp_path):
    """A code that is not on the roster of visits stops the reading, with the place to correct."""
    folder = write_folder(tmp_path / "slip", ())
    settings = folder / "review.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("departments = []", 'departments = ["DP77"]'), "utf-8")

    with pytest.raises(ConfigError, match=r"common_departments 中的 DP77") as caught:
        open_review(folder)

    assert caught.value.where == "review.toml"
