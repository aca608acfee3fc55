"""Reading a scoring table: strict, every fault at once, each with its place, in both languages."""

import copy
import json
import re
import shutil
from pathlib import Path

import pytest
from rubrics_by_hand import LEVEL, LEVELS, indicator, node, raw_rubric

from reviewlib.errors import RubricError
from reviewlib.rubric import Rubric, load_rubric, parse_rubric

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "rubric.toml"
STEP = {"share": 1, "zh": "档", "en": "step"}
CASE = {"id": "over", "share": 0, "zh": "超", "en": "over"}


def changed(**more):
    """Return a sound raw rubric with some keys replaced."""
    return raw_rubric([indicator("X", 60), indicator("L", 40, scale=LEVEL)], **more)


def with_scale(scale):
    return raw_rubric([indicator("X", 100, scale=scale)])


def faults_of(raw):
    """Return the places of all faults, and the message."""
    with pytest.raises(RubricError) as caught:
        parse_rubric(raw)
    return [fault.where for fault in caught.value.faults], caught.value


BANDS_UP = [{"id": "red", "at_least": 0, "zh": "红", "en": "Red"},
            {"id": "green", "at_least": 90, "zh": "绿", "en": "Green"}]  # fmt: skip
TABLE_NODE = [node("N", aggregation="table", table="M2")]


