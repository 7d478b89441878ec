"""Pandoc's document model: what stands before and after the text."""

from __future__ import annotations

from pubtool.model import Affiliation, Contributor, Record, child, children, language_of
from pubtool.source import LANG, local
from pubtool.writers import pandoc_nodes as n
from pubtool.writers.pandoc_ast import AstGo, Element, ast, generated, heading, own, wrapped
from pubtool.writers.pandoc_nodes import GAP, Node, Nodes, attr

ORCID = "https://orcid.org/"
DOI = "https://doi.org/"
# Roles of DPUB-ARIA 1.1 and the EPUB Structural Semantics Vocabulary, by part.
ROLES = {
    "abstract": "abstract",
    "ack": "acknowledgments",
    "app": "appendix",
    "glossary": "glossary",
    "references": "bibliography",
}

ast.reads(
    *"""
    chapter front body back subtitle short-title trans-title contributor name prefix given family
    suffix collab anonymous orcid email credit bio affiliation department institution city country
    abstract keywords keyword identifiers doi url identifier pages dates license copyright funding
    funder award citation-line book editor series edition publisher year isbn date container-title
    volume volume-title number issue first-page last-page place issn accessed language genre note
    as-written
    """.split()
)


def roles(e: Element) -> dict[str, str | None]:
    """The role of a part, as ARIA and as EPUB name it."""
    name = ROLES.get(local(e))
    epub_type = "acknowledgments" if name == "acknowledgments" else name
    return {"role": f"doc-{name}", "epub_type": epub_type} if name else {}


# ── the opener ──


def opener(front: Element, go: AstGo) -> Nodes:
    """The heading of the chapter, its authors and affiliations."""
    record, labels = go.chapter.record, go.chapter.labels
    made = [chapter_heading(front, go)]
    if record.number:
        label = n.said(labels["chapter"].format(n=record.number))
        made.append(n.div(attr("", "number"), [n.para([label])]))
    made += [titled(e, go) for name in ("subtitle", "trans-title") for e in children(front, name)]
    made += [contributor(who, go) for who in record.contributors if not who.anonymous]
    made += [affiliation(a, record) for a in record.affiliations]
    return made


def chapter_heading(front: Element, go: AstGo) -> Node:
    """The title of the chapter."""
    title = child(front, "title")
    content = wrapped(title, go.inside(title)) if title is not None else []
    return n.header(1, attr(go.chapter.record.id), content)


def titled(e: Element, go: AstGo) -> Node:
    """A subtitle, or the title in another language."""
    role = "doc-subtitle" if local(e) == "subtitle" else None
    return n.div(own(e, local(e), role=role), [n.para(go.inside(e))])


def contributor(who: Contributor, go: AstGo) -> Node:
    """A name, with role, numbers of affiliations and iD."""
    name, order = who.name, [a.id for a in go.chapter.record.affiliations]
    parts = (name.prefix, name.given, name.family, name.suffix)
    words = name.collab or " ".join(p for p in parts if p)
    content: Nodes = [n.span(attr("", "name"), n.text(words))]
    if who.role != "author":
        content.append(n.said(f" ({go.chapter.labels[who.role]})"))
    if len(order) > 1 and who.affiliations:
        marks = ",".join(str(order.index(id_) + 1) for id_ in who.affiliations if id_ in order)
        content.append(n.styled("Superscript", [n.said(marks)]))
    if who.orcid:
        mark = attr("", "orcid", data_generated="yes", aria_label=f"ORCID {name.display}")
        content += [GAP, n.link(mark, n.text("iD"), ORCID + who.orcid)]
    return n.div(attr(who.id, "contributor"), [n.para(content)])


def affiliation(a: Affiliation, record: Record) -> Node:
    """An affiliation in the order of its parts."""
    order = [x.id for x in record.affiliations]
    mark: Nodes = []
    if len(order) > 1:
        mark = [n.styled("Superscript", [n.said(str(order.index(a.id) + 1))])]
    parts = [n.text(p) for p in (*a.departments, a.institution, a.city, a.country) if p]
    return n.div(attr(a.id, "affiliation"), [n.para([*mark, *n.joined(parts)])])


# ── abstracts and keywords ──


def abstracts(front: Element, go: AstGo) -> Nodes:
    """Abstracts and keywords, in the order they were written."""
    return [
        abstract(e, go) if local(e) == "abstract" else keywords(e, go)
        for e in front
        if local(e) in ("abstract", "keywords")
    ]


def abstract(e: Element, go: AstGo) -> Node:
    """An abstract, headed in its own language where we know the word."""
    word = "summary" if e.get("kind") == "summary" else "abstract"
    head = heading(e, go, go.options["label"](language_of(e), word))
    return n.div(own(e, "abstract", **roles(e)), [head, *go.blocks(e, but=("title",))])


def keywords(e: Element, go: AstGo) -> Node:
    """Keywords in one line."""
    label = n.said(go.options["label"](language_of(e), "keywords"), "label")
    each = [wrapped(k, go.inside(k)) for k in children(e, "keyword")]
    line = n.para([label, GAP, *n.joined(each)])
    return n.div(attr("", "keywords", lang=e.get(LANG)), [line])


