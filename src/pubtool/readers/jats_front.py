"""JATS in: the front matter of an article, a chapter or a book-part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pubtool.model import q
from pubtool.readers.draft import element
from pubtool.readers.jats_abstracts import abstracts, keywords
from pubtool.readers.jats_affiliations import affiliations
from pubtool.readers.jats_blocks import title_of
from pubtool.readers.jats_book import book, is_ours, volume_authors
from pubtool.readers.jats_dates import dates
from pubtool.readers.jats_people import contributor, contributors
from pubtool.readers.jats_rights import funding, licence_and_copyright
from pubtool.readers.jats_run import (
    Element,
    Reading,
    child,
    children,
    common,
    every,
    generated,
    href,
    lang,
)
from pubtool.readers.jats_shape import filled, inline
from pubtool.readers.jats_text import web_address
from pubtool.readers.jats_words import spoken, text_in
from pubtool.rules import XmlNode
from pubtool.source import local
from pubtool.text import doi

_TITLES = ("article-title", "title", "book-title", "subtitle", "alt-title", "label")
_TITLE_GROUPS = ("trans-title-group", "trans-title", "trans-subtitle")
# What of the meta-data has been read when a front stands; everything else is named.
_READ = frozenset(
    """
    article-id book-part-id title-group contrib-group aff aff-alternatives author-notes pub-date
    isbn fpage lpage page-range history pub-history permissions abstract trans-abstract kwd-group
    funding-group related-object custom-meta-group volume-series elocation-id self-uri counts
    contract-num contract-sponsor copyright-statement copyright-year copyright-holder license
    product
    """.split()
)


def front(meta: Sequence[Element], volume: Sequence[Element], go: Reading) -> Element:
    """`<front>` from the meta-data of a part, and of the volume around it."""
    groups = _groups(meta)
    people = [who for _, who in contributors(groups, go)] or _inherited(volume, go)
    _correspondence(meta, people, go)
    working = [e for m in meta for e in m.iter("*")]
    ours = is_ours(meta)
    made = element(
        "front",
        titles(meta, go),
        people,
        list(affiliations(working, go)),
        abstracts(meta, go),
        keywords(meta, go),
        identifiers(meta, go),
        pages(meta, go),
        dates(meta, volume, ours, go),
        licence_and_copyright(_with_rights(meta, volume), go),
        funding(meta, go),
        citation_line(meta, go),
        book(meta, volume, go),
    )
    for fact in (f for m in meta for f in m if local(f) not in _READ):
        go.aside(fact)
    for fact in (f for m in meta for n in children(m, "author-notes") for f in n):
        if local(fact) not in ("fn", "fn-group"):
            go.aside(fact)
    return made


def _groups(meta: Sequence[Element]) -> list[Element]:
    """The groups of the chapter's own contributors."""
    return [
        g for m in meta for g in children(m, "contrib-group")
        if g.get("content-type") != "volume-editors"
    ]  # fmt: skip


def _correspondence(meta: Sequence[Element], people: Sequence[Element], go: Reading) -> None:
    """An address that nobody points at belongs to the author it names: a guess."""
    for e in (c for m in meta for n in children(m, "author-notes") for c in children(n, "corresp")):
        text = text_in(e)
        named = [who for who in people if (name := _shown(who)) and name in text]
        mails = [text_in(mail) for mail in every(e, "email")]
        if len(named) != 1 or not mails or named[0].find(q("email")) is not None:
            continue
        go.ledger.guess(go.place(e).line, f"“{mails[0]}” is the address of {_shown(named[0])}")
        named[0].set("corresponding", "yes")
        before = [p for p in named[0] if local(p) in ("name", "collab", "orcid")]
        for mail in reversed(mails):
            before[-1].addnext(element("email", mail, visible="yes"))


def _shown(who: Element) -> str:
    parts = [who.findtext(f"{q('name')}/{q(part)}") or "" for part in ("given", "family")]
    return " ".join(p for p in parts if p)


def _inherited(volume: Sequence[Element], go: Reading) -> list[Element]:
    """The authors of a book are those of a chapter that names none."""
    found = volume_authors(volume)
    if found:
        message = "the authors of the book are those of the chapter, which names none"
        go.note("PT655", found[0], message)
    return [made for c in found if (made := contributor(c, go, [])) is not None]


def _with_rights(meta: Sequence[Element], volume: Sequence[Element]) -> Sequence[Element]:
    """The meta-data that tells the rights: the volume's, where the chapter's own does not."""
    own = any(children(m, "permissions", "license", "copyright-statement") for m in meta)
    return meta if own else [v for v in volume if local(v) == "book-meta"] or meta


# ── titles ──


def titles(meta: Sequence[Element], go: Reading) -> Iterator[Element]:
    """Title, subtitle, short title, and those in other languages."""
    group = next((g for m in meta for g in children(m, "title-group")), None)
    heads = children(group, "article-title", "title")
    if heads:
        yield title_of(heads[0], go)
    else:
        go.ledger.lacking("the source has no title")
        yield element("title")
    for name, kind in (("subtitle", "subtitle"), ("short-title", "alt-title")):
        yield from _further(name, children(group, kind), go)
    for other in heads[1:]:
        go.aside(other)
    yield from _translated(group, go)
    for rest in children(group, *_other_parts(group)):
        go.aside(rest)


