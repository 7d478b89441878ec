"""Sixteen faults put into a good EPUB, as editors and other programs make them: all are caught."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from pubtool import zipped
from pubtool.checks.epub import check
from pubtool.checks.epub_colours import contrast
from pubtool.diagnostics import errors
from pubtool.edition import Edition
from pubtool.settings import Epub
from pubtool.writers import epub

OPF, NAV, TEXT, STYLE = "package.opf", "nav.xhtml", "text/chapter.xhtml", "styles/chapter.css"
FEATURE = '<meta property="schema:accessibilityFeature">'
PAGE_LIST = '<nav epub:type="page-list" role="doc-pagelist"'


@dataclass(frozen=True)
class Fault:
    """A fault: the file it is in, what is replaced by what, and the rule that tells it."""

    name: str
    file: str
    old: str
    new: str
    rule: str


FAULTS = (
    Fault("bad ISBN checksum", OPF, "urn:isbn:9780306406157", "urn:isbn:9780306406158", "PT742"),
    Fault("bad ORCID checksum", OPF, "0000-0002-1825-0097", "0000-0002-1825-0098", "PT742"),
    Fault("feature claimed, absent", OPF, f"{FEATURE}readingOrder", f"{FEATURE}captions", "PT743"),
    Fault("a paragraph missing", TEXT, "An abstract with", "", "PT750"),
    Fault("a wrong page label", NAV, ">57</a>", ">58</a>", "PT744"),
    Fault("contents unlike the heading", NAV, ">1 Methods and", ">1 Means and", "PT745"),
    Fault("a wrong dc:language", OPF, "<dc:language>en<", "<dc:language>de<", "PT746"),
    Fault("a broken page-list target", NAV, "chapter.xhtml#page2", "chapter.xhtml#page9", "PT741"),
    Fault("a dead citation link", TEXT, 'href="#r1"', 'href="#r9"', "PT741"),
    Fault("page order", NAV, "#page1", "#swapped", "PT744"),
    Fault("a missing page list", NAV, PAGE_LIST, '<nav epub:type="lot"', "PT744"),
    Fault("a heading skipped", TEXT, "h2", "h4", "PT747"),
    Fault("no language", TEXT, ' lang="en" xml:lang="en"', "", "PT746"),
    Fault("contrast too low", STYLE, "blockquote {", "blockquote { color: #aaa;", "PT748"),
    Fault("a bad conformsTo", OPF, "WCAG 2.2 Level AA", "WCAG 2.2 Level B", "PT743"),
    Fault("an unknown feature", OPF, f"{FEATURE}readingOrder", f"{FEATURE}easyReading", "PT743"),
)  # fmt: skip


@pytest.fixture(scope="module")
def book(everything: Edition) -> dict[str, bytes]:
    claimed = Epub(conforms_to="EPUB Accessibility 1.1 - WCAG 2.2 Level AA", certified_by="A Press")
    settings = replace(everything.settings, epub=claimed)
    data = epub.write(replace(everything, settings=settings)).data
    assert check(data, "c.epub", "quick") == []
    return zipped.unpack(data)


def spoilt(book: dict[str, bytes], fault: Fault) -> bytes:
    """The book with the fault, packed as any ZIP program would."""
    old, new = fault.old.encode(), fault.new.encode()
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in book.items():
            if name.endswith(fault.file):
                assert old in data, f"{fault.name}: nothing to spoil"
                data = data.replace(old, new) if fault.name != "page order" else swapped(data)
            archive.writestr(name, data)
    return out.getvalue()


def swapped(nav: bytes) -> bytes:
    """The contents with the first two pages exchanged, targets and labels."""
    first, second = b'#page1">41<', b'#page2">57<'
    return nav.replace(first, b"#page0").replace(second, first).replace(b"#page0", second)


def test_there_are_sixteen() -> None:
    assert len({fault.name for fault in FAULTS}) == 16


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_caught(book: dict[str, bytes], fault: Fault) -> None:
    findings = errors(check(spoilt(book, fault), "c.epub", "quick"))
    assert fault.rule in {f.rule for f in findings}, [f.message for f in findings]


def test_a_book_of_another_maker_is_checked_too(everything: Edition) -> None:
    """Pandoc's own package: its claims are told, and nothing breaks."""
    from pubtool import tools
    from pubtool.writers.pandoc_document import as_json, document

    made, _ = document(everything, mathml=True, embed=True)
    data, _ = tools.pandoc(["--from=json", "--to=epub3", "--output=-"], as_json(made))
    rules = {f.rule for f in check(data, "other.epub", "quick")}
    assert "PT744" in rules
    assert "PT750" not in rules


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [((0, 0, 0), (1, 1, 1), 21.0), ((1, 1, 1), (1, 1, 1), 1.0), ((0.5, 0.5, 0.5), (1, 1, 1), 3.98)],
)
def test_contrast(one: tuple[float, float, float], other: tuple[float, ...], ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio  # type: ignore[arg-type]
