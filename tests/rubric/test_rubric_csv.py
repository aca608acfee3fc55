"""Any units from a CSV, by any rubric; the published values of two well-known indices."""

import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
from rubrics_by_hand import LEVEL, indicator, raw_rubric

from reviewlib.errors import ScoreInputError
from reviewlib.rubric import inputs as reading
from reviewlib.rubric import json_schema, load_rubric, score_csv, summary

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = DOCS / "examples"
SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "rubric.toml"

TOML = """
edition = "T1"
dated_on = 2030-01-01
status = "proposal"
zh = "评分表"
en = "Rubric"
source_zh = "试"
source_en = "test"
deduction_cap = 10
levels = [{id = "A", share = 1, zh = "好", en = "good"}, {id = "B", share = 0.8, zh = "中", en = "fair"}]
bands = [{id = "green", at_least = 90, zh = "绿", en = "Green"}, {id = "red", at_least = 0, zh = "红", en = "Red"}]
deductions = [{id = "K1", zh = "扣", en = "k", points_each = 2, unit_zh = "项", unit_en = "case", bars_above = "red"}]
nodes = [{id = "N", zh = "维度", en = "Node", weight = 100}]
[[indicators]]
id = "X"
parent = "N"
zh = "率"
en = "Rate"
weight = 60
scale = {kind = "ratio"}
[[indicators]]
id = "L"
parent = "N"
zh = "等次"
en = "Level"
weight = 40
scale = {kind = "level"}
"""  # noqa: E501


@pytest.fixture
def scored(tmp_path):
    """Return a function that scores the text of a CSV."""
    rubric = tmp_path / "rubric.toml"
    rubric.write_text(TOML, encoding="utf-8")

    def run(text, encoding="utf-8", **options):
        path = tmp_path / "inputs.csv"
        path.write_bytes(text.encode(encoding))
        return score_csv(rubric, path, **options)

    return run


@pytest.mark.parametrize(
    "country, published, band",
    [
        ("Switzerland", 0.967, "very_high"),
        ("Norway", 0.966, "very_high"),
        ("China", 0.788, "high"),
        ("South Africa", 0.717, "high"),
        ("India", 0.644, "medium"),
        ("Niger", 0.394, "low"),
    ],
)
def test_human_development_index_2022(country, published, band):
    """The published index comes out of its goalposts and its geometric mean, to three decimals."""
    scores = score_csv(EXAMPLES / "hdi.toml", EXAMPLES / "hdi-inputs.csv")
    row = summary(scores).set_index("unit").loc[country]
    assert (row["total"], row["band"]) == (published, band)


@pytest.mark.parametrize(
    "indicator_id, grades, method, published",
    [
        ("PI-08", "A D A A", "M2", "B+"),
        ("PI-16", "D D NA B", "M2", "D+"),
        ("PI-26", "A C C D", "M1", "D+"),
        ("PI-21", "C B B C", "M2", "C+"),
        ("PI-31", "A C B B", "M2", "B"),
    ],
)
def test_pefa_ethiopia_2019(indicator_id, grades, method, published):
    """The published grades come out of the dimensions by weakest link (M1) or table (M2)."""
    inputs = pd.read_csv(EXAMPLES / "pefa-inputs.csv", dtype=str, keep_default_na=False)
    mine = inputs[inputs["indicator"].str.startswith(indicator_id)]
    assert mine["value"].tolist() == grades.split()
    node = load_rubric(EXAMPLES / "pefa-2016.toml").node(indicator_id)
    assert node.aggregation == {"M1": "weakest", "M2": "table"}[method]
    scores = score_csv(EXAMPLES / "pefa-2016.toml", EXAMPLES / "pefa-inputs.csv")
    assert summary(scores)[indicator_id].item() == published


def test_pefa_has_94_dimensions_and_no_total():
    """Grades are never averaged across indicators: there is no figure for the whole."""
    rubric = load_rubric(EXAMPLES / "pefa-2016.toml")
    assert len(rubric.indicators) == 94
    scores = score_csv(EXAMPLES / "pefa-2016.toml", EXAMPLES / "pefa-inputs.csv")
    row = summary(scores).iloc[0]
    assert pd.isna(row["total"])
    assert row["band"] == ""


