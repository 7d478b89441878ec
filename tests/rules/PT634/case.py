"""A table that pandoc cannot read."""

from pathlib import Path

COMMAND = ["import", "in.tex", "-o", "out.xml", "--force"]
LINE = 8
SAYS = "leaves lines"
GOOD = r"""\title{A plain title}
\begin{document}
\maketitle
\section{Introduction}
The words of the text end here.
\end{document}
"""
TABLE = r"""
\begin{longtable}{lr}
\multicolumn{2}{r@{}}{%
leaves lines} \\
\endfirsthead
one & two \\
\end{longtable}
\end{document}"""


def setup(folder: Path) -> None:
    (folder / "in.tex").write_text(GOOD)


def spoil(folder: Path) -> None:
    (folder / "in.tex").write_text(GOOD.replace("\n\\end{document}", TABLE))
