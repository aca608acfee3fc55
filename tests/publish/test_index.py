"""The index: the verdicts it opens on are those of the pages behind it."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from command_runs import SAMPLE
from review_by_hand import make_review

from reviewlib.publish.index import Contents, index_of
from reviewlib.rubric import load_rubric

TOTALS = pd.DataFrame({
    "dept_code": ["DP01", "DP02", "DP03", "DP04"],
    "mode": ["visit", "visit", "visit", "self"],
    "band": ["green", "red", "not_rated", "green"],
})  # fmt: skip


def verdicts(lang: str, **renamed: str) -> list[str]:
    """Return the lines of the verdict, with the bands called otherwise."""
    rubric = load_rubric(SAMPLE / "rubric.toml")
    bands = [band.model_copy(update={lang: renamed.get(band.id, getattr(band, lang))})
             for band in rubric.bands]  # fmt: skip
    review = replace(make_review(), rubric=rubric.model_copy(update={"bands": tuple(bands)}))
    page = index_of(Contents(review, TOTALS, (), ("zh", "en"), (), ()), lang)
    section = page.partition('id="verdict"')[2].partition("</section>")[0]
    return [re.sub("<[^>]+>", "", line) for line in re.findall(r"<p>(.*?)</p>", section)][:2]


@pytest.mark.parametrize(
    ("lang", "name", "lines"),
    [
        ("zh", "优良", [
            "实地回访 3 个部门：● 绿 优良 1、▲ 黄 基本到位 0、■ 红 重点整改 1、○ 暂不评定 1",
            "单位自评 1 个部门：● 绿 优良 1、▲ 黄 基本到位 0、■ 红 重点整改 0",
        ]),
        ("en", "Excellent", [
            "On-site visit, 3 departments: ● Green: Excellent 1, ▲ Yellow: Largely in place 0, "
            "■ Red: Priority rectification 1, ○ Not rated yet 1",
            "Self-assessment, 1 department: ● Green: Excellent 1, ▲ Yellow: Largely in place 0, "
            "■ Red: Priority rectification 0",
        ]),
    ],
)  # fmt: skip
def test_the_index_calls_the_bands_as_the_rubric_does(lang, name, lines):
    """Visited and self-assessed apart; who is not rated is counted where there is one."""
    assert verdicts(lang, green=name) == lines