@pytest.mark.parametrize(
    "words, raw, place, says",
    [
        ("weights that do not add up", raw_rubric([indicator("X", 90)]), "nodes[N]",
         "add up to 90, not 100"),
        ("top nodes that do not add up", raw_rubric([indicator("X", 90)], [node("N", 90)]),
         "nodes", "add up to 90, not 100"),
        ("an id used twice", raw_rubric([indicator("X", 50), indicator("X", 50)]),
         "nodes / indicators / deductions / bonuses / diagnostics: X", "stands 2 times"),
        ("a level id used twice", changed(levels=[*LEVELS, LEVELS[0]]), "levels: A",
         "stands 2 times"),
        ("an unknown parent", raw_rubric([indicator("X", 100), indicator("Y", 5, "M")]),
         "indicators[Y].parent", "M does not exist"),
        ("an unknown aspect", raw_rubric([indicator("X", 100, aspect="q")]),
         "indicators[X].aspect", "q does not exist"),
        ("a cycle of nodes", raw_rubric(
            [indicator("X", 100)], [node("N"), node("P", 5, parent="Q"), node("Q", 5, parent="P")]),
         "nodes[P].parent", "cycle: P → Q → P"),
        ("a node without children", raw_rubric(
            [indicator("X", 100)], [node("N"), node("P", 5)]), "nodes[P]", "no children"),
        ("a level without descriptor", with_scale({"kind": "level", "levels": LEVEL["levels"][:3]}),
         "indicators[X].scale.levels", "level D has no descriptor"),
        ("a descriptor of no level", with_scale(
            {"kind": "level", "levels": [*LEVEL["levels"], {"id": "E", "zh": "戊", "en": "E"}]}),
         "indicators[X].scale.levels", "E does not exist"),
        ("an unknown scale", with_scale({"kind": "magic"}), "indicators[X].scale", "unknown scale"),
        ("a scale without kind", with_scale({}), "indicators[X].scale", "no kind"),
        ("goalposts that are the same", with_scale({"kind": "linear", "low": 5, "high": 5}),
         "indicators[X].scale", "both goalposts are 5"),
        ("a log scale from 0", with_scale({"kind": "linear", "low": 0, "high": 5, "is_log": True}),
         "indicators[X].scale", "must be above 0"),
        ("steps that overlap", with_scale({"kind": "banded", "steps": [
            STEP | {"at_most": 30}, STEP | {"at_least": 30}]}), "indicators[X].scale.steps[1]",
         "overlaps steps[0]"),
        ("a step turned round", with_scale({"kind": "banded", "steps": [
            STEP | {"at_least": 9, "below": 3}]}), "indicators[X].scale.steps[0]",
         "above the upper"),
        ("no steps at all", with_scale({"kind": "banded"}), "indicators[X].scale", "neither steps"),
        ("a case calls for an unknown deduction", with_scale(
            {"kind": "banded", "cases": [CASE | {"deduction": "K9"}]}),
         "indicators[X].scale.cases[over].deduction", "K9 does not exist"),
        ("a share above 1", with_scale({"kind": "banded", "steps": [STEP | {"share": 2}]}),
         "indicators[X].scale.steps[0].share", "above its upper limit"),
        ("a weight of 0", changed(nodes=[node("N"), node("Z", 0)]), "nodes[Z].weight",
         "above its lower limit"),
        ("a weight that is text", changed(nodes=[node("N", "much")]), "nodes[N].weight",
         "must be a number"),
        ("a misspelt key", changed(coverage_minimum=1), "coverage_minimum", "unknown key"),
        ("a missing key", {k: v for k, v in changed().items() if k != "edition"}, "edition",
         "missing"),
        ("an unknown status", changed(status="final"), "status", "'proposal' or 'official'"),
        ("bands from the worst up", changed(bands=BANDS_UP), "bands", "from the best down"),
        ("a bar to an unknown band", changed(deductions=[
            {"id": "K", "zh": "扣", "en": "k", "points_each": 1, "unit_zh": "项", "unit_en": "case",
             "bars_above": "blue"}]), "K.bars_above", "blue does not exist"),
        ("an unknown lookup table", raw_rubric([indicator("X", 100, scale=LEVEL)], TABLE_NODE),
         "nodes[N].table", "M2 does not exist"),
        ("a lookup table with an unknown level", changed(
            lookup_tables={"M2": [{"count": 1, "at_least": 1, "level": "Z"}]}),
         "lookup_tables.M2", "Z does not exist"),
        ("a lookup over what is no level", raw_rubric(
            [indicator("X", 100)], TABLE_NODE,
            lookup_tables={"M2": [{"count": 1, "at_least": 0, "level": "A"}]}), "nodes[N]",
         "X is not rated by level"),
        ("a lookup over levels without points", raw_rubric(
            [indicator("X", 100, scale=LEVEL)], TABLE_NODE,
            lookup_tables={"M2": [{"count": 1, "at_least": 0, "level": "A"}]}), "nodes[N]",
         "has no points"),
        ("a lookup table that is too short", raw_rubric(
            [indicator("X", 50, scale=LEVEL), indicator("Y", 50, scale=LEVEL)], TABLE_NODE,
            levels=[level | {"points": 1} for level in LEVELS],
            lookup_tables={"M2": [{"count": 1, "at_least": 0, "level": "A"}]}), "nodes[N].table",
         "no row for 2"),
        ("a step up to an unknown level", raw_rubric(
            [indicator("X", 100, scale=LEVEL)], [node("N", aggregation="weakest",
                                                      plus={"D": "D+"})]),
         "nodes[N].plus", "D+ does not exist"),
    ],
)  # fmt: skip
def test_faults(words, raw, place, says):
    """Each fault is refused with the place where it stands."""
    places, error = faults_of(raw)
    assert place in places
    assert says in error.en
    assert f"{place}：" in error.zh


def test_all_faults_are_reported_at_once():
    """Faults of single parts and faults between parts stand in one message."""
    raw = raw_rubric(
        [indicator("X", 90, aspect="q"), indicator("L", -1, scale={"kind": "level"})],
        typo=1, status="final",
    )  # fmt: skip
    places, error = faults_of(raw)
    assert {"typo", "status", "indicators[L].weight", "indicators[X].aspect", "nodes[N]"} <= {
        *places
    }
    assert f"{len(places)} fault(s)" in error.en
    assert f"{len(places)} 处" in error.zh


