"""The rules of reading (读取规则): every way by which a cell may become a value, declared once.

A rule without a code is silent: it is written to the change log (`cells`) and nothing more. A rule
with a code raises that data issue, with the sentence that stands here.
"""

from __future__ import annotations

from dataclasses import dataclass

from reviewlib.schema.codes import CODES, ERROR, INFO, WARN


@dataclass(frozen=True)
class Rule:
    """One rule of reading.

    Parameters
    ----------
    id : str
        What stands in the `rule` column of the log.
    zh, en : str
        What it does; where it has a code, the sentence of the data issue, with places for words
        (`{raw}`, `{value}`, `{heading}`, `{suggestion}`).
    code : str
        The data issue it raises; empty for none.
    severity : str
        The severity, where it differs from the code's.
    """

    id: str
    zh: str
    en: str
    code: str = ""
    severity: str = ""

    @property
    def grade(self) -> str:
        """The severity that applies: the rule's own, else its code's."""
        return self.severity or (CODES[self.code].severity if self.code else "")


NUMBER, DATE, TYPE, LIST = (
    "cell.number-normalised", "cell.date-normalised", "cell.type", "cell.not-in-list",
)  # fmt: skip
BAD_DATE, LIMIT, TEXT = "cell.bad-date", "cell.constraint", "cell.text-normalised"

