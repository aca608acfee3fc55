"""How it is done, in words: scope, timetable, what is missing, bands."""

from __future__ import annotations

from decimal import Decimal

from reviewlib.review import Review
from reviewlib.review.settings import Settings
from reviewlib.rubric import Rubric
from reviewlib.show import words
from reviewlib.show.blocks import Block, Part, join
from reviewlib.show.voice import Voice
from reviewlib.show.words import plural


def rubric_sentence(rubric: Rubric, voice: Voice) -> Block:
    """Say by what every department is scored, and that nobody is ranked."""
    n, full = len(rubric.indicators), words.number(rubric.total.scale)
    return voice.say(
        "每个部门按同一张评分表评定：{d}个维度{n}项指标，满分{full}分，只分档、不排名。",
        "Every department is rated by one rubric: {dims}, {n} indicators, {full} points; bands, no "
        "ranking.",
        d=len(rubric.dimensions), n=n, full=full, dims=plural(len(rubric.dimensions), "dimension"),
    )  # fmt: skip


def status_sentence(rubric: Rubric, voice: Voice) -> Block:
    """Say which edition of the rubric this is, of which date, and whether it is a proposal."""
    told = voice.say(
        "评分表版次{edition}，{day}。{source}。", "Rubric edition {edition}, {day}. {source}.",
        edition=rubric.edition, day=voice.date(rubric.dated_on),
        source=rubric.text("source", voice.lang),
    )  # fmt: skip
    if rubric.status != "proposal":
        return told
    return join((told, voice.say(
        "权重、阈值和等次描述均为建议。", "Weights, thresholds and level texts are proposals."
    )), voice.gap)  # fmt: skip


def scope_sentence(review: Review, voice: Voice) -> Block:
    """Say how many departments are on the roster, and which way each is reviewed.

    The source speaks of covering all departments and all contents (两个全覆盖).
    """
    departments = review.departments
    n = len(departments)
    visit = int((departments["mode"] == "visit").sum())
    reissued = int(departments["is_three_det_reissued"].fillna(False).sum())
    return voice.say(
        "对象全覆盖：涉改部门{n}家全部列入，其中实地回访{visit}家、单位自评{own}家（重新制定“三定”规定的"
        "{re}家）。内容全覆盖：{parts}。",
        "All departments: {depts} of the reform, {visit} visited and {own} self-assessed ({re} "
        "with a reissued three-determinations regulation). All contents: {parts}.",
        n=n, visit=visit, own=n - visit, re=reissued, depts=plural(n, "department"),
        parts=join((node.label(voice.lang) for node in review.rubric.dimensions),
                   voice.say("、", "; ")),
    )  # fmt: skip


def expected_sentence(review: Review, voice: Voice) -> Block:
    """Say where the roster differs from what the settings expect; nothing where it does not."""
    departments, expected = review.departments, review.settings.expected
    found = {
        "departments": len(departments),
        "visit": int((departments["mode"] == "visit").sum()),
        "self_assessed": int((departments["mode"] == "self").sum()),
        "groups": int(departments["group_id"].nunique()),
    }
    named = {
        "departments": ("部门", "departments"), "visit": ("实地回访", "to visit"),
        "self_assessed": ("单位自评", "self-assessed"), "groups": ("回访组", "groups"),
    }  # fmt: skip
    wrong = [
        voice.say("{zh}预期{e}、实有{f}", "{en}: {e} expected, {f} found", zh=named[key][0],
                  en=named[key][1], e=getattr(expected, key), f=count)
        for key, count in found.items()
        if getattr(expected, key) is not None and getattr(expected, key) != count
    ]  # fmt: skip
    if not wrong:
        return Block()
    return voice.say("与预期不符：{wrong}。", "Other than expected: {wrong}.",
                     wrong=join(wrong, voice.say("；", "; ")))  # fmt: skip


