"""Word documents with the features of Word, LibreOffice and Google Docs, one or a few in each."""

from __future__ import annotations

import base64
import json

from tests.manuscripts.word import (
    PNG,
    SPACES,
    Word,
    field_,
    note,
    p,
    pic,
    picture,
    r,
    table,
    text_box,
)

_B = 'xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"'
LONG = (
    "The harbour office kept its books in three languages, and nobody who worked there thought "
    "this strange; only the visitors from the capital asked for a translation."
)
MORE = (
    "When the archive was moved in 1931, the ledgers were counted twice, and the two counts differ "
    "by eleven volumes that have not been found to this day."
)


def doc(*body: str, **parts: object) -> bytes:
    return Word(list(body), **parts).bytes()  # type: ignore[arg-type]


def styled() -> bytes:
    """A chapter as a careful author writes it: a style for everything."""
    return doc(
        p("Ledgers of the Harbour", style="Title"),
        p("Three languages in one office", style="Subtitle"),
        p("Selin Aksoy", style="Author"),
        p("Department of History, University of Oslo, Oslo, Norway", style="Affiliation"),
        p(LONG, style="Abstract"),
        p(r("Keywords: ", "<w:b/>"), "ledgers; harbour; archives"),
        p("Introduction", style="Heading1"),
        p(LONG, note(2), " And ", r("so on", '<w:rStyle w:val="Emphasis"/>'), "."),
        p('<w:bookmarkStart w:id="5" w:name="_Ref5"/>', "The office", '<w:bookmarkEnd w:id="5"/>',
          style="Heading2"),
        p(MORE, style="Quote"),
        p("A second paragraph of the same quotation.", style="Quote"),
        p("As ", field_("REF _Ref5 \\h", "the section above"), " says, it was so."),
        p("Table ", field_("SEQ Table", "1"), ": Volumes found", style="Caption"),
        table(["Year", "Volumes"], ["1931", "212"], ["1932", "201"], head=True),
        p(picture("rId21", "A shelf of ledgers")),
        p("Figure ", field_("SEQ Figure", "1"), ". The shelf in 1931", style="Caption"),
        p("Conclusion", style="Heading1"),
        p(MORE),
        p("References", style="Heading1"),
        p("Aksoy, S. (2019). ", r("Harbours", "<w:i/>"), ". Deniz Press."),
        p("Berg, T. (2004). Counting books. ", r("Archive Studies, 12", "<w:i/>"), "(3), 1–20."),
        footnotes={2: "The books are now in the city archive."},
        images={"rId21": PNG},
        styles={"Affiliation": ("Affiliation", "")},
    )  # fmt: skip


def unstyled() -> bytes:
    """The same without a single style: bold lines, numbers typed by hand."""
    bold = "<w:b/>"
    return doc(
        p(r("LEDGERS OF THE HARBOUR", bold), props='<w:jc w:val="center"/>'),
        p("Selin Aksoy", r("1", '<w:vertAlign w:val="superscript"/>'), " and Tor Berg",
          r("2", '<w:vertAlign w:val="superscript"/>')),
        p(r("1", '<w:vertAlign w:val="superscript"/>'), "University of Oslo, Oslo, Norway"),
        p(r("2", '<w:vertAlign w:val="superscript"/>'), "City Museum, Bergen, Norway"),
        p("selin@example.org"),
        p(r("Abstract:", bold), " " + LONG),
        p(r("Keywords", "<w:b/><w:i/>"), r(":", bold), " ledgers, harbour, archives"),
        p(r("1. Introduction", bold)),
        p(LONG),
        p(r("1.1 Sources", bold)),
        p("We used the Ledgers of the Harbour of 1931. " + MORE),
        p(r("2. Results", bold)),
        p(MORE),
        p("Table 1. Volumes by year"),
        table(["Year", "Volumes"], ["1931", "212"]),
        p(r("References", bold)),
        p("Aksoy, S. (2019). ", r("Harbours", "<w:i/>"), ". Deniz Press."),
        p(r("About the authors", bold)),
        p("Selin Aksoy teaches history and writes about ports and the people who work in them."),
    )  # fmt: skip


def boxes() -> bytes:
    """A caption in a text box, a box for old readers only, a box within a table."""
    return doc(
        p("Boxes", style="Title"),
        p("Introduction", style="Heading1"),
        p(LONG, text_box(p("Figure 1. The harbour at dawn", style="Caption"))),
        p(picture("rId9", "Harbour")),
        p("Beside a pull quote.", text_box(p("Eleven volumes are missing"), p("to this day"))),
        p("An old one.", text_box(p("Written for Word 2003"), fallback=False)),
        table(["a", p("cell", text_box(p("boxed in a cell")))]),
        images={"rId9": PNG},
    )


