"""TOML files as people write them, and as nobody should."""

from __future__ import annotations

import pytest

from reviewlib.toml_file import LARGEST, TomlFault, load_toml

READ = [
    ("plain", 'a = "甲"\n'.encode()),
    ("with a byte order mark, as older editors save it", b"\xef\xbb\xbfa = \"\xe7\x94\xb2\"\n"),
    ("with the line ends of Windows", b"a = \"\xe7\x94\xb2\"\r\n"),
]
REFUSED = [
    ("no TOML", b"a = 1\nb = = 1", "第 2 行第 5 列"),
    ("a full-width quote", "a = “甲”".encode(), "第 1 行第 5 列"),
    ("a bracket that is not closed", b"a = [1,\n", "右括号"),
    ("Chinese characters in GBK", 'a = 1\nb = "甲"'.encode("gb18030"), "第 2 行不是 UTF-8"),
    ("UTF-16", 'a = "甲"'.encode("utf-16"), "第 1 行不是 UTF-8"),
    ("lists in lists in lists", b"a = " + b"[" * 50_000, "嵌套过深"),
    ("tables in tables", b"a = " + b"{b = " * 50_000, "嵌套过深"),
    ("a number of thousands of digits", b"a = " + b"9" * 5_000, "写法有误"),
    ("a key of thousands of parts", b"[" + b".".join([b"a"] * 20_000) + b"]", "200 个句点"),
    ("more than anybody writes", b"#" * (LARGEST + 1), "字节"),
]


@pytest.mark.parametrize(("what", "data"), READ, ids=[case[0] for case in READ])
def test_what_people_write_is_read(tmp_path, what, data):
    """However the editor saves it."""
    (tmp_path / "a.toml").write_bytes(data)
    assert load_toml(tmp_path / "a.toml") == {"a": "甲"}


@pytest.mark.parametrize(("what", "data", "zh"), REFUSED, ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_is_a_fault_of_the_file(tmp_path, what, data, zh):
    """One kind of error for all of it, and a message of one line in each language."""
    (tmp_path / "a.toml").write_bytes(data)
    with pytest.raises(TomlFault) as told:
        load_toml(tmp_path / "a.toml")
    assert 0 < len(told.value.en) <= 200
    assert zh in told.value.zh
    assert not set("abcdefghijklm").intersection(told.value.zh)
