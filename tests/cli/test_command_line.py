"""The command `reviewlib` as a user meets it: messages, exit status, what goes where."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from command_runs import COMMAND, REPOSITORY, SAMPLE


def test_every_command_there_is_explains_itself(command):
    """No command is listed that does nothing; `run` is there."""
    done = command("--help")
    commands = re.findall(r"^  (\w+)", done.stdout.partition("Commands:")[2], re.MULTILINE)

    assert done.status == 0
    assert "run" in commands
    assert [command(name, "--help").status for name in commands] == [0] * len(commands)


@pytest.mark.parametrize(
    ("case", "arguments", "words"),
    [
        ("no folder", ["run"], "Missing argument"),
        ("a folder that is not there", ["run", "nowhere"], "nowhere"),
        ("an unknown kind", ["run", SAMPLE, "--only", "summary"], "--only"),
        ("a group the review does not have", ["run", SAMPLE, "--only", "group:G9"], "group:G9"),
        ("a language there is none of", ["run", SAMPLE, "--lang", "fr"], "'zh', 'en', 'both'"),
        ("no date", ["run", SAMPLE, "--as-of", "yesterday"], "%Y-%m-%d"),
        ("a date before the facts", ["run", SAMPLE, "--as-of", "1999-01-01"], "1999-01-01"),
        ("no worker", ["run", SAMPLE, "--jobs", "0"], "x>=1"),
        ("two reviews of one name", ["run", "a/x", "b/x"], "--out"),
        ("an output folder that is a file", ["run", SAMPLE, "--out", __file__], "--out"),
        ("one within the review folder", ["run", SAMPLE, "--out", SAMPLE / "out"], "--out"),
        ("one that makes the review folder the set", ["run", SAMPLE, "--out", SAMPLE.parent],
         "--out"),
        ("a review folder where sets are kept", ["run", ".sets"], ".sets"),
        ("forms into a file", ["forms", SAMPLE, "--out", __file__], "无法读写"),
        ("an unknown command", ["publish"], "No such command"),
    ],
)
def test_wrong_use_is_said_and_nothing_is_written(case, arguments, words, command, tmp_path):
    """Exit status 2, the reason on stderr in words, no traceback, no output."""
    done = command(*arguments, cwd=tmp_path)

    assert done.status == 2, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not list(tmp_path.rglob("*.html"))


@pytest.mark.parametrize(
    "arguments", [["check"], ["run"], ["ledger", "status"]],
    ids=" ".join,
)  # fmt: skip
def test_a_file_given_as_review_folder_is_what_every_command_names(arguments, command, tmp_path):
    """Not a file that would lie in it."""
    (tmp_path / "review").write_text("", encoding="utf-8")
    done = command(*arguments, tmp_path / "review", cwd=tmp_path)

    assert done.status == 2, done.stderr
    assert "【review】找不到评估文件夹“review”" in done.stderr


def test_what_the_system_says_no_for_is_told_in_both_languages(command, tmp_path):
    """The English sentence has the words of the system, the Chinese one ours."""
    shutil.copytree(SAMPLE, tmp_path / "review", ignore=lambda *_: ["returns", "visits"])
    (tmp_path / "review" / "review.toml").unlink()
    (tmp_path / "review" / "review.toml").mkdir()
    chinese, english = command("check", tmp_path / "review").stderr.strip().splitlines()

    assert chinese.startswith("【review.toml】无法读写（是文件夹，不是文件）。请检查路径")
    assert "(Is a directory)" in english


def test_messages_come_in_both_languages(command, tmp_path):
    """What was expected and what to do, for those who read one language or the other."""
    message = command("run", "nowhere", cwd=tmp_path).stderr

    chinese, english = message.strip().splitlines()
    assert re.search("[一-鿿]{4}", chinese)
    assert english.isascii()


@pytest.mark.parametrize(
    ("case", "file", "change"),
    [
        ("settings that are not TOML", "review.toml", lambda text: "title_zh = \n" + text),
        ("a setting missing", "review.toml", lambda text: text.replace("as_of =", "as_off =")),
        ("an indicator that is not there", "rubric.toml",
         lambda text: text.replace('parent = "A"', 'parent = "Q"', 1)),
        ("no scoring table", "rubric.toml", None),
    ],
)  # fmt: skip
def test_a_broken_configuration_is_named(case, file, change, command, tmp_path):
    """Exit status 2, and the file that is to be mended stands in the message."""
    folder = tmp_path / "review"
    folder.mkdir()
    for name in ("review.toml", "rubric.toml"):
        text = (SAMPLE / name).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")
    changed = (folder / file).read_text(encoding="utf-8")
    if change is None:
        (folder / file).unlink()
    else:
        assert change(changed) != changed
        (folder / file).write_text(change(changed), encoding="utf-8")

    done = command("run", folder, "--out", tmp_path / "out")

    assert done.status == 2, done.stderr
    assert file in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out" / "review").exists()


@pytest.mark.parametrize("file", ["review.toml", "rubric.toml"])
def test_a_folder_in_place_of_a_file_is_told_alike_by_every_command(file, command, tmp_path):
    """One fault, one exit status and one message, whether a command checks or publishes."""
    folder = shutil.copytree(SAMPLE, tmp_path / "review", ignore=lambda *_: ["returns", "visits"])
    (folder / file).unlink()
    (folder / file).mkdir()

    checked, published = command("check", folder), command("run", folder, "--out", tmp_path / "out")

    assert (checked.status, published.status) == (2, 2)
    assert checked.stderr == published.stderr and file in checked.stderr


@pytest.mark.parametrize("file", ["ledger.xlsx", "moderation.xlsx", "received.csv"])
def test_what_is_no_file_is_named_and_not_passed_over(file, command, tmp_path):
    """A folder or a link to nothing where a workbook belongs: what it should say is missed."""
    for name in ("review.toml", "rubric.toml", "departments.xlsx"):
        shutil.copyfile(SAMPLE / name, tmp_path / name)
    (tmp_path / file).mkdir()

    done = command("check", tmp_path)

    assert done.status == 1, done.stderr
    assert f"{file}  [拒收 file.file-locked]" in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="there are no links")
@pytest.mark.parametrize("file", ["review.toml", "ledger-log.jsonl"])
def test_a_link_in_a_circle_is_a_fault_of_the_place(file, command, tmp_path):
    """Exit status 2 and the name of the file, no traceback."""
    for name in ("review.toml", "rubric.toml", "departments.xlsx"):
        shutil.copyfile(SAMPLE / name, tmp_path / name)
    (tmp_path / file).unlink(missing_ok=True)
    (tmp_path / file).symlink_to(tmp_path / file)

    done = command("check", tmp_path)

    assert done.status == 2, done.stderr
    assert file in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="there are no links")
@pytest.mark.parametrize("arguments", [
    ["run", "circle"], ["run", SAMPLE, "--out", "circle"], ["run", SAMPLE, "--out", "circle/x"],
    ["check", "circle"], ["forms", SAMPLE, "--out", "circle"], ["rollback", "circle"],
], ids=lambda arguments: f"{arguments[0]} {arguments[-1]}")  # fmt: skip
def test_a_place_that_is_a_link_in_a_circle_is_wrong_use(arguments, command, tmp_path):
    """Exit status 2 and what it is, no traceback."""
    (tmp_path / "circle").symlink_to("circle")
    done = command(*arguments, cwd=tmp_path)

    assert done.status == 2, done.stderr
    assert "链接循环" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="there are no pipes")
@pytest.mark.parametrize("file", ["review.toml", "rubric.toml", "ledger-log.jsonl"])
def test_a_pipe_in_place_of_a_file_is_not_waited_for(file, command, tmp_path):
    """Exit status 2, and the name of the file; no command hangs for a folder somebody prepared."""
    for name in ("review.toml", "rubric.toml", "departments.xlsx"):
        shutil.copyfile(SAMPLE / name, tmp_path / name)
    (tmp_path / file).unlink(missing_ok=True)
    os.mkfifo(tmp_path / file)

    done = command("check", tmp_path)

    assert done.status == 2, done.stderr
    assert file in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="names of files are text")
def test_names_of_files_do_not_depend_on_the_locale(command):
    """In a locale that cannot spell them the folder is read alike."""
    asked = ("check", SAMPLE, "--format", "csv")

    plain, other = (
        command(*asked, env={"LC_ALL": locale, "PYTHONUTF8": "0"})
        for locale in ("C.UTF-8", "POSIX")
    )

    assert (plain.status, other.status) == (1, 1), other.stderr
    assert other.stdout == plain.stdout


FROM_HERE = "import sys; sys.path.insert(0, {!r}); from reviewlib.cli import main; main()"


@pytest.mark.skipif(os.name != "posix", reason="names of files are text")
@pytest.mark.parametrize("options", [
    ["-X", "utf8=0"], ["-Xutf8=0", "-u"], ["-E", "-X", "utf8=0"], ["-I", "-X", "utf8=0"],
], ids=" ".join)  # fmt: skip
def test_names_are_text_whatever_python_was_told(options, tmp_path):
    """It is started again once, also where it hears no variables; what is said is as before."""
    done = subprocess.run(
        [sys.executable, *options, "-c", FROM_HERE.format(str(REPOSITORY)), "new", "评估"],
        capture_output=True, check=False, cwd=tmp_path, timeout=60,
        env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "gb18030"},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["评估"]
    if {"-E", "-I"}.isdisjoint(options):
        assert "修改 review.toml".encode("gb18030") in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="the shell of POSIX")
@pytest.mark.parametrize("start", ["%s 2>&-", "%s <&- >&- 2>&-", "rmdir ../gone; %s"])
def test_a_run_needs_neither_streams_nor_a_current_folder(start, small_folder, tmp_path):
    """Services start commands with streams closed; a folder may go while one stands in it."""
    (tmp_path / "gone").mkdir()

    done = subprocess.run(
        ["/bin/sh", "-c", start % '"$0" "$@"', COMMAND, "run", small_folder, "--only", "method",
         "--out", tmp_path / "out"],
        capture_output=True, check=False, cwd=tmp_path / "gone",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / small_folder.name / "method.html").is_file()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere such a folder cannot go")
@pytest.mark.parametrize("arguments", [
    ["run", SAMPLE], ["run", "review", "--out", REPOSITORY], ["check", "review"],
], ids=lambda arguments: f"{arguments[0]} {arguments[-1]}")  # fmt: skip
def test_a_place_seen_from_a_current_folder_that_is_gone_is_wrong_use(arguments, tmp_path):
    """The default `--out` among them: exit status 2, and what to do."""
    (tmp_path / "gone").mkdir()
    done = subprocess.run(
        ["/bin/sh", "-c", 'rmdir ../gone; "$0" "$@"', COMMAND, *arguments],
        capture_output=True, check=False, cwd=tmp_path / "gone", encoding="utf-8",
    )  # fmt: skip

    assert done.returncode == 2, done.stderr
    assert "当前文件夹已不存在" in done.stderr and "Traceback" not in done.stderr


FAILING = """
import _posixsubprocess, errno, os, pwd, subprocess, threading

