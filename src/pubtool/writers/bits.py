"""BITS 2.0: a chapter in its book, as `book-part-wrapper`; the text as JATS has it.

Source: BITS 2.0 Tag Library (NCBI, 2015). BITS 2.0 stands on JATS 1.1, so it knows no vocabulary
attributes; JATS4R says where a CRediT role then keeps its address.
"""

from __future__ import annotations

from pubtool.edition import Edition, Made
from pubtool.model import child
from pubtool.writers.bits_meta import book_meta, collection_meta, part_meta
from pubtool.writers.jats import Element, XmlGo, el, jats
from pubtool.writers.jats_article import body_and_back, run, serialised
from pubtool.writers.jats_blocks import forms
from pubtool.writers.jats_front import named_funder
from pubtool.writers.jats_people import credit_term

DOCTYPE = (
    '<!DOCTYPE book-part-wrapper PUBLIC "-//NLM//DTD BITS Book Interchange DTD v2.0 20151225//EN"'
    ' "BITS-book2.dtd">'
)
bits = jats.extend("bits")


@bits("credit")
def credit(e: Element, go: XmlGo) -> Element:
    """A CRediT role, its address as content-type."""
    term, address = credit_term(e.get("role", ""))
    return el("role", term, specific_use="generated", content_type=address)


@bits("funder")
def funder(e: Element, go: XmlGo) -> Element:
    """Who gave the money."""
    return named_funder(e, {})


@bits("inline-formula")
def inline_formula(e: Element, go: XmlGo) -> Element:
    """A formula in the line, where BITS 2.0 has no alt-text: its words are a textual form."""
    made, said = forms(e), child(e, "alt")
    if said is not None:
        made.append(el("textual-form", said.text, specific_use="alt-text"))
    inside = el("alternatives", made) if len(made) > 1 else made
    return el("inline-formula", inside, id=e.get("id"))


def write(edition: Edition) -> Made:
    """The chapter as BITS 2.0, with the metadata of its book."""
    root, go = wrapper(edition)
    return Made(serialised(root, DOCTYPE), tuple(go.findings))


def wrapper(edition: Edition) -> tuple[Element, XmlGo]:
    """The chapter in its book as `<book-part-wrapper>`, and the run that made it."""
    record = edition.chapter.record
    go = run(edition, bits)
    made = el(
        "book-part-wrapper",
        collection_meta(record.book),
        book_meta(record.book, child(edition.chapter.front, "book"), go),
        book_part(go),
        content_type="chapter",
        dtd_version="2.0",
        xml_lang=record.book.language or record.language,
    )
    return made, go


def book_part(go: XmlGo) -> Element:
    """The chapter as `<book-part>`, which stands alone or among others in a whole book."""
    chapter = go.chapter
    record = chapter.record
    return el(
        "book-part",
        part_meta(chapter.front, record, go),
        body_and_back(go),
        book_part_type=record.type,
        id=record.id,
        xml_lang=record.language,
    )
