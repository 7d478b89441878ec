"""Word documents from raw XML, as Word, LibreOffice and Google Docs write them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": f"{_OFFICE}/relationships",
        "m": f"{_OFFICE}/math",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)
# A grey square of four pixels.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020800000000"
    "57dd52f80000000e49444154789c63686060606868000003080181b8e4ca370000000049454e44ae426082"
)

STYLES = {
    "Normal": ("Normal", ""),
    "Title": ("Title", ""),
    "Subtitle": ("Subtitle", ""),
    "Author": ("Author", ""),
    "Abstract": ("Abstract", ""),
    "Heading1": ("heading 1", ""),
    "Heading2": ("heading 2", ""),
    "Quote": ("Quote", ""),
    "Caption": ("caption", ""),
    "Bibliography": ("Bibliography", ""),
    "FootnoteText": ("footnote text", ""),
}
CHARACTER_STYLES = {
    "Emphasis": ("Emphasis", "<w:i/>"),
    "Strong": ("Strong", "<w:b/>"),
    "Hyperlink": ("Hyperlink", '<w:u w:val="single"/>'),
    "FootnoteReference": ("footnote reference", '<w:vertAlign w:val="superscript"/>'),
}


def r(text: str, props: str = "") -> str:
    """A run."""
    inside = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str, style: str = "", props: str = "") -> str:
    """A paragraph; content that is no markup becomes a run."""
    inside = "".join(c if c.startswith("<") else r(c) for c in content)
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    head = f"<w:pPr>{style}{props}</w:pPr>" if style or props else ""
    return f"<w:p>{head}{inside}</w:p>"


def field_(code: str, *result: str) -> str:
    """A complex field with its result."""

    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inside = "".join(c if c.startswith("<") else r(c) for c in result)
    instruction = f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
    return f"{mark('begin')}{instruction}{mark('separate')}{inside}{mark('end')}"


def note(id_: int, kind: str = "footnote") -> str:
    """The reference to a note."""
    raised = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
    return f'<w:r>{raised}<w:{kind}Reference w:id="{id_}"/></w:r>'


def picture(id_: str, descr: str = "", extra: str = "", size: int = 914400) -> str:
    """A picture in the line."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{size}" cy="{size}"/>'
        f'<wp:docPr id="1" name="Picture 1" descr={quoteattr(descr)}>{extra}</wp:docPr>'
        f"<a:graphic>{_graphic(id_)}</a:graphic></wp:inline></w:drawing></w:r>"
    )


def _graphic(id_: str) -> str:
    return (
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"{pic(id_)}</a:graphicData>"
    )


def pic(id_: str, descr: str = "") -> str:
    """The picture itself."""
    return (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="p" descr={quoteattr(descr)}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{id_}"/></pic:blipFill>'
        "<pic:spPr><a:xfrm>"
        '<a:ext cx="914400" cy="914400"/></a:xfrm></pic:spPr></pic:pic>'
    )


