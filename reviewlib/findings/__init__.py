"""One file per question: frames of a Review in, one tidy frame out, in protocol order, no ranks.

=====================  ==========================================  ==============================
question               function                                    file
=====================  ==========================================  ==============================
who answered           `coverage`, `missing`                       received
what both sides say    `duties`, `mismatches`                      two_sides
who lost what to whom  `transfers`                                 transfer_network
claimed twice or not   `claims`, as suggestions                    claims
posts and sections     `staffing`, `leadership`, `sections`        posts
what posts are for     `need`, never scored                        need
what moving them does  `rebalance`, a scenario                     rebalance, post_limits,
                                                                   moving_posts
grown together?        `integration`                               merging
the four aspects       `aspects`, `aspect_counts`                  four_aspects
what is usual          `dimensions`, `indicators`,                 medians
                       `against_peers`
what was seen          `self_problems`, `visit_findings`,          observations
                       `observed`, `typical_cases`
put right on the spot  `immediate`                                 on_the_spot
the ledger's problems  `problems`                                  ledger_problems
how far rectified      `rectification`, `due_soon`,                tasks, lights
                       `previous_date`
progress               `attention`, `totals`, `by_category`,       progress
                       `by_owner`
what the city settles  `city_matters`                              city_level
what came of it        `recommendations`, `opinions`               responses
one measure?           `moderation`                                leniency
the scores of some     `scored`                                    scored
what is asked back     `to_confirm`, `uncertain`                   asked_back
how it was read        `issues`, `issue_counts`, `files_read`,     reading
                       `sheets_read`, `changes`, `provisional`,
                       `blanks`, `unused`, `listed_issues`
=====================  ==========================================  ==============================

Each takes a Review (and Scores where it says so) and narrows by `group=` or `department=` where
that makes sense. Codes that tables show have words in `vocabularies`.
"""

from reviewlib.findings.addresses import file_numbers
from reviewlib.findings.asked_back import to_confirm, uncertain
from reviewlib.findings.city_level import city_matters
from reviewlib.findings.claims import claims
from reviewlib.findings.four_aspects import aspect_counts, aspects
from reviewlib.findings.ledger_problems import problems
from reviewlib.findings.leniency import moderation
from reviewlib.findings.medians import FEWEST, against_peers, dimensions, indicators
from reviewlib.findings.merging import integration
from reviewlib.findings.need import need
from reviewlib.findings.observations import observed, self_problems, typical_cases, visit_findings
from reviewlib.findings.on_the_spot import immediate
from reviewlib.findings.post_limits import Limits
from reviewlib.findings.posts import leadership, sections, staffing
from reviewlib.findings.progress import attention, by_category, by_owner, totals
from reviewlib.findings.reading import (
    blanks,
    changes,
    files_read,
    issue_counts,
    issues,
    listed_issues,
    provisional,
    sheets_read,
    unused,
)
from reviewlib.findings.rebalance import Rebalancing, rebalance
from reviewlib.findings.received import coverage, missing
from reviewlib.findings.responses import opinions, recommendations
from reviewlib.findings.scored import scored
from reviewlib.findings.tasks import due_soon, previous_date, rectification
from reviewlib.findings.transfer_network import transfers
from reviewlib.findings.two_sides import duties, mismatches

__all__ = [
    "FEWEST", "Limits", "Rebalancing", "against_peers", "aspect_counts", "aspects", "attention",
    "blanks", "by_category", "by_owner", "changes", "city_matters", "claims", "coverage",
    "dimensions", "due_soon", "duties", "file_numbers", "files_read", "immediate", "indicators",
    "integration", "issue_counts", "issues", "leadership", "listed_issues", "mismatches", "missing",
    "moderation", "need", "observed", "opinions", "previous_date", "problems", "provisional",
    "rebalance", "recommendations", "rectification", "scored", "sections", "self_problems",
    "sheets_read", "staffing", "to_confirm", "totals", "transfers", "typical_cases",
    "uncertain", "unused", "visit_findings",
]  # fmt: skip
