"""Manuscripts in: realistic files of every format, word by word, and what they become."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree
from lxml import html as lxml_html

from pubtool import intake
from pubtool.cli import main
from pubtool.diagnostics import Unreadable, errors
from pubtool.edition import Edition
from pubtool.formats import formats
from pubtool.readers import Imported, conserve, manuscript, text
from pubtool.settings import Import, Settings
from pubtool.source import parse
from pubtool.tools import pandoc
from pubtool.validate import chapter_findings
from tests.manuscripts.corpus_other import OTHER, odt
from tests.manuscripts.corpus_word import WORD
from tests.manuscripts.word import PNG, Word, p, r

CORPUS = {**{f"{name}.docx": make() for name, make in WORD.items()}, **OTHER}
_C = {"c": "urn:pubtool:chapter:1"}
_TEXT = re.compile(r"<w:(?:t|delText)[ >][^<]*|<w:t>|</w:p>|<w:(?:tab|br|noBreakHyphen)\b")


@pytest.fixture(scope="module", autouse=True)
def _beside(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The folder the manuscripts lie in, with the image some of them name."""
    folder = tmp_path_factory.mktemp("manuscripts")
    (folder / "shelf.png").write_bytes(PNG)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, data in CORPUS.items():
            IMPORTED[name] = manuscript.read(data, name, Settings())


IMPORTED: dict[str, Imported] = {}


def source_words(name: str, data: bytes) -> list[str]:
    """The words of a source, taken from it by other means than the reader's own."""
    suffix = Path(name).suffix
    if suffix == ".docx":
        return _docx_words(data)
    if suffix == ".odt":
        content = zipfile.ZipFile(io.BytesIO(data)).read("content.xml").decode()
        content = re.sub(r"<svg:desc>.*?</svg:desc>|<dc:\w+>.*?</dc:\w+>", "", content)
        content = re.sub(r"<text:note-citation>.*?</text:note-citation>", "", content)
        return _words(re.sub(r"<(?!/?text:span|text:bookmark)[^>]+>", " ", content))
    if suffix == ".epub":
        archive = zipfile.ZipFile(io.BytesIO(data))
        pages = [n for n in archive.namelist() if n.endswith("xhtml") and "nav" not in n]
        return [w for n in pages for w in _html_words(archive.read(n)) if w != "1"]
    if suffix == ".html":
        return _html_words(data)
    reader = "latex" if suffix == ".tex" else "markdown-smart-citations"
    text, _ = pandoc(["-f", reader, "-t", "plain", "--wrap=none", "--mathml"], data)
    return _words(text.decode())


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"<[^>]+>", "", text))


def _html_words(data: bytes) -> list[str]:
    body = lxml_html.document_fromstring(data).find("body")
    assert body is not None
    for element in body.iter("script", "style"):
        element.text = ""
    for block in body.iter("p", "td", "th", "li", "dt", "dd", "h1", "h2", "caption", "figcaption"):
        block.tail = f" {block.tail or ''}"
    return _words(body.text_content())


def _docx_words(data: bytes) -> list[str]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    said = []
    for name in archive.namelist():
        if re.fullmatch(r"word/(document|footnotes|endnotes|comments)\.xml", name):
            xml = archive.read(name).decode()
            xml = re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", xml, flags=re.S)
            xml = xml.replace("<w:rubyBase>", "</w:p>").replace("<w:p>", "</w:p>")
            said += [
                re.sub(r"<[^>]+>", "", token) if token.startswith("<w:t") and ">" in token
                else re.sub(r"^<w:delText[^>]*>", "", token) if token.startswith("<w:delText")
                else " "
                for token in _TEXT.findall(xml)
            ]  # fmt: skip
    return re.findall(r"\w+", "".join(said).replace("\u00ad", ""))


PARTED = """p td th title ref keyword given family institution city break orcid email alt query
country term""".split()


def chapter_words(imported: Imported) -> Counter[str]:
    root = etree.fromstring(imported.data)
    for element in root.iter("{*}fn", "{*}query", "{*}index-term", "{*}alt"):
        element.text = f" {element.text or ''}"
    for element in root.iter(*(f"{{*}}{name}" for name in PARTED)):
        element.tail = f" {element.tail or ''}"
    numbers = " ".join(e.get("number", "") for e in root.iter())
    text = f"{''.join(root.itertext())} {numbers}"
    return Counter(re.findall(r"\w+", text.replace("\u00ad", "")))


