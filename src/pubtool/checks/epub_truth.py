"""EPUB: what validators miss: whether the book says of itself what is so.

Each rule is a function from a book to (id, message) pairs; RULES is their list. They hold for books
of any maker. Sources: EPUB 3.3, EPUB Accessibility 1.1, DPUB-ARIA 1.1, WCAG 2.2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from pubtool.checks.epub_book import BREAKS, Book, Document, Element, said, types
from pubtool.checks.epub_claims import claims
from pubtool.checks.epub_colours import contrasts
from pubtool.conservation import SEAL, document_words, seal
from pubtool.function_words import FUNCTION_WORDS
from pubtool.languages import shares
from pubtool.source import LANG, local
from pubtool.text import isbn, orcid

Told = Iterator[tuple[str, str]]

_ISBN = re.compile(r"^(?:urn:isbn:|isbn[:\s]*)(.+)$", re.I)
_ORCID = re.compile(r"orcid\.org/", re.I)
# From how many words a language is told, and how clearly its small words must speak.
_ENOUGH_WORDS, _CLEAR, _TWICE, _SEVERAL = 100, 0.12, 2.0, 8


def identifiers(book: Book) -> Told:
    """ISBN and ORCID iDs with a wrong check digit (PT742)."""
    for text in (*book.dc("identifier"), *book.dc("source"), *book.metas("pageBreakSource"),
                 *book.refinements("dcterms:identifier")):  # fmt: skip
        match = _ISBN.match(text)
        if match and isbn(match[1]) is None:
            yield "PT742", f"the ISBN “{match[1]}” has a wrong form or check digit"
    for e in book.package.iter("{*}meta", "{*}identifier", "{*}creator", "{*}contributor"):
        text = (e.text or "").strip()
        if _ORCID.search(text) and orcid(text) is None:
            yield "PT742", f"the ORCID iD “{text}” has a wrong form or check digit"


# ── pages of the print edition ──


def pages(book: Book) -> Told:
    """Page breaks and the list of pages: complete, rightly labelled, in order (PT744)."""
    breaks = [(d, e) for d in book.spine for e in d.root.iter("*") if types(e) & BREAKS]
    listed = list(_listed_pages(book))
    if breaks and not listed:
        yield "PT744", f"{len(breaks)} page breaks are marked, but there is no list of pages"
        return
    order = {e: n for n, (_, e) in enumerate(breaks)}
    places = []
    for label, href, target in listed:
        if target is None:
            continue  # told as a link that leads nowhere
        if target not in order:
            yield "PT744", f"page {label} in the list leads to no page break ({href})"
            continue
        places.append(order[target])
        if page_label(target) not in ("", label):
            yield (
                "PT744",
                f"page {label} in the list leads to the break of page {page_label(target)}",
            )
    if places != sorted(places):
        yield "PT744", "the list of pages is not in the order of the text"
    for d, e in breaks:
        if listed and e not in {target for *_, target in listed}:
            yield "PT744", f"page {page_label(e)} ({d.place(e)}) is missing from the list of pages"


def _listed_pages(book: Book) -> Iterator[tuple[str, str, Element | None]]:
    nav = book.nav
    for part in nav.root.iter("{*}nav") if nav else ():
        if types(part) & {"page-list", "doc-pagelist"}:
            for a in part.iter("{*}a"):
                href = a.get("href", "")
                hit = book.target(href, nav.name if nav else "")
                yield said(a), href, hit[1] if hit else None


def page_label(e: Element) -> str:
    """The number a page break says: its label, title or text, without the marks around it."""
    text = e.get("data-page") or e.get("aria-label") or e.get("title") or said(e)
    return re.sub(r"^(?:page|p\.)\s*", "", text.strip(), flags=re.I).strip(" .")


# ── contents, headings, citations ──


def contents(book: Book) -> Told:
    """Lines of the contents that do not say what the heading they lead to says (PT745)."""
    nav = book.nav
    for part in nav.root.iter("{*}nav") if nav else ():
        if not types(part) & {"toc", "doc-toc"}:
            continue
        for a in part.iter("{*}a"):
            hit = book.target(a.get("href", ""), nav.name if nav else "")
            heading = _heading_at(hit) if hit else None
            if heading is not None and _bare(said(a)) not in (_bare(heading), ""):
                yield "PT745", f"the contents say “{said(a)}”, the heading says “{heading}”"


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _heading_at(hit: tuple[Document, Element]) -> str | None:
    """The heading that a link leads to: the element itself, or the first one in it."""
    document, target = hit
    headings = set(document.headings)
    inside = [e for e in target.iter("*") if e in headings]
    return said(inside[0]) if inside else None


def headings(book: Book) -> Told:
    """Levels of headings that are skipped on the way down (PT747)."""
    for document in book.spine:
        for before, after in pairwise(document.headings):
            if int(local(after)[1]) > int(local(before)[1]) + 1:
                what = f"<{local(before)}> is followed by <{local(after)}>"
                yield "PT747", f"{document.place(after)}: {what}, “{said(after)}”"


def citations(book: Book) -> Told:
    """Citations that lead to no reference (PT749)."""
    for document in book.spine:
        for a in document.root.iter("{*}a"):
            if not types(a) & {"biblioref", "doc-biblioref"}:
                continue
            href = a.get("href", "")
            if not href or book.target(href, document.name) is None:
                yield (
                    "PT749",
                    f"{document.place(a)}: the citation “{said(a)}” leads to no reference",
                )


# ── language and words ──


def languages(book: Book) -> Told:
    """The language the package names is that of the documents, and of their words (PT746)."""
    declared = {tag.split("-")[0].lower() for tag in book.dc("language") if tag}
    if not declared:
        yield "PT746", "the package names no language"
        return
    for document in book.spine:
        own = document.language.split("-")[0].lower()
        if not own:
            yield "PT746", f"{document.name}: the document names no language"
        elif own not in declared:
            yield "PT746", f"{document.name} is in “{own}”, the package says {_listed(declared)}"
    found = _spoken_language(book)
    if found and found not in declared:
        yield "PT746", f"the words are in “{found}”, the package says {_listed(declared)}"


def _listed(tags: set[str]) -> str:
    return ", ".join(f"“{tag}”" for tag in sorted(tags))


def _spoken_language(book: Book) -> str:
    """The language that the small words of the text show beyond doubt, or ""."""
    text = " ".join(part for document in book.spine for part in _own_words(document.root))
    if len(text.split()) < _ENOUGH_WORDS:
        return ""
    found = sorted(shares(text).items(), key=lambda pair: -pair[1])
    (best, share), (_, second) = found[0], found[1]
    telling = FUNCTION_WORDS[best] & set(text.lower().split())
    clear = share >= _CLEAR and share > _TWICE * second and len(telling) >= _SEVERAL
    return best if clear else ""


def _own_words(e: Element) -> Iterator[str]:
    """The text of a document without runs in a language of their own."""
    yield e.text or ""
    for inner in e.iterchildren("*"):
        if not (inner.get(LANG) or inner.get("lang")) and local(inner) != "head":
            yield from _own_words(inner)
        yield inner.tail or ""


def words(book: Book) -> Told:
    """The words are those that were counted when the book was sealed (PT750)."""
    for sealed in book.metas(SEAL):
        now = seal(document_words(d.root for d in book.spine))
        if sealed != now:
            told, there = sealed.split()[0], now.split()[0]
            yield "PT750", f"the book was made with {told} words and has {there}, or other ones"


RULES: tuple[Callable[[Book], Told], ...] = (
    identifiers,
    claims,
    pages,
    contents,
    headings,
    citations,
    languages,
    contrasts,
    words,
)