def groups() -> bytes:
    """Two pictures and a label in one group."""
    group = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing><wp:anchor>'
        '<wp:docPr id="7" name="Group" descr="Two seals"/><a:graphic><a:graphicData uri='
        '"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"><wpg:wgp>'
        f"{pic('rId8', 'Seal one')}{pic('rId9', 'Seal two')}<wps:wsp><wps:txbx><w:txbxContent>"
        f"{p('Seals of the office')}</w:txbxContent></wps:txbx></wps:wsp></wpg:wgp></a:graphicData>"
        "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    return doc(
        p("Groups", style="Title"), p("Seals", style="Heading1"), p("See", group), p(LONG),
        images={"rId8": PNG, "rId9": PNG},
    )  # fmt: skip


def languages() -> bytes:
    """Runs and a paragraph in other languages, and one the program mislabelled."""
    german = '<w:lang w:val="de-DE"/>'
    return doc(
        p("Tongues", style="Title"),
        p("Words", style="Heading1"),
        p(LONG + " " + MORE),
        p("He called it ", r("Buchhaltung der Seele", "<w:i/>" + german), ", bookkeeping."),
        p(r("Kitablar üç dildə yazılırdı.", '<w:lang w:val="az-Latn-AZ"/>')),
        p(r("Книга учёта", '<w:rStyle w:val="Russian"/>'), " stood on the spine."),
        character_styles={"Russian": ("Russian", '<w:i/><w:lang w:val="ru-RU"/>')},
    )


def tracked() -> bytes:
    """Insertions, deletions, a moved sentence, comments."""
    who = 'w:author="Editor" w:date="2026-05-03T10:00:00Z"'
    return doc(
        p("Changes", style="Title"),
        p("Text", style="Heading1"),
        p("The office was ", f'<w:ins w:id="1" {who}>{r("very ")}</w:ins>', "old and ",
          f'<w:del w:id="2" {who}><w:r><w:delText>rather </w:delText></w:r></w:del>', "dark."),
        p('<w:commentRangeStart w:id="0"/>', "Eleven volumes", '<w:commentRangeEnd w:id="0"/>',
          '<w:r><w:commentReference w:id="0"/></w:r>', " are missing."),
        p(f'<w:moveFrom w:id="3" {who}>{r("It stood by the water. ")}</w:moveFrom>', "First."),
        p("Second. ", f'<w:moveTo w:id="4" {who}>{r("It stood by the water.")}</w:moveTo>'),
        p("Ends here", props=f'<w:rPr><w:del w:id="5" {who}/></w:rPr>'),
        p("and goes on."),
        comments={0: "Is it eleven or twelve?"},
    )  # fmt: skip


def hidden() -> bytes:
    """Hidden letters, set on the run and by a style."""
    return doc(
        p("Hidden", style="Title"),
        p("Text", style="Heading1"),
        p("Seen ", r("not seen ", "<w:vanish/>"), "again."),
        p(r("a note to myself", '<w:rStyle w:val="Ghost"/>'), " said aloud."),
        p(r("switched off", '<w:vanish w:val="0"/>'), " and so visible."),
        character_styles={"Ghost": ("Ghost", "<w:vanish/>")},
    )


BOOK = {
    "id": "1",
    "type": "book",
    "title": "Harbours of the north",
    "author": [{"family": "Berg", "given": "Tor"}],
    "issued": {"date-parts": [[2004]]},
    "publisher": "Fjord Press",
}


def _citation(item: dict[str, object], **more: object) -> dict[str, object]:
    return {
        "citationID": "x",
        "citationItems": [{"id": item["id"], "itemData": item, **more}],
        "properties": {"noteIndex": 0},
    }


def zotero() -> bytes:
    """Zotero fields, and the bibliography it made."""
    code = (
        f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(_citation(BOOK, locator='12', label='page'))}"
    )
    return doc(
        p("Zotero", style="Title"),
        p("Text", style="Heading1"),
        p("Harbours freeze ", field_(code, "(Berg, 2004, p. 12)"), " in winter."),
        p("References", style="Heading1"),
        p(field_('ADDIN ZOTERO_BIBL {"uncited":[]} CSL_BIBLIOGRAPHY',
                 "Berg, T. (2004). ", r("Harbours of the north", "<w:i/>"), ". Fjord Press.")),
    )  # fmt: skip


