"""`reviewlib score` as somebody meets it who has only the documents."""

import io
from pathlib import Path

import pandas as pd
import pytest

from reviewlib.cli import main

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
HDI, COUNTRIES = EXAMPLES / "hdi.toml", EXAMPLES / "hdi-inputs.csv"


@pytest.fixture
def score(capsys):
    """Return a function that runs the command: exit status, standard output, error stream."""

    def run(*arguments):
        with pytest.raises(SystemExit) as left:
            main(["score", *map(str, arguments)])
        told = capsys.readouterr()
        return left.value.code, told.out, told.err

    return run


def test_scores_are_shown_on_standard_output(score):
    """Nothing but the CSV is printed, so that it can be piped on."""
    status, shown, said = score(HDI, COUNTRIES)
    table = pd.read_csv(io.StringIO(shown)).set_index("unit")

    assert (status, said) == (0, "")
    assert table.loc["Norway", "total"] == 0.966


def test_the_trace_adds_up_and_names_the_lines_of_the_inputs(score, tmp_path):
    """Contributions of a unit add up to its score, and each row says where its value stands."""
    out, trace = tmp_path / "scores.csv", tmp_path / "deep" / "trace.csv"
    status, shown, _ = score(HDI, COUNTRIES, "--out", out, "--trace", trace)
    totals, parts = (pd.read_csv(path, encoding="utf-8-sig") for path in (out, trace))
    lines = COUNTRIES.read_text(encoding="utf-8").splitlines()
    norway = parts[(parts["unit"] == "Norway") & (parts["indicator_id"] == "mys")].iloc[0]

    assert status == 0 and len(shown.splitlines()) == 2
    assert parts.groupby("unit", sort=False)["contribution"].sum().tolist() == pytest.approx(
        totals["total_unrounded"].tolist(), abs=1e-7
    )
    assert lines[norway["line"] - 1] == f"Norway,mys,{norway['value']}"


@pytest.mark.parametrize(
    "words, name, text, says",
    [
        ("an unknown grade", "grades.csv", "unit,indicator,value\nX,PI-01.1,B+\n",
         "line 2, X / PI-01.1: level B+ lies outside its scale (level: A, B, C, D, D*)"),
        ("a file that is not there", "none.csv", None, "[none.csv]"),
        ("a line of very many cells", "wide.csv", "unit,indicator,value\n" + "," * 100_000,
         "a line with more than 1000 commas"),
        ("a workbook", "book.xlsx", "PK\x03\x04\ufffe", "columns must be unit,indicator,value"),
    ],
)  # fmt: skip
def test_what_cannot_be_scored_is_wrong_use(score, tmp_path, words, name, text, says):
    """Exit status 2, no scores, and one message that says where and what to do."""
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    status, shown, said = score(EXAMPLES / "pefa-2016.toml", tmp_path / name)

    assert (status, shown) == (2, ""), words
    assert says in said and "Traceback" not in said


def test_a_csv_is_not_written_under_the_name_of_a_workbook(score, tmp_path):
    """A file that would not open by its ending is refused."""
    status, _, said = score(HDI, COUNTRIES, "--out", tmp_path / "scores.xlsx")

    assert status == 2 and "Only CSV is written" in said
    assert list(tmp_path.iterdir()) == []