M2 = {2: "2 D|3 D+|4 C|5 C+|6 B|7 B+|8 A", 3: "3 D|4 D+|5 D+|6 C|7 C+|8 B|9 B|10 B+|11 A|12 A",
      4: "4 D|5 D|6 D+|7 D+|8 C|9 C+|10 C+|11 B|12 B|13 B+|14 B+|15 A|16 A"}  # fmt: skip


@pytest.mark.parametrize("count, row", [(n, row) for n, text in M2.items()
                                        for row in text.split("|")])  # fmt: skip
def test_every_row_of_the_pefa_table(tmp_path, count, row):
    """Each sum of grades under M2 gives the grade of the framework's table."""
    points, grade = row.split()
    name = {2: "PI-03", 3: "PI-10", 4: "PI-11"}[count]
    left, grades = int(points) - count, []
    for _ in range(count):
        grades.append(min(left, 3))
        left -= grades[-1]
    path = tmp_path / "grades.csv"
    lines = [f"U,{name}.{i},{'DCBA'[extra]}" for i, extra in enumerate(grades, 1)]
    path.write_text("unit,indicator,value\n" + "\n".join(lines), encoding="utf-8")
    assert summary(score_csv(EXAMPLES / "pefa-2016.toml", path))[name].item() == grade


@pytest.mark.parametrize(
    "words, lines, total, band, coverage",
    [
        ("numbers and levels", "U,X,0.5\nU,L,B", 62.0, "red", 1.0),
        ("NA does not apply", "U,X,0.9\nU,L,NA", 90.0, "green", 1.0),
        ("a blank is missing", "U,X,0.9\nU,L,", None, "not_rated", 0.6),
        ("a row left out is missing too", "U,X,0.9", None, "not_rated", 0.6),
        ("a deduction by its id", "U,X,1\nU,L,A\nU,K1,2", 96.0, "red", 1.0),
        ("spaces around values", " U , X , 0.5 \nU,L, B ", 62.0, "red", 1.0),
    ],
)
def test_values(scored, words, lines, total, band, coverage):
    """A value is a number, a level, NA or blank, by the scale of its indicator."""
    row = summary(scored(f"unit,indicator,value\n{lines}\n")).iloc[0]
    assert row["total"] == total if total is not None else pd.isna(row["total"])
    assert (row["band"], row["coverage"]) == (band, coverage)


def test_numerator_and_denominator(scored):
    """Where value is blank, num and den may stand for it; den 0 does not apply."""
    text = "unit,indicator,value,num,den\nU,X,,9,10\nU,L,NA,,\nV,X,,0,0\nV,L,A,,\n"
    assert summary(scored(text))["total"].tolist() == [90.0, 100.0]


def test_an_answer_may_say_what_a_blank_means(scored):
    """insufficient and pending_city are told from missing by the column answer."""
    text = "unit,indicator,value,answer\nU,X,0.9,\nU,L,,insufficient\nV,X,0.9,\nV,L,,pending_city\n"
    statuses = scored(text).items["status"].tolist()
    assert statuses == ["scored", "insufficient", "scored", "pending_city"]


