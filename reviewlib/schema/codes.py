"""The codes of data issues (数据质量问题): each declared once, with its severity and its words.

A code says what kind of flaw it is; the rule of reading (`schema.rules`) or the check
(`schema.checks`) that found it says the particulars. Words in braces are filled in per issue.
"""

from __future__ import annotations

from dataclasses import dataclass

from reviewlib.schema.ledger_codes import BLOCK, ERROR, INFO, LEDGER_CODES, WARN


@dataclass(frozen=True)
class Code:
    """One kind of data issue.

    Parameters
    ----------
    code : str
        `prefix.name`; the prefix is what is flawed: file, sheet, label, row, cell, run.
    severity : str
        block (file or sheet refused), error (value not used until corrected), warn (value used,
        shown as provisional), info. A rule may state another.
    zh, en : str
        The sentence, with places for words in braces.
    fix_zh, fix_en : str
        What the department does about it.
    """

    code: str
    severity: str
    zh: str
    en: str
    fix_zh: str = ""
    fix_en: str = ""


RESAVE = ("请用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送",
          "Open it, save as .xlsx and send again")
AFRESH = ("请取一份空白填报表，只粘贴数值填入后重新报送",
          "Take an empty form, paste the values alone into it and send that")
SPLIT = ("请拆分或删去无关内容后重新报送",
         "Split it or remove what is not asked for, and send again")
NONE = ("无需处理", "Nothing to do")
LOOK = ("请核对，有误的改正后重新报送", "Look at it; correct what is wrong and send again")
FILL = ("请按填表说明改正该处后重新报送",
        "Correct this cell as the instructions say and send again")
KEEP_ONE = ("请只保留一处，删去另一处后重新报送",
            "Keep it in one place, remove it in the other and send again")
RERUN = ("请查看运行日志后重新运行", "Look at the run log and run again")

