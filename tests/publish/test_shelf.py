"""Readers see a whole set or the one before, whatever happens in between."""

import contextlib
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from reviewlib.errors import PublishError, UsageError
from reviewlib.publish.shelf import MANIFEST, Shelf

PIPE = Path("|")
"""Stands for a named pipe: whoever opens one to read waits until somebody writes."""


@pytest.fixture(params=["links", "no links"])
def shelf(request, tmp_path, monkeypatch):
    """Return a shelf on a system with links, and on one without."""
    if request.param == "no links":
        monkeypatch.setattr("pathlib.Path.symlink_to", _no_links)
    return Shelf(tmp_path / "reports", "sample")


def put(shelf: Shelf, words: str) -> None:
    """Publish a set of one page."""
    with shelf.held():
        write_set(shelf.staging, words)
        shelf.publish()


def write_set(folder: Path, words: str) -> None:
    """Write a page and the manifest that names it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(words, encoding="utf-8")
    (folder / MANIFEST).write_text('{"outputs": {"index.html": ""}}', encoding="utf-8")


def shown(shelf: Shelf) -> str:
    return (shelf.shown / "index.html").read_text(encoding="utf-8")


def test_the_newest_set_is_shown_and_the_one_before_kept(shelf):
    """Of five sets the fifth is shown, the two before are kept, the others gone."""
    for words in ("一", "二", "三", "四", "五"):
        put(shelf, words)

    assert shown(shelf) == "五"
    sets = {path.read_text(encoding="utf-8") for path in shelf.home.glob("*/index.html")}
    assert sets | {"五"} == {"三", "四", "五"}


def test_going_back_shows_the_set_before(shelf):
    """Back once; a new set stands after it, and only complete sets are ever shown."""
    for words in ("一", "二"):
        put(shelf, words)

    assert shelf.go_back() == shelf.shown
    assert shown(shelf) == "一"
    put(shelf, "三")
    assert shown(shelf) == "三"


def test_going_back_twice_and_too_far(shelf, tmp_path):
    """Step by step to the oldest set kept; past it, and where nothing is, the fault says so."""
    with pytest.raises(UsageError, match="没有发布过"):
        shelf.go_back()
    assert list(tmp_path.iterdir()) == []
    for words in ("一", "二", "三"):
        put(shelf, words)

    shelf.go_back()
    shelf.go_back()
    assert shown(shelf) == "一"
    with pytest.raises(UsageError, match="没有更早的"):
        shelf.go_back()
    assert shown(shelf) == "一"


def test_a_run_that_fails_leaves_the_set_before(shelf):
    """Nothing of the failed run is shown, and no staging folder stays."""
    put(shelf, "一")

    with pytest.raises(ZeroDivisionError), shelf.held():
        (shelf.staging / "index.html").write_text("半", encoding="utf-8")
        raise ZeroDivisionError

    assert shown(shelf) == "一"
    assert not shelf.staging.exists()


def test_a_run_killed_before_the_switch_is_healed_by_the_next(shelf):
    """A staging folder left behind is not mixed into the next set."""
    put(shelf, "一")
    shelf.staging.mkdir()
    (shelf.staging / "group-g1.html").write_text("旧", encoding="utf-8")

    put(shelf, "二")

    assert sorted(path.name for path in shelf.shown.iterdir()) == ["index.html", MANIFEST]


@pytest.mark.parametrize("left", ["link", "grounds.new", ".grounds.json.new", ".shown.json.new",
                                  "staging/a.html", "staging-0123abcd/a.html", "removed/a.html",
                                  "removed-2/a.html"])  # fmt: skip
def test_what_a_killed_run_left_on_the_shelf_is_cleared_away(left, shelf):
    """Whatever it was about to do."""
    put(shelf, "一")
    (shelf.home / left).parent.mkdir(exist_ok=True)
    (shelf.home / left).touch()

    put(shelf, "二")
    assert not os.path.lexists(shelf.home / Path(left).parts[0])


@pytest.mark.parametrize("error", [OSError(errno.EIO, ""), KeyboardInterrupt()], ids=repr)
def test_a_switch_that_fails_leaves_no_link(error, tmp_path, monkeypatch):
    """The next run may find nothing changed, and clear nothing away."""
    shelf = Shelf(tmp_path / "reports", "sample")
    put(shelf, "一")

    def fail(source, target):
        raise error

    with monkeypatch.context() as broken, pytest.raises((PublishError, KeyboardInterrupt)):
        broken.setattr("os.replace", fail)
        put(shelf, "二")
    assert shown(shelf) == "一" and not os.path.lexists(shelf.home / "link")


@pytest.mark.parametrize("fails", [1, 2])
def test_an_exchange_that_fails_is_taken_back(fails, tmp_path, monkeypatch):
    """Without links: a set is shown all the same, and it is the one before."""
    monkeypatch.setattr("pathlib.Path.symlink_to", _no_links)
    shelf, rename = Shelf(tmp_path / "reports", "sample"), os.rename
    put(shelf, "一")
    renamed = []

    def fail(source, target):
        if shelf.shown in (source, target):
            renamed.append(source)
            if len(renamed) == fails:
                raise OSError(errno.EBUSY, "")
        rename(source, target)

    with monkeypatch.context() as broken, pytest.raises(PublishError):
        broken.setattr("os.rename", fail)
        put(shelf, "二")
    assert shown(shelf) == "一"
    put(shelf, "三")
    shelf.go_back()
    assert shown(shelf) == "一"


def test_a_set_that_cannot_be_removed_does_not_stop_the_rest(shelf, monkeypatch):
    """One run by another user leaves a set that is not ours to remove; the others still go."""
    rmdir = os.rmdir

    def fail(path, *args, **kwargs):
        if "stays" in os.listdir(kwargs.get("dir_fd", path)) or Path(path).name == "stays":
            raise PermissionError(errno.EACCES, "")
        rmdir(path, *args, **kwargs)

    for words in ("一", "二"):
        with shelf.held():
            write_set(shelf.staging, words)
            (shelf.staging / "stays").mkdir()
            shelf.publish()
    monkeypatch.setattr("os.rmdir", fail)
    for words in ("三", "四", "五", "六", "七"):
        put(shelf, words)
    sets = [path.read_text(encoding="utf-8") for path in shelf.home.glob("0*/index.html")]
    assert sorted({*sets, "七"}) == sorted("五六七")

    shelf.go_back()
    with shelf.held():
        assert shown(shelf) == "六"
        sets = [path.read_text(encoding="utf-8") for path in shelf.home.glob("0*/index.html")]
        assert "七" not in sets


@pytest.mark.skipif(os.name != "posix", reason="a file that is held cannot be removed")
@pytest.mark.parametrize("ends", ["publishes", "fails", "is interrupted"])
def test_a_shelf_removed_during_a_run_is_left_to_the_run_after(ends, shelf, tmp_path):
    """The first neither publishes there nor clears away what the second has made since."""
    other = Shelf(shelf.shown.parent, "sample")
    put(shelf, "一")
    with contextlib.ExitStack() as first:
        first.enter_context(shelf.held())
        shutil.rmtree(shelf.shown.parent)
        with other.held():
            write_set(other.staging, "二")
            before = everything(tmp_path)
            with pytest.raises((PublishError, KeyboardInterrupt)) as fault, first.pop_all():
                if ends == "publishes":
                    shelf.publish()
                elif ends == "fails":
                    (shelf.home / "gone").read_text()
                else:
                    raise KeyboardInterrupt
            assert everything(tmp_path) == before
            assert ends == "is interrupted" or "移走、删除或替换" in str(fault.value)
            other.publish()
    assert shown(shelf) == "二"


def test_the_run_after_one_whose_shelf_was_removed(shelf):
    """What the first made again in its place, its log and folders, does not stop the second."""
    with pytest.raises(PublishError, match="移走、删除或替换"), shelf.held():
        shutil.rmtree(shelf.shown.parent)
        shelf.staging.mkdir(parents=True)
        shelf.log.write_text("", encoding="utf-8")
        shelf.publish()

    put(Shelf(shelf.shown.parent, "sample"), "二")
    assert shown(shelf) == "二" and not shelf.staging.exists()


def test_a_run_killed_between_two_renames_is_healed_by_the_next(shelf):
    """With nothing shown, the newest complete set is; an incomplete one never."""
    for number, words in (("0001", "一"), ("0002", "二"), ("0003", "半")):
        write_set(shelf.home / number, words)
    (shelf.home / "0003" / "index.html").unlink()
    (shelf.home / "lock").touch()

    with shelf.held():
        assert shown(shelf) == "二"


@pytest.mark.parametrize("told", [None, "", "[]", "{}", '{"before": "a", "now": []}'])
def test_where_nothing_tells_which_set_is_shown_it_is_the_newest(told, tmp_path, monkeypatch):
    """An earlier version told nothing; from then on it is known, also when a run is killed."""
    monkeypatch.setattr("pathlib.Path.symlink_to", _no_links)
    shelf = Shelf(tmp_path / "reports", "sample")
    for words in ("一", "二", "三"):
        put(shelf, words)
    record = shelf.home / "shown.json"
    record.unlink() if told is None else record.write_text(told, encoding="utf-8")

    shelf.go_back()
    assert shown(shelf) == "二"
    shelf.go_back()
    assert shown(shelf) == "一"
    assert list(shelf.home.glob("*/index.html")) == [shelf.home / "0002" / "index.html"]


def _no_links(*_, **__):
    raise OSError("no links here")


def test_what_told_of_a_place_without_links_is_forgotten_with_it(tmp_path, monkeypatch):
    """Moved to a disk with links, the link tells; when it is gone, the newest set is shown."""
    shelf = Shelf(tmp_path / "reports", "sample")
    with monkeypatch.context() as without:
        without.setattr("pathlib.Path.symlink_to", _no_links)
        put(shelf, "一")
        put(shelf, "二")
    shelf.shown.rename(shelf.home / "0002")
    for words in ("三", "四"):
        put(shelf, words)
    assert shelf.shown.is_symlink()
    shelf.shown.unlink()

    with shelf.held():
        assert shown(shelf) == "四"


@pytest.mark.parametrize(
    ("case", "path", "content"),
    [
        ("a file", "sample", "别人的"),
        ("a folder", "sample/notes.txt", "别人的"),
        ("a folder with a manifest of another program", "sample/manifest.json", '{"name": "app"}'),
        ("a link to a folder", "sample", Path("../elsewhere")),
        ("a link that leads nowhere", "sample", Path("nowhere")),
        ("a link into a shelf, to no set", "sample", Path(".sets/sample/mine")),
        ("a file in place of the shelves", ".sets", "别人的"),
        ("a link in place of the shelves", ".sets", Path("../elsewhere")),
        ("a shelf of another program", ".sets/sample/staging/photo.jpg", "别人的"),
        ("a folder in place of the lock", ".sets/sample/lock/notes.txt", "别人的"),
        ("a link in place of the lock", ".sets/sample/lock", Path("../../../elsewhere/lock")),
        ("a lock of another program", ".sets/sample/lock", "held by make"),
        ("a pipe in place of the set", "sample", PIPE),
        ("a pipe in place of its manifest", "sample/manifest.json", PIPE),
        ("a manifest without end", "sample/manifest.json", "[" * 100_000),
        ("a manifest that is a list", "sample/manifest.json", "[]"),
        ("a pipe in place of the lock", ".sets/sample/lock", PIPE),
    ],
)
def test_what_is_not_ours_is_left_alone(case, path, content, tmp_path):
    """Anything a run did not put there stops it before it writes anything, and stays as it was."""
    shelf = Shelf(tmp_path / "reports", "sample")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "lock").write_text("别人的", encoding="utf-8")
    place = tmp_path / "reports" / path
    place.parent.mkdir(parents=True)
    lay(place, content)
    before = everything(tmp_path)

    with pytest.raises(UsageError, match="不予覆盖"), shelf.held():
        pytest.fail("a foreign place was taken")
    assert everything(tmp_path) == before


def lay(place: Path, content: str | Path) -> None:
    """Put a file, a link or a pipe somewhere."""
    if content is PIPE:
        os.mkfifo(place)
    elif isinstance(content, Path):
        place.symlink_to(content)
    else:
        place.write_text(content, encoding="utf-8")


@pytest.mark.parametrize("name", ["run.log", "grounds.json"])
@pytest.mark.parametrize("content", [PIPE, Path("../../../elsewhere")], ids=["pipe", "link"])
def test_nothing_is_written_to_what_is_no_file_of_ours(name, content, tmp_path):
    """A pipe on the shelf would be waited for, a link followed: neither is touched."""
    shelf = Shelf(tmp_path / "reports", "sample")
    put(shelf, "一")
    (tmp_path / "elsewhere").write_text("别人的", encoding="utf-8")
    (shelf.home / name).unlink(missing_ok=True)
    lay(shelf.home / name, content)

    with pytest.raises(UsageError, match=name):
        put(shelf, "二")
    assert shown(shelf) == "一"
    assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "别人的"


def everything(folder: Path) -> dict[str, str]:
    """Return what lies in a folder: files with what they say, links with where they lead."""
    return {
        str(path.relative_to(folder)):
            os.readlink(path) if path.is_symlink()
            else path.read_text(encoding="utf-8") if path.is_file() else ""
        for path in folder.rglob("*")
    }  # fmt: skip


def test_a_file_put_into_a_set_is_not_removed_with_it(shelf):
    """Notes beside the pages outlive the set; where the set is no link, nothing replaces it."""
    put(shelf, "一")
    (shelf.shown / "notes.txt").write_text("批示", encoding="utf-8")
    (shelf.shown / ".DS_Store").touch()
    if shelf.shown.is_symlink():
        for words in ("二", "三", "四", "五"):
            put(shelf, words)
        assert shown(shelf) == "五"
    else:
        with pytest.raises(UsageError, match=r"sample/notes\.txt"):
            put(shelf, "二")

    notes = [path.read_text(encoding="utf-8") for path in shelf.shown.parent.rglob("notes.txt")]
    assert notes == ["批示"]


@pytest.mark.parametrize("out", [".", "deep/reports", ".."])
def test_no_output_comes_to_lie_in_the_review_folder(out, tmp_path):
    """Nor in its place: what is published must not become what is read."""
    folder = tmp_path / "sample"
    folder.mkdir()

    with pytest.raises(UsageError, match="在评估文件夹之内"):
        Shelf((folder / out).resolve(), folder.name).check(folder)


def test_two_runs_cannot_hold_one_shelf(shelf):
    """A second process is told to wait; when the first is gone, however it went, it may."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom reviewlib.publish.shelf import Shelf\n"
        "with Shelf(Path(sys.argv[1]), 'sample').held():\n"
        "    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(shelf.shown.parent)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        match = rf"另一次运行（进程 {other.pid}，始于 \d{{4}}-"
        with pytest.raises(UsageError, match=match), shelf.held():
            pytest.fail("two runs held one shelf")
        other.kill()

    put(shelf, "一")
    assert shown(shelf) == "一"


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    """The fault says what to do and names no path of the machine; looking alone can tell."""
    (tmp_path / "reports").write_text("", encoding="utf-8")
    shelf = Shelf(tmp_path / "reports" / "deep", "sample")

    for write in (shelf.check_writable, lambda: put(shelf, "一")):
        with pytest.raises(PublishError, match="无法写入输出文件夹") as fault:
            write()
        assert fault.value.code == "run.publish-failed"
        assert str(fault.value).startswith("【sample】发布失败：")
        assert str(tmp_path) not in str(fault.value)


