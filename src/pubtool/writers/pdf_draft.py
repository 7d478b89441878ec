"""PDF: what is given to the engine, the page that is set and the metadata of the file.

Both are made by pubtool alone, without the engine, while it is loaded.
"""

from __future__ import annotations

from collections.abc import Callable

from pubtool.diagnostics import Place
from pubtool.edition import PAGE, XMP, Edition, Made
from pubtool.text import direction
from pubtool.writers.html import Element
from pubtool.writers.html_page import article, run, shell
from pubtool.writers.html_style import css_string, font_list, root_rule, value
from pubtool.writers.pdf_hyphens import unhyphenated
from pubtool.writers.pdf_lines import shape_addresses
from pubtool.writers.pdf_metadata import identity
from pubtool.writers.pdf_numerals import folios
from pubtool.writers.pdf_overflow import mark_long_words, mark_tall_blocks
from pubtool.writers.pdf_page import page
from pubtool.writers.pdf_places import placed, settle_places
from pubtool.writers.pdf_sizes import css_size


def drafts(edition: Edition) -> dict[str, Made]:
    """The page of a chapter, and its XMP, for screens and repositories."""
    return with_xmp(print_page(edition), edition, "xmp.xml")


def with_xmp(page: Made, edition: Edition, template: str, date: str = "") -> dict[str, Made]:
    """A page, and the XMP of its file by a template; `date` (ISO 8601) is told as the file's."""
    facts = {"identifier": identity(page.data), "date": date}
    return {PAGE: page, XMP: shell(template, edition, None, facts, [])}


def print_page(
    edition: Edition, shape: Callable[[Element], None] | None = None, rules: str = ""
) -> Made:
    """The page that is set: the chapter after the print rules, in the print shell.

    `shape` may change it in the end; `rules` are CSS beside the variables.
    """
    go = placed(run(edition, page, paper=True))
    text = article(edition, go, colophon_first=True)
    settle_places(text)
    shape_addresses(text)
    mark_long_words(text)
    mark_tall_blocks(text)
    if shape is not None:
        shape(text)
    place, language = Place(edition.chapter.file), edition.chapter.record.language
    findings = [*go.findings, *unhyphenated(text, language, place)]
    told = f"{variables(edition)}\n{rules}"
    return shell("print.html", edition, text, {"variables": told}, findings)


def variables(edition: Edition) -> str:
    """What the chapter and [style] tell the stylesheet: running heads, folios, type and page."""
    chapter, style = edition.chapter, edition.settings.style
    pages = folios(chapter.record.first_page)
    told = root_rule(
        {
            "running-author": css_string(chapter.running_author),
            "running-title": css_string(chapter.running_title),
            "first-page": str(pages.first),
            "folio": pages.style,
            "serif": font_list(style),
            "size": value(style.font_size),
            "link": value(style.link_color),
        }
    )
    size = f"@page {{ size: {value(css_size(style.page_size))}; }}" if style.page_size else ""
    side = "html { break-before: left; }" if pages.verso else ""
    from_right = direction(chapter.record.language) == "rtl"
    rule = "@page { @footnote { background-position: right top; } }" if from_right else ""
    return "\n".join(filter(None, (told, size, side, rule)))
