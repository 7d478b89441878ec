"""HTML: what stands before and after the text."""

from __future__ import annotations

from pubtool.model import Affiliation, Contributor, Record, child, children, language_of
from pubtool.rules import Content, XmlNode
from pubtool.source import local
from pubtool.writers.html import (
    Element,
    HtmlGo,
    common,
    el,
    generated,
    heading,
    html,
    joined,
    language,
    said,
)

ORCID = "https://orcid.org/"
DOI = "https://doi.org/"

html.reads(
    *"""
    chapter front body back subtitle short-title trans-title contributor name prefix given family
    suffix collab anonymous orcid email credit bio affiliation department institution city country
    abstract keywords keyword identifiers doi url identifier pages dates license copyright funding
    funder award citation-line book editor series edition publisher year isbn date container-title
    volume volume-title number issue first-page last-page place issn accessed language genre note
    as-written
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
        authors(record),
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


def authors(record: Record) -> list[Element]:
    """The contributors by name, each with iD, role and the numbers of affiliations."""
    return [
        el(
            "p",
            person(who),
            role_of(who),
            orcid_mark(who),
            affiliation_marks(who, record),
            class_="contributor",
            id=who.id or None,
        )
        for who in record.contributors
        if not who.anonymous
    ]


def person(who: Contributor) -> Element:
    """A name as on a title page."""
    name = who.name
    parts = (name.prefix, name.given, name.family, name.suffix)
    return el("span", name.collab or " ".join(p for p in parts if p), class_="name")


def role_of(who: Contributor) -> Element | None:
    """What somebody did who is not the author."""
    return said(f" ({who.role})", class_="role") if who.role != "author" else None


def orcid_mark(who: Contributor) -> Element | None:
    """A link to somebody's ORCID record, beside the name."""
    if not who.orcid:
        return None
    name = f"ORCID {who.name.display}"
    return said(" iD", "a", href=ORCID + who.orcid, class_="orcid", aria_label=name)


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


# ── back matter ──


@html("ack")
def ack(e: Element, go: HtmlGo) -> Element:
    """Acknowledgements."""
    return matter(e, go, "acknowledgements", "doc-acknowledgments")


@html("statement")
def statement(e: Element, go: HtmlGo) -> Element:
    """A declaration."""
    return matter(e, go, e.get("kind", ""), None)


@html("glossary")
def glossary(e: Element, go: HtmlGo) -> Element:
    """A glossary."""
    return matter(e, go, "glossary", "doc-glossary")


@html("app")
def app(e: Element, go: HtmlGo) -> Element:
    """An appendix."""
    return matter(e, go, "", "doc-appendix")


def matter(e: Element, go: HtmlGo, label: str, role: str | None) -> Element:
    """A part of the back matter under its own title, or under the word for it."""
    head = heading(e, go, go.chapter.labels[label] if label else "")
    return el(
        "section",
        head,
        go.blocks(e, but=("title", "label")),
        role=role,
        class_=local(e),
        **common(e),
    )


@html("references")
def references(e: Element, go: HtmlGo) -> Element:
    """The list of references, each as its author wrote it."""
    items = go.each(children(e, "ref"))
    head = heading(e, go, go.chapter.labels["references"])
    return el(
        "section", head, el("ul", items), role="doc-bibliography", class_="references", **common(e)
    )


@html("ref")
def ref(e: Element, go: HtmlGo) -> Element:
    """A reference as written."""
    written = child(e, "as-written")
    return el("li", go.inside(written) if written is not None else None, **common(e))


def biographies(front: Element, go: HtmlGo) -> Element | None:
    """About the authors: each biography after its author's name."""
    people = zip(go.chapter.record.contributors, children(front, "contributor"), strict=True)
    told = [(who, bio) for who, e in people if (bio := child(e, "bio")) is not None]
    if not told:
        return None
    label = go.chapter.labels["about" if len(told) == 1 else "about-several"]
    return el(
        "section", said(label, "h2"), [biography(who, bio, go) for who, bio in told],
        class_="about", id="about",
    )  # fmt: skip


def biography(who: Contributor, bio: Element, go: HtmlGo) -> Element:
    """A biography under the name of whom it is about, with the ways to reach them."""
    name = said(who.name.display, "p", class_="name")
    return el("div", name, go.blocks(bio), reach(who), class_="bio", **common(bio))


def reach(who: Contributor) -> Element | None:
    """The ORCID iD in full, and e-mail addresses that may be shown."""
    ways: list[Content] = []
    if who.orcid:
        ways.append(el("a", ORCID + who.orcid, href=ORCID + who.orcid))
    ways += [el("a", m.address, href=f"mailto:{m.address}") for m in who.emails if m.visible]
    return el("p", joined(ways, " · "), class_="reach", data_generated="yes") if ways else None


# ── the colophon ──


def colophon(front: Element, go: HtmlGo) -> Element:
    """How to cite, identifiers, licence, copyright, funding."""
    record, labels = go.chapter.record, go.chapter.labels
    rows = [
        citation(front, go),
        identifier(record),
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
    words = el("span", go.inside(line), data_generated=generated(line))
    return el("p", label, gap, words, class_="citation", **language(line))


def identifier(record: Record) -> Element | None:
    """The DOI as a link."""
    if not record.doi:
        return None
    address = DOI + record.doi
    return el("p", el("a", address, href=address), class_="doi", data_generated="yes")


def licence(front: Element, go: HtmlGo) -> Element | None:
    """The licence: its wording, and its address as a link."""
    href = go.chapter.record.license_href
    if not href:
        return None
    wording = child(front, "license")
    words = go.inside(wording) if wording is not None else []
    gap = el("span", " ", data_generated="separator")
    link = said(href, "a", href=href, rel="license")
    return el(
        "p",
        el("span", words) if words else said(f"{go.chapter.labels['license']}:"),
        gap,
        link,
        class_="license",
    )


def funding(record: Record, labels: dict[str, str]) -> Element | None:
    """Funders with the numbers of their grants."""
    if not record.funding:
        return None
    each = [
        joined([el("span", text) for text in (f.funder, *f.awards) if text]) for f in record.funding
    ]
    gap = el("span", " ", data_generated="separator")
    return el("p", said(f"{labels['funding']}:"), gap, joined(each, "; "), class_="funding")
