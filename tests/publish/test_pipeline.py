"""One run from folder to set: what fails is withheld, what was there before stays."""

import json
import shutil

import pytest
from command_runs import Set, call
from notebooks_by_hand import END, HEAD, write_notebook

from reviewlib.errors import ConfigError, UsageError
from reviewlib.publish import KINDS, run


@pytest.fixture(scope="module")
def spoiled(small_folder, tmp_path_factory):
    """Publish part of the small review, in both languages, with a notebook that fails."""
    place = tmp_path_factory.mktemp("spoiled")
    for kind in KINDS:
        fails = ("raise KeyError('/etc/secret')",) if kind == "method" else ()
        write_notebook(place, HEAD, *fails, END, name=kind)
    return run(
        small_folder, place / "out", only=("overall", "group", "method"), langs=("zh", "en"),
        notebooks=place,
    )  # fmt: skip


def test_a_failed_report_is_withheld_and_the_others_are_there(spoiled):
    """One bad report costs one report."""
    assert not spoiled.is_complete
    assert [one.report.href for one in spoiled.withheld] == ["method.html", "en/method.html"]
    assert not (spoiled.folder / "method.html").exists()
    assert (spoiled.folder / "overall.html").exists()


def test_a_failed_report_is_named_in_plain_words(spoiled):
    """The index says what is missing and why; what the exception held stays in the log."""
    index = spoiled.index.read_text(encoding="utf-8")
    english = (spoiled.folder / "en" / "index.html").read_text(encoding="utf-8")

    assert "评分方法：运行到第 4 个代码单元格时出错（KeyError）" in index
    assert "Method: code cell 4 failed (KeyError)" in english
    assert "method.html" not in index and "secret" not in index + english
    for page in (index, english):
        assert "<small>run.notebook-error</small>" in page.partition('id="missing"')[2]
    manifest = json.loads((spoiled.folder / "manifest.json").read_text(encoding="utf-8"))
    assert {one["fault"] for one in manifest["failures"]} == {"run.notebook-error"}
    log = spoiled.log.read_text(encoding="utf-8")
    assert "secret" in log and '"fault": "run.notebook-error"' in log
    assert not list(spoiled.folder.rglob("run.log"))


def test_what_was_not_asked_for_is_said(spoiled):
    """A reader of a part of the set learns that it is a part."""
    index = spoiled.index.read_text(encoding="utf-8")

    assert "本次未要求制作：整改跟踪、部门反馈单、数据质量" in index


def test_the_index_is_of_this_review_and_no_other(spoiled, small_folder):
    """Groups as review.toml names them; visited and self-assessed apart; who sent nothing."""
    index = spoiled.index.read_text(encoding="utf-8")

    assert all(name in index for name in ("东片组", "西片组", "海岛组", "备用组"))
    assert "实地回访 9 个部门" in index and "单位自评 3 个部门" in index
    assert "未报送自评：" in index.partition('id="missing"')[2]


def test_a_run_that_cannot_go_on_leaves_the_set_before(spoiled, small_folder, tmp_path):
    """Broken settings stop the run before anything is touched."""
    before = spoiled.index.read_text(encoding="utf-8")
    broken = tmp_path / small_folder.name
    shutil.copytree(small_folder, broken)
    (broken / "review.toml").write_text("title_zh = 1", encoding="utf-8")

    with pytest.raises(ConfigError, match=r"review\.toml"):
        run(broken, spoiled.folder.parent)
    assert spoiled.index.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("langs", [("english",), (), ("zh", "ZH"), "zh"])
def test_a_set_without_pages_is_not_published(langs, small_folder, tmp_path):
    """A language there is none of, or none at all, is said before anything is written."""
    with pytest.raises(UsageError, match="langs"):
        run(small_folder, tmp_path / "out", langs=langs)
    assert list(tmp_path.iterdir()) == []