def timetable(settings: Settings, voice: Voice) -> list[Block]:
    """Return the timetable as one sentence per step, from the settings."""
    plan, due = settings.plan, settings.deadlines
    day = voice.date
    return [
        voice.say("{a}启动，{b}前全面完成准备、回访、总结", "Start {a}; all done by {b}",
                  a=day(plan.start_on), b=day(plan.end_on)),
        voice.say("自评工作簿{a}前报送，催报截止{b}", "Returns due {a}; after the reminder, {b}",
                  a=day(due.return_due_on), b=day(due.reminder_due_on)),
        voice.say("{a}至{b}集中实地回访", "Visits from {a} to {b}", a=day(plan.visits_start_on),
                  b=day(plan.visits_end_on)),
        voice.say("部门收到反馈单后{n}个工作日内报送整改方案，{a}前首次报告整改进展",
                  "Plan of rectification within {n} working days of the feedback sheet; first "
                  "progress report by {a}",
                  n=due.feedback_reply_workdays, a=day(due.first_progress_report_on)),
        voice.say("各项数据截至{a}（数据基准日），亮灯和超期按{b}（核算日）计算",
                  "All counts as of {a} (cut-off); lights and deadlines reckoned at {b}",
                  a=day(settings.cutoff_on), b=day(settings.as_of)),
    ]  # fmt: skip


def bands_list(rubric: Rubric, voice: Voice) -> list[Block]:
    """Return one line per band, best first: mark and the points from which it holds."""
    ordered = sorted(rubric.bands, key=lambda band: band.at_least, reverse=True)
    lines, above = [], None
    for band in ordered:
        low = words.number(band.at_least)
        if above is None:
            span: Part = voice.say("{low}分及以上", "{low} points and above", low=low)
        elif band.at_least == 0:
            span = voice.say("低于{above}分", "below {above} points", above=above)
        else:
            span = voice.say("{low}分及以上、低于{above}分", "from {low} to below {above} points",
                             low=low, above=above)  # fmt: skip
        lines.append(join((voice.bands(band.id, voice.lang), span), voice.say("：", ": ")))
        above = low
    lines.append(join((voice.bands("not_rated", voice.lang), voice.say(
        "覆盖率低于{min}，或没有报送任何材料", "coverage below {min}, or nothing was returned",
        min=words.rate(rubric.coverage_min),
    )), voice.say("：", ": ")))  # fmt: skip
    return lines


def total_formula(rubric: Rubric, voice: Voice) -> list[Block]:
    """Return how the total is made, step by step."""
    cap_k, cap_e = _cap(rubric.deduction_cap), _cap(rubric.bonus_cap)
    full = words.number(rubric.total.scale)
    lines = [
        voice.say("指标得分率 s 在 0 至 1 之间；未评的指标不进分子也不进分母",
                  "Each indicator has a share s of 0 to 1; what is not scored is in neither part"),
        _base_formula(rubric, voice, full),
        voice.say("总分 = 基础分 − 扣分（合计不超过{k}） + 加分（合计不超过{e}），限于 0 至 {full}",
                  "Total = base − deductions (at most {k}) + bonuses (at most {e}), within 0 to "
                  "{full}", k=cap_k, e=cap_e, full=full),
        voice.say("覆盖率 = Σ(已评权重) ÷ Σ(适用权重)，低于{min}的暂不评定",
                  "Coverage = Σ(weight scored) ÷ Σ(weight applicable); below {min} not rated yet",
                  min=words.rate(rubric.coverage_min)),
        voice.say("方面的得分率为已评指标的加权平均",
                  "The rate of an aspect is the weighted mean of its indicators scored"),
        voice.say("取整：数量为整数，比率保留1位小数，总分保留{n}位小数，四舍五入；档次按显示的总分评定",
                  "Rounding: counts whole, rates to 1 decimal, totals to {many}, half up; the band "
                  "is that of the total as shown", n=rubric.total.decimals,
                  many=plural(rubric.total.decimals, "decimal")),
    ]  # fmt: skip
    barred = [part.id for part in rubric.deductions if part.bars_above]
    if barred:
        lines.append(voice.say(
            "有{ids}任何一项的，最高评为{band}", "With any of {ids}, the best band is {band}",
            ids=voice.listed(barred), band=voice.bands(_highest(rubric, barred), voice.lang),
        ))  # fmt: skip
    return lines


