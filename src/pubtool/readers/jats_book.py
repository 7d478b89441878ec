"""JATS in: the volume a chapter belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pubtool.readers.draft import element, optional
from pubtool.readers.jats_blocks import title_of
from pubtool.readers.jats_people import editor
from pubtool.readers.jats_run import (
    Element,
    Reading,
    child,
    children,
    every,
    href,
    lang,
)
from pubtool.readers.jats_shape import content
from pubtool.readers.jats_terms import EDITORS, ISBN_FORMATS
from pubtool.readers.jats_words import spoken, text_in
from pubtool.rules import XmlNode
from pubtool.source import local
from pubtool.text import doi

_COUNTRY = re.compile(r"(?:^|,\s*)([A-Z]{2})$")
_META_READ = frozenset(
    """
    book-title-group book-id contrib-group aff aff-alternatives isbn publisher edition pub-date
    permissions volume-in-collection book-volume-number series self-uri collection-meta
    """.split()
)

_RELATED = (
    "person-group", "series", "volume", "volume-id", "issn", "edition", "publisher-name",
    "publisher-loc", "year", "pub-id",
)  # fmt: skip


def is_ours(meta: Sequence[Element]) -> bool:
    """True for JATS that tells the volume as pubtool does."""
    return bool(_related(meta))


def _related(meta: Sequence[Element]) -> list[Element]:
    return [
        o for m in meta for o in children(m, "related-object")
        if o.get("content-type") == "book" or o.get("link-type") == "is-part-of"
    ]  # fmt: skip


def book(meta: Sequence[Element], volume: Sequence[Element], go: Reading) -> list[XmlNode]:
    """`<book>`: from BITS its book-meta, from JATS the related object or the publisher."""
    books = [v for v in volume if local(v) == "book-meta"]
    related = _related(meta)
    for uri in (u for b in books for u in children(b, "self-uri")):
        if uri.get("content-type", "landing-page") == "landing-page":
            continue
        go.note("PT659", uri, "addresses of the text in other forms", href(uri))
    if books:
        made = _from_book_meta(books[0], volume, go)
    elif related:
        made = _from_related(related[0], meta, go)
    else:
        made = _from_journal(volume, go)
    for other in (o for m in meta for o in children(m, "related-object") if o not in related[:1]):
        go.aside(other)
    told = {text_in(i) for holder in [*related, *books] for i in children(holder, "isbn")}
    for isbn in (i for m in meta for i in children(m, "isbn")):
        if text_in(isbn) in told:
            go.take(isbn)
        else:
            go.aside(isbn)
    return [made] if len(made) else []


# ── BITS ──


def _from_book_meta(meta: Element, volume: Sequence[Element], go: Reading) -> Element:
    group = child(meta, "book-title-group")
    titles = _titles(child(group, "book-title"), child(group, "subtitle"), go)
    for rest in (
        p
        for p in (group if group is not None else ())
        if local(p) not in ("book-title", "subtitle")
    ):
        go.aside(rest)
    ids = children(meta, "book-id")
    made = element(
        "book",
        titles,
        _editors(children(meta, "contrib-group"), go),
        _collection(meta, volume, go),
        _edition(meta, go),
        _publisher(child(meta, "publisher"), go),
        _year(meta, go),
        _isbns(children(meta, "isbn"), go),
        _doi(ids, go),
        _address(meta),
        id=_publisher_id(ids, go),
        lang=lang(meta) or _around(meta),
    )
    for fact in (f for f in meta if local(f) not in _META_READ):
        go.aside(fact, "is about the volume and has no place in a chapter")
    return made


def _around(meta: Element) -> str:
    parent = meta.getparent()
    return lang(parent) if parent is not None else ""


def _titles(title: Element | None, subtitle: Element | None, go: Reading) -> list[XmlNode]:
    made: list[XmlNode] = []
    for name, e in (("title", title), ("subtitle", subtitle)):
        if e is not None and text_in(e):
            go.ledger.sign(spoken(e))
            made.append(element(name, content(title_of(e, go, name)), lang=lang(e)))
    return made


def _editors(groups: Sequence[Element], go: Reading) -> Iterator[Element]:
    """The volume's editors; its authors are contributors of each chapter."""
    for group in groups:
        for contrib in children(group, "contrib"):
            if (contrib.get("contrib-type") or "").lower() in EDITORS:
                made = editor(contrib, go)
                if made is not None:
                    yield made


def volume_authors(volume: Sequence[Element]) -> list[Element]:
    """Contributors of a book that are not its editors: the authors of its chapters."""
    return [
        c
        for v in volume
        if local(v) == "book-meta"
        for g in children(v, "contrib-group")
        for c in children(g, "contrib")
        if (c.get("contrib-type") or "").lower() not in EDITORS
    ]


def _collection(meta: Element, volume: Sequence[Element], go: Reading) -> list[XmlNode]:
    """The series: of collection-meta, or named in the book's own meta-data."""
    for collection in [
        c
        for v in volume
        for c in [v, *children(v, "collection-meta")]
        if local(c) == "collection-meta"
    ]:
        title = next(iter(every(collection, "title")), None)
        number = child(collection, "volume-in-collection")
        if title is not None and text_in(title):
            read = [title, *every(number, "volume-number")[:1], *children(collection, "issn")[:1]]
            for part in read:
                go.take(part)
            go.rest(collection, read)
            return [_series(title, _number(number, meta), _text(collection, "issn"))]
    own = child(meta, "series")
    number = child(meta, "book-volume-number")
    issn = child(meta, "issn")
    for told in (own, number):
        go.take(told)
    if own is None:
        return []
    return [_series(own, text_in(number) if number is not None else "", go.take(issn))]


