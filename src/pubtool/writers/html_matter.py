"""HTML: what stands after the text: statements, references, biographies."""

from __future__ import annotations

from pubtool.model import Contributor, child, children
from pubtool.rules import Content
from pubtool.source import local
from pubtool.writers.html import Element, HtmlGo, common, el, generated, html, joined, link, said
from pubtool.writers.html_blocks import heading
from pubtool.writers.html_front import ORCID

html.reads(
    *"""
    bio date container-title volume volume-title number issue first-page last-page place issn
    accessed language genre note as-written
    """.split()
)


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
    """A reference as written, or in the words of a style."""
    written = child(e, "as-written")
    mark = generated(written) if written is not None else None
    words = go.inside(written) if written is not None else None
    return el("li", words, data_generated=mark, **common(e))


def biographies(front: Element, go: HtmlGo) -> Element | None:
    """About the authors: each biography after its author's name."""
    people = zip(go.chapter.record.contributors, children(front, "contributor"), strict=True)
    told = [(who, bio) for who, e in people if (bio := child(e, "bio")) is not None]
    if not told:
        return None
    label = go.chapter.labels["about" if len(told) == 1 else "about-several"]
    return el(
        "section", said(label, "h2"), [biography(who, bio, go) for who, bio in told],
        class_="about", id="_about",
    )  # fmt: skip


def biography(who: Contributor, bio: Element, go: HtmlGo) -> Element:
    """A biography under the name of whom it is about, with the ways to reach them."""
    name = said(who.name.display, "p", class_="name")
    return el("div", name, go.blocks(bio), reach(who), class_="bio", **common(bio))


def reach(who: Contributor) -> Element | None:
    """The ORCID iD in full, and e-mail addresses that may be shown."""
    ways: list[Content] = []
    if who.orcid:
        ways.append(link(ORCID + who.orcid, ORCID + who.orcid))
    ways += [link(m.address, f"mailto:{m.address}") for m in who.emails if m.visible]
    return el("p", joined(ways, " · "), class_="reach", data_generated="yes") if ways else None
