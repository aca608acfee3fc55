"""The sample's second round: made again it is the same, and the comparison tells its story."""

import json
from zipfile import ZipFile

import pytest
from command_runs import SAMPLE
from sample.next_round import NEXT, make_next_round

import reviewlib as rl
from reviewlib.ledger import compare
from reviewlib.publish.comparing import comparison_shelf, publish_comparison


@pytest.fixture(scope="module")
def rounds(sample_review):
    return sample_review, rl.open_review(NEXT)


@pytest.fixture(scope="module")
def comparison(rounds):
    return compare(*rounds)


def content(folder) -> dict:
    """Every file of a folder; of a workbook its parts."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".xlsx":
            with ZipFile(path) as archive:
                found |= {f"{name}/{part}": archive.read(part) for part in archive.namelist()}
        else:
            found[name] = path.read_bytes()
    return found


def test_the_second_round_is_made_again_the_same(tmp_path):
    """The committed folder is what the script writes."""
    make_next_round(tmp_path / "next")

    made, kept = content(tmp_path / "next"), content(NEXT)
    assert set(made) == set(kept)
    assert [name for name in made if made[name] != kept[name]] == []


def test_nothing_is_wrong_with_it(rounds):
    """No mess is planted: not one data issue of any weight."""
    assert list(rounds[1].issues["message_zh"]) == []


def test_departments_renamed_merged_and_split(comparison):
    """Each kind of lineage is met."""
    kinds = comparison.departments.groupby("lineage")["new_code"].agg(list)

    assert kinds["renamed"] == ["DP17"]
    assert kinds["merged"] == ["DP25", "DP25"]
    assert kinds["split"] == ["DP24", "DP35"]


def test_where_no_comparison_holds_it_says_so(comparison):
    """Merged and split departments, and the one no longer visited."""
    why = comparison.bands.dropna(subset="why_not").set_index("dept_code")["why_not"]

    assert why.to_dict() == {
        "DP03": "mode", "DP24": "lineage", "DP35": "lineage", "DP25": "lineage"}  # fmt: skip


def test_what_came_back(comparison):
    """The one problem that was closed is back; others persist, one is new."""
    states = comparison.problems.dropna(subset="new_problem_id").set_index("new_problem_id")

    assert states["state"].to_dict() == {
        "P-01": "persistent", "P-02": "came_back", "P-03": "persistent", "P-04": "new"}  # fmt: skip


def test_the_comparison_is_published(rounds, comparison, tmp_path):
    """Pages in both languages, every frame as CSV, a manifest over all of it."""
    shelf = comparison_shelf(SAMPLE, NEXT, tmp_path)
    published = publish_comparison(*rounds, comparison, shelf)
    folder = published.folder

    assert [one.reason_zh for one in published.made] == ["", ""]
    for page, lang in (("index.html", "zh-CN"), ("en/index.html", "en")):
        html = (folder / page).read_text(encoding="utf-8")
        assert f'lang="{lang}"' in html and "<script" not in html
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows"]["compare_problems"] == len(comparison.problems)
    assert {f"tables/compare_{name}.csv" for name in comparison.frames} <= set(manifest["outputs"])