def test_a_rubric_goes_to_json_and_back():
    """What a snapshot holds is the same rubric, with Decimal weights."""
    rubric = load_rubric(SAMPLE)
    text = json.dumps(rubric.model_dump(mode="json"), ensure_ascii=False)
    assert Rubric.model_validate(json.loads(text)) == rubric


def test_weights_are_decimals():
    """0.1 + 0.2 is 0.3 in a rubric."""
    weights = ["0.1", "0.2", "99.7"]
    rubric = parse_rubric(raw_rubric([indicator(f"X{i}", w) for i, w in enumerate(weights)]))
    assert sum(item.weight for item in rubric.indicators) == 100


def test_a_rubric_is_never_changed():
    """A rubric that was read is frozen."""
    rubric = parse_rubric(changed())
    with pytest.raises(ValueError, match="frozen"):
        rubric.edition = "other"


def test_a_missing_file(tmp_path):
    """A missing rubric is named, with what to do; no path of the machine is told."""
    with pytest.raises(RubricError, match=re.escape("【rubric.toml】缺少评分表")) as caught:
        load_rubric(tmp_path / "rubric.toml")
    assert str(tmp_path) not in str(caught.value)


def test_a_file_that_is_no_toml(tmp_path):
    """A broken file is refused with the line of the fault."""
    path = tmp_path / "rubric.toml"
    path.write_text("edition = \nzh = 1", encoding="utf-8")
    with pytest.raises(RubricError, match="line 1"):
        load_rubric(path)


@pytest.mark.parametrize(
    "words, old, new, says",
    [
        ("a weight changed", "weight = 6\nmeasure = \"staff_transferred\"",
         "weight = 7\nmeasure = \"staff_transferred\"", "nodes[A]: the weights below add up to 31"),
        ("a parent misspelt", 'id = "B01"\nparent = "B"', 'id = "B01"\nparent = "BB"',
         "indicators[B01].parent: parent node BB does not exist"),
        ("a descriptor deleted", '  {id = "D", zh = "基本按原单位各自运行"', '  # {id = "D"',
         "level D has no descriptor"),
        ("a date that is none", "dated_on = 2025-07-01", 'dated_on = "July"', "must be a date"),
    ],
)
def test_the_sample_broken_by_hand(tmp_path, words, old, new, says):
    """What a person may break in the file is said with its place."""
    path = tmp_path / "rubric.toml"
    shutil.copy(SAMPLE, path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RubricError) as caught:
        load_rubric(path)
    assert says in caught.value.en


def test_parsing_leaves_the_raw_mapping_alone():
    """The mapping a rubric is made of is not changed."""
    raw = changed()
    before = copy.deepcopy(raw)
    parse_rubric(raw)
    assert raw == before


@pytest.mark.parametrize(
    "words, applies, facts, is_applicable",
    [
        ("no condition", [], {}, True),
        ("one of the allowed values", [{"kind": ["new", "merged"]}], {"kind": "new"}, True),
        ("none of them", [{"kind": ["new", "merged"]}], {"kind": "renamed"}, False),
        ("yes", [{"is_new": True}], {"is_new": True}, True),
        ("no", [{"is_new": True}], {"is_new": False}, False),
        ("both of two facts", [{"kind": ["new"], "is_new": True}],
         {"kind": "new", "is_new": False}, False),
        ("any of two conditions", [{"kind": ["new"]}, {"is_new": True}],
         {"kind": "old", "is_new": True}, True),
        ("a fact not known yet does not exclude", [{"is_new": True}], {}, True),
    ],
)  # fmt: skip
def test_applicability(words, applies, facts, is_applicable):
    """Any condition lets an indicator apply; within one, all facts must agree."""
    rubric = parse_rubric(raw_rubric([indicator("X", 100, applies=applies)]))
    assert rubric.indicator("X").is_applicable(facts) is is_applicable
