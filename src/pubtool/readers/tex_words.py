"""The words of a LaTeX manuscript by line, without its commands: a second, rougher measure.

Pandoc leaves out tables and environments it cannot parse without a word. What LaTeX would print
only LaTeX knows; so words that seem to be missing are a warning here, not an error.
"""

from __future__ import annotations

import re

_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_BODY = re.compile(r"\\begin\{document\}(.*?)(?:\\end\{document\}|\Z)", re.S)
_MATH_NAMES = "equation|align|gather|multline|eqnarray|displaymath|math|alignat|flalign"
_MATH = re.compile(
    rf"\\begin\{{({_MATH_NAMES})\*?\}}.*?\\end\{{\1\*?\}}"
    r"|\\\[.*?\\\]|\\\(.*?\\\)|(?<!\\)\$\$.*?\$\$|(?<!\\)\$[^$]*\$",
    re.S,
)
# Commands and how many of their arguments are no text.
_ARGUMENTS = {
    1: """label ref eqref pageref autoref cref Cref nameref cite citep citet citealp citeauthor
    citeyear parencite textcite footcite autocite nocite bibitem begin end includegraphics
    usepackage input include bibliography bibliographystyle vspace hspace vskip hypertarget
    hyperlink href url pagestyle thispagestyle pagenumbering textcolor color colorbox hyphenation
    documentclass graphicspath addcontentsline phantom rule cline cmidrule index glsadd
    hyperref foreignlanguage selectlanguage""".split(),
    2: """multicolumn multirow setlength addtolength setcounter addtocounter fontsize
    resizebox""".split(),
}
_COUNT = {name: count for count, names in _ARGUMENTS.items() for name in names}
_DEFINITION = re.compile(
    r"\\(?:(?:re|provide)?newcommand|newenvironment|def|let|makeatletter|DeclareMathOperator)\b[^\n]*"
)
_COMMAND = re.compile(r"\\([A-Za-z@]+)\*?((?:\s*\[[^\]]*\])*)((?:\s*\{[^{}]*\})*)")
_TABLE = re.compile(
    r"\\begin\{(?:tabular\*?|tabularx|longtable|array|thebibliography|minipage|multicols)\}"
    r"(?:\[[^\]]*\])?(?:\{(?:[^{}]|\{[^{}]*\})*\})*"
)
_ACCENT = re.compile(r"\S*\\[`'^\"~=.uvHtcdbrk](?:\{[^{}]*\}|\s?[A-Za-z])\S*")
_LETTERS = re.compile(r"[^\W\d_]{3,}")


def tex_lines(text: str) -> list[tuple[int, str]]:
    """The words of three letters and more that LaTeX would print, by the number of their line."""
    text = _blanked(_COMMENT, text)
    body = _BODY.search(text)
    if body is not None:
        text = re.sub(r"[^\n]", " ", text[: body.start(1)]) + body[1]
    for pattern in (_MATH, _DEFINITION, _TABLE, _ACCENT):
        text = _blanked(pattern, text)
    for _ in range(4):
        text = _COMMAND.sub(_without, text)
    return [
        (number, " ".join(_LETTERS.findall(line)))
        for number, line in enumerate(text.split("\n"), 1)
    ]


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """A text with every match gone but for its line breaks."""
    return pattern.sub(lambda match: "\n" * match[0].count("\n"), text)


def _without(match: re.Match[str]) -> str:
    """The text among the arguments of a command."""
    arguments = re.findall(r"\{([^{}]*)\}", match[3])
    kept = arguments[_COUNT.get(match[1], 0) :]
    return " " + " ".join(kept) + " " + "\n" * (match[0].count("\n") - "".join(kept).count("\n"))