_CODES = (
    # file: the whole workbook
    ("file.empty-file", BLOCK, "文件为空（0 字节）", "The file is empty", *RESAVE),
    ("file.corrupt-file", BLOCK, "文件损坏，无法读取：{detail}", "The file is damaged: {detail_en}",
     *RESAVE),
    ("file.not-a-workbook", BLOCK, "不是工作簿：{detail}", "Not a workbook: {detail_en}", *RESAVE),
    ("file.wrong-extension", INFO, "后缀与内容不符：后缀为 {extension}，内容为 {found}",
     "Its name ends in {extension}, its content is {found}", *NONE),
    ("file.encrypted", BLOCK, "文件有打开密码，无法读取", "The file needs a password to open",
     "请取消打开密码后重新报送", "Remove the password and send again"),
    ("file.too-big", BLOCK, "文件 {found}，超过上限 {limit}", "{found}, more than {limit} allowed",
     *SPLIT),
    ("file.zip-bomb", BLOCK, "解压后超过上限 {limit}", "Unpacks to more than {limit}", *SPLIT),
    ("file.xml-dtd", BLOCK, "文件含文档类型声明（DTD），不予读取", "Holds a DTD; refused", *RESAVE),
    ("file.too-many-rows", BLOCK, "工作表“{sheet}”超过 {limit} 行",
     "Sheet {sheet}: over {limit} rows",
     *SPLIT),
    ("file.too-many-columns", BLOCK, "工作表“{sheet}”超过 {limit} 列",
     "Sheet {sheet}: over {limit} columns", *SPLIT),
    ("file.too-many-cells", BLOCK, "单元格超过 {limit} 个", "Over {limit} cells", *SPLIT),
    ("file.too-many-sheets", BLOCK, "工作表或压缩包条目超过 {limit} 个",
     "Over {limit} sheets or archive entries", *SPLIT),
    ("file.too-many-merges", BLOCK, "合并单元格超过上限 {limit}", "Merged cells over {limit}",
     *SPLIT),
    ("file.read-timeout", BLOCK, "读取超过 {limit} 秒", "Reading took over {limit} s", *AFRESH),
    ("file.reader-died", BLOCK, "读取该文件时意外中止{detail}",
     "Reading it ended unexpectedly {detail_en}", *AFRESH),
    ("file.file-locked", BLOCK, "文件被占用、无权读取，或不是文件",
     "The file is locked, may not be read, or is none",
     "请关闭占用该文件的程序，确认能打开它后重新运行",
     "Close the program that holds it, see that it opens, and run again"),
    ("file.file-open-elsewhere", WARN, "文件可能正在被编辑（有锁文件 {detail}）",
     "Perhaps being edited: lock file {detail_en}", "请保存并关闭后重新运行",
     "Save, close, run again"),
    ("file.file-unstable", BLOCK, "读取时文件正在变化", "The file changed while it was read",
     "请待复制完成后重新运行", "Wait until copying is done and run again"),
    ("file.duplicate-file", WARN, "同一部门报送多份：{detail}", "Sent more than once: {detail_en}",
     "请确认采用的是最后一版", "Confirm that the version used is the last"),
    ("file.conflict-copy", INFO, "文件名像是副本：{detail}",
     "The name looks like a copy: {detail_en}", *LOOK),
    ("file.reduced-fidelity", WARN,
     "{found} 格式只能读取数值，看不到数字格式、公式和合并单元格，错误值（#N/A 等）视同空白",
     "Of {found} only values are read: no number formats, formulas or merged cells; errors (#N/A) "
     "look blank", *RESAVE),
    ("file.stale-version", WARN, "表样版本为“{found}”，现行版本为“{expected}”",
     "Form version {found}; the present one is {expected}", "请改用现行表样",
     "Use the present form"),
    ("file.unknown-department", BLOCK, "认不出是哪个部门的工作簿：{detail}",
     "Whose workbook this is cannot be told: {detail_en}", "请在封面填写部门代码和名称后重新报送",
     "Fill in code and name on the cover and send again"),
    ("file.missing-department", ERROR, "{detail}", "{detail_en}", "请催报", "Ask for it"),
    ("file.has-macro", INFO, "文件含宏，宏不会被运行", "Holds macros; they are never run", *NONE),
    ("file.external-link", INFO, "文件引用了外部工作簿，只用已保存的数值",
     "Refers to other workbooks; only stored values are used", *NONE),
    # sheet
    ("sheet.missing", ERROR, "缺少工作表“{expected}”（{table}）",
     "Sheet {expected} ({table_en}) is missing", "请用下发的表样补齐后重新报送",
     "Add it from the form and send again"),
    ("sheet.extra", INFO, "表样中没有的工作表，未读取", "Not a sheet of the form; not read", *NONE),
    ("sheet.hidden", INFO, "隐藏的工作表中有数据，照常读取",
     "A hidden sheet with data, read all the same",
     *LOOK),
    ("sheet.no-rows", ERROR, "空表：没有填写内容，也没有勾选“无此类情形”",
     "No rows, and “none of this kind” is not ticked",
     "确无此类情形的，请勾选“☑ 无此类情形”；有的请补填", "Tick “none”, or fill in the rows"),
    ("sheet.second-table", WARN, "同一张表出现两次，另一处在{detail}，未合并",
     "The table stands twice, also at {detail_en}; not merged", *LOOK),
    ("sheet.far-cell", INFO, "表格以外的内容，未读取", "Outside the table; not read", *LOOK),
    ("sheet.hidden-row", WARN, "隐藏的行有数据，已读取", "A hidden row holds data; it is used",
     *LOOK),
    ("sheet.hidden-column", WARN, "隐藏的列有数据，已读取",
     "A hidden column holds data; it is used",
     *LOOK),
    ("sheet.merged-cell", INFO, "合并单元格，取左上角的内容", "Merged; the top-left value is used",
     *NONE),
    # label: a heading or a printed row label
    ("label.missing", ERROR, "找不到“{expected}”", "{expected} is not to be found",
     "请恢复表样中的表头或行名", "Restore the heading or row of the form"),
    ("label.extra", INFO, "表样中没有的表头或行名，未读取",
     "Not a heading or row of the form; not read",
     *NONE),
    ("label.blank", WARN, "有内容而没有表头的列，未读取",
     "A column with content and no heading; not read",
     "请补上表头", "Give it its heading"),
    ("label.duplicate", ERROR, "两列都像“{expected}”，不作猜测，均未采用",
     "Two columns both look like {expected}; neither is used", "请恢复表样中的表头",
     "Restore the headings of the form"),
    ("label.normalised", INFO, "表头按“{expected}”读取", "Read as {expected}", *NONE),
    ("label.guessed", ERROR, "表头与“{expected}”相近，未采用，请确认",
     "The heading is near {expected}; not used until confirmed", "请恢复表样中的表头",
     "Restore the headings of the form"),
    # row
    ("row.blank", INFO, "空行", "A blank row", *NONE),
    ("row.footer", INFO, "{detail}，不作为数据", "{detail_en}; not data", *NONE),
    ("row.repeated-header", INFO, "中途重复的表头，已跳过", "A repeated heading, skipped", *NONE),
    ("row.duplicate-key", ERROR, "与第 {other} 行编号重复（{key}）而内容不同，未采用",
     "Same key as row {other} ({key}) with other content; not used",
     "请改正编号，或合并为一行", "Correct the key, or make it one row"),
    ("row.duplicate", WARN, "与第 {other} 行完全相同，只计一次",
     "The same as row {other}; counted once",
     "请删去重复行", "Remove the repeated row"),
    ("row.missing-key", ERROR, "缺少“{expected}”，该行未采用",
     "Without {expected}; the row is not used",
     *FILL),
    ("row.foreign-key", ERROR, "“{raw}”{detail}", "{raw}: {detail_en}", *LOOK),
    ("row.constraint", ERROR, "{detail}", "{detail_en}", *LOOK),
    ("row.stale-edit", WARN, "该处依据的是较早的版本，其间另有修改，两种写法均列为待裁决事项",
     "Edited from an earlier version, changed by others since; both wordings are kept to decide",
     "请在台账的“待裁决”表中选定一种", "Choose one on the sheet of questions to decide"),
    # cell
    ("cell.required", WARN, "“{heading}”为必填项，未填", "{heading_en} is required and blank",
     *FILL),
    ("cell.type", ERROR, "“{heading}”应为{expected}", "{heading_en} should be {expected_en}",
     *FILL),
    ("cell.constraint", ERROR, "{detail}", "{detail_en}", *LOOK),
    ("cell.not-in-list", ERROR, "“{heading}”只能填：{expected}",
     "{heading_en}: one of {expected_en}",
     "请从下拉列表中选择；没有下拉列表的，按规范名称填写",
     "Choose from the list; where there is none, write the standard name"),
    ("cell.bad-date", ERROR, "“{heading}”应为日期，如 2025-06-30", "{heading_en} should be a date",
     *FILL),
    ("cell.date-normalised", INFO, "日期按 {value} 读取", "Read as {value}", *LOOK),
    ("cell.number-normalised", INFO, "数字按 {value} 读取", "Read as {value}", *LOOK),
    ("cell.text-normalised", INFO, "按“{value}”读取", "Read as {value}", *LOOK),
    ("cell.too-long", WARN, "{found} 字，超过 {limit} 字，已全文保留",
     "{found} characters, more than {limit}; kept whole", "请精简后重新报送", "Shorten it"),
    ("cell.excel-error", ERROR, "公式或显示错误（{raw}），没有可用的数值",
     "An error of the spreadsheet ({raw}), no value", "请改正公式，或直接填写内容",
     "Correct the formula or enter the value"),
    ("cell.formula-no-cache", ERROR, "公式没有保存计算结果", "A formula without a stored result",
     "请用 Excel 或 WPS 打开并保存一次，或直接填写内容",
     "Open and save it once, or enter the value"),
    ("cell.precision-lost", WARN, "数字过长，Excel 已丢失末尾几位",
     "Too long; the last digits are lost",
     "请以文本格式填写", "Enter it as text"),
    ("cell.suspicious-unicode", WARN, "含看不见的或易混的字符，已清除",
     "Hidden characters, removed",
     *LOOK),
    ("cell.formula-like", INFO, "文字以 {found} 开头，只作文字处理",
     "Text that begins with {found}", *NONE),
    ("cell.personal-data", WARN, "疑似身份证号或手机号，未入库，日志中已打码",
     "Looks like an identity-card or phone number; not taken in, masked in the log",
     "请删除个人信息后重新报送", "Remove it and send again"),
    # run: why a report was withheld, said after its name; why nothing was published
    ("run.kernel-died", ERROR, "运行进程意外终止", "its process died", *RERUN),
    ("run.cell-timeout", ERROR, "运行超时", "it ran out of time", *RERUN),
    ("run.notebook-error", ERROR, "{detail}", "{detail_en}", *RERUN),
    ("run.incomplete-run", ERROR, "没有运行到底：{detail}",
     "it did not come to its end: {detail_en}", *RERUN),
    ("run.publish-failed", ERROR, "发布失败：{detail}", "publishing failed: {detail_en}", *RERUN),
)  # fmt: skip

CODES: dict[str, Code] = {row[0]: Code(*row) for row in (*_CODES, *LEDGER_CODES)}
"""Every code of a data issue, by its code, in the order of `prefix`: whole file to single cell."""

_COMMON = (RESAVE, AFRESH, SPLIT, NONE, LOOK, FILL, KEEP_ONE, RERUN)
_ADVICE = dict((*_COMMON, *((code.fix_zh, code.fix_en) for code in CODES.values())))


def advice(fix: object, lang: str) -> object:
    """Return what to do about a data issue, in one language.

    Parameters
    ----------
    fix : str
        As the data issue keeps it, in Chinese; it need not be the advice of its code, for it fits
        the severity. One that is not declared here stays as it is.
    lang : {"zh", "en"}
    """
    return _ADVICE.get(fix, fix) if lang == "en" else fix


SEVERITIES = (BLOCK, ERROR, WARN, INFO)
"""Gravest first."""
NOT_USED = (BLOCK, ERROR)
"""Of these the file, row or value is not used until it is corrected."""
