"""A small review made by hand: two groups of visited departments and one that assesses itself."""

from reviewlib import schema
from reviewlib.review import Review, Settings, empty_frames
from reviewlib.rubric import parse_rubric

SETTINGS = {
    "title_zh": "回头看", "title_en": "Look-back review",
    "district_zh": "甲区", "district_en": "District A", "city_zh": "甲市", "city_en": "City A",
    "marking_zh": "内部", "marking_en": "Internal", "version_zh": "稿", "version_en": "Draft",
    "cutoff_on": "2030-03-31", "as_of": "2030-06-30", "establishment_office": "DP01",
    "plan": {"start_on": "2030-04-01", "visits_start_on": "2030-04-08",
             "visits_end_on": "2030-04-12", "end_on": "2030-04-30"},
    "deadlines": {"return_due_on": "2030-04-05", "reminder_due_on": "2030-04-15",
                  "first_progress_report_on": "2030-05-31", "feedback_reply_workdays": 10,
                  "immediate_workdays": 5},
    "groups": {"G1": {"zh": "一组", "en": "Group 1"}, "G2": {"zh": "二组", "en": "Group 2"}},
}  # fmt: skip
RUBRIC = {
    "edition": "T1", "dated_on": "2030-01-01", "status": "proposal", "zh": "评分表",
    "en": "Rubric", "source_zh": "试", "source_en": "test",
    "levels": [{"id": "A", "share": "1"}, {"id": "B", "share": "0.8"}],
    "aspects": [{"id": "function", "zh": "职能配置", "en": "Functions"},
                {"id": "posts", "zh": "编制配备", "en": "Posts"}],
    "nodes": [{"id": "A", "zh": "落实方案", "en": "Plan", "weight": "100"}],
    "indicators": [
        {"id": "A09", "parent": "A", "aspect": "function", "zh": "融合程度", "en": "Integration",
         "weight": "60", "scale": {"kind": "level", "levels": [
             {"id": "A", "zh": "好", "en": "good"}, {"id": "B", "zh": "中", "en": "fair"}]}},
        {"id": "A02", "parent": "A", "aspect": "posts", "zh": "完成率", "en": "Completion",
         "weight": "40", "scale": {"kind": "ratio"}},
    ],
}  # fmt: skip
DEPARTMENTS = [  # out of protocol order on purpose
    {"dept_code": "DP03", "short_name": "丙局", "protocol_order": 3, "mode": "visit",
     "group_id": "G2", "change_type": "duties_in"},
    {"dept_code": "DP01", "short_name": "甲局", "protocol_order": 1, "mode": "visit",
     "group_id": "G1", "change_type": "merged", "predecessors": "子局、丑局"},
    {"dept_code": "DP02", "short_name": "乙局", "protocol_order": 2, "mode": "visit",
     "group_id": "G1", "change_type": "new"},
    {"dept_code": "DP04", "short_name": "丁办", "protocol_order": 4, "mode": "self",
     "change_type": "renamed"},
]  # fmt: skip


def make_review(settings=None, **frames) -> Review:
    """Return a review with these rows, the departments above unless others are given."""
    given = {"departments": DEPARTMENTS, **frames}
    filled = {name: schema.frame_of(name, rows) for name, rows in given.items()}
    return Review(
        name="hand",
        settings=Settings.model_validate({**SETTINGS, **(settings or {})}),
        rubric=parse_rubric(RUBRIC),
        frames={**empty_frames(), **filled},
        inputs={},
    )
