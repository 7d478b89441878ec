"""HTML: the opener, the abstracts, and the colophon."""

from __future__ import annotations

from pubtool.model import Affiliation, Contributor, Record, child, children, language_of
from pubtool.rules import XmlNode
from pubtool.source import local
from pubtool.writers.html import (
    Element,
    HtmlGo,
    common,
    el,
    generated,
    html,
    joined,
    language,
    link,
    said,
)
from pubtool.writers.html_blocks import heading

ORCID = "https://orcid.org/"
DOI = "https://doi.org/"

html.reads(
    *"""
    chapter front body back subtitle short-title trans-title contributor name prefix given family
    suffix collab anonymous orcid email credit affiliation department institution city country
    abstract keywords keyword identifiers doi url identifier pages dates license copyright funding
    funder award citation-line book editor series edition publisher year isbn
    """.split()
)


# ── the opener ──


def opener(front: Element, go: HtmlGo) -> Element:
    """Chapter number, titles, authors and affiliations."""
    record, labels = go.chapter.record, go.chapter.labels
    number = said(labels["chapter"].format(n=record.number), "p", class_="number")
    return el(
        "header",
        number if record.number else None,
        titles(front, go),
        [contributor(who, go) for who in record.contributors if not who.anonymous],
        [affiliation(a, record) for a in record.affiliations],
        class_="opener",
    )


def titles(front: Element, go: HtmlGo) -> list[XmlNode]:
    """Title, subtitle, and the title in other languages."""
    made: list[XmlNode] = []
    for e in front:
        name = local(e)
        if name == "title":
            made.append(el("h1", go.inside(e), **common(e)))
        elif name == "subtitle":
            made.append(el("p", go.inside(e), role="doc-subtitle", class_="subtitle", **common(e)))
        elif name == "trans-title":
            made.append(el("p", go.inside(e), class_="trans-title", **common(e)))
    return made


def contributor(who: Contributor, go: HtmlGo) -> Element:
    """Somebody by name, with role, numbers of affiliations and ORCID iD."""
    role = (
        said(f" ({go.chapter.labels[who.role]})", class_="role") if who.role != "author" else None
    )
    marks, orcid = affiliation_marks(who, go.chapter.record), orcid_mark(who)
    return el(
        "p", person(who), role, marks, " ", orcid,
        class_="contributor", id=who.id or None,
    )  # fmt: skip


def person(who: Contributor) -> Element:
    """A name as on a title page."""
    name = who.name
    parts = (name.prefix, name.given, name.family, name.suffix)
    return el("span", name.collab or " ".join(p for p in parts if p), class_="name")


def orcid_mark(who: Contributor) -> Element | None:
    """A link to somebody's ORCID record, beside the name."""
    if not who.orcid:
        return None
    name = f"ORCID {who.name.display}"
    return link("iD", ORCID + who.orcid, class_="orcid", aria_label=name, data_generated="yes")


def affiliation_marks(who: Contributor, record: Record) -> Element | None:
    """Numbers of affiliations; with a single affiliation there is nothing to tell apart."""
    if len(record.affiliations) < 2 or not who.affiliations:
        return None
    order = [a.id for a in record.affiliations]
    numbers = [str(order.index(id_) + 1) for id_ in who.affiliations if id_ in order]
    return said(",".join(numbers), "sup")


def affiliation(a: Affiliation, record: Record) -> Element:
    """An affiliation in the order of its parts."""
    number = None
    if len(record.affiliations) > 1:
        mark = str([x.id for x in record.affiliations].index(a.id) + 1)
        number = said(mark, "sup")
    parts = [*a.departments, a.institution, a.city, a.country]
    words = joined([el("span", part) for part in parts if part])
    return el("p", number, words, class_="affiliation", id=a.id)


# ── abstracts and keywords ──


def abstracts(front: Element, go: HtmlGo) -> list[XmlNode]:
    """Abstracts and keywords, in the order they were written."""
    return [
        abstract(e, go) if local(e) == "abstract" else keywords(e, go)
        for e in front
        if local(e) in ("abstract", "keywords")
    ]


def abstract(e: Element, go: HtmlGo) -> Element:
    """An abstract, headed in its own language where we know the word."""
    label = go.options["label"](
        language_of(e), "abstract" if e.get("kind") != "summary" else "summary"
    )
    return el(
        "section",
        heading(e, go, label),
        go.blocks(e, but=("title",)),
        role="doc-abstract",
        class_="abstract",
        **common(e),
    )


def keywords(e: Element, go: HtmlGo) -> Element:
    """Keywords in one line."""
    label = said(go.options["label"](language_of(e), "keywords"), class_="label")
    words = joined([el("span", go.inside(k), **common(k)) for k in children(e, "keyword")])
    gap = el("span", " ", data_generated="separator")
    return el("p", label, gap, words, class_="keywords", **language(e))


# ── the colophon ──


def colophon(front: Element, go: HtmlGo) -> Element:
    """How to cite, identifiers, licence, copyright, funding."""
    record, labels = go.chapter.record, go.chapter.labels
    rows = [
        citation(front, go),
        identifier(front, record),
        licence(front, go),
        [el("p", go.inside(e), class_="copyright") for e in children(front, "copyright") if e.text],
        funding(record, labels),
    ]
    return el("footer", rows, class_="colophon")


def citation(front: Element, go: HtmlGo) -> Element | None:
    """How to cite the chapter."""
    line = child(front, "citation-line")
    if line is None:
        return None
    label = said(f"{go.chapter.labels['cite-as']}:")
    gap = el("span", " ", data_generated="separator")
    words = el("span", linked(line, go), data_generated=generated(line))
    return el("p", label, gap, words, class_="citation", **language(line))


def linked(line: Element, go: HtmlGo) -> list[XmlNode]:
    """The citation line; the DOI at the end of one that pubtool wrote is a link."""
    address = DOI + go.chapter.record.doi
    if not cites(line, address):
        return go.inside(line)
    return [(line.text or "").removesuffix(address), link(address, address)]


def cites(line: Element | None, address: str) -> bool:
    """Whether a citation line that pubtool wrote ends with the address of the DOI."""
    text = (line.text or "") if line is not None and generated(line) else ""
    return address != DOI and text.endswith(address)


def identifier(front: Element, record: Record) -> Element | None:
    """The DOI as a link, unless the citation line has it."""
    address = DOI + record.doi
    if not record.doi or cites(child(front, "citation-line"), address):
        return None
    return el("p", link(address, address), class_="doi", data_generated="yes")


def licence(front: Element, go: HtmlGo) -> Element | None:
    """The licence: its wording, and its address as a link."""
    href = go.chapter.record.license_href
    if not href:
        return None
    wording = child(front, "license")
    words = go.inside(wording) if wording is not None else []
    gap = el("span", " ", data_generated="separator")
    lead = el("span", words) if words else said(f"{go.chapter.labels['license']}:")
    address = link(href, href, rel="license", data_generated="yes")
    return el("p", lead, gap, address, class_="license")


def funding(record: Record, labels: dict[str, str]) -> Element | None:
    """Funders with the numbers of their grants."""
    if not record.funding:
        return None
    each = [
        joined([el("span", text) for text in (f.funder, *f.awards) if text]) for f in record.funding
    ]
    gap = el("span", " ", data_generated="separator")
    return el("p", said(f"{labels['funding']}:"), gap, joined(each, "; "), class_="funding")
