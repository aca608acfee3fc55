"""From finding to closure: what becomes of what a review found (台账).

===========================  ==============================================  ===================
question                     function                                        file
===========================  ==============================================  ===================
what might go in             `draft`, `write_proposals`                      draft, leads
edited copies come together  `merge_folder`, `merge`                         merge_folder, merge
what the log says            `read_log`, `rebuild`, `ledger_at`              log, history, past
is it sound                  `check_ledger`                                  rules, workflow
how it stands                `status`, `change`                              status, course
how it moves                 `burn_down`, `ageing`, `age_counts`, `flow`     course
what came of the last one    `compare`, `lineage`                            compare, lineage
===========================  ==============================================  ===================

`open_review` reads a review folder together with the history of its ledger.
"""

from reviewlib.ledger.compare import Comparison, compare
from reviewlib.ledger.course import age_counts, ageing, burn_down, change, flow
from reviewlib.ledger.draft import draft
from reviewlib.ledger.history import rebuild
from reviewlib.ledger.lineage import lineage
from reviewlib.ledger.log import read_log
from reviewlib.ledger.merge import MergeResult, merge
from reviewlib.ledger.merge_folder import merge_folder
from reviewlib.ledger.opening import open_review
from reviewlib.ledger.past import ledger_at
from reviewlib.ledger.proposals import PROPOSALS_FILE, write_proposals
from reviewlib.ledger.report import merge_report
from reviewlib.ledger.rules import check_ledger
from reviewlib.ledger.status import status
from reviewlib.ledger.taxonomy import load_taxonomy

__all__ = [
    "PROPOSALS_FILE", "Comparison", "MergeResult", "age_counts", "ageing", "burn_down", "change",
    "check_ledger", "compare", "draft", "flow", "ledger_at", "lineage", "load_taxonomy", "merge",
    "merge_folder", "merge_report", "open_review", "read_log", "rebuild", "status",
    "write_proposals",
]  # fmt: skip
