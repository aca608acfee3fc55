"""TOML files as people write them, and as nobody should."""

from __future__ import annotations

import tomllib

import pytest

from reviewlib.toml_file import LARGEST, load_toml

READ = [
    ("plain", 'a = "甲"\n'.encode()),
    ("with a byte order mark, as older editors save it", b"\xef\xbb\xbfa = \"\xe7\x94\xb2\"\n"),
    ("with the line ends of Windows", b"a = \"\xe7\x94\xb2\"\r\n"),
]
REFUSED = [
    ("no TOML", b"a = = 1"),
    ("Chinese characters in GBK", 'a = "甲"'.encode("gb18030")),
    ("UTF-16", 'a = "甲"'.encode("utf-16")),
    ("lists in lists in lists", b"a = " + b"[" * 50_000),
    ("tables in tables", b"a = " + b"{b = " * 50_000),
    ("a number of thousands of digits", b"a = " + b"9" * 5_000),
    ("a key of thousands of parts", b"[" + b".".join([b"a"] * 20_000) + b"]"),
    ("more than anybody writes", b"#" * (LARGEST + 1)),
]


@pytest.mark.parametrize(("what", "data"), READ, ids=[case[0] for case in READ])
def test_what_people_write_is_read(tmp_path, what, data):
    """However the editor saves it."""
    (tmp_path / "a.toml").write_bytes(data)
    assert load_toml(tmp_path / "a.toml") == {"a": "甲"}


@pytest.mark.parametrize(("what", "data"), REFUSED, ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_is_a_fault_of_the_file(tmp_path, what, data):
    """One kind of error for all of it, and a message of one line."""
    (tmp_path / "a.toml").write_bytes(data)
    with pytest.raises(tomllib.TOMLDecodeError) as told:
        load_toml(tmp_path / "a.toml")
    assert 0 < len(str(told.value)) <= 200
