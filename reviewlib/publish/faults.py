"""Why a report was withheld: a code of `schema.codes`, in the words declared there."""

from __future__ import annotations

from reviewlib.errors import ReportError
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