def _number(where: Element | None, meta: Element) -> str:
    found = every(where, "volume-number") or children(meta, "book-volume-number")
    return text_in(found[0]) if found else ""


def _series(title: Element, number: str, issn: str) -> Element:
    return element("series", text_in(title), number=number, issn=issn)


def _edition(meta: Element, go: Reading) -> list[Element]:
    found = children(meta, "edition")
    for other in found[1:]:
        go.aside(other)
    return optional("edition", go.take(found[0])) if found else []


def _publisher(e: Element | None, go: Reading) -> list[Element]:
    if e is None:
        return []
    names, places = children(e, "publisher-name"), children(e, "publisher-loc")
    for other in [*names[1:], *places[1:]]:
        go.aside(other)
    if not names or not text_in(names[0]):
        go.aside(e)
        return []
    place, country = _place(go.take(places[0])) if places else ("", "")
    return [element("publisher", go.take(names[0]), place=place, country=country)]


def _place(text: str) -> tuple[str, str]:
    """City and country code: "Bakı, AZ"."""
    match = _COUNTRY.search(text)
    return (text[: match.start()], match[1]) if match else (text, "")


def _year(meta: Element, go: Reading) -> list[Element]:
    found = [y for d in children(meta, "pub-date") for y in every(d, "year")]
    for d in children(meta, "pub-date"):
        read = [p for p in d if local(p) in ("year", "month", "day")]
        for part in read:
            go.take(part)
        go.rest(d, read)
    return optional("year", text_in(found[0])) if found else []


def _isbns(found: Sequence[Element], go: Reading) -> Iterator[Element]:
    for e in found:
        said = e.get("publication-format") or e.get("content-type") or e.get("pub-type") or ""
        text = go.take(e)
        if text:
            yield element("isbn", text, format=ISBN_FORMATS.get(said.lower(), ""))


def _publisher_id(ids: Sequence[Element], go: Reading) -> str:
    """The id of the volume at its publisher, if a chapter can hold it."""
    own = next((i for i in ids if _is_publisher_id(i)), None)
    return go.take(own) if own is not None else ""


def _is_publisher_id(e: Element) -> bool:
    known = re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]*", text_in(e))
    return e.get("book-id-type") == "publisher-id" and bool(known)


def _address(meta: Element) -> list[Element]:
    """Where the volume is to be read."""
    known = (None, "landing-page")
    found = [href(u) for u in children(meta, "self-uri") if u.get("content-type") in known]
    return optional("url", found[0]) if found else []


def _doi(ids: Sequence[Element], go: Reading) -> Iterator[Element]:
    own = next((i for i in ids if i.get("book-id-type") == "doi" or doi(text_in(i))), None)
    taken = next((i for i in ids if _is_publisher_id(i)), None)
    for other in (i for i in ids if i is not own and i is not taken):
        go.aside(other, "is an identifier of the volume that a chapter does not hold")
    if own is not None:
        text = go.take(own)
        yield element("doi", doi(text) or text)


# ── JATS ──


def _from_related(e: Element, meta: Sequence[Element], go: Reading) -> Element:
    """The volume as pubtool tells it in JATS."""
    groups = [
        g for m in meta for g in children(m, "contrib-group")
        if g.get("content-type") == "volume-editors"
    ]  # fmt: skip
    sources = children(e, "source")
    place, country = _place(_text(e, "publisher-loc"))
    links = every(e, "ext-link")
    made = element(
        "book",
        _titles(sources[0] if sources else None, sources[1] if len(sources) > 1 else None, go),
        [
            made
            for g in groups
            for c in children(g, "contrib")
            if (made := editor(c, go)) is not None
        ],
        _related_series(e),
        optional("edition", _text(e, "edition")),
        optional("publisher", _text(e, "publisher-name"), place=place, country=country),
        optional("year", _text(e, "year")),
        _isbns(children(e, "isbn"), go),
        optional("doi", _text(e, "pub-id")),
        optional("url", text_in(links[0])) if links else [],
        id=_id(_text(e, "volume-id")),
        lang=lang(sources[0]) if sources else "",
    )
    read = [*sources[:2], *links[:1], *children(e, "isbn"), *_told(e, made)]
    for part in read:
        go.take(part)
    go.rest(e, read)
    series = " ".join(text_in(s) for s in children(e, "series", "volume"))
    for again in (s for m in meta for s in children(m, "volume-series")):
        go.take(again) if text_in(again) in series else go.aside(again)
    return made


def _told(e: Element, made: Element) -> list[Element]:
    """The parts of a related object of which every word is in the `<book>` made of it."""
    words = {*_words(" ".join(made.itertext()))}
    words |= {word for x in made.iter("*") for value in x.attrib.values() for word in _words(value)}
    known = children(e, *_RELATED)
    return [part for part in known if words.issuperset(_words(text_in(part)))]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _id(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z][A-Za-z0-9._\-]*", text) else ""


def _text(e: Element, name: str) -> str:
    found = child(e, name)
    return text_in(found) if found is not None else ""


def _related_series(e: Element) -> list[Element]:
    name = _text(e, "series")
    return optional("series", name, number=_text(e, "volume"), issn=_text(e, "issn"))


def _from_journal(volume: Sequence[Element], go: Reading) -> Element:
    """A journal is no volume: its publisher is kept, everything else is named."""
    made = element("book")
    for meta in volume:
        found = children(meta, "publisher")
        made.extend(_publisher(found[0], go) if found and not len(made) else [])
        for fact in (f for f in meta if f not in found[:1]):
            go.aside(fact, "is about the journal and has no place in a chapter")
    return made
