"""Pandoc's inline nodes as the chapter's: a small function each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from pubtool.languages import other
from pubtool.readers.ast_go import Attributes, Go, Node, attributes, inline, text_of
from pubtool.readers.draft import element, optional
from pubtool.readers.footnotes import note
from pubtool.readers.offered import hoped
from pubtool.readers.references.exchange import id_of
from pubtool.readers.signals import index_term
from pubtool.readers.tracking import comment, deletion, insertion
from pubtool.rules import XmlNode
from pubtool.source import local
from pubtool.text import squeeze

_QUOTES = {"SingleQuote": "‘’", "DoubleQuote": "“”"}
_WEB = re.compile(r"(?:https?|mailto|ftp|doi|urn):.+")
_URL_SAFE = "%/:?#[]@!$&'()*+,;=~"
# Commands of LaTeX and HTML that say how the page looks and nothing else.
_LAYOUT = re.compile(
    r"(?:\\(?:noindent|indent|newpage|clearpage|cleardoublepage|pagebreak|linebreak|newline|vfill|hfill"
    r"|bigskip|medskip|smallskip|centering|raggedright|maketitle|tableofcontents|sloppy|small|footnotesize"
    r"|normalsize|large|Large|par|phantom|protect|null|frontmatter|mainmatter|backmatter|onehalfspacing"
    r"|doublespacing|singlespacing|appendix|printbibliography|v?h?space\*?\{[^{}]*\}"
    r"|(?:pagestyle|thispagestyle|pagenumbering|bibliographystyle)\{[^{}]*\}|setcounter\{[^{}]*\}\{[^{}]*\}"
    r"|setlength\{[^{}]*\}\{[^{}]*\})(?:\[[^\]]*\])?\s*|\\(?:begin|end)\{(?:center|flushleft|flushright)\}\s*"
    r"|</?(?:center|font|div|span|u|wbr|br|tbody)\b[^<>]*>\s*)+"
)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_EQUATION = re.compile(r"^\\begin\{(equation|displaymath|math)\*?\}(.*)\\end\{\1\*?\}$", re.S)
LANGUAGE_STYLE = "pubtool-lang-"
# What a style of Word or a class of HTML becomes within a line.
_STYLES = {
    "emphasis": "italic", "strong": "bold", "subtle emphasis": "italic",
    "intense emphasis": "bold", "book title": "italic", "html code": "monospace",
    "verbatim char": "monospace", "smallcaps": "sc", "underline": "underline", "ul": "underline",
}  # fmt: skip
_INLINE_ELEMENTS = frozenset(
    {"italic", "bold", "sc", "sub", "sup", "underline", "strike", "monospace", "term", "abbrev"}
)


@inline("Str")
def _string(c: str, go: Go) -> list[XmlNode]:
    return [c]


@inline("Space", "SoftBreak")
def _space(c: None, go: Go) -> list[XmlNode]:
    return [" "]


@inline("LineBreak")
def _break(c: None, go: Go) -> list[XmlNode]:
    return [element("break")]


def _renamed(name: str, node: str) -> None:
    @inline(node)
    def _(c: list[Node], go: Go) -> list[XmlNode]:
        inside = go.inlines(c)
        return [element(name, inside)] if inside else []


for _node, _name in {
    "Emph": "italic",
    "Strong": "bold",
    "Underline": "underline",
    "Strikeout": "strike",
    "Superscript": "sup",
    "Subscript": "sub",
    "SmallCaps": "sc",
}.items():
    _renamed(_name, _node)


@inline("Quoted")
def _quoted(c: Any, go: Go) -> list[XmlNode]:
    marks = _QUOTES[c[0]["t"]]
    return [marks[0], *go.inlines(c[1]), marks[1]]


@inline("Code")
def _code(c: Any, go: Go) -> list[XmlNode]:
    return [element("monospace", c[1])]


@inline("Math")
def _math(c: Any, go: Go) -> list[XmlNode]:
    kind, tex = c
    if not tex.strip():
        return []
    name = "disp-formula" if kind["t"] == "DisplayMath" else "inline-formula"
    formula = element(name, element("tex", _EQUATION.sub(r"\2", tex.strip()).strip()))
    go.formulas.append(formula)
    return [formula]


@inline("RawInline")
def _raw(c: Any, go: Go) -> list[XmlNode]:
    raw(c, go)
    return []


def raw(c: Any, go: Go) -> None:
    """Name markup that nobody understood (PT610); commands that only set the page are let go."""
    kind: str = c[0]
    written: str = c[1]
    said = squeeze(written)
    if _LAYOUT.fullmatch(said) or _COMMENT.fullmatch(said):
        go.ledger.sign(written)
    else:
        go.ledger.report("PT610", go.place, f"{kind}: “{_short(said)}”", written)


def _short(text: str, most: int = 300) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


@inline("Note")
def _note(c: list[Node], go: Go) -> list[XmlNode]:
    return note(c, go)


@inline("Image")
def _image(c: Any, go: Go) -> list[XmlNode]:
    attrs, alt, (target, title) = attributes(c[0]), text_of(c[1]), c[2]
    return picture(attrs, alt, target, title, go)


def picture(attrs: Attributes, alt: str, target: str, title: str, go: Go) -> list[XmlNode]:
    """An image in the line."""
    href = go.gallery.take(target, attrs.named, go.place)
    decorative = go.gallery.is_decorative(alt, title)
    described = "" if decorative else squeeze(alt or go.gallery.descriptions.get(target, title))
    made = element("inline-graphic", optional("alt", described), href=href)
    if decorative:
        made.set("decorative", "yes")
    return [made]


@inline("Link")
def _link(c: Any, go: Go) -> list[XmlNode]:
    _, inside, (target, _title) = c
    content = go.inlines(inside)
    if target.startswith("#"):
        return [element("xref", content, rid=target)]
    if _WEB.fullmatch(target):
        return [element("ext-link", content, href=quote(target, safe=_URL_SAFE))]
    go.ledger.report("PT615", go.place, f"“{squeeze(text_of(inside))}” links to “{target}”")
    return content


@inline("Cite")
def _cite(c: Any, go: Go) -> list[XmlNode]:
    citations, written = c
    keys = [citation["citationId"] for citation in citations]
    known = [id_ for key in keys if (id_ := _reference(key, go))]
    if len(known) < len(keys):
        missing = ", ".join(key for key in keys if key not in go.cited)
        message = f"“{squeeze(text_of(written))}” cites “{missing}”, which no reference is called"
        go.ledger.report("PT619", go.place, message)
        return go.inlines(written)
    first = citations[0]
    suffix, label, locator = _locator(text_of(first["citationSuffix"]))
    narrative = "narrative" if first["citationMode"]["t"] == "AuthorInText" else ""
    made = element("cite", ref=" ".join(known), locator=locator, label=label, mode=narrative)
    if go.written:
        return [
            element("cite", go.inlines(written), **{str(k): str(v) for k, v in made.attrib.items()})
        ]
    prefix = squeeze(text_of(first["citationPrefix"]))
    go.ledger.sign(text_of(written))
    if any(key not in go.cited for key in keys):
        hoped(made, squeeze(text_of(written)))
    for key, value in (("prefix", prefix), ("suffix", suffix)):
        if value:
            made.set(key, value)
    return [made]


def _reference(key: str, go: Go) -> str:
    """The id of the reference with a key; where a bibliography is still to be read, the likely."""
    return go.cited.get(key) or (f"#{key}" if go.labelled else id_of(key) if go.offered else "")


_LOCATOR = re.compile(
    r"^[\s,;]*(?P<label>pages?|pp?\.|chapters?|chap\.|ch\.|sections?|sec\.|§§?|volumes?|vol\.|notes?|n\.|lines?|l\.|verses?|figures?|fig\.|paragraphs?|para\.)?"
    r"[\s\u00a0]*(?P<locator>[\divxlc]+(?:\s?[-–]\s?[\divxlc]+)?)(?P<rest>.*)$",
    re.S,
)
_LABELS = {
    "c": "chapter", "s": "section", "§": "section", "v": "volume", "n": "note", "l": "line",
    "f": "figure",
}  # fmt: skip


def _locator(suffix: str) -> tuple[str, str, str]:
    """What is left of a suffix, the label of its locator ("" for a page), and the locator."""
    match = _LOCATOR.match(suffix)
    if match is None:
        return squeeze(suffix), "", ""
    said = match["label"] or "p"
    label = "paragraph" if said.startswith("para") else _LABELS.get(said[0], "")
    label = "verse" if said.startswith("verse") else label
    return squeeze(match["rest"]), label, match["locator"].replace(" ", "")


@inline("Span")
def _span(c: Any, go: Go) -> list[XmlNode]:
    attrs, inside = attributes(c[0]), c[1]
    for name, function in _TRACKED.items():
        if name in attrs.classes:
            return function(attrs, inside, go)
    anchor: list[XmlNode] = [element("anchor", id=attrs.id)] if attrs.id else []
    return [*anchor, *_styled(attrs, go.inlines(inside), go)]


def _within(attrs: Attributes, inside: list[Node], go: Go) -> list[XmlNode]:
    return go.inlines(inside)


def _index_term(attrs: Attributes, inside: list[Node], go: Go) -> list[XmlNode]:
    entry = attrs.named.get("entry", "")
    return [index_term(entry)] if entry.strip(" :") else []


_Spanned = Callable[[Attributes, list[Node], Go], list[XmlNode]]
_TRACKED: dict[str, _Spanned] = {
    "insertion": insertion,
    "deletion": deletion,
    "comment-start": comment,
    "comment-end": _within,
    "paragraph-insertion": _within,
    "paragraph-deletion": _within,
    "indexref": _index_term,
}


def _styled(attrs: Attributes, content: list[XmlNode], go: Go) -> list[XmlNode]:
    if not content:
        return []
    language = attrs.named.get("lang", "")
    if attrs.style.startswith(LANGUAGE_STYLE):
        language = attrs.style.removeprefix(LANGUAGE_STYLE)
    if other(language, go.language):
        return [element("foreign", content, lang=other(language, go.language))]
    for said in (attrs.style, *attrs.classes):
        name = go.settings.styles.get(said) or _STYLES.get(said.lower(), "")
        if name in _INLINE_ELEMENTS:
            return [element(name, content)]
    return content


def is_blank(content: Sequence[XmlNode]) -> bool:
    """True for content without a word or an element; a bookmark alone is none."""
    return all(
        not node.strip() if isinstance(node, str) else local(node) in ("anchor", "break")
        for node in content
    )