def test_a_unit_called_na_is_a_unit(scored):
    """Namibia's code is NA; only a value NA means not applicable."""
    assert summary(scored("unit,indicator,value\nNA,X,1\nNA,L,A\n"))["unit"].tolist() == ["NA"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(scored, encoding):
    """UTF-8 with or without a mark, and GB 18030, are read alike."""
    scores = scored("unit,indicator,value\n规划资源局,X,1\n规划资源局,L,A\n", encoding)
    assert summary(scores)["unit"].tolist() == ["规划资源局"]


@pytest.mark.parametrize(
    "words, text, says",
    [
        ("an unknown level", "unit,indicator,value\nU,X,1\nU,L,B+\n",
         "line 3, U / L: level B+ lies outside its scale (level: A, B)"),
        ("a text where a number should be", "unit,indicator,value\nU,X,high\n",
         "U / X: high is not a number"),
        ("a per cent sign", "unit,indicator,value\nU,X,95%\n", "U / X: 95% is not a number"),
        ("a ratio above 1", "unit,indicator,value\nU,X,95\n",
         "line 2, U / X: value 95 lies outside its scale (ratio: 0–1)"),
        ("an unknown indicator", "unit,indicator,value\nU,Y,1\n", "U / Y: no such indicator: Y"),
        ("a pair twice", "unit,indicator,value\nU,X,1\nU,X,1\n",
         "line 3, U / X: stands more than once"),
        ("no unit", "unit,indicator,value\n,X,1\n", "line 2,  / X: no unit or no indicator"),
        ("a count below 0", "unit,indicator,value\nU,X,1\nU,K1,-1\n", "U / K1: -1 is not a number"),
        ("a numerator that is no number", "unit,indicator,value,num,den\nU,X,,x,2\n",
         "U / X: x is not a number"),
        ("an unknown answer", "unit,indicator,value,answer\nU,X,1,maybe\n",
         "line 2, U / X: unknown answer maybe"),
        ("a column too many", "unit,indicator,value,note\nU,X,1,\n",
         "found unit,indicator,value,note"),
        ("a column missing", "unit,value\nU,1\n", "found unit,value"),
        ("a deduction twice", "unit,indicator,value\nU,X,1\nU,K1,1\nU,K1,1\n",
         "line 4, U / K1: stands more than once"),
        ("infinity", "unit,indicator,value\nU,X,inf\n", "line 2, U / X: inf is not a number"),
        ("lines counted past blank ones", "unit,indicator,value\n\n\nU,X,high\n",
         "line 4, U / X: high is not a number"),
        ("all of them at once", "unit,indicator,value\nU,L,E\nU,Y,1\nU,X,high\nU,K1,x\n",
         "the inputs have 4 fault(s): (1) line 2, U / L: level E"),
        ("wide instead of long", "unit,X,L\nU,1,A\n", "give one row per unit and indicator"),
        ("semicolons", "unit;indicator;value\nU;X;1\n", "Separate the cells by commas"),
        ("only a heading", "unit,indicator,value\n", "there are no rows below the heading"),
        ("nothing at all", "", "cannot be read"),
        ("more cells than columns", "unit,indicator,value\nU,X,1\nU,X,1,2\n", "cannot be read"),
    ],
)  # fmt: skip
def test_faults_of_a_csv(scored, words, text, says):
    """What cannot be scored is said with line, unit and indicator, in both languages."""
    with pytest.raises(ScoreInputError, match=re.escape(says)) as caught:
        scored(text)
    assert re.search("[一-鿿]", caught.value.zh)


@pytest.mark.parametrize(
    ("words", "text", "zh"),
    [
        ("nothing at all", "", "文件没有内容"),
        ("more cells than columns", "unit,indicator,value\nU,X,1\nU,X,1,2\n",
         "第 3 行应有 3 格，现有 4 格"),
        ("a quote that is not closed", 'unit,indicator,value\nU,X,"1\n', "不是合法的 CSV"),
        ("a line of commas", "unit,indicator,value" + "," * 2000, "有一行多于 1000 个逗号"),
    ],
)  # fmt: skip
def test_what_is_no_csv_is_told_in_chinese(scored, words, text, zh):
    """The parser speaks English; a Chinese sentence says where it stopped."""
    with pytest.raises(ScoreInputError) as caught:
        scored(text)
    assert caught.value.zh.startswith(f"无法读取输入：{zh}")


def test_no_path_of_the_machine_is_told(tmp_path):
    """A missing file is named by its name alone."""
    with pytest.raises(ScoreInputError) as caught:
        reading.read_inputs(tmp_path / "none.csv", load_rubric(EXAMPLES / "hdi.toml"))
    assert str(tmp_path) not in str(caught.value)
    assert "none.csv" in str(caught.value)
    assert caught.value.zh == "无法读取输入：不存在"


def test_the_committed_json_schema_is_the_models():
    """What editors are given is what the loader checks."""
    assert json.loads((DOCS / "rubric.schema.json").read_text(encoding="utf-8")) == json_schema()


@pytest.mark.parametrize("path", [SAMPLE, EXAMPLES / "hdi.toml", EXAMPLES / "pefa-2016.toml"],
                         ids=lambda path: path.stem)  # fmt: skip
def test_rubrics_are_sound_by_the_schema(path):
    """An editor finds nothing wrong with the rubrics that are handed out."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(json.dumps(raw, default=str)), json_schema())


def test_a_misspelt_key_is_unsound_by_the_schema():
    """An editor marks what the loader refuses."""
    raw = raw_rubric([indicator("L", 100, scale=LEVEL)], coverage=1)
    with pytest.raises(jsonschema.ValidationError, match="coverage"):
        jsonschema.validate(raw, json_schema())
