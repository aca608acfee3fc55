"""The only papermill and nbconvert: from a review folder to a published set of pages.

=============  ====================================================================
run            one run, in order: read, score, save, make pages, add data, switch
plan           what is to be made, as data
engine         one notebook through papermill, judged by its end marker
page           what a notebook showed, as one page; the template and style sheet
workshop       worker processes
surroundings   where they run: nothing from the user's folders, nothing left there
data_files     tables, scores and data issues as CSV and workbooks
index          the way in
manifest       what made the set, and the sha256 of every file
shelf          staging, lock, switch, and the set before
=============  ====================================================================
"""

from reviewlib.publish.plan import KINDS, LANGS
from reviewlib.publish.run import Published, run

__all__ = ["KINDS", "LANGS", "Published", "run"]