@pytest.mark.parametrize("name", sorted(CORPUS))
def test_every_word_is_in_the_chapter_or_in_a_finding(name: str) -> None:
    """Recall of at least 0.999, or a diagnostic for each word that is lost."""
    imported = IMPORTED[name]
    there = parts(chapter_words(imported).elements())
    told = parts(word for f in imported.findings for word in re.findall(r"\w+", f.message))
    understood = UNDERSTOOD.get(name, set()) | SIGNS
    words = [w for w in source_words(name, CORPUS[name]) if w not in understood]
    assert parts(words) - there - told == Counter()
    assert len(words) > 4


def parts(words: Iterable[str]) -> Counter[str]:
    """Words without their case, numbers apart from the letters they stand beside."""
    return Counter(p for w in words for p in re.findall(r"[^\W\d_]+|\d+", w.casefold()))


# Words that were understood and are no text: labels that pubtool prints itself, what TeX means.
SIGNS = {"Figure", "Table", "Illustration", "Tablo", "ORCID", "Keywords", "Abstract", "References"}
UNDERSTOOD = {
    "full.md": {"berg04", "a²", "x²", "H₂O", "SMALL", "p", "12", "i", "x_i", "_i", "x_", "_", "1"},
    "article.tex": {"x²", "berg", "1", "9"},
    "unstyled.docx": {"1", "2"},
}


@pytest.mark.parametrize("name", sorted(CORPUS))
def test_no_word_is_missing_by_the_reader_s_own_count(name: str) -> None:
    wrong = ("PT602", "PT633")
    assert [f.message for f in IMPORTED[name].findings if f.rule in wrong] == []


@pytest.mark.parametrize("name", sorted(CORPUS))
def test_the_chapter_is_valid(name: str) -> None:
    source = parse(IMPORTED[name].data, "chapter.xml")
    wrong = [f for f in errors(chapter_findings(source, intake.schema())) if f.rule != "PT201"]
    assert [f.message for f in wrong] == []


def test_the_same_manuscript_gives_the_same_bytes() -> None:
    data = CORPUS["styled.docx"]
    assert manuscript.read(data, "styled.docx", Settings()) == IMPORTED["styled.docx"]


def at(name: str, path: str) -> list[str]:
    """What an XPath finds in an imported chapter, as text without formulas."""
    root = etree.fromstring(IMPORTED[name].data)
    hits = root.xpath(path, namespaces=_C)
    assert isinstance(hits, list)
    return [str(h) if isinstance(h, str) else "".join(h.itertext()) for h in hits]


