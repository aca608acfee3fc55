"""The workbooks that come back: from a folder of files to a Review, every value with its address.

One way, file by file: preflight ▶ read ▶ locate ▶ parse (`take_in`), then all files together:
choose ▶ assemble ▶ check ▶ reconcile (`opening`).
"""

from reviewlib.intake.office import open_office
from reviewlib.intake.opening import open_review

__all__ = ["open_office", "open_review"]