def mendeley() -> bytes:
    """Mendeley Cite keeps its data in the tag of a content control."""
    tag = "MENDELEY_CITATION_v3_" + base64.b64encode(json.dumps(_citation(BOOK)).encode()).decode()
    control = (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>'
        f"{r('(Berg, 2004)')}</w:sdtContent></w:sdt>"
    )
    listed = (
        '<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_BIBLIOGRAPHY"/></w:sdtPr><w:sdtContent>'
        f"{p('Berg, T. (2004). Harbours of the north. Fjord Press.')}</w:sdtContent></w:sdt>"
    )
    return doc(
        p("Mendeley", style="Title"), p("Text", style="Heading1"),
        p("Harbours freeze ", control, " in winter."), p("References", style="Heading1"), listed,
    )  # fmt: skip


def word_citations() -> bytes:
    """Word's own citations, sources and bibliography."""
    source = (
        f"<b:Sources {_B}><b:Source><b:Tag>Ber04</b:Tag><b:SourceType>Book</b:SourceType>"
        "<b:Author><b:Author><b:NameList><b:Person><b:Last>Berg</b:Last><b:First>Tor</b:First>"
        "</b:Person></b:NameList></b:Author></b:Author><b:Title>Harbours of the north</b:Title>"
        "<b:Year>2004</b:Year><b:City>Oslo</b:City><b:Publisher>Fjord Press</b:Publisher>"
        "</b:Source></b:Sources>"
    )
    cited = field_("CITATION Ber04 \\p 12 \\l 1033", "(Berg, 2004, p. 12)")
    control = f"<w:sdt><w:sdtPr><w:citation/></w:sdtPr><w:sdtContent>{cited}</w:sdtContent></w:sdt>"
    listed = (
        "<w:sdt><w:sdtPr><w:bibliography/></w:sdtPr><w:sdtContent>"
        f"{p(field_('BIBLIOGRAPHY', 'Berg, T. (2004). Harbours of the north. Oslo: Fjord Press.'))}"
        "</w:sdtContent></w:sdt>"
    )
    return doc(
        p("Citations", style="Title"), p("Text", style="Heading1"),
        p("Harbours freeze ", control, " in winter."), p("References", style="Heading1"), listed,
        parts={"customXml/item1.xml": source},
    )  # fmt: skip


def bookmarks() -> bytes:
    """Zotero in LibreOffice: a bookmark, and the data among the properties of the document."""
    data = f"ZOTERO_ITEM CSL_CITATION {json.dumps(_citation(BOOK))}"
    escaped = data.replace("&", "&amp;").replace("<", "&lt;")
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property name="ZOTERO_BREF_a1_1"><vt:lpwstr>{escaped[:80]}</vt:lpwstr></property>'
        f'<property name="ZOTERO_BREF_a1_2"><vt:lpwstr>{escaped[80:]}</vt:lpwstr></property>'
        "</Properties>"
    )
    return doc(
        p("Bookmarks", style="Title"), p("Text", style="Heading1"),
        p("Harbours freeze ", '<w:bookmarkStart w:id="3" w:name="ZOTERO_BREF_a1"/>',
          r("(Berg, 2004)"), '<w:bookmarkEnd w:id="3"/>', " in winter."),
        p(LONG),
        parts={"docProps/custom.xml": custom},
    )  # fmt: skip


def notes() -> bytes:
    """Footnotes and endnotes, with a table and a list in them."""
    return doc(
        p("Notes", style="Title"),
        p("Text", style="Heading1"),
        p("One", note(2), " two", note(3), " three", note(2, "endnote"), "."),
        p("On a word", r("x", '<w:vertAlign w:val="subscript"/>'), note(3, "endnote")),
        footnotes={2: "Plain words.", 3: p("See the table") + table(["left", "right"])},
        endnotes={2: "At the end.", 3: "At the very end."},
    )


_LEVELS = "".join(
    f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    f'<w:pStyle w:val="Heading{n + 1}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for n, text in enumerate(("%1.", "%1.%2"))
)
_LIST = (
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="[%1]"/></w:lvl></w:abstractNum>'
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="1">{_LEVELS}</w:abstractNum>{_LIST}'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
)