def fork(*_):
    raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

def thread(*_):
    raise RuntimeError("can't start new thread")

def getpwuid(uid):
    raise KeyError(f"getpwuid(): uid not found: {uid}")

"""
"""What happens where a system has no more processes, or does not know its user."""


@pytest.mark.skipif(os.name != "posix", reason="the functions of POSIX")
@pytest.mark.parametrize(
    "failing", ["subprocess._fork_exec = fork", "threading._start_new_thread = thread"]
)
def test_a_limit_of_processes_is_told_in_words(failing, command, small_folder, tmp_path):
    """As under `ulimit -u`: no fault of ours, and nothing half done."""
    (tmp_path / "sitecustomize.py").write_text(FAILING + failing, encoding="utf-8")
    done = command("run", small_folder, "--out", tmp_path / "out", env=seeing(tmp_path))

    assert done.status == 2, done.stderr
    assert "无法启动新的进程或线程" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out" / small_folder.name).exists()


@pytest.mark.skipif(os.name != "posix", reason="the functions of POSIX")
def test_a_user_without_a_home_publishes_too(small_folder, tmp_path):
    """As in a container: no HOME, and a number that is nobody's."""
    (tmp_path / "sitecustomize.py").write_text(FAILING + "pwd.getpwuid = getpwuid", "utf-8")
    env = os.environ | seeing(tmp_path)
    done = subprocess.run(
        [COMMAND, "run", small_folder, "--out", tmp_path / "out", "--only", "method"],
        capture_output=True, check=False, env={k: v for k, v in env.items() if k != "HOME"},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr


def seeing(folder) -> dict[str, str]:
    """Return the environment in which Python finds `sitecustomize` in a folder."""
    before = os.environ.get("PYTHONPATH")
    return {"PYTHONPATH": os.pathsep.join([str(folder), *([before] if before else [])])}


def test_workbooks_are_written_alike_whatever_is_installed(command, tmp_path):
    """With lxml openpyxl writes other bytes: it is not taken where it happens to be there."""
    (tmp_path / "lxml").mkdir()
    (tmp_path / "lxml" / "__init__.py").touch()
    (tmp_path / "lxml" / "etree.py").write_text("LXML_VERSION = 9, 0, 0, 0", encoding="utf-8")

    done = command("new", tmp_path / "review", env={"PYTHONPATH": str(tmp_path)})

    assert done.status == 0, done.stderr


def test_a_fault_of_ours_leaves_a_log_and_no_traceback(command, tmp_path):
    """Exit status 3; the user learns where the log is."""
    (tmp_path / "sitecustomize.py").write_text(
        "import reviewlib.publish.plan as plan\nplan.read_only = None\n", encoding="utf-8"
    )
    done = command("run", SAMPLE, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})

    assert done.status == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert "error.log" in done.stderr
    log = tmp_path / "reports" / ".sets" / "error.log"
    assert "TypeError" in log.read_text(encoding="utf-8")


def test_readme_and_gate_run_the_same_tests():
    """README's second command stands in .ci/run word for word."""
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    first, second = re.findall(r"```bash\n(python3 -m venv .*)\n```", readme)

    assert second in (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert first.endswith("reviewlib run data/sample")


def test_readme_gives_a_form_for_windows_beside_each_command():
    """Each of the two commands has its twin."""
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    twins = re.findall(r"```powershell\n(py -m venv .*)\n```", readme)
    commands = re.findall(r"```bash\n(python3 -m venv .*)\n```", readme)

    def plain(command: str) -> str:
        return re.sub(r"^python3|^py|Scripts|bin|[\\/'\"]", "", command)

    assert [plain(one) for one in twins] == [plain(one) for one in commands]
