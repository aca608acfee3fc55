"""Cells of the smallest notebook that makes a page."""

HEAD = (
    "from IPython.display import HTML\n"
    "HTML('<header class=\"rl-head\"><h1>试页 ' + lang + '</h1></header>"
    '<section class="rl-section"><h2>一</h2></section>\')'
)
END = 'HTML(\'<footer class="rl-foot" data-reviewlib="end">完</footer>\')'

PARAMETERS = 'snapshot: str = ""\nlang: str = "zh"\ngroup: str = ""\ndepartment: str = ""'
