"""Why a report was withheld, or nothing published: codes of `schema.codes`, in their words."""

from __future__ import annotations

import re

from reviewlib.errors import PublishError, ReportError, why
from reviewlib.publish.orders import Made
from reviewlib.publish.plan import Report
from reviewlib.schema.codes import CODES

LONGEST_NAME = 60
"""Characters of the name of an exception."""


def plain_name(name: str) -> str:
    """Return the name of an exception as it may be shown: whatever its author made of it."""
    return re.sub(r"[^\w.]", "?", name)[:LONGEST_NAME]


def changed(report: Report) -> Made:
    """Return what is said of a page that is no longer what its own report wrote."""
    error = fault("run.notebook-error", report.notebook, "页面被另一份报告改动，不予发布",
                  "another report has changed the page")  # fmt: skip
    return Made(report, error.zh, error.en, code=error.code)


def fault(code: str, where: str = "", detail_zh: str = "", detail_en: str = "") -> ReportError:
    """Return the error that withholds a report.

    Parameters
    ----------
    code : str
        A code that begins with `run.`.
    where : str
        Name of the notebook, where it is known.
    detail_zh, detail_en : str
        The particulars, for codes whose words have a place for them.
    """
    said = CODES[code]
    return ReportError(
        said.zh.format(detail=detail_zh), said.en.format(detail_en=detail_en), code=code,
        where=where,
    )  # fmt: skip


def cannot_be_written(name: str, error: OSError) -> PublishError:
    """Return the error that ends a run: the disk failed, or the place is none to write to."""
    zh, en = why(error)
    return _not_published(
        f"无法写入输出文件夹（{zh}）", f"the output folder cannot be written ({en})", name,
        "请检查磁盘空间与写入权限，或用 --out 另指定文件夹",
        "Check disk space and permissions, or choose another folder with --out",
    )  # fmt: skip


def cannot_be_locked(name: str, error: OSError) -> PublishError:
    """Return the error that ends a run where nothing keeps others from writing meanwhile."""
    zh, en = why(error)
    return _not_published(
        f"无法锁定输出文件夹（{zh}）", f"the output folder cannot be locked ({en})", name,
        "请用 --out 另指定本机磁盘或支持文件锁的文件夹",
        "Choose with --out a folder on a disk of this machine, or on a drive that knows locks",
    )  # fmt: skip


def no_temporary_folder(error: OSError) -> PublishError:
    """Return the error that ends a run without room for what it needs while it works."""
    zh, en = why(error)
    return _not_published(
        f"无法写入临时文件夹（{zh}）", f"the temporary folder cannot be written ({en})", "",
        "请检查临时文件夹的磁盘空间与写入权限，或用环境变量 TMPDIR 另行指定",
        "Check its disk space and permissions, or name another by the variable TMPDIR",
    )  # fmt: skip


def cannot_start() -> PublishError:
    """Return the error that ends a run whose report processes do not come up."""
    return _not_published(
        "报告进程无法启动", "report processes could not be started", "",
        "请检查内存与临时文件夹的磁盘空间，再查看运行日志",
        "See to memory and the room in the temporary folder, then to the log of the run",
    )  # fmt: skip


def _not_published(zh: str, en: str, where: str, fix_zh: str, fix_en: str) -> PublishError:
    said = CODES[PublishError.code]
    return PublishError(
        said.zh.format(detail=zh), said.en.format(detail_en=f"{en}."), where=where,
        fix_zh=f"。{fix_zh}；原有报告未受影响。",
        fix_en=f"{fix_en}; what was published before is untouched.",
    )  # fmt: skip