# What each manuscript becomes: file, XPath, the texts found.
EXPECTED: list[tuple[str, str, list[str]]] = [
    ("styled.docx", "//c:front/c:title", ["Ledgers of the Harbour"]),
    ("styled.docx", "//c:subtitle", ["Three languages in one office"]),
    ("styled.docx", "//c:contributor//c:family", ["Aksoy"]),
    ("styled.docx", "//c:keyword", ["ledgers", "harbour", "archives"]),
    ("styled.docx", "//c:xref/@rid", ["sec2"]),
    ("styled.docx", "//c:disp-quote/c:p[2]", ["A second paragraph of the same quotation."]),
    ("styled.docx", "//c:table-wrap/@number", ["1"]),
    ("styled.docx", "//c:table-wrap/c:caption", ["Volumes found"]),
    ("styled.docx", "//c:thead//c:th", ["Year", "Volumes"]),
    ("styled.docx", "//c:fig/c:caption", ["The shelf in 1931"]),
    ("styled.docx", "//c:fig/c:alt", ["A shelf of ledgers"]),
    ("styled.docx", "//c:p/c:italic", ["so on"]),
    ("styled.docx", "//c:ref/@id", ["aksoy-2019", "berg-2004"]),
    ("strict.docx", "//c:sec/c:title", ["Introduction", "The office", "Conclusion"]),
    ("unstyled.docx", "//c:contributor/@affiliations", ["aff1", "aff2"]),
    ("unstyled.docx", "//c:contributor/c:email", ["selin@example.org"]),
    ("unstyled.docx", "//c:sec/@number", ["1", "1.1", "2"]),
    ("unstyled.docx", "//c:sec/c:sec/c:title", ["Sources"]),
    ("unstyled.docx", "//c:table-wrap/c:caption", ["Volumes by year"]),
    ("unstyled.docx", "count(//c:bio)", ["1.0"]),
    ("boxes.docx", "//c:fig/c:caption", ["The harbour at dawn"]),
    ("boxes.docx", "//c:boxed-text[1]/c:p", ["Eleven volumes are missing", "to this day"]),
    ("groups.docx", "//c:inline-graphic/c:alt", ["Seal one", "Seal two"]),
    ("groups.docx", "//c:boxed-text", ["Seals of the office"]),
    ("languages.docx", "//c:foreign/@xml:lang", ["de", "ru"]),
    ("languages.docx", "//c:p/@xml:lang", ["az-Latn"]),
    ("tracked.docx", "//c:query/@by", ["Editor"] * 5),
    ("hidden.docx", "//c:sec/c:p", ["Seen again.", "said aloud.", "switched off and so visible."]),
    ("zotero.docx", "//c:cite/@ref", ["berg-2004"]),
    ("zotero.docx", "//c:cite/@locator", ["12"]),
    ("zotero.docx", "//c:cite", ["(Berg, 2004, p. 12)"]),
    ("zotero.docx", "//c:ref/c:publisher", ["Fjord Press"]),
    ("zotero.docx", "//c:as-written", ["Berg, T. (2004). Harbours of the north. Fjord Press."]),
    ("mendeley.docx", "//c:cite/@ref", ["berg-2004"]),
    ("mendeley.docx", "//c:ref/@type", ["book"]),
    ("word_citations.docx", "//c:cite/@locator", ["12"]),
    ("word_citations.docx", "//c:ref/c:place", ["Oslo"]),
    ("bookmarks.docx", "//c:cite/@ref", ["berg-2004"]),
    ("notes.docx", "//c:fn[@kind='endnote']", ["At the end.", "At the very end."]),
    ("notes.docx", "//c:fn[not(@kind)][1]", ["Plain words."]),
    ("numbered.docx", "//c:sec/@number", ["1", "1.1", "1.2", "2"]),
    ("numbered.docx", "//c:ref/@id", ["aksoy-2019", "berg-2004"]),
    ("formulas.docx", "//c:tex", ["x^{2}", "\\frac{a}{b}", "x^{2}"]),
    ("formulas.docx", "count(//*[local-name()='math'])", ["3.0"]),
    ("google.docx", "//c:ext-link/@href", ["https://example.org/archive"]),
    ("google.docx", "//c:query", ["Please check"]),
    ("google.docx", "//c:list/@type", ["bullet"]),
    ("google.docx", "//c:fig/c:caption", ["The door of the archive"]),
    ("libreoffice.docx", "//c:fig/c:caption", ["The lamp"]),
    ("libreoffice.docx", "//c:code", ["code = 1\nline two"]),
    ("turkish.docx", "//c:name/c:prefix", ["Doç. Dr."]),
    ("turkish.docx", "//c:contributor/c:name/c:family", ["Aksoy"]),
    ("turkish.docx", "//c:institution", ["Ege Üniversitesi"]),
    ("turkish.docx", "//c:orcid", ["0000-0002-1825-0097"]),
    ("turkish.docx", "//c:keyword", ["defter", "liman", "arşiv"]),
    ("turkish.docx", "//c:sec/@kind", ["introduction", "conclusion"]),
    ("turkish.docx", "/c:chapter/@xml:lang", ["tr"]),
    ("objects.docx", "//c:boxed-text/c:p", ["Receive", "Count"]),
    ("oddities.docx", "//c:td/@colspan", ["2"]),
    ("oddities.docx", "//c:td/@rowspan", ["2"]),
    ("oddities.docx", "//c:p[contains(., 'star')]", ["A * star and a # sign and a \\ stroke"]),
    ("oddities.docx", "//c:p[contains(., 'Ruby')]", ["Ruby 漢 (kan) here tabbed"]),
    ("contents.docx", "//c:sec/c:p/c:break", [""]),
    ("outlined.docx", "//c:sec/c:sec/c:title", ["Ships"]),
    ("decorative.docx", "//c:fig/@decorative", ["yes"]),
    ("notes.odt", "//c:fn[@kind='endnote']", ["At the end."]),
    ("notes.odt", "//c:query", ["Is it eleven?", "deleted: “rather”"]),
    ("notes.odt", "//c:foreign/@xml:lang", ["de"]),
    ("frames.odt", "//c:fig/c:caption", ["The shelf"]),
    ("frames.odt", "//c:fig/c:alt", ["A shelf"]),
    ("frames.odt", "count(//*[local-name()='math'])", ["1.0"]),
    ("structure.odt", "//c:xref/@rid", ["sec2"]),
    ("zotero.odt", "//c:cite/@ref", ["berg-2004"]),
    ("zotero.odt", "//c:cite/@locator", ["12"]),
    ("zotero.odt", "//c:cite", ["(Berg, 2004, p. 12)"]),
    ("zotero.odt", "//c:ref/@type", ["book"]),
    ("full.md", "//c:orcid", ["0000-0002-1825-0097"]),
    ("full.md", "//c:cite/@mode", ["narrative"]),
    ("full.md", "//c:body//c:p/@xml:lang", ["de"]),
    ("full.md", "//c:verse-line", ["roses are", "\u00a0\u00a0red"]),
    ("full.md", "//c:table/@columns", ["left right"]),
    ("plain.md", "//c:ref/@id", ["aksoy-2019", "berg-2004"]),
    ("plain.md", "count(//c:bio)", ["1.0"]),
    ("article.tex", "//c:cite/@ref", ["berg-2004"]),
    ("article.tex", "//c:xref/@rid", ["sec1", "tab1"]),
    ("article.tex", "//c:tex", ["x^2", "a = b"]),
    ("raw.tex", "//c:index-term/c:term", ["Helsinki"]),
    ("page.html", "//c:contributor//c:family", ["Aksoy"]),
    ("page.html", "//c:foreign", ["mot juste"]),
    ("page.html", "//c:fig/c:caption", ["The shelf"]),
    ("word.html", "/c:chapter/@xml:lang", ["tr"]),
    ("book.epub", "//c:fn", ["In the city archive."]),
    ("book.epub", "//c:fig/c:alt", ["A shelf"]),
]


