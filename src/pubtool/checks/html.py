"""HTML: well-formed, its ids and links whole, its images described, its words the chapter's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from pubtool.conservation import FORMULA, chapter_words, differences
from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.edition import Edition
from pubtool.source import fragment, local
from pubtool.text import words as fold

INLINE = frozenset(
    "a abbr b bdi bdo cite code dfn em i img kbd mark q s samp small span strong sub sup u".split()
)
# A note that stands in the line for the page to carry to its foot.
NOTE = "fn"
_UNSEEN = frozenset({"head", "style", "script", "template"})


def check(data: bytes, name: str, level: str) -> list[Diagnostic]:
    """Well-formedness (PT721), ids, links and alternative texts (PT722)."""
    try:
        root = fragment(data)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return [found("PT721", Place(name, line, max(column, 1)), error.msg or "not well-formed")]
    return [found("PT722", Place(name, line), message) for line, message in broken(root)]


def broken(root: etree._Element) -> Iterator[tuple[int, str]]:
    """(line, message) for every doubled id, link to nowhere and image without alternative text."""
    ids = Counter(id_ for e in root.iter("*") if (id_ := e.get("id")))
    for e in root.iter("*"):
        line = e.sourceline or 0
        href = e.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            yield line, f"the link “{href}” leads nowhere"
        if local(e) == "img" and e.get("alt") is None:
            yield line, "an image has no alt attribute"
    for id_, count in ids.items():
        if count > 1:
            yield 0, f"the id “{id_}” stands {count} times"


def words(data: bytes) -> list[str]:
    """The author's words on a page: without those pubtool wrote, with alternative texts."""
    root = fragment(data)
    notes = [part for note in root.iter("{*}span") if note.get("class") == NOTE
             for part in (" ", *content(note))]  # fmt: skip
    return fold("".join([*spoken(root), *notes]))


def spoken(e: etree._Element) -> Iterator[str]:
    """The author's text under an element, block edges as blanks."""
    name, mark = local(e), e.get("data-generated")
    if name in _UNSEEN or mark == "yes" or e.get("class") == NOTE:
        return
    if mark == "separator":
        yield " "
        return
    if name == "math" or e.get("role") == "math":
        yield f" {FORMULA} "
        return
    edge = "" if name in INLINE else " "
    yield edge
    if name == "img":
        yield f" {e.get('alt', '')} "
    yield from content(e)
    yield edge


def content(e: etree._Element) -> Iterator[str]:
    """The author's text within an element."""
    yield e.text or ""
    for inner in e.iterchildren("*"):
        yield from spoken(inner)
        yield inner.tail or ""


def conserved(edition: Edition, data: bytes, name: str) -> list[Diagnostic]:
    """Every word of the chapter is on the page, and no other (PT702, PT703)."""
    return differences(chapter_words(edition.chapter), words(data), Place(name), edition.chapter)