def _base_formula(rubric: Rubric, voice: Voice, full: str) -> Block:
    """Say how shares become the base; in one line where every node takes the weighted mean."""
    is_mean = {part.aggregation for part in (rubric.total, *rubric.nodes)} == {"arithmetic"}
    if is_mean and rubric.renormalise == "whole":
        return voice.say("基础分 = {full} × Σ(权重×s) ÷ Σ(已评权重)，维度得分率同此",
                         "Base = {full} × Σ(weight × s) ÷ Σ(weight scored); rates of dimensions "
                         "are made the same way", full=full)  # fmt: skip
    parts = [(part.label(voice.lang), part.aggregation) for part in rubric.nodes]
    told = [voice.say("{name}{how}", "{name}: {how}", name=name, how=_mean(how, voice))
            for name, how in (*parts, (voice.say("总分", "total").text, rubric.total.aggregation))]
    return voice.say(
        "基础分 = {full} × 总得分率，逐级合成：{told}；未评指标的权重{left}",
        "Base = {full} × the share of the total, made level by level: {told}; the weight of what "
        "is not scored {left}", full=full, told=join(told, voice.say("、", "; ")),
        left=voice.say("由全部已评指标分担", "goes to all that is") if rubric.renormalise == "whole"
        else voice.say("由同一维度的已评指标分担", "goes to the others of its dimension"),
    )  # fmt: skip


_MEANS = {
    "arithmetic": ("取加权平均", "weighted mean"),
    "geometric": ("取加权几何平均", "weighted geometric mean"),
    "weakest": ("取最低项", "the lowest"),
    "table": ("查表", "looked up in a table"),
    "none": ("不合成", "no figure"),
}
"""How a node is made of its parts, by `aggregation` of the rubric."""


def _mean(aggregation: str, voice: Voice) -> Block:
    return voice.say(*_MEANS[aggregation])


def _cap(cap: Decimal | None) -> str:
    return "∞" if cap is None else words.number(cap)


def _highest(rubric: Rubric, barred: list[str]) -> str:
    """Return the best band that stays open under the named deductions."""
    points = {band.id: band.at_least for band in rubric.bands}
    return min((rubric.adjustment(one).bars_above for one in barred), key=points.__getitem__)


def missing_rules(rubric: Rubric, settings: Settings, voice: Voice) -> list[Block]:
    """Return what becomes of an empty answer: the kinds of empty are never merged."""
    policy, day = rubric.missing_policy, voice.date(settings.deadlines.reminder_due_on)
    late = voice.say("按 0 分计并标明“未报”", "scores 0, labelled “not reported”") if (
        policy.after_deadline == "zero"
    ) else voice.say("仍为待补，不计入", "stays pending and out of the score")  # fmt: skip
    doubt = voice.say("按最低等次计并标明", "scores as the lowest level, labelled") if (
        policy.insufficient == "lowest"
    ) else voice.say("待补，不计入", "pending, out of the score")  # fmt: skip
    return [
        voice.say("未填：催报截止（{day}）前为待补，不进分子和分母，覆盖率随之下降；之后{late}",
                  "Not reported: pending until the reminder deadline ({day}), out of numerator and "
                  "denominator, so that coverage falls; after it {late}", day=day, late=late),
        voice.say("不适用：退出合计，权重由其余指标分担",
                  "Not applicable: leaves the total; the others take over its weight"),
        voice.say("证据不足：{doubt}", "Insufficient evidence: {doubt}", doubt=doubt),
        voice.say("零或“{none}”：是实际填报的数，照常计分",
                  "Zero, or {none}: a reported figure, scored as such", none=voice.original("无")),
        voice.say("待市级明确：退出分母，另列清单，对部门既不加分也不减分",
                  "Pending at city level: leaves the denominator and goes to a list of its own; it "
                  "counts neither for nor against"),
    ]  # fmt: skip