@pytest.mark.parametrize(("name", "path", "texts"), EXPECTED)
def test_what_a_manuscript_becomes(name: str, path: str, texts: list[str]) -> None:
    if path.startswith("count("):
        number = etree.fromstring(IMPORTED[name].data).xpath(path, namespaces=_C)
        assert [str(number)] == texts
    else:
        assert at(name, path) == texts


# What is said of each manuscript: file, rule, words of the message.
SAID = [
    ("boxes.docx", "PT611", "Figure 1. The harbour at dawn"),
    ("hidden.docx", "PT612", "not seen"),
    ("hidden.docx", "PT612", "a note to myself"),
    ("notes.docx", "PT614", "<table-wrap> cannot stand in a note"),
    ("objects.docx", "PT620", "Volumes a year"),
    ("objects.docx", "PT620", "Excel.Sheet.12"),
    ("contents.docx", "PT601", "Introduction 1"),
    ("contents.docx", "PT629", "Draft of May"),
    ("contents.docx", "PT627", "PC-12"),
    ("decorative.docx", "PT630", "A table of letters"),
    ("bookmarks.docx", "PT628", "Berg, Tor (2004)"),
    ("notes.odt", "PT612", "and not seen"),
    ("frames.odt", "PT611", "Words in a box"),
    ("structure.odt", "PT601", "Table of contents"),
    ("raw.tex", "PT605", "no title was found"),
    ("word.html", "PT603", "windows-1254"),
]


@pytest.mark.parametrize(("name", "rule", "words"), SAID)
def test_what_is_said_of_a_manuscript(name: str, rule: str, words: str) -> None:
    assert [f for f in IMPORTED[name].findings if f.rule == rule and words in f.message]


def test_a_finding_names_the_paragraph_it_is_about() -> None:
    hidden = [f.line for f in IMPORTED["hidden.docx"].findings if f.rule == "PT612"]
    assert hidden == [3, 4]


def with_(**options: object) -> Settings:
    return replace(Settings(), import_=Import(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("accept", "The office was very old and dark."),
        ("reject", "The office was old and rather dark."),
    ],
)
def test_tracked_changes_are_settled(how: str, sentence: str) -> None:
    imported = manuscript.read(CORPUS["tracked.docx"], "t.docx", with_(track_changes=how))
    root = etree.fromstring(imported.data)
    said = ["".join(e.itertext()) for e in root.iter("{*}p")]
    assert sentence in [" ".join(s.split()) for s in said]
    assert [f.message for f in imported.findings if f.rule == "PT602"] == []
    assert [f for f in imported.findings if f.rule == "PT613"]
    assert [e.text for e in root.iter("{*}query")] == ["Is it eleven or twelve?"]