def text_box(*paragraphs: str, fallback: bool = True) -> str:
    """A text box as Word writes it: a new drawing, and the same again for old readers."""
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    new = (
        '<w:drawing><wp:anchor><wp:docPr id="2" name="Text Box 2"/><a:graphic><a:graphicData uri='
        '"http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>'
        f"{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    old = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    if not fallback:
        return f"<w:r>{old}</w:r>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def table(*rows: Sequence[str], head: bool = False, props: str = "") -> str:
    """A table of cells, each of which is paragraphs or plain text."""
    columns = max(len(row) for row in rows)
    grid = '<w:gridCol w:w="2000"/>' * columns
    look = '<w:tblLook w:firstRow="1"/>' if head else ""
    out = []
    for n, row in enumerate(rows):
        cells = "".join(f"<w:tc>{c if c.startswith('<') else p(c)}</w:tc>" for c in row)
        header = "<w:trPr><w:tblHeader/></w:trPr>" if head and n == 0 else ""
        out.append(f"<w:tr>{header}{cells}</w:tr>")
    head_ = f"<w:tblPr>{look}{props}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    return f"<w:tbl>{head_}{''.join(out)}</w:tbl>"


@dataclass
class Word:
    """A Word document in the making."""

    body: list[str]
    footnotes: Mapping[int, str] = field(default_factory=dict)
    endnotes: Mapping[int, str] = field(default_factory=dict)
    comments: Mapping[int, str] = field(default_factory=dict)
    images: Mapping[str, bytes] = field(default_factory=dict)
    styles: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    character_styles: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    numbering: str = ""
    core: str = ""
    header: str = ""
    language: str = "en-GB"
    external: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    related: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def bytes(self) -> bytes:
        """The document as a file."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self._files().items():
                archive.writestr(name, data)
        return out.getvalue()

    def _files(self) -> dict[str, bytes | str]:
        files: dict[str, bytes | str] = {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}, {}),
            "word/document.xml": _part(
                "document", f"<w:body>{''.join(self.body)}<w:sectPr/></w:body>"
            ),
            "word/styles.xml": self._styles(),
        }
        related = {"rIdS": ("styles", "styles.xml"), **self.related}
        for name, notes in (("footnotes", self.footnotes), ("endnotes", self.endnotes)):
            if notes:
                files[f"word/{name}.xml"] = _notes(name, notes)
                related[f"rId{name}"] = (name, f"{name}.xml")
        if self.comments:
            files["word/comments.xml"] = _comments(self.comments)
            related["rIdC"] = ("comments", "comments.xml")
        if self.numbering:
            files["word/numbering.xml"] = _part("numbering", self.numbering)
            related["rIdN"] = ("numbering", "numbering.xml")
        if self.header:
            files["word/header1.xml"] = _part("hdr", p(self.header))
            related["rIdH"] = ("header", "header1.xml")
        if self.core:
            files["docProps/core.xml"] = _CORE.format(self.core)
        for id_, data in self.images.items():
            files[f"word/media/{id_}.png"] = data
            related[id_] = ("image", f"media/{id_}.png")
        files["word/_rels/document.xml.rels"] = _relations(related, self.external)
        files.update(self.parts)
        return files

    def _styles(self) -> str:
        default = {"Normal": ' w:default="1"'}
        paragraph = "".join(
            f'<w:style w:type="paragraph" w:styleId="{id_}"{default.get(id_, "")}>'
            f'<w:name w:val="{name}"/>{props}</w:style>'
            for id_, (name, props) in {**STYLES, **self.styles}.items()
        )
        character = "".join(
            f'<w:style w:type="character" w:styleId="{id_}"><w:name w:val="{name}"/>'
            f"<w:rPr>{props}</w:rPr></w:style>"
            for id_, (name, props) in {**CHARACTER_STYLES, **self.character_styles}.items()
        )
        defaults = (
            f'<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{self.language}"/></w:rPr>'
            "</w:rPrDefault></w:docDefaults>"
        )
        return _part("styles", defaults + paragraph + character)


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">{}</cp:coreProperties>'
)


def _part(name: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {SPACES}>{inside}</w:{name}>'


def _notes(name: str, notes: Mapping[int, str]) -> str:
    one = name.removesuffix("s")
    separators = (
        f'<w:{one} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{one}>'
    )
    mark = f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:{one}Ref/></w:r>'
    said = "".join(
        f'<w:{one} w:id="{id_}">'
        + (text if text.startswith("<") else p(mark, r(f" {text}"), style="FootnoteText"))
        + f"</w:{one}>"
        for id_, text in notes.items()
    )
    return _part(name, separators + said)


def _comments(comments: Mapping[int, str]) -> str:
    said = "".join(
        f'<w:comment w:id="{id_}" w:author="Editor" w:date="2026-05-03T10:00:00Z">'
        f"{p(text)}</w:comment>"
        for id_, text in comments.items()
    )
    return _part("comments", said)


def _relations(
    inside: Mapping[str, tuple[str, str]], outside: Mapping[str, tuple[str, str]]
) -> str:
    rows = [
        f'<Relationship Id="{id_}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for id_, (kind, target) in inside.items()
    ] + [
        f'<Relationship Id="{id_}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"'
        ' TargetMode="External"/>'
        for id_, (kind, target) in outside.items()
    ]
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<Relationships xmlns="{space}">{"".join(rows)}</Relationships>'
