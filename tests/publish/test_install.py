"""Installed from a wheel, reviewlib brings everything a run needs."""

import subprocess
import sys
import zipfile

import pytest
from command_runs import REPOSITORY


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> set[str]:
    """Return the names in a wheel built from the files git knows, without a network."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    listed = ["git", "ls-files", "-z", "--", "reviewlib", "notebooks", "*.toml", "*.py", "*.md",
              "LICENSE"]  # fmt: skip
    names = subprocess.run(listed, cwd=REPOSITORY, capture_output=True, check=True).stdout
    for name in filter(None, names.decode().split("\0")):
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((REPOSITORY / name).read_bytes())
    build = [sys.executable, "-m", "pip", "wheel", "--no-build-isolation", "--no-deps",
             "--disable-pip-version-check", "--no-cache-dir", "-q", "-w", out, source]  # fmt: skip
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(out.glob("*.whl"))) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_the_notebooks(wheel):
    """Every report notebook travels inside the package."""
    notebooks = {path.name for path in (REPOSITORY / "notebooks").glob("*.ipynb")}

    assert notebooks == {
        name.removeprefix("reviewlib/_notebooks/") for name in wheel if name.endswith(".ipynb")
    }
    assert "overall.ipynb" in notebooks


def test_the_wheel_holds_every_file_of_the_package(wheel):
    """Modules, templates, fonts and data: nothing that git knows below reviewlib/ is left out."""
    listed = subprocess.run(
        ["git", "ls-files", "reviewlib"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )

    assert set(listed.stdout.split()) - wheel == set()