def test_styles_of_the_house_are_what_the_project_says() -> None:
    body = [
        p("The Title", style="HT"), p("A part", style="H2"), p("Said.", style="Z"),
        p("A ", r("word", '<w:rStyle w:val="Term"/>'), "."),
    ]  # fmt: skip
    data = Word(
        body,
        styles={"HT": ("House Title", ""), "H2": ("Ara Başlık", ""), "Z": ("Zitat", "")},
        character_styles={"Term": ("Fachwort", "<w:i/>")},
    ).bytes()
    styles = {
        "House Title": "title",
        "Ara Başlık": "heading-1",
        "Zitat": "disp-quote",
        "Fachwort": "term",
    }
    root = etree.fromstring(manuscript.read(data, "t.docx", with_(styles=styles)).data)
    assert [e.text for e in root.iter("{*}title")] == ["The Title", "A part"]
    assert ["".join(e.itertext()) for e in root.iter("{*}disp-quote")] == ["Said."]
    assert [e.text for e in root.iter("{*}term")] == ["word"]


def test_the_seed_in_word_is_the_seed_in_text(seed: Path) -> None:
    """The real chapter, each of its lines a paragraph of Word, has the same structure."""
    body = []
    for line in seed.read_text(encoding="utf-8-sig").splitlines():
        parts_ = re.split(r"\*([^*]+)\*", line.replace("\\$", "$"))
        runs = [r(t, "<w:i/>" if n % 2 else "") for n, t in enumerate(parts_) if t]
        body += [p(*runs)] if line.strip() else []
    plain = etree.fromstring(text.read(seed.read_bytes(), "chapter-08.txt", Settings()).data)
    imported = manuscript.read(Word(body).bytes(), "chapter-08.docx", Settings())
    rich = etree.fromstring(imported.data)
    # Titles of references are left out: a lost asterisk is kept in Word, where it is no markup.
    titles = "//c:title[not(parent::c:ref)]"
    for path in (titles, "//c:keyword", "//c:family", "//c:orcid", "//c:email", "//c:ref/@id"):
        said = [_said(e) for e in plain.xpath(path, namespaces=_C)]  # type: ignore[union-attr]
        assert [_said(e) for e in rich.xpath(path, namespaces=_C)] == said  # type: ignore[union-attr]
    assert len(rich.findall(".//{*}body//{*}p")) == len(plain.findall(".//{*}body//{*}p"))
    assert [f.message for f in imported.findings if f.rule == "PT602"] == []


def _said(hit: object) -> str:
    return hit if isinstance(hit, str) else "".join(hit.itertext())  # type: ignore[attr-defined]


# ── no word goes unnoticed ──


def test_a_paragraph_that_pandoc_forgets_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drop one paragraph from pandoc's answer: it is an error with its words and its place."""
    whole = manuscript._document

    def forgetful(*arguments: object) -> dict[str, object]:
        document = whole(*arguments)  # type: ignore[arg-type]
        del document["blocks"][2]
        return document

    monkeypatch.setattr(manuscript, "_document", forgetful)
    imported = manuscript.read(CORPUS["hidden.docx"], "t.docx", Settings())
    lost = [f for f in imported.findings if f.rule == "PT602"]
    assert (lost[0].line, lost[0].message) == (4, "not in the chapter: “said aloud”")


def test_words_beside_a_number_are_found_apart() -> None:
    root = etree.fromstring("<p>Demir</p>")
    assert conserve.lost([(1, "Demir1")], root, ["1"], "f") == []
    assert [f.message for f in conserve.lost([(1, "Demir2")], root, ["1"], "f")] == [
        "not in the chapter: “Demir2”"
    ]


# ── bad input ──


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", b" " * 60_000_000)
    return out.getvalue()


def empty() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/other.xml", "<x/>")
    return out.getvalue()


def doctype() -> bytes:
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return _changed(lambda xml: xml.replace("<w:document", f"{entity}<w:document", 1))


def _changed(change: Callable[[str], str]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(CORPUS["styled.docx"])) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = change(data.decode()).encode()
            new.writestr(name, data)
    return out.getvalue()


def escaping() -> bytes:
    out = io.BytesIO(CORPUS["styled.docx"])
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("../../etc/x", "x")
    return out.getvalue()


def _outside(kind: str, target: str) -> bytes:
    return Word([p("x")], external={"rId7": (kind, target)}).bytes()


