"""`review.toml`: what is particular to one review. Strict: every fault is reported at once."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from reviewlib.errors import ConfigError
from reviewlib.model_faults import fault, told
from reviewlib.toml_file import TomlFault, load_toml

ORDER = (
    ("cutoff_on", "as_of"),
    ("plan.start_on", "plan.visits_start_on"),
    ("plan.visits_start_on", "plan.visits_end_on"),
    ("plan.visits_end_on", "plan.end_on"),
    ("plan.start_on", "deadlines.return_due_on"),
    ("deadlines.return_due_on", "deadlines.reminder_due_on"),
    ("plan.start_on", "deadlines.first_progress_report_on"),
)
"""Dates of which the second is never before the first."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Plan(_Strict):
    """The one-month timetable (工作安排)."""

    start_on: date
    visits_start_on: date
    visits_end_on: date
    end_on: date


class Deadlines(_Strict):
    """When returns are due, and when a missing one counts as 未报."""

    return_due_on: date
    reminder_due_on: date
    first_progress_report_on: date
    feedback_reply_workdays: int = Field(gt=0)
    immediate_workdays: int = Field(gt=0)


class Group(_Strict):
    """One visit group (回访组)."""

    zh: str
    en: str


class Expected(_Strict):
    """Counts the office expects; a difference warns, nothing more."""

    departments: int | None = None
    visit: int | None = None
    self_assessed: int | None = None
    groups: int | None = None


class Feedback(_Strict):
    """What a department may see on its own sheet (反馈单)."""

    is_score_shown: bool = False
    contact_zh: str = ""
    contact_en: str = ""


class Lights(_Strict):
    """Thresholds of the lights (红黄绿灯)."""

    due_soon_days: int = 20
    behind_points: float = 20
    silent_days: int = 30
    returned_times: int = 2
    due_list_days: int = 30


class Fairness(_Strict):
    """When a difference in severity between groups is pointed out, in points of 100.

    Where groups rated departments in common (at least `common_departments_min`), their severity is
    worked out and shown; scores are adjusted by it only where `is_severity_applied` says so.
    `common_departments` names those that every group is to rate, the others by desk review.
    """

    leniency_points: float = 5
    common_departments: tuple[str, ...] = ()
    common_departments_min: int = Field(default=3, ge=2)
    is_severity_applied: bool = False


class Settings(_Strict):
    """One review's settings, as `review.toml` states them."""

    title_zh: str
    title_en: str
    district_zh: str
    district_en: str
    city_zh: str
    city_en: str
    marking_zh: str
    marking_en: str
    version_zh: str
    version_en: str
    cutoff_on: date
    as_of: date
    holidays: tuple[date, ...] = ()
    extra_workdays: tuple[date, ...] = ()
    establishment_office: str
    plan: Plan
    deadlines: Deadlines
    groups: dict[str, Group]
    expected: Expected = Expected()
    feedback: Feedback = Feedback()
    lights: Lights = Lights()
    fairness: Fairness = Fairness()

    @model_validator(mode="after")
    def _dates_follow(self) -> Settings:
        pairs = ((pair, attrgetter(*pair)(self)) for pair in ORDER)
        wrong = [(first, early, second, late)
                 for (first, second), (early, late) in pairs if late < early]  # fmt: skip
        if wrong:
            raise fault(
                "；".join(f"{second} {late} 早于 {first} {early}"
                         for first, early, second, late in wrong),
                "; ".join(f"{second} {late} is before {first} {early}"
                          for first, early, second, late in wrong),
            )  # fmt: skip
        return self

    def text(self, name: str, lang: str) -> str:
        """Return the setting `name` in one language: `text("title", "zh")`."""
        return getattr(self, f"{name}_{lang}")


def read_toml(path: Path, what_zh: str) -> dict:
    """Read a TOML file of the review folder, or say what is wrong with it."""
    try:
        return load_toml(path)
    except FileNotFoundError as error:
        raise ConfigError(
            f"缺少{what_zh}", f"{path.name} is missing",
            where=path.name,
            fix_zh="。请对照 data/sample 中的同名文件补齐。",
            fix_en="Add it; the file of that name in data/sample is a model.",
        ) from error  # fmt: skip
    except TomlFault as error:
        raise ConfigError(
            f"{what_zh}不是合法的 TOML（UTF-8）：{error.zh}", f"not valid TOML (UTF-8): {error.en}",
            where=path.name,
            fix_zh="。请改正该处后重新运行。", fix_en="Correct that place and run again.",
        ) from error  # fmt: skip


def read_settings(folder: Path) -> Settings:
    """Read `review.toml` of a review folder."""
    raw = read_toml(folder / "review.toml", "评估设置 review.toml")
    try:
        return Settings.model_validate(raw)
    except ValidationError as error:
        zh, en = told(error)
        raise ConfigError(
            f"review.toml 有 {error.error_count()} 处不符合要求：{zh}",
            f"review.toml has {error.error_count()} fault(s): {en}",
            where="review.toml",
            fix_zh="。请改正后重新运行。", fix_en="Correct them and run again.",
        ) from error  # fmt: skip
