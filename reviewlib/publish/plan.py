"""What a run makes, as data: the kinds of report, and one `Report` for each page to be made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewlib.errors import ConfigError, UsageError
from reviewlib.schema import in_roster_order

if TYPE_CHECKING:
    from reviewlib.review import Review


@dataclass(frozen=True)
class Kind:
    """One kind of report (报告种类).

    Parameters
    ----------
    name : str
        What `--only` takes; also the name of the notebook.
    zh, en : str
        Title on the index.
    heading_zh, heading_en : str
        The heading under which the index lists it.
    per : str
        "" for one page of the whole review; "group" or "department" for one page each, and then
        also the name of the notebook's parameter.
    """

    name: str
    zh: str
    en: str
    heading_zh: str
    heading_en: str
    per: str = ""


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("overall", "总报告", "Overall report", "呈阅", "For leaders"),
        Kind("tracker", "整改跟踪", "Rectification tracker", "呈阅", "For leaders"),
        Kind("group", "回访组报告", "Visit group report", "回访组报告", "Visit groups", "group"),
        Kind("department", "部门反馈单", "Department feedback sheet", "部门反馈单",
             "Department feedback sheets", "department"),
        Kind("data_quality", "数据质量", "Data quality", "数据与方法", "Data and method"),
        Kind("method", "评分方法", "Method", "数据与方法", "Data and method"),
    )
}  # fmt: skip
"""Every kind of report by name, in the order of the index."""

LANGS = ("zh", "en")


def read_langs(langs: Sequence[str]) -> tuple[str, ...]:
    """Return the languages asked for, in our order.

    Raises
    ------
    UsageError
        There are no reports in one of them, or none is asked for: a set without a page.
    """
    unknown = [lang for lang in langs if lang not in LANGS]
    if unknown or not langs:
        raise UsageError(
            f"langs 应为 {'、'.join(LANGS)} 中的一种或几种，现为“{'、'.join(langs)}”",
            f"langs takes one or more of {', '.join(LANGS)}; found {list(langs)}",
        )
    return tuple(lang for lang in LANGS if lang in langs)


@dataclass(frozen=True)
class Report:
    """One page to be made.

    Parameters
    ----------
    kind : str
        Name of its `Kind`.
    code : str
        Visit group or department; "" for a page of the whole review.
    lang : str
        "zh" or "en".
    title : str
        What the index calls it.
    href : str
        Path of the page within the set: `group-g1.html`, `en/group-g1.html`.
    """

    kind: str
    code: str
    lang: str
    title: str
    href: str

    @property
    def notebook(self) -> str:
        return f"{self.kind}.ipynb"

    def parameters(self, snapshot: str) -> dict[str, str]:
        """Return what the notebook is given."""
        per = KINDS[self.kind].per
        return {"snapshot": snapshot, "lang": self.lang} | ({per: self.code} if per else {})


@dataclass(frozen=True)
class Wanted:
    """One entry of `--only`: a kind, or one page of it (`group:G1`)."""

    kind: str
    code: str = ""

    def covers(self, kind: str, code: str) -> bool:
        return self.kind == kind and self.code in ("", code)


def read_only(only: Iterable[str]) -> tuple[Wanted, ...]:
    """Read `--only` entries such as "overall", "data-quality" or "department:DP01"."""
    wanted = []
    for entry in only:
        name, _, code = entry.strip().partition(":")
        kind = name.replace("-", "_")
        if kind not in KINDS or (code and not KINDS[kind].per):
            raise UsageError(
                f"--only 应为 {'、'.join(KINDS)} 之一（回访组与部门可加代码，如 group:G1），"
                f"现为“{entry}”",
                f"--only takes {', '.join(KINDS)} (group and department may name one: group:G1); "
                f"found {entry!r}",
            )
        wanted.append(Wanted(kind, code))
    return tuple(wanted)


def plan_reports(
    review: Review, langs: Sequence[str], wanted: Sequence[Wanted] = ()
) -> tuple[Report, ...]:
    """List the pages to be made: by language, then in the order of the index.

    Groups come in the order of `review.toml`, departments in protocol order.

    Parameters
    ----------
    review : Review
    langs : sequence of str
    wanted : sequence of Wanted
        Nothing means every kind.

    Raises
    ------
    UsageError
        An entry names a group or department the review does not have.
    ConfigError
        Two codes would share one file name.
    """
    reports = tuple(
        _report(kind, code, lang, title)
        for lang in langs
        for kind in KINDS.values()
        for code, title in _units(review, kind, lang)
        if not wanted or any(entry.covers(kind.name, code) for entry in wanted)
    )
    _check_codes(reports, wanted)
    _check_names(reports)
    return reports


def _units(review: Review, kind: Kind, lang: str) -> list[tuple[str, str]]:
    """Return (code, title) of each page of one kind."""
    if kind.per == "group":
        groups = review.settings.groups
        return [(code, getattr(group, lang)) for code, group in groups.items()]
    if kind.per == "department":
        roster = in_roster_order(review.departments)
        names = roster["short_name"]
        if lang == "en":
            names = roster["name_en"].fillna(names)
        return list(zip(roster["dept_code"], names, strict=True))
    return [("", getattr(kind, lang))]


def _report(kind: Kind, code: str, lang: str, title: str) -> Report:
    stem = kind.name.replace("_", "-") + (f"-{_slug(code)}" if code else "")
    folder = "en/" if lang == "en" else ""
    return Report(kind.name, code, lang, title, f"{folder}{stem}.html")


def _slug(code: str) -> str:
    """A code as part of a file name: lower case, nothing a path or a link could trip over."""
    return re.sub(r"[^\w-]+", "-", code.lower())


def _check_codes(reports: Sequence[Report], wanted: Sequence[Wanted]) -> None:
    for entry in wanted:
        if not any(entry.covers(report.kind, report.code) for report in reports):
            per = KINDS[entry.kind].per or entry.kind
            raise UsageError(
                f"--only 中的 {entry.kind}:{entry.code} 不在本次评估中",
                f"--only names {entry.kind}:{entry.code}, but the review has no such {per}",
            )


def _check_names(reports: Sequence[Report]) -> None:
    seen: dict[str, Report] = {}
    for report in reports:
        other = seen.setdefault(report.href, report)
        if other is not report:
            raise ConfigError(
                f"代码 {other.code} 与 {report.code} 会得到同一个文件名 {report.href}",
                f"codes {other.code} and {report.code} would share the file name {report.href}.",
                fix_zh="。请修改其中一个代码。", fix_en="Change one of the codes.",
            )  # fmt: skip