BAD: dict[str, tuple[str, bytes, str]] = {
    "encrypted": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "PT622"),
    "cut off": ("a.docx", CORPUS["styled.docx"][:3000], "PT623"),
    "only the beginning": ("a.docx", b"PK\x03\x04", "PT623"),
    "bomb": ("a.docx", bomb(), "PT623"),
    "an ODT": ("a.docx", CORPUS["notes.odt"], "PT621"),
    "an EPUB": ("a.odt", CORPUS["book.epub"], "PT621"),
    "a web page": ("a.docx", CORPUS["page.html"], "PT621"),
    "text": ("a.docx", b"Just words.", "PT621"),
    "a PDF": ("a.docx", b"%PDF-1.7\n", "PT621"),
    "rich text": ("a.docx", b"{\\rtf1 words}", "PT621"),
    "Word as Markdown": ("a.md", CORPUS["styled.docx"], "PT621"),
    "no letters": ("a.md", b"caf\xe9 au lait", "PT002"),
    "page without charset": ("a.html", b"<html><body>caf\xe9</body></html>", "PT002"),
    "entity": ("a.docx", doctype(), "PT623"),
    "broken XML": ("a.docx", _changed(lambda xml: xml[: len(xml) // 2]), "PT623"),
    "no document": ("a.docx", empty(), "PT623"),
    "leaves the archive": ("a.docx", escaping(), "PT624"),
    "linked picture": ("a.docx", _outside("image", "http://example.org/a.png"), "PT624"),
    "linked object": ("a.docx", _outside("oleObject", "file:///C:/a.xlsx"), "PT624"),
    "linked frame": ("a.docx", _outside("subDocument", "b.docx"), "PT624"),
    "long": ("a.docx", Word([p("word " * 800)] * 1000).bytes(), "PT625"),
    "nothing": ("a.docx", Word([p()]).bytes(), "PT605"),
    "locked ODT": (
        "a.odt",
        odt("", files={"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
        "PT622",
    ),
    "deep": ("a.md", b">" * 5000 + b" deep", "PT625"),
}


@pytest.mark.parametrize("case", sorted(BAD))
def test_bad_input_is_told_and_nothing_is_written(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, data, rule = BAD[case]
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(data)
    Path("chapter.xml").write_text("old")
    result = run("import", name, "-o", "chapter.xml", "--force")
    assert result.exit_code == 1
    assert f" {rule} " in result.stderr
    assert Path("chapter.xml").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "chapter.xml"])


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_linked_hyperlink_or_template_is_no_danger() -> None:
    for kind in ("hyperlink", "attachedTemplate"):
        assert manuscript.read(_outside(kind, "file:///C:/Normal.dotm"), "a.docx", Settings())


def test_images_stand_beside_the_chapter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ch 8.docx").write_bytes(CORPUS["groups.docx"])
    assert run("import", "ch 8.docx", "-o", "chapters/c.xml").exit_code == 0
    images = sorted(Path("chapters/images").iterdir())
    assert [path.name for path in images] == ["ch-8-fig1.png", "ch-8-fig2.png"]
    assert images[0].read_bytes() == PNG
    check = run("check", "chapters/c.xml")
    assert "PT50" not in check.stderr


def test_another_image_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.docx").write_bytes(CORPUS["groups.docx"])
    Path("images").mkdir()
    Path("images/a-fig1.png").write_text("other")
    result = run("import", "a.docx", "-o", "c.xml")
    assert "PT607" in result.stderr
    assert not Path("c.xml").exists()


def test_the_limit_of_words_is_a_setting() -> None:
    short = replace(Settings(), limits=replace(Settings().limits, import_words=10))
    with pytest.raises(Unreadable, match="limit of 10"):
        manuscript.read(CORPUS["styled.docx"], "a.docx", short)


@pytest.mark.parametrize("format_", ["docx", "odt", "latex", "epub"])
def test_what_pubtool_exports_it_reads_again(format_: str, everything: Edition) -> None:
    """Every element of the schema, out and in again: no word is lost, none is added."""
    row = formats()[format_]
    made = row.write(everything)
    imported = manuscript.read(made.data, f"chapter{row.suffix}", Settings())
    wrong = ("PT602", "PT633")
    assert [f.message for f in imported.findings if f.rule in wrong] == []
    root = etree.fromstring(imported.data)
    assert "Every element of a chapter" in "".join(root.find("{*}front/{*}title").itertext())  # type: ignore[union-attr]
    tables = bool(root.findall(".//{*}table-wrap"))
    told = {w for f in imported.findings if f.rule == "PT634" for w in words_of(f.message)}
    assert tables or {"Manuscript", "unknown"} <= told


def words_of(message: str) -> list[str]:
    return re.findall(r"\w+", message)