_RULES = (
    # every kind
    ("as-is", "原样采用", "Used as it stands"),
    ("not-applicable", "“－”“/”“不涉及”等，按不适用",
     "A dash, 不涉及 and the like: not applicable"),
    ("said-none", "“无”：计数按 0，其他按没有", "无: zero for a count, none otherwise"),
    ("nothing-required", "“{heading}”为必填项，不能填“{raw}”",
     "{heading_en} is required: not {raw}", "cell.required"),
    ("nothing-row", "整行只填了“{raw}”，按没有处理", "The row says nothing but {raw}: none",
     "row.blank"),
    ("merged-fill", "合并单元格，取左上角内容", "Filled from the top-left cell of its merged area"),
    ("excel-error", "公式或显示错误“{raw}”，没有可用的数值", "{raw} is an error, not a value",
     "cell.excel-error"),
    ("formula-no-cache", "公式没有保存计算结果", "A formula without a stored result",
     "cell.formula-no-cache"),
    ("formula-of-text", "公式所用的数字不是按单元格原样读取的，其结果不作核对",
     "A formula of figures that were read otherwise than it sees them; not compared"),
    ("see-attachment", "“{raw}”没有给出内容，请在该处直接填写", "{raw} gives no value", TYPE),
    ("personal-data", "疑似身份证号或手机号，未入库，日志中已打码",
     "Looks like an identity-card or phone number; not taken in", "cell.personal-data"),
    # numbers
    ("as-shown", "数字 {raw} 的格式使其显示为“{shown}”，按显示的内容读取",
     "Its format shows the number {raw} as {shown}; read as shown", NUMBER, INFO),
    ("number-cleaned", "去全角、空格、千分位、量词",
     "Full-width digits, spaces, separators, units off"),
    ("chinese-numeral", "中文数字", "Chinese numerals"),
    ("approximate", "“{raw}”是约数，暂按 {value} 使用", "{raw} is approximate; {value} for now",
     NUMBER, WARN),
    ("side-note", "“{raw}”带有附注，暂按 {value} 使用，请确认口径",
     "{raw} has a side note; {value} for now", NUMBER, WARN),
    ("unit-differs", "“{raw}”的量词与本列（{unit}）不符，暂按 {value} 使用",
     "The unit of {raw} is not this column's ({unit}); {value} for now", NUMBER, WARN),
    ("over-word", "“{raw}”按 {value} 使用", "{raw}, read as {value}", NUMBER, WARN),
    ("over-word-opposite", "“{raw}”与本列“{heading}”相反，请填到另一列",
     "{raw} says the opposite of this column", TYPE),
    ("sum-in-cell", "“{raw}”是几个数相加，请分列填写", "{raw} is a sum; use separate cells", TYPE),
    ("two-numbers", "“{raw}”是两个数，请分列填写", "{raw} is two numbers; use separate cells",
     TYPE),
    ("number-range", "“{raw}”是范围，请填一个确切的数", "{raw} is a range; enter one number", TYPE),
    ("vague-number", "“{raw}”不是确切的数", "{raw} is not an exact number", TYPE),
    ("not-whole", "“{heading}”应为整数，现为“{raw}”", "{heading_en} should be whole; {raw} found",
     TYPE),
    ("negative", "“{heading}”不能为负数，现为“{raw}”", "{heading_en} cannot be negative: {raw}",
     LIMIT),
    ("too-large", "“{heading}”的数大得不合常理，现为“{raw}”",
     "{heading_en} is beyond all reason: {raw}", LIMIT),
    ("looks-like-date", "“{heading}”应为数字，现为日期 {raw}", "A date where a number should be",
     TYPE),
    ("not-a-number", "“{heading}”应为数字，现为“{raw}”", "{heading_en} should be a number: {raw}",
     TYPE),
    # shares
    ("percent", "百分数", "Per cent"),
    ("hundredths", "百分比列中的 {raw} 按 {raw}% 读取", "{raw} in a per-cent column read as {raw}%",
     NUMBER, INFO),
    ("tenths", "“{raw}”按 {value} 使用，请确认", "{raw}, read as {value}", NUMBER, WARN),
    ("fraction", "“{raw}”按相除的结果使用，请确认", "{raw}, read as a quotient", NUMBER, WARN),
    ("one-or-hundred", "“{raw}”是 {low} 还是 {high}？", "{raw}: {low} or {high}?", TYPE),
    ("over-100", "“{heading}”不能超过 100%，现为“{raw}”", "{heading_en} is over 100%: {raw}",
     LIMIT),
    # dates
    ("date-text", "文字日期", "A date written as text"),
    ("month-only", "只到月，按月末计", "A month only; its last day"),
    ("two-digit-year", "“{raw}”按 {value} 读取", "{raw}, read as {value}", DATE, INFO),
    ("excel-serial", "数字 {raw} 是 Excel 的日期序号，按 {value} 读取",
     "{raw} is a serial date, read as {value}", DATE, INFO),
    ("year-added", "“{raw}”没有年份，暂按 {value} 使用", "{raw} has no year; {value} for now",
     DATE, WARN),
    ("year-hidden", "只显示月日，看不见的年份不是评估年度，暂按 {value} 使用",
     "Only month and day are shown; with the year not shown it is {value}", DATE, WARN),
    ("period-end", "“{raw}”暂按期末 {value} 使用", "{raw}: its last day {value} for now", DATE,
     WARN),
    ("by-date", "“{raw}”按 {value} 读取", "{raw}, read as {value}", DATE, INFO),
    ("january-or-october", "“{raw}”是 1 月还是 10 月？", "{raw}: January or October?", BAD_DATE),
    ("no-such-day", "没有“{raw}”这一天", "There is no such day: {raw}", BAD_DATE),
    ("year-far-off", "“{raw}”的年份不合常理", "The year of {raw} cannot be right", BAD_DATE),
    ("year-only", "“{raw}”只有年份，请填到月或日", "{raw} is a year only", BAD_DATE),
    ("two-dates", "“{raw}”不止一个日期，请只填一个", "{raw} is more than one date", BAD_DATE),
    ("not-a-date", "“{heading}”应为日期，现为“{raw}”", "{heading_en} should be a date: {raw}",
     BAD_DATE),
    ("term-immediate", "立行立改，期限按发现日加约定工作日",
     "Immediate: found_on plus working days"),
    ("term-long", "长期推进，不设期限", "Long-term: no due date"),
    # levels, yes and no, choices
    ("level-cleaned", "等次写法归一", "Spelling of the level made uniform"),
    ("not-a-level", "“{heading}”只能填 {expected} 之一，现为“{raw}”",
     "{heading_en}: one of {expected_en}; {raw} found", LIST),
    ("yes-no-word", "是否写法归一", "Spelling of yes and no made uniform"),
    ("not-yes-no", "“{heading}”应填“是”或“否”，现为“{raw}”", "{heading_en}: yes or no; {raw} found",
     LIST),
    ("choice-word", "同义写法", "Another spelling of an allowed value"),
    ("choice-note", "选项后的附注另记", "The note after the value is kept in the log"),
    ("choice-partly", "“{raw}”按“{value}”使用，请确认", "{raw}, read as {value}", TEXT, WARN),
    ("choice-progress", "“{raw}”按“{value}”使用；进度只作说明，不直接计分",
     "{raw}, read as {value}; the progress is not scored", TEXT, WARN),
    ("not-in-list", "“{heading}”没有“{raw}”这一项", "{raw} is not a value of {heading_en}", LIST),
    # departments
    ("dept-name", "部门全称或简称", "A full or short name"),
    ("dept-alias", "别名表中的名称", "A name of the alias table"),
    ("dept-subsequence", "简称的字依次见于唯一一个部门的名称",
     "Its characters follow one another in the name of one department only"),
    ("dept-former", "旧名，按承接单位计", "A former name; its only successor"),
    ("dept-historic", "历史单位，本部门的前身",
     "A unit of the past, predecessor of the department"),
    ("dept-former-dated", "旧名“{name}”按日期归到{value}，请确认",
     "Former name {name}: {value} by its dates", TEXT, WARN),
    ("dept-former-many", "旧名“{name}”有多个承接单位：{suggestion}，请选定",
     "Former name {name} has several successors: {suggestion}", LIST),
    ("dept-several", "一格填了多个部门，暂以第一个“{value}”为牵头，其余为配合",
     "Several departments in one cell; the first leads for now", TEXT, WARN),
    ("dept-first", "一格填了多个部门，暂用第一个“{value}”，其余未采用，请分行填写",
     "Several departments in one cell; the first is used for now, a row is needed for each", TEXT,
     WARN),
    ("dept-city", "“{name}”是市级部门，不归并到区级", "{name} is a body of the city, never merged",
     LIST),
    ("dept-collective", "“{name}”是泛称，请填具体部门", "{name} names no single department", LIST),
    ("dept-ambiguous", "“{name}”可能是：{suggestion}，请选定", "{name} may be {suggestion}", LIST),
    ("dept-unknown", "名册中没有“{name}”", "{name} is not in the roster", LIST),
    # codes, document numbers, text
    ("code-cleaned", "编号去空格、全角、大小写归一",
     "Spaces, full-width forms and case made uniform"),
    ("doc-no-cleaned", "文号括号统一为〔〕", "Brackets of the document number made 〔〕"),
    ("text-cleaned", "去控制字符、首尾空格，替换康熙部首",
     "Control characters and Kangxi radicals replaced"),
    ("number-as-text", "数字按文字记", "A number kept as text"),
    ("unstructured", "“{raw}”没有写明内容，原样保留", "{raw} says nothing itself; kept", TEXT,
     WARN),
    ("hidden-characters", "含看不见的或易混的字符，已清除", "Hidden characters, removed",
     "cell.suspicious-unicode"),
    ("lost-characters", "含无法辨认的字符，原样保留，请核对",
     "Characters that cannot be read, kept", "cell.suspicious-unicode"),
    ("precision-lost", "数字过长，Excel 已丢失末尾几位",
     "Too long a number; its last digits are lost",
     "cell.precision-lost"),
    ("too-long", "{found} 字，超过 {limit} 字，已全文保留",
     "{found} characters, over {limit}; kept whole",
     "cell.too-long"),
    ("beyond-cell", "{found} 字，超过单元格所能容纳的 {limit} 字，未采用",
     "{found} characters, more than the {limit} of a cell; not used", "cell.too-long", ERROR),
    ("formula-like", "文字以“{found}”开头，只作文字处理", "Text that begins with {found}",
     "cell.formula-like"),
    # rows and sheets
    ("none-ticked-with-rows", "勾选了“无此类情形”，却填了内容；按所填内容使用",
     "“None of this kind” is ticked, yet rows are filled in; they are used", "row.constraint",
     WARN),
    ("large-unit", "表上方写明计量单位是“{found}”，各数暂按表头的单位读取，请确认",
     "The line above says {found}; figures are read in the units of the headings", NUMBER, WARN),
    ("merged-over", "{found} 格内容被合并单元格遮住，未采用",
     "{found} cells lie hidden under merged ones; not used",
     "sheet.merged-cell", WARN),
    ("value-moved", "“{heading}”的值不在标签右侧紧邻处，按 {detail} 读取",
     "{heading_en} does not stand beside its label; read from {detail}", "label.normalised", WARN),
    ("label-twice", "“{heading}”填了两次（{detail}），不作猜测，均未采用",
     "{heading_en} is filled in twice ({detail_en}); neither is used", "label.duplicate"),
    ("label-again", "“{heading}”填了两次（{detail}），内容相同",
     "{heading_en} is filled in twice, the same ({detail_en})", "label.duplicate", INFO),
    ("total-row", "合计行“{raw}”", "A total row", "row.footer"),
    ("note-row", "表尾备注：{raw}", "A note: {raw}", "row.footer"),
    ("other-table-row", "该行属于另一张表，未读入，请剪切到那张表所在的工作表",
     "The row is another table's and was not read; move it to the sheet of that table",
     "sheet.second-table", ERROR),
    ("above-headings", "该行在表头之上，未读入，请把表头移到全部内容之上",
     "The row stands above the headings and was not read; move the headings above all rows",
     "sheet.far-cell", ERROR),
    ("sign-off-row", "填表人、审核人等签署行", "A line of signatures", "row.footer"),
    ("example-row", "未删除的示例行", "An example row left in", "row.footer"),
    ("total-differs", "合计“{raw}”与明细之和 {expected} 不符（差 {value}）",
     "The total {raw} is not the sum of the rows, {expected}", "cell.constraint", WARN),
)  # fmt: skip

RULES: dict[str, Rule] = {row[0]: Rule(*row) for row in _RULES}
"""Every rule of reading, by its id."""

UNUSABLE = frozenset(rule.id for rule in RULES.values() if rule.grade == ERROR)
"""Rules after which there is no value until the cell is corrected."""

SAYS_NOTHING = ("not-applicable", "said-none")
"""Rules of cells that answer, and give no value."""
INEXACT = ("approximate", "side-note")
"""Rules that leave a figure to be confirmed."""
DUE_TERMS = {"term-immediate": "immediate", "term-long": "long_term"}
"""Type of rectification by the rule that read a term where a due date should be."""
ASKED_AGAIN = (*INEXACT, *DUE_TERMS)
"""Rules whose cells are asked for once more when every file has been read."""
