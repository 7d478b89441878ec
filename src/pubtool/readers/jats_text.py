"""JATS in: what stands in a line of text."""

from __future__ import annotations

import re

from pubtool.readers.draft import element
from pubtool.readers.jats_run import (
    Element,
    Reading,
    children,
    common,
    fitting,
    generated,
    href,
    jats_in,
    lang,
)
from pubtool.readers.jats_shape import filled, inline
from pubtool.readers.jats_source import page_number
from pubtool.readers.jats_words import spoken, text_in
from pubtool.rules import XmlNode
from pubtool.source import local

_SAME = ("italic", "bold", "sc", "sub", "sup", "underline", "strike", "monospace")
# Styles told in CSS, as styled-content has them.
_STYLES = (
    (re.compile(r"italic|oblique"), "italic"),
    (re.compile(r"bold"), "bold"),
    (re.compile(r"small-?caps"), "sc"),
    (re.compile(r"underline"), "underline"),
    (re.compile(r"line-through"), "strike"),
)
_LINKED = re.compile(r"(https?|mailto|ftp|doi|urn):\S+$")
_SCHEMES = {
    "doi": "https://doi.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
    "arxiv": "https://arxiv.org/abs/",
}
_FACTS = re.compile(r"; (?=(?:locator|label|mode|prefix|suffix)=)")
_CITE_FACTS = frozenset({"locator", "label", "mode", "prefix", "suffix"})
_VALUES: dict[str, set[str]] = {
    "label": set("page chapter section volume note line verse paragraph figure".split()),
    "mode": {"parenthetical", "narrative"},
}
_PAGES = frozenset({"page", "page-break", "pagebreak", "print-page", "page-number", "pb"})


@jats_in(*_SAME)
def emphasis(e: Element, go: Reading) -> Element:
    """Typographic markup, whose names are the same."""
    return filled(local(e), inline(go.inside(e), go, e), **common(e, go))


@jats_in("roman", "sans-serif", "overline", "fixed-case", "ruby", "rb", "rt", "private-char")
@jats_in("price", "target", "milestone-end", "x", "label", "institution", "institution-wrap")
@jats_in("string-name", "name", "surname", "given-names", "prefix", "suffix", "source", "year")
@jats_in("volume", "issue", "fpage", "lpage", "article-title", "collab", "country", "city", "etal")
@jats_in("related-article", "related-object", "inline-supplementary-material", "self-uri")
@jats_in("chem-struct", "institution-id", "publisher-name", "publisher-loc", "date", "day", "month")
@jats_in("comment", "pub-id", "edition", "series", "person-group", "chapter-title", "part-title")
@jats_in("data-title", "trans-title", "trans-source", "conf-name", "conf-loc", "conf-date", "isbn")
@jats_in("conf-sponsor", "conf-acronym", "patent", "std", "gov", "season", "supplement", "size")
@jats_in("issue-title", "issue-part", "volume-series", "volume-id", "page-range", "elocation-id")
@jats_in(
    "issn", "issn-l", "annotation", "version", "date-in-citation", "access-date", "string-date"
)
@jats_in(
    "role", "degrees", "era", "time-stamp", "aff", "addr-line", "state", "postal-code", "phone"
)
@jats_in("fax", "name-alternatives", "collab-alternatives", "anonymous", "speaker", "term", "doi")
def unmarked(e: Element, go: Reading) -> list[XmlNode]:
    """Markup that a chapter does not make; the words are kept."""
    page = _page_of(e, go)
    if page is not None:
        return [page]
    return go.inside(e)


@jats_in("styled-content", "named-content")
def named(e: Element, go: Reading) -> list[XmlNode]:
    """Ours say what they are; others are told by their style, or by their language."""
    kind = e.get("content-type") or e.get("style-type") or ""
    if kind in _OURS:
        return _OURS[kind](e, go)
    if kind in _PAGES and page_number(text_in(e)):
        go.take(e)
        return [element("page-break", number=page_number(text_in(e)), id=go.id(e))]
    inside = inline(go.inside(e), go, e)
    style = f"{e.get('style', '')} {kind}".lower()
    for sign, name in _STYLES:
        if sign.search(style):
            inside = [filled(name, inside)]
    if lang(e):
        return [filled("foreign", inside, **common(e, go))]
    if kind and not any(sign.search(style) for sign, _ in _STYLES):
        go.note("PT654", e, "kinds of words that a chapter does not mark; the words are kept", kind)
    return inside


def _foreign(e: Element, go: Reading) -> list[XmlNode]:
    return [filled("foreign", inline(go.inside(e), go, e), **common(e, go))]


def _term(e: Element, go: Reading) -> list[XmlNode]:
    return [filled("term", inline(go.inside(e), go, e), **common(e, go))]


def _language(e: Element, go: Reading) -> list[XmlNode]:
    """The language of the one element inside; of bare text, a foreign run."""
    inside = go.inside(e)
    first = inside[0] if len(inside) == 1 else None
    if first is None or isinstance(first, str):
        return _foreign(e, go) if lang(e) else inside
    if lang(e):
        first.set("{http://www.w3.org/XML/1998/namespace}lang", lang(e))
    return inside


def _line_break(e: Element, go: Reading) -> list[XmlNode]:
    return [element("break")]


def _citation(e: Element, go: Reading) -> list[XmlNode]:
    """A citation with its locator and mode, as our own JATS tells them."""
    inside = go.inside(e)
    for node in inside:
        if not isinstance(node, str) and local(node) == "cite":
            for part in _FACTS.split(e.get("specific-use") or ""):
                name, _, value = part.partition("=")
                if name in _CITE_FACTS and value in _VALUES.get(name, {value}):
                    node.set(name, value)
    return inside


