"""Faults that stop something, one class per kind; flaws in received data are data issues instead.

Every message says what was expected, what was found, where, and what to do, in both languages.
"""

from __future__ import annotations

import errno

OF_THE_SYSTEM = {
    "EACCES": "没有权限", "EPERM": "不允许此操作", "EROFS": "磁盘只读", "ENOSPC": "磁盘已满",
    "EDQUOT": "超出磁盘配额", "EFBIG": "文件过大", "EIO": "磁盘读写故障", "ENOENT": "不存在",
    "ENOTDIR": "不是文件夹", "EISDIR": "是文件夹，不是文件", "EEXIST": "已有同名文件",
    "ENXIO": "不是普通文件", "ELOOP": "链接循环", "ENAMETOOLONG": "名称过长", "EBUSY": "正被占用",
    "EMFILE": "打开的文件过多", "ENFILE": "打开的文件过多", "ENOLCK": "不支持文件锁",
    "EOPNOTSUPP": "不支持此操作", "ENOSYS": "不支持此操作",
}  # fmt: skip
"""What the system says no for, in Chinese, by the name of its error."""


def why(error: OSError) -> tuple[str, str]:
    """Return why the system said no, as (zh, en): in its own words where we have no Chinese."""
    en = error.strerror or type(error).__name__
    return OF_THE_SYSTEM.get(errno.errorcode.get(error.errno, ""), en), en


class ReviewError(Exception):
    """A fault with its place and remedy (错误).

    Parameters
    ----------
    zh, en : str
        What was expected and what was found.
    where : str
        File, sheet, cell or key; relative to the review folder, never absolute.
    fix_zh, fix_en : str
        What to do next.
    """

    def __init__(self, zh: str, en: str, *, where: str = "", fix_zh: str = "", fix_en: str = ""):
        super().__init__(zh)
        self.zh, self.en = zh, en
        self.where = where
        self.fix_zh, self.fix_en = fix_zh, fix_en

    def message(self, lang: str = "zh") -> str:
        """Return the whole message in one language."""
        if lang == "en":
            said = self.en if self.en.endswith((".", "!", "?")) else f"{self.en}."
            parts = (f"[{self.where}]" if self.where else "", said, self.fix_en)
            return " ".join(part for part in parts if part)
        place = f"【{self.where}】" if self.where else ""
        return f"{place}{self.zh}{self.fix_zh}"

    def __str__(self) -> str:
        return f"{self.message('zh')}\n{self.message('en')}"


class UsageError(ReviewError):
    """The command or call was used wrongly (exit status 2)."""


class ConfigError(ReviewError):
    """`review.toml`, `rubric.toml` or the roster is missing or broken (exit status 2)."""


class RubricError(ConfigError):
    """A scoring table that cannot be used; carries every fault found."""

    faults: tuple = ()


class ScoreInputError(ConfigError):
    """Inputs that a scoring table cannot score; carries every fault found."""

    faults: tuple = ()


class WorkbookError(ReviewError):
    """A workbook refused whole; becomes a data issue, never stops the run."""

    def __init__(self, code: str, zh: str, en: str, **place: str):
        super().__init__(zh, en, **place)
        self.code = code


class ReportError(ReviewError):
    """A report that could not be made; it is withheld and named, the others go on.

    `code` is what `schema.codes` calls this way to end.
    """

    def __init__(self, zh: str, en: str, *, code: str = "run.notebook-error", **place: str):
        super().__init__(zh, en, **place)
        self.code = code


class PublishError(ReviewError):
    """The set of reports could not be written or switched (exit status 2)."""

    code = "run.publish-failed"