CODE = "raise SystemExit('taken from here')"
TRAPS = {
    **dict.fromkeys(("report.html.j2", "shell.html.j2", "page.css", "jupyter_config.json",
                     "matplotlibrc"), "taken from here"),
    **dict.fromkeys(("pandas.py", "nbconvert.py", "multiprocessing.py", "json.py", "click.py",
                     "papermill.py", "matplotlib.py", "conftest.py", "jupyter_config.py"), CODE),
    ".ipython/profile_default/startup/00.py": CODE,
    ".jupyter/jupyter_nbconvert_config.py": CODE,
    ".config/matplotlib/matplotlibrc": "figure.facecolor: red",
    ".local/share/jupyter/kernels/python3/kernel.json":
        '{"argv": ["false"], "display_name": "taken from here", "language": "python"}',
}  # fmt: skip
"""Files that a careless run would pick up from the directory it is started in, or from home."""


@pytest.fixture(scope="module")
def two_sets(small_folder, tmp_path_factory) -> list[Set]:
    """Publish real pages twice: other surroundings, the second full of traps, another engine."""
    sets = []
    for name, seed, zone, locale, jobs, engine in (
        ("plain", "0", "UTC", "C", "1", "fork"),
        ("trapped", "1234", "Asia/Shanghai", "C.UTF-8", "2", "kernel"),
    ):
        place = tmp_path_factory.mktemp(name)
        if name == "trapped":
            for file, text in TRAPS.items():
                (place / file).parent.mkdir(parents=True, exist_ok=True)
                (place / file).write_text(text, encoding="utf-8")
        environment = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "HOME": str(place)}
        if name == "trapped":
            environment |= {"PYTHONPATH": ".", "MATPLOTLIBRC": str(place / "matplotlibrc")}
        made = call(
            "run", small_folder, "--jobs", jobs, "--engine", engine,
            "--only", "group:E1,group:E4,department:DP08",
            cwd=place, env=environment,
        )  # fmt: skip
        sets.append(Set(place / "reports" / small_folder.name, made))
    return sets


def test_the_same_inputs_give_the_same_bytes(two_sets):
    """Every file of the set: pages with their pictures, tables, workbooks, snapshot, manifest."""
    one, other = (
        {path.relative_to(each.folder): path.read_bytes()
         for path in each.folder.rglob("*") if path.is_file()}
        for each in two_sets
    )  # fmt: skip

    assert [each.run.status for each in two_sets] == [0, 0]
    assert len(one) > 40
    assert [str(name) for name in sorted(one) if one[name] != other.get(name)] == []
    assert sorted(one) == sorted(other)


def test_nothing_in_the_current_directory_is_used_or_left(two_sets):
    """Neither modules nor templates nor settings lying there; and only reports/ is new."""
    folder = two_sets[1].folder
    assert not any(
        "taken from here" in page.read_text(encoding="utf-8") for page in two_sets[1].pages
    )
    place = folder.parents[1]
    found = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    assert {name for name in found if not name.startswith("reports/")} == TRAPS.keys()


def test_pages_say_nothing_of_the_sample(two_sets):
    """Another district, year and groups: no name or date of the sample is left."""
    pages = {page.stem: page.read_text(encoding="utf-8") for page in two_sets[0].pages}

    assert sorted(pages) == ["department-dp08", "group-e1", "group-e4", "index"]
    for page in pages.values():
        assert "海滨区" in page and "2026年6月30日" in page
        assert not [words for words in ("示例区", "第一回访组", "2025年6月30日") if words in page]


def test_a_group_without_departments_has_an_honest_page(two_sets):
    """It says so, draws no empty chart, and is not withheld."""
    page = (two_sets[0].folder / "group-e4.html").read_text(encoding="utf-8")

    assert "备用组没有部门" in page
    assert "<img" not in page


def test_a_page_that_another_report_has_changed_is_not_published(small_folder, tmp_path):
    """What is published is what its own report wrote."""
    for kind in KINDS:
        write_notebook(tmp_path, HEAD, END, name=kind)
    spoil = "from pathlib import Path\n(Path(snapshot).parent / 'overall.html').write_text('mine')"
    write_notebook(tmp_path, HEAD, spoil, END, name="method")

    done = run(small_folder, tmp_path / "out", only=("overall", "method"), notebooks=tmp_path,
               jobs=1)  # fmt: skip

    assert [one.report.kind for one in done.withheld] == ["overall"]
    assert "改动" in done.withheld[0].reason("zh")
    assert "改动" in done.log.read_text(encoding="utf-8")
    assert not (done.folder / "overall.html").exists() and (done.folder / "method.html").exists()
