"""HTML: the whole page, one self-contained file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from lxml import etree

import pubtool.writers.html_floats  # noqa: F401  (its rules register themselves)
from pubtool import resources
from pubtool.diagnostics import Diagnostic
from pubtool.edition import Edition, Made
from pubtool.labels import label_in
from pubtool.model import Record
from pubtool.rules import Content, Go, Rules, XmlNode
from pubtool.writers import metadata_web
from pubtool.writers.html import Element, HtmlGo, el, html
from pubtool.writers.html_blocks import notes
from pubtool.writers.html_front import abstracts, colophon, opener
from pubtool.writers.html_matter import biographies
from pubtool.writers.html_style import screen_variables
from pubtool.writers.templates import filled

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


def write(edition: Edition) -> Made:
    """The chapter as one accessible page, its style and images inside."""
    go = run(edition, html)
    text = article(edition, go, notes(edition.chapter.root, go))
    style = resources.text("styles", "screen.css", edition.settings.root)
    variables = screen_variables(edition.settings.style)
    more = {"style": f"{style}{variables}", **machine_readable(edition.chapter.record)}
    return shell("page.html", edition, text, more, go.findings)


def machine_readable(record: Record) -> dict[str, Any]:
    """What the page says to search engines and reference managers."""
    return {
        "highwire": metadata_web.highwire(record),
        "json_ld": metadata_web.in_a_page(record),
        "coins": metadata_web.coins(record),
    }


def run(edition: Edition, rules: Rules[XmlNode], **options: Any) -> HtmlGo:
    """A run of a table, with what the rules of the page need to know."""
    chapter, house = edition.chapter, edition.settings.labels
    label = partial(label_in, chapter.record.language, chapter.labels, house)
    return Go(rules, chapter, {"images": edition.images, "label": label, **options})


def article(
    edition: Edition, go: HtmlGo, end: Content = None, *, colophon_first: bool = False
) -> Element:
    """The chapter from its opener to its back matter; `end` follows the text (notes)."""
    chapter = edition.chapter
    matter = go.blocks(chapter.back) if chapter.back is not None else []
    return el(
        "article",
        opener(chapter.front, go),
        colophon(chapter.front, go) if colophon_first else None,
        abstracts(chapter.front, go),
        el("div", go.blocks(chapter.body), class_="text", id="_text"),
        end,
        matter,
        biographies(chapter.front, go),
        None if colophon_first else colophon(chapter.front, go),
        role="doc-chapter",
        id=chapter.record.id,
    )


def shell(
    template: str,
    edition: Edition,
    text: Element | None,
    more: Mapping[str, Any],
    findings: list[Diagnostic],
) -> Made:
    """The page around the text, made from a template that a publisher may replace."""
    page = filled(template, edition, text="" if text is None else markup(text), **more)
    return Made(page.encode("utf-8"), tuple(findings))


def markup(element: Element) -> str:
    """An element as polyglot HTML: only void elements close themselves."""
    for e in element.iter("*"):
        if e.tag not in _VOID and not len(e) and e.text is None:
            e.text = ""
    return etree.tostring(element, encoding="unicode", with_tail=False)