_OURS = {
    "foreign": _foreign,
    "term": _term,
    "language": _language,
    "line-break": _line_break,
    "citation": _citation,
}


@jats_in("break", "hr")
def line_break(e: Element, go: Reading) -> Element:
    """A line break."""
    return element("break")


@jats_in("milestone-start")
def milestone(e: Element, go: Reading) -> XmlNode | None:
    """Where a page starts; other milestones mark nothing that is printed."""
    return _page_of(e, go)


def _page_of(e: Element, go: Reading) -> Element | None:
    kinds = {e.get("content-type"), e.get("target-type"), e.get("rationale"), e.get("specific-use")}
    if local(e) not in ("milestone-start", "target") or not kinds & _PAGES:
        return None
    said = (e.get("rationale", ""), text_in(e), e.get("id", ""))
    own = e.get("rationale", "") if e.get("content-type") == "page-break" else ""
    number = own or next((n for n in map(page_number, said) if n), "")
    if not re.fullmatch(r"[\w.\-]+", number):
        return None
    return element("page-break", number=number, id=go.id(e))


@jats_in("abbrev")
def abbrev(e: Element, go: Reading) -> Element:
    """An abbreviation; what it stands for is in @alt or in a def."""
    meaning = " ".join(go.take(d) for d in children(e, "def")) or e.get("alt", "")
    inside = inline(go.inside(e, but=("def",)), go, e)
    return filled("abbrev", inside, expansion=" ".join(meaning.split()), **common(e, go))


@jats_in("email")
def email(e: Element, go: Reading) -> list[XmlNode]:
    """An address in the text is a link."""
    return linked(e, f"mailto:{text_in(e)}", go)


@jats_in("ext-link", "uri")
def ext_link(e: Element, go: Reading) -> list[XmlNode]:
    """A link; without an address of its own, its words are one."""
    return linked(e, href(e) or text_in(e), go)


def linked(e: Element, address: str, go: Reading) -> list[XmlNode]:
    """Words linked to an address; where it cannot be followed, the words alone."""
    where = web_address(address, e.get("ext-link-type", ""))
    if generated(e):
        go.again(e)
        return [element("ext-link", href=where, **common(e, go))]
    inside = inline(go.inside(e), go, e)
    if not where:
        go.note("PT658", e, "links that cannot be followed are left out, their words kept", address)
        return inside
    return [filled("ext-link", inside, href=where, **common(e, go))]


def web_address(address: str, kind: str = "") -> str:
    """The address of a link with its scheme; "" where there is none to be had."""
    address = fitting(address.strip())
    if kind in _SCHEMES and ":" not in address.partition("/")[0]:
        return f"{_SCHEMES[kind]}{address}"
    if address.startswith("info:doi/"):
        return f"{_SCHEMES['doi']}{address.removeprefix('info:doi/')}"
    if address.startswith("www."):
        return f"http://{address}"
    return address if _LINKED.match(address) else ""


@jats_in("inline-graphic", "inline-media")
def inline_graphic(e: Element, go: Reading) -> list[XmlNode]:
    """A small image in the line."""
    if not href(e):
        return go.inside(e)
    texts = children(e, "alt-text")
    for other in [*texts[1:], *children(e, "long-desc")]:
        go.aside(other)
    alt = [element("alt", t.text or "") for t in texts[:1] if (t.text or "").strip()]
    decorative = "yes" if e.get("content-type") == "decorative" else ""
    return [element("inline-graphic", alt, href=href(e), decorative=decorative)]


@jats_in("alternatives")
def alternatives(e: Element, go: Reading) -> list[XmlNode]:
    """The first form that is text, else the first; images of it are named."""
    forms = list(e)
    images = [f for f in forms if local(f) in ("graphic", "inline-graphic", "media")]
    texts = [f for f in forms if f not in images]
    for other in [*texts[1:], *(images if texts else images[1:])]:
        go.aside(other, "is another form of what is kept")
        if href(other):
            go.note("PT659", other, "files that show the same as what is kept", href(other))
    return go.each((texts or images)[:1])


@jats_in("index-term")
def index_term(e: Element, go: Reading) -> list[XmlNode]:
    """An entry of the index; a second sub-entry becomes an entry of its own."""
    terms = children(e, "term")
    if not terms:
        go.aside(e)
        return []
    sees = [
        filled("see", inline(go.inside(s), go, s), also="yes" if local(s) == "see-also" else "")
        for s in children(e, "see", "see-also")
    ]
    deeper = [made for inner in children(e, "index-term") for made in index_term(inner, go)]
    for other in [*terms[1:], *deeper[1:]]:
        if not isinstance(other, str) and other in terms:
            go.aside(other)
    own = filled("term", inline(go.inside(terms[0]), go, e))
    return [element("index-term", own, deeper[:1], sees, **common(e, go)), *deeper[1:]]


@jats_in("index-term-range-end")
def index_range(e: Element, go: Reading) -> None:
    """The end of a range of pages; entries of a chapter stand where they begin."""


@jats_in("mixed-citation", "element-citation", "nlm-citation", "citation")
def citation_in_text(e: Element, go: Reading) -> list[XmlNode]:
    """A reference written out in the text stays text."""
    words = spoken(e) if local(e) == "element-citation" else None
    if words is None:
        return inline(go.inside(e), go, e)
    return [" ".join(words.split())]