def numbered() -> bytes:
    """Headings that Word numbers, and references in an automatic list."""
    heads = {
        f"Heading{n}": (
            f"heading {n}",
            f'<w:pPr><w:numPr><w:ilvl w:val="{n - 1}"/><w:numId w:val="1"/></w:numPr></w:pPr>',
        )
        for n in (1, 2)
    }
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    return doc(
        p("Numbers", style="Title"),
        p("Introduction", style="Heading1"), p(LONG),
        p("Sources", style="Heading2"), p(MORE),
        p("Method", style="Heading2"), p(MORE),
        p("Results", style="Heading1"), p(LONG + " [1]"),
        p("References", style="Heading1"),
        p("Aksoy, S. (2019). Harbours. Deniz Press.", props=item),
        p("Berg, T. (2004). Counting books. Fjord Press.", props=item),
        styles=heads,
        numbering=NUMBERING,
    )  # fmt: skip


def formulas() -> bytes:
    """Equations in the line and set apart."""
    square = (
        "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup>"
        "</m:sSup></m:oMath>"
    )
    fraction = (
        "<m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t>"
        "</m:r></m:den></m:f></m:oMath></m:oMathPara>"
    )
    return doc(
        p("Formulas", style="Title"), p("Text", style="Heading1"), p("Let ", square, " be."),
        p(fraction), p("where ", square, " is the square of it, and so on."),
    )  # fmt: skip


def google() -> bytes:
    """As Google Docs exports it: no caption style, headings, a list, a link, a comment."""
    bullet = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr>'
    numbering = (
        '<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
        '<w:lvlText w:val="●"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num>'
    )
    link = f'<w:hyperlink r:id="rId77">{r("the city archive", "<w:u/>")}</w:hyperlink>'
    return doc(
        p("Ledgers", style="Title"), p("Selin Aksoy"), p("Introduction", style="Heading1"),
        p("Visit ", link, " first."), p("Bring paper", props=bullet), p("Bring ink", props=bullet),
        p('<w:commentRangeStart w:id="0"/>', r("Really?"), '<w:commentRangeEnd w:id="0"/>',
          '<w:r><w:commentReference w:id="0"/></w:r>'),
        p(picture("rId5", "A door")), p("Figure 1: The door of the archive"),
        table([p(r("Year", "<w:b/>")), p(r("Books", "<w:b/>"))], ["1931", "212"]),
        numbering=numbering, comments={0: "Please check"}, images={"rId5": PNG},
        external={"rId77": ("hyperlink", "https://example.org/archive")},
    )  # fmt: skip


def libreoffice() -> bytes:
    """As LibreOffice exports it: its own style names, a frame with a picture and its caption."""
    frame = text_box(
        p(picture("rId6", "A lamp"), r("Illustration 1: The lamp"), style="Illustration")
    )
    return doc(
        p("Lamps", style="Title"), p("Text", style="Heading1"), p(LONG, style="BodyText"),
        p(frame), p(MORE, style="Quotations"), p("code = 1", style="PreformattedText"),
        p("line two", style="PreformattedText"),
        styles={
            "BodyText": ("Body Text", ""), "Quotations": ("Quotations", ""),
            "PreformattedText": ("Preformatted Text", ""), "Illustration": ("Illustration", ""),
        },
        images={"rId6": PNG},
    )  # fmt: skip


def turkish() -> bytes:
    """A Turkish chapter: notes on the authors' names say where they work."""
    bold = "<w:b/>"
    text = (
        "Liman idaresi defterlerini üç dilde tutardı ve orada çalışan hiç kimse bunu garip bulmazdı; "
        "bu bölüm o defterlerin bugün nerede olduğunu ve neden eksik olduğunu araştırmaktadır."
    )
    return doc(
        p(r("LİMANIN DEFTERLERİ", bold)),
        p("Selin AKSOY", note(2)),
        p(r("Öz", bold)), p(text), p(r("Anahtar Kelimeler: ", bold), "defter, liman, arşiv"),
        p(r("Giriş", bold)), p(text + " " + text),
        p(r("1. Limanın Defterleri", bold)), p(text),
        p("Tablo 1. Yıllara göre ciltler"), table(["Yıl", "Cilt"], ["1931", "212"]),
        p(r("Sonuç", bold)), p(text), p(r("Kaynakça", bold)),
        p("Aksoy, S. (2019). Limanlar. Deniz Yayınları."),
        footnotes={2: "Doç. Dr., Ege Üniversitesi, selin@example.org, ORCID: 0000-0002-1825-0097"},
        language="tr-TR",
    )  # fmt: skip


