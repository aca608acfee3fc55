"""Why a report was withheld, or nothing published: codes of `schema.codes`, in their words."""

from __future__ import annotations

from reviewlib.errors import PublishError, ReportError
from reviewlib.schema.codes import CODES


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
    said, why = CODES[PublishError.code], error.strerror or type(error).__name__
    return PublishError(
        said.zh.format(detail=f"无法写入输出文件夹（{why}）"),
        said.en.format(detail_en=f"the output folder cannot be written ({why})."),
        where=name,
        fix_zh="。请检查磁盘空间与写入权限，或用 --out 另指定文件夹；原有报告未受影响。",
        fix_en="Check disk space and permissions, or choose another folder with --out; "
        "what was published before is untouched.",
    )
