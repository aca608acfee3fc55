"""The fixed rules of the method in words: what no rubric and no setting changes."""

from __future__ import annotations

from reviewlib.review import Settings
from reviewlib.show.blocks import Block, Part
from reviewlib.show.voice import Voice


def loop(voice: Voice) -> Block:
    """Return the closed loop of the work (工作闭环)."""
    return voice.say(
        "工作闭环：“推进改革、调研回访、问题督导、巩固成效”。发现归并为问题，问题对应建议和整改任务，"
        "任务跟踪到销号，销号后进入下一轮回访。",
        "A closed loop: carry the reform out, return and look, see to the problems, hold what was "
        "gained. Findings become problems, problems have recommendations and tasks, tasks are "
        "followed to closure, and closure is what the next look-back begins with.",
    )


def modes(settings: Settings, voice: Voice) -> list[Block]:
    """Return which figures count in each of the two modes."""
    office = voice.name(settings.establishment_office)
    return [
        voice.say(
            "实地回访：比率、分段和清单类指标用回访录入的数，没有录入的按自评工作簿的明细重新计算；"
            "等次类指标由至少两名评分人分别评定，以组内商定等次为准，两人相差两级以上的须写明理由；"
            "统筹校准和最终认定优先。",
            "On-site visit: ratios, steps and checklists use what the visit entered, else are "
            "recomputed from the lists of the return. Level items take at least two scorers; the "
            "level agreed counts, and a gap of two levels needs a written reason. Moderated and "
            "final ratings come before both.",
        ),
        voice.say(
            "单位自评：按自评工作簿的明细重新计算，等次取自评等次；问题查摆和意见建议的质量由编办（{office}）"
            "认定。",
            "Self-assessment: recomputed from the lists of the return; levels as the department "
            "rates itself; the quality of its problems and opinions is rated by the establishment "
            "office ({office}).", office=office,
        ),
        voice.say(
            "两种方式证据强弱不同，不在同一图表中混用，也不相互比较。工作簿里自填的得分只作核对，不采信。",
            "The two rest on evidence of different strength; they never share a figure and are not "
            "compared. Scores stated in a workbook are audited, never used.",
        ),
    ]


def kinds_of_empty(voice: Voice) -> Block:
    """Say that the three kinds of empty are never merged."""
    return voice.say(
        "空着的格子有三种：未填、不适用、证据不足，从不合并，也不等于零。",
        "An empty answer is one of three: not reported, not applicable, insufficient evidence. "
        "They are never merged, and none of them is zero.",
    )


def two_sides(voice: Voice, link: Part) -> Block:
    """Say how the two sides of a transfer are compared, and where every value can be traced."""
    return voice.say(
        "划转和转隶按划入方填报计数；两边的状态、编制和人数逐项对碰，一方未填报也算不一致，"
        "双方的说法和单元格地址都列出。每个值都记有文件、工作表和单元格，原文和取值规则见{link}。",
        "Transfers are counted as the gaining side reports them. Status, posts and staff of both "
        "sides are compared; a silent side is a mismatch; both statements are shown with their "
        "cells. Every value keeps its file, sheet and cell; texts and rules: {link}.", link=link,
    )  # fmt: skip


def no_ranking(voice: Voice) -> Block:
    """Say why nobody is ranked."""
    return voice.say(
        "不排名：部门职能、规模和改革任务不同，小的分差没有含义；各页一律按机构序列。",
        "No ranking: departments differ in functions, size and what the reform asked of them, and "
        "small differences mean nothing. Every page keeps the protocol order.",
    )


def order_of_lights(voice: Voice) -> Block:
    """Say in which order the rules of the lights are tried, and what closing takes."""
    return voice.say(
        "按顺序取第一条适用的：已销号为绿灯；挂账待市级、长期推进为灰灯；再看红灯、黄灯；都不适用的为"
        "绿灯。问题的灯取其任务中最差的。销号须有佐证、责任单位以外的审核岗位和日期，缺一项的按待销号处理。",
        "The first rule that applies: closed is green; pending at city level or long-term is grey; "
        "then red, then yellow; otherwise green. A problem has the light of its worst task. "
        "Closing takes evidence, a verifier other than the owner, and a date; without one of them "
        "it counts as to be closed.",
    )


def basis(voice: Voice) -> Block:
    """Say what S, F and P stand for where a rubric gives the basis of its parts by them."""
    return voice.say(
        "依据：S 为源文件点到的内容，F 为其他地方的公开做法，P 为本项目建议。",
        "Basis: S named in the source document, F public practice elsewhere, P proposed here.",
    )


def limits(voice: Voice, *, is_proposal: bool, are_groups_linked: bool = False) -> list[Block]:
    """Return what the review cannot say (局限)."""
    official = voice.say("以正式印发的为准", "as officially issued")
    return [
        voice.say(
            "权重、阈值和等次描述{kind}，换一张评分表结果会变；改表不改程序。",
            "Weights, thresholds and level texts are {kind}; another rubric gives other results. A "
            "rubric is data, not code.",
            kind=voice.say("是建议", "proposals") if is_proposal else official,
        ),
        voice.say(
            "每组只回访几家部门，组间尺度差异只由共同评定的几家测算；自评与回访不可比。",
            "Each group visits a few departments, and their severity rests on those rated in "
            "common; self-assessment and visit are not comparable.",
        ) if are_groups_linked else voice.say(
            "每组只回访几家部门，组间不可比；自评与回访不可比。",
            "Each group visits a few departments; groups are not comparable, nor are "
            "self-assessment and visit.",
        ),
        voice.say(
            "数据以部门填报为主，暂定和近似的值先采用并标明，更正后结果会变。",
            "Data are mainly what departments report; provisional and approximate values are used "
            "and labelled, and results change when they are corrected.",
        ),
        voice.say(
            "亮灯反映核算日已知的报告，不代表之后的进展。",
            "Lights show what was reported by the date of reckoning, nothing later.",
        ),
        voice.say(
            "需市级明确的事项不由区级办结，不计入得分和销号率。",
            "What the city must settle is not the district's to finish and counts in neither "
            "scores nor closing rates.",
        ),
    ]