def objects() -> bytes:
    """A diagram, a chart, an embedded sheet."""
    diagram = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="D"/><a:graphic><a:graphicData uri="x">'
        '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'r:dm="rIdD"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    chart = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="C"/><a:graphic><a:graphicData uri="x">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rIdH"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    data = f"<d {SPACES}><a:p><a:r><a:t>Receive</a:t></a:r></a:p><a:p><a:r><a:t>Count</a:t></a:r></a:p></d>"
    drawn = f"<c {SPACES}><a:t>Volumes a year</a:t></c>"
    return doc(
        p("Objects", style="Title"), p("Text", style="Heading1"), p("First", diagram), p("Then", chart),
        p("Last", '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'),
        parts={"word/diagrams/data1.xml": data, "word/charts/chart1.xml": drawn},
        related={"rIdD": ("diagramData", "diagrams/data1.xml"), "rIdH": ("chart", "charts/chart1.xml")},
    )  # fmt: skip


def oddities() -> bytes:
    """Nested and merged cells, content controls, smart tags, symbols, hyphens, ruby, direction."""
    merged = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>"
        f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("tall")}</w:tc>'
        f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("wide")}</w:tc></w:tr>'
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}</w:tc><w:tc>{p('b')}</w:tc>"
        f"<w:tc>{p('outer')}{table(['inner one', 'inner two'])}{p()}</w:tc></w:tr></w:tbl>"
    )
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('kan')}</w:rt><w:rubyBase>{r('漢')}</w:rubyBase></w:ruby></w:r>"
    return doc(
        p("Oddities", style="Title"), p("Text", style="Heading1"), merged,
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('In a content control')}</w:sdtContent></w:sdt>",
        p('<w:smartTag w:element="place">', r("Istanbul"), "</w:smartTag>", " is a city."),
        p('<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', " and ",
          "<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t></w:r>", " and ",
          "<w:r><w:t>hyphen</w:t><w:softHyphen/><w:t>ation</w:t></w:r>"),
        p("Ruby ", ruby, " here", "<w:r><w:tab/><w:t>tabbed</w:t></w:r>"),
        p('<w:bdo w:val="rtl">', r("מילים"), "</w:bdo>", " are words."),
        p(r("A * star and a # sign and a \\ stroke")), p("# not a heading"), p("2 * 3 * 4 = 24"),
    )  # fmt: skip


def contents() -> bytes:
    """A table of contents, a running head, page breaks, a horizontal rule."""
    return doc(
        p("Contents", style="Title"),
        p(field_('TOC \\o "1-2"', "Introduction\t1"), style="TOC1"),
        p("Introduction", style="Heading1"),
        p(LONG, '<w:r><w:br w:type="page"/></w:r>', "Next page."),
        p("one", "<w:r><w:br/></w:r>", "two"),
        styles={"TOC1": ("toc 1", "")},
        header="Draft of May",
        core="<dc:title>Contents</dc:title><dc:creator>PC-12</dc:creator>",
    )


def strict() -> bytes:
    """The strict variant of the format, with its other names."""
    import zipfile
    from io import BytesIO

    pairs = {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(styled())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("word/") or name.startswith("_rels"):
                for usual, other in pairs.items():
                    data = data.replace(usual.encode(), other.encode())
            new.writestr(name, data)
    return out.getvalue()


def outlined() -> bytes:
    """Headings by outline level, in a style with a name of the author's own."""
    return doc(
        p("Levels", style="Title"), p("Ports", style="Bolum"), p(LONG),
        p("Ships", props='<w:outlineLvl w:val="1"/>'), p(MORE),
        styles={"Bolum": ("Bölüm Başlığı", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')},
    )  # fmt: skip


def decorative() -> bytes:
    """An ornament marked as one, a picture without a description, a described table."""
    flag = (
        '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
        "</a:ext></a:extLst>"
    )
    return doc(
        p("Ornaments", style="Title"), p("Text", style="Heading1"), p(picture("rId5", "", flag)),
        p(LONG), p(picture("rId6")),
        table(["a", "b"], props='<w:tblDescription w:val="A table of letters"/>'),
        images={"rId5": PNG, "rId6": PNG},
    )  # fmt: skip


WORD = {
    f.__name__: f
    for f in (
        styled, unstyled, boxes, groups, languages, tracked, hidden, zotero, mendeley,
        word_citations, bookmarks, notes, numbered, formulas, google, libreoffice, turkish,
        objects, oddities, contents, strict, outlined, decorative,
    )
}  # fmt: skip
