"""The codes of data issues that only the ledger knows: copies, marks, decisions, the log.

Rows as in `schema.codes`, which takes them in.
"""

from __future__ import annotations

BLOCK, ERROR, WARN, INFO = "block", "error", "warn", "info"

DECIDE = ("请在台账“待裁决”表中裁决", "Decide on the sheet 待裁决 of the ledger")
MERGE = ("请运行 reviewlib ledger merge 并入", "Run `reviewlib ledger merge`")

LEDGER_CODES = (
    ("file.other-review", BLOCK, "修订标记都不属于本次评估的台账，未并入",
     "Its revision marks are not of this review's ledger; not merged",
     "请核对是否为另一次评估的台账，或从本次台账另存副本后再修改",
     "See whether it is another review's; edit a copy of this review's ledger"),
    ("file.old-template", BLOCK, "表样版本为“{found}”，现行版本为“{expected}”，未并入",
     "Form version {found}, the present one is {expected}; not merged",
     "请从现行台账另存副本后再修改", "Edit a copy of the present ledger"),
    ("file.same-copy", INFO, "该副本此前已并入，未作改动", "Merged before; nothing was changed",
     "无需处理", "Nothing to do"),
    ("file.log-damaged", ERROR, "日志第 {row} 行：{detail}", "Line {row} of the log: {detail_en}",
     "请用备份核对该行；其余各行照常采用", "Compare with a backup; all other lines are used"),
    ("cell.not-taken", WARN, "“{raw}”没有可用的值，未并入；原文件已保留",
     "{raw} gives no value and was not merged; the file is kept", "请改填后再次并入",
     "Correct it and merge again"),
    ("row.excerpt", WARN, "来件缺少 {count} 行，视为摘录，未作删除",
     "The copy lacks {count} rows and is taken for an excerpt; none is removed",
     "确需删除的，请在完整的台账中删除该行", "To remove rows, delete them in a whole copy"),
    ("row.unknown-mark", WARN, "修订标记“{raw}”不在日志中，按没有标记处理",
     "The mark {raw} is not on the log; read as none", "请勿改动修订标记", "Leave the marks alone"),
    ("row.unknown-question", WARN, "没有编号为“{raw}”的待裁决事项",
     "There is no question {raw} to decide", "请核对事项编号", "See to the question's id"),
    ("row.decision-late", WARN, "裁决之后现有内容又有变化，请重新裁决",
     "The present text has moved on since; decide again", *DECIDE),
    ("row.decision-impossible", ERROR, "裁决“{raw}”在此处无法执行",
     "{raw} cannot be carried out here", *DECIDE),
    ("row.unlogged", WARN, "台账有修改尚未并入日志：{detail}",
     "The ledger holds an edit the log has not taken in: {detail_en}", *MERGE),
    ("row.not-a-step", ERROR, "{detail}", "{detail_en}", "请按办理流程逐步填报",
     "Go step by step"),
    ("row.closing", ERROR, "{detail}", "{detail_en}", "请补齐后再销号", "Complete it, then close"),
)  # fmt: skip