# ── back matter ──


@ast("ack", "glossary", "app", "statement")
def matter(e: Element, go: AstGo) -> Node:
    """A part of the back matter under its own title, or under the word for it."""
    words = {"ack": "acknowledgements", "glossary": "glossary", "statement": e.get("kind", "")}
    word = words.get(local(e), "")
    head = heading(e, go, go.chapter.labels[word] if word else "")
    return n.div(own(e, local(e), **roles(e)), [head, *go.blocks(e, but=("title", "label"))])


@ast("references")
def references(e: Element, go: AstGo) -> Node:
    """The list of references."""
    head = heading(e, go, go.chapter.labels["references"])
    items = n.div(attr("", "references"), go.each(children(e, "ref")))
    return n.div(own(e, "bibliography", **roles(e)), [head, items])


@ast("ref")
def ref(e: Element, go: AstGo) -> Node:
    """A reference as written."""
    written = child(e, "as-written")
    mark = generated(written) if written is not None else None
    words = go.inside(written) if written is not None else []
    return n.div(own(e, "ref", data_generated=mark), [n.para(words)])


def biographies(front: Element, go: AstGo) -> Nodes:
    """About the authors."""
    people = zip(go.chapter.record.contributors, children(front, "contributor"), strict=True)
    told = [(who, bio) for who, e in people if (bio := child(e, "bio")) is not None]
    if not told:
        return []
    label = go.chapter.labels["about" if len(told) == 1 else "about-several"]
    head = n.header(2, attr(), [n.said(label)])
    return [n.div(attr("about", "about"), [head, *(biography(who, b, go) for who, b in told)])]


def biography(who: Contributor, bio: Element, go: AstGo) -> Node:
    """A biography under the name of whom it is about, with the ways to reach them."""
    name = n.div(attr("", "name"), [n.para([n.said(who.name.display)])])
    return n.div(own(bio, "bio"), [name, *go.blocks(bio), *reach(who)])


def reach(who: Contributor) -> Nodes:
    """The ORCID iD in full, and e-mail addresses that may be shown."""
    mark = attr(data_generated="yes")
    ways: list[Nodes] = []
    if who.orcid:
        ways.append([n.link(mark, n.text(ORCID + who.orcid), ORCID + who.orcid)])
    shown = [m.address for m in who.emails if m.visible]
    ways += [[n.link(mark, n.text(address), f"mailto:{address}")] for address in shown]
    return [n.para(n.joined(ways, " · "))] if ways else []


# ── the colophon ──


def colophon(front: Element, go: AstGo) -> Nodes:
    """How to cite, identifiers, licence, copyright, funding; nothing of what says nothing."""
    record, labels = go.chapter.record, go.chapter.labels
    rows = [
        *citation(front, go),
        *identifier(front, record),
        *licence(front, go),
        *(n.para(go.inside(e)) for e in children(front, "copyright") if e.text),
        *funding(record, labels),
    ]
    mark = attr("", "colophon", role="doc-colophon", epub_type="colophon")
    return [n.div(mark, rows)] if rows else []


def citation(front: Element, go: AstGo) -> Nodes:
    """How to cite the chapter."""
    line = child(front, "citation-line")
    if line is None:
        return []
    label = n.said(f"{go.chapter.labels['cite-as']}:")
    words = n.span(own(line, data_generated=generated(line)), linked(line, go))
    return [n.para([label, GAP, words])]


def linked(line: Element, go: AstGo) -> Nodes:
    """The words of a citation line; the DOI at the end of one that pubtool wrote is a link."""
    address = DOI + go.chapter.record.doi
    if not cites(line, address):
        return go.inside(line)
    words = (line.text or "").removesuffix(address)
    return [*n.text(words), n.link(attr(), n.text(address), address)]


def cites(line: Element | None, address: str) -> bool:
    """Whether a citation line that pubtool wrote ends with the address of the DOI."""
    text = (line.text or "") if line is not None and generated(line) else ""
    return address != DOI and text.endswith(address)


def identifier(front: Element, record: Record) -> Nodes:
    """The DOI as a link, unless the citation line has it."""
    address = DOI + record.doi
    if not record.doi or cites(child(front, "citation-line"), address):
        return []
    return [n.para([n.link(attr(data_generated="yes"), n.text(address), address)])]


def licence(front: Element, go: AstGo) -> Nodes:
    """The licence: its wording, and its address as a link."""
    href = go.chapter.record.license_href
    if not href:
        return []
    wording = child(front, "license")
    words = go.inside(wording) if wording is not None else []
    lead = words or [n.said(f"{go.chapter.labels['license']}:")]
    return [n.para([*lead, GAP, n.link(attr(data_generated="yes"), n.text(href), href)])]


def funding(record: Record, labels: dict[str, str]) -> Nodes:
    """Funders with the numbers of their grants."""
    if not record.funding:
        return []
    each = [
        n.joined([n.text(text) for text in (f.funder, *f.awards) if text]) for f in record.funding
    ]
    return [n.para([n.said(f"{labels['funding']}:"), GAP, *n.joined(each, "; ")])]