def _other_parts(group: Element | None) -> set[str]:
    known = {*_TITLES, *_TITLE_GROUPS}
    return {local(p) for p in group if local(p) not in known} if group is not None else set()


def _further(name: str, found: Sequence[Element], go: Reading) -> Iterator[Element]:
    """One subtitle or short title: of alternative titles, the one for the running head."""
    ordered = sorted(found, key=lambda e: e.get("alt-title-type") not in ("running-head", "short"))
    for n, e in enumerate(ordered):
        if n == 0:
            yield title_of(e, go, name)
        else:
            go.aside(e)


def _translated(group: Element | None, go: Reading) -> Iterator[Element]:
    for e in children(group, "trans-title-group", "trans-title"):
        head = e if local(e) == "trans-title" else child(e, "trans-title")
        if head is None:
            go.aside(e)
            continue
        own = title_of(head, go, "trans-title")
        for sub in [*children(e, "trans-subtitle")]:
            own = filled(
                "trans-title", [own.text or "", *own, ": ", *inline(go.inside(sub), go, sub)]
            )
        for name, value in (("lang", lang(head) or lang(e)), ("id", own.get("id") or "")):
            own = _with(own, name, value)
        yield own
    for e in children(group, "trans-subtitle"):
        go.aside(e)


def _with(made: Element, name: str, value: str) -> Element:
    if value:
        made.set("{http://www.w3.org/XML/1998/namespace}lang" if name == "lang" else name, value)
    return made


# ── identifiers, pages, citation line ──


def identifiers(meta: Sequence[Element], go: Reading) -> list[XmlNode]:
    """DOI, address and other identifiers."""
    rows: list[tuple[str, str]] = []
    for e in (i for m in meta for i in children(m, "article-id", "book-part-id", "elocation-id")):
        kind = e.get("pub-id-type") or e.get("book-part-id-type") or local(e)
        kind = "publisher-id" if kind == "book-part-id" else kind
        rows.append((kind, go.take(e)))
    own = next((text for kind, text in rows if kind == "doi"), "")
    others = [(kind, text) for kind, text in rows if text and (kind != "doi" or text != own)]
    kept = [(kind, text) for kind, text in others if not _is_chapter_id(kind, text, go)]
    made: list[XmlNode] = [element("doi", doi(own) or own)] if own else []
    made += [element("url", address) for address in _addresses(meta, go)[:1]]
    made += [element("identifier", text, type=_token(kind)) for kind, text in kept]
    return [element("identifiers", made)] if made else []


def _is_chapter_id(kind: str, text: str, go: Reading) -> bool:
    return kind == "publisher-id" and text == go.chapter


def _token(kind: str) -> str:
    kept = "".join(c if c.isalnum() or c in "-._:" else "-" for c in kind)
    return kept or "other"


OWN_ADDRESS = (None, "landing-page")


def _addresses(meta: Sequence[Element], go: Reading) -> list[str]:
    """Where the chapter is to be read; addresses of its files are named."""
    found = [text_in(v) for v in custom(meta, "chapter-url")]
    for uri in (u for m in meta for u in children(m, "self-uri")):
        address = web_address(href(uri) or text_in(uri))
        if address and uri.get("content-type") in OWN_ADDRESS and not found:
            go.take(uri)
            for inner in uri:
                go.aside(inner)
            found.append(address)
        else:
            go.aside(uri)
            go.note("PT659", uri, "addresses of the text in other forms", href(uri))
    return found


def pages(meta: Sequence[Element], go: Reading) -> list[XmlNode]:
    """First and last page."""
    first = next((e for m in meta for e in children(m, "fpage") if _is_token(e)), None)
    last = next((e for m in meta for e in children(m, "lpage") if _is_token(e)), None)
    kept = [e for e in (first, last) if e is not None] if first is not None else []
    for e in (p for m in meta for p in children(m, "fpage", "lpage", "page-range")):
        if e in kept or (local(e) == "page-range" and kept):
            go.take(e)
        else:
            go.aside(e)
    if first is None:
        return []
    return [element("pages", first=text_in(first), last=text_in(last) if last is not None else "")]


def _is_token(e: Element) -> bool:
    text = text_in(e)
    return bool(text) and all(c.isalnum() or c in "-._:" for c in text)


def custom(meta: Sequence[Element], name: str) -> list[Element]:
    """The values of custom meta-data of a name."""
    return [
        value
        for m in meta
        for c in every(m, "custom-meta")
        if text_in(_first(c, "meta-name")) == name
        for value in children(c, "meta-value")
    ]


def _first(e: Element, name: str) -> Element:
    found = child(e, name)
    return e if found is None else found


OWN_META = ("chapter-number", "chapter-type", "chapter-url", "citation-line")


def citation_line(meta: Sequence[Element], go: Reading) -> list[XmlNode]:
    """How to cite the chapter; other custom meta-data is named."""
    made: list[XmlNode] = []
    for e in (c for m in meta for c in every(m, "custom-meta")):
        name, value = text_in(_first(e, "meta-name")), child(e, "meta-value")
        if name not in OWN_META or value is None:
            go.aside(e)
            continue
        go.ledger.sign(spoken(_first(e, "meta-name")))
        if name != "citation-line" or generated(e):
            go.take(value)
        elif not made:
            made = [
                filled("citation-line", inline(go.inside(value), go, value), **common(value, go))
            ]
    return made