@pytest.mark.parametrize(
    ("case", "fails", "error"),
    [
        ("a page that cannot be written", lambda shelf: shelf.staging.write_text(""), PublishError),
        ("a disk that is full, which names no file", lambda shelf: _full(), PublishError),
        ("a return that has gone", lambda shelf: (shelf.shown.parents[1] / "a.xlsx").read_bytes(),
         FileNotFoundError),
        ("a folder in the place of a file", lambda shelf: Path(__file__).parent.open(),
         IsADirectoryError),
    ],
)  # fmt: skip
def test_only_faults_of_the_shelf_are_told_as_such(case, fails, error, tmp_path):
    """A file of the review that is gone meanwhile has nothing to do with the output folder."""
    shelf = Shelf(tmp_path / "reports", "sample")

    with pytest.raises((PublishError, OSError)) as fault, shelf.held():
        fails(shelf)
    assert type(fault.value) is error
    assert not shelf.staging.exists()


def _full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.skipif(os.name != "posix", reason="locks of POSIX")
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EIO, errno.ENOTSUP])
def test_a_place_that_knows_no_locks_is_named(number, tmp_path, monkeypatch):
    """Nobody is waited for who is not there: a drive without locks is told as what it is."""

    def flock(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", flock)
    shelf = Shelf(tmp_path / "reports", "sample")

    with pytest.raises(PublishError, match="无法锁定输出文件夹") as fault, shelf.held():
        pytest.fail("a shelf was held that nothing locks")
    assert os.strerror(number) in fault.value.message("en") and "--out" in str(fault.value)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no place that nobody may write")
def test_a_place_that_nobody_may_write_is_named():
    """Not even the superuser makes a folder there; nothing is left half made."""
    shelf = Shelf(Path("/proc/self/reports"), "sample")

    with pytest.raises(PublishError, match="无法写入输出文件夹"), shelf.held():
        pytest.fail("/proc was written")


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="there is no second file system")
@pytest.mark.parametrize("through_a_link", [False, True])
def test_another_file_system_serves_as_well(through_a_link, tmp_path):
    """Publishing again and going back work there, also where `reports` is a link to it."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as place:
        (tmp_path / "reports").symlink_to(place)
        shelf = Shelf(tmp_path / "reports" if through_a_link else Path(place), "sample")
        for words in ("一", "二"):
            put(shelf, words)
        assert shown(shelf) == "二"
        shelf.go_back()
        assert shown(shelf) == "一"
