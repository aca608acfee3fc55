"""Head and foot of every page."""

from __future__ import annotations

import hashlib
from importlib import metadata

from reviewlib.review import Review
from reviewlib.show import words
from reviewlib.show.blocks import Block, Outline, Part, element, join, paragraph, say


def page_head(
    review: Review, outline: Outline, lang: str, *, title: Part, scope: Part, is_public: bool = True
) -> Block:
    """Return the head of a page: the one `<h1>`, marking, dates, version, what it covers.

    Parameters
    ----------
    review : Review
    outline : Outline
        Sections to link to.
    lang : {"zh", "en"}
    title : str or Block
        What this page is: the whole of the `<h1>`.
    scope : str or Block
        数据口径: how many departments, coverage, mode.
    is_public : bool
        Whether the page stands within the set and links to its index; a department's sheet travels
        alone.
    """
    settings = review.settings
    dates = say(
        lang,
        "数据基准日：{cutoff}　核算日：{as_of}　版本：{version}　{marking}",
        "Facts as of {cutoff} · reckoned at {as_of} · {version} · {marking}",
        cutoff=words.date(settings.cutoff_on, lang), as_of=words.date(settings.as_of, lang),
        version=settings.text("version", lang), marking=settings.text("marking", lang),
    )  # fmt: skip
    lines = (
        paragraph(join((settings.text("title", lang), settings.text("district", lang)), " · ")
                  if lang == "en" else settings.text("title", lang), class_="rl-review"),
        element("h1", title),
        paragraph(dates, class_="rl-meta"),
        paragraph(say(lang, "数据口径：{scope}", "Scope: {scope}", scope=scope), class_="rl-meta"),
    )  # fmt: skip
    way_back = ""
    if is_public:
        way_back = paragraph(
            element("a", "All reports" if lang == "en" else "返回目录", href="index.html"),
            class_="rl-nav",
        )
    return element("header", way_back, *lines, class_="rl-head") + outline.nav(lang)


def page_foot(review: Review, lang: str, *more: Part) -> Block:
    """Return the foot of a page: software, rubric edition, and what else is to be said there.

    It carries the end marker by which `publish` knows that every cell above it ran.
    """
    words_of_foot = say(
        lang,
        "软件版本 reviewlib {software}　评分表版次 {edition}",
        "Software reviewlib {software} · rubric edition {edition}",
        software=software_version(), edition=str(review.rubric.edition),
    )  # fmt: skip
    told = join((words_of_foot, *more), " · " if lang == "en" else "　")
    return element("footer", paragraph(told), class_="rl-foot", data_reviewlib="end")


def software_version() -> str:
    """Return the version of this package."""
    try:
        return metadata.version("reviewlib")
    except metadata.PackageNotFoundError:
        return "source"


def fingerprint(review: Review) -> str:
    """Return twelve characters that change whenever any input file does."""
    lines = "\n".join(f"{name} {digest}" for name, digest in sorted(review.inputs.items()))
    return hashlib.sha256(lines.encode("utf-8")).hexdigest()[:12]
