"""A table of LaTeX that pandoc cannot read."""

from pathlib import Path

COMMAND = ["import", "in.tex", "-o", "out.xml", "--force"]
SAYS = ""
GOOD = """\\title{A plain title}
\\begin{document}
\\maketitle
\\section{Introduction}

The words of the text end here.
\\end{document}
"""


def setup(folder: Path) -> None:
    (folder / "in.tex").write_text(GOOD)


def spoil(folder: Path) -> None:
    (folder / "in.tex").write_text(GOOD.replace("end here", "end here \\input{other}"))
