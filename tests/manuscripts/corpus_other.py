"""Manuscripts that are no Word documents: ODT, Markdown, LaTeX, HTML, EPUB."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import quoteattr

from tests.manuscripts.corpus_word import BOOK, LONG, MORE
from tests.manuscripts.word import PNG

_N = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": f"{_N}office:1.0",
        "text": f"{_N}text:1.0",
        "table": f"{_N}table:1.0",
        "draw": f"{_N}drawing:1.0",
        "style": f"{_N}style:1.0",
        "fo": f"{_N}xsl-fo-compatible:1.0",
        "svg": f"{_N}svg-compatible:1.0",
        "meta": f"{_N}meta:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)


def _zip(files: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, compress_type=kind)
    return out.getvalue()


def odt(body: str, automatic: str = "", files: Mapping[str, str | bytes] | None = None) -> bytes:
    """An OpenDocument text."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} '
        f'office:version="1.3"><office:automatic-styles>{automatic}</office:automatic-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    styles = (
        f"<office:document-styles {_SPACES}><office:styles><style:default-style "
        'style:family="paragraph"><style:text-properties fo:language="en" fo:country="GB"/>'
        "</style:default-style></office:styles></office:document-styles>"
    )
    meta = (
        f"<office:document-meta {_SPACES}><office:meta><dc:title>Ledgers</dc:title>"
        "<meta:initial-creator>Selin</meta:initial-creator></office:meta></office:document-meta>"
    )
    return _zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "styles.xml": styles,
            "meta.xml": meta,
            **(files or {}),
        }
    )


def _h(text: str, level: int = 1) -> str:
    return (
        f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{text}</text:h>'
    )


def _p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def _note(kind: str, text: str) -> str:
    return (
        f'<text:note text:id="n" text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{_p(text)}</text:note-body></text:note>"
    )


def odt_notes() -> bytes:
    """Notes of both kinds, a comment, a tracked deletion, languages, hidden words."""
    changes = (
        '<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion>'
        "<office:change-info><dc:creator>Editor</dc:creator><dc:date>2026-05-03T10:00:00</dc:date>"
        f"</office:change-info>{_p('rather ')}</text:deletion></text:changed-region>"
        "</text:tracked-changes>"
    )
    automatic = (
        '<style:style style:name="T1" style:family="text"><style:text-properties '
        'fo:font-style="italic" fo:language="de" fo:country="DE"/></style:style>'
        '<style:style style:name="T2" style:family="text"><style:text-properties '
        'text:display="none"/></style:style>'
    )
    comment = (
        "<office:annotation><dc:creator>Editor</dc:creator><dc:date>2026-05-03T10:00:00</dc:date>"
        f"{_p('Is it eleven?')}</office:annotation>"
    )
    return odt(
        changes
        + _p("Ledgers of the Harbour", "Title")
        + _h("Introduction")
        + _p(LONG + _note("footnote", "At the foot.") + " and" + _note("endnote", "At the end."))
        + _p(f'Eleven{comment} volumes, a <text:change text:change-id="ct1"/>dark place.')
        + _p('He said <text:span text:style-name="T1">Buchhaltung der Seele</text:span> once.')
        + _p('Seen <text:span text:style-name="T2">and not seen</text:span> again.'),
        automatic,
    )


def odt_frames() -> bytes:
    """A picture with its caption in a frame, a text box, a table with merged cells, a formula."""
    image = (
        '<draw:frame draw:name="I" svg:width="5cm" svg:height="4cm"><draw:image '
        'xlink:href="Pictures/a.png"/><svg:desc>A shelf</svg:desc></draw:frame>'
    )
    caption = 'Figure <text:sequence text:name="Figure">1</text:sequence>: The shelf'
    frame = (
        f"<draw:frame><draw:text-box>{_p(image + caption, 'Figure')}</draw:text-box></draw:frame>"
    )
    box = f"<draw:frame><draw:text-box>{_p('Words in a box')}</draw:text-box></draw:frame>"
    cell = "<table:table-cell{}>{}</table:table-cell>"
    table = (
        '<table:table><table:table-column table:number-columns-repeated="2"/><table:table-row>'
        + cell.format(' table:number-columns-spanned="2"', _p("wide"))
        + "<table:covered-table-cell/></table:table-row><table:table-row>"
        + cell.format("", _p("left"))
        + cell.format("", _p("right"))
        + "</table:table-row></table:table>"
    )
    formula = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    math = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>a</mi><mo>=</mo>'
        '<mi>b</mi></mrow><annotation encoding="StarMath 5.0">a = b</annotation></semantics></math>'
    )
    return odt(
        _p("Frames", "Title") + _h("Text") + _p("Before" + frame) + _p("Beside" + box) + table
        + _p("Let " + formula + " be."),
        files={"Pictures/a.png": PNG, "Object 1/content.xml": math},
    )  # fmt: skip


def odt_structure() -> bytes:
    """Lists, sections, an index, cross-references, line breaks, blanks, fields."""
    items = "".join(f"<text:list-item>{_p(word)}</text:list-item>" for word in ("paper", "ink"))
    index = (
        "<text:table-of-content><text:index-body><text:index-title>"
        f"{_p('Table of contents')}</text:index-title>{_p('Introduction 1')}</text:index-body>"
        "</text:table-of-content>"
    )
    marked = '<text:bookmark-start text:name="b1"/>Sources<text:bookmark-end text:name="b1"/>'
    pointer = '<text:bookmark-ref text:ref-name="b1">the sources</text:bookmark-ref>'
    return odt(
        _p("Structure", "Title") + _p("Selin Aksoy") + index + _h("Introduction")
        + f"<text:section>{_p(LONG)}</text:section>" + f"<text:list>{items}</text:list>"
        + _h(marked, 2) + _p(f"See {pointer}.") + _p('one<text:line-break/>two<text:s text:c="3"/>three')
        + _h("References") + _p("Aksoy, S. (2019). Harbours. Deniz Press."),
    )  # fmt: skip


def odt_zotero() -> bytes:
    """A citation of Zotero in a reference mark, another behind a bookmark."""
    data = json.dumps({"citationItems": [{"id": 7, "locator": "12", "itemData": BOOK}]})
    name = quoteattr(f"ZOTERO_ITEM CSL_CITATION {data} RNDx")
    mark = (
        f"<text:reference-mark-start text:name={name}/>(Berg, 2004, p. 12)"
        f"<text:reference-mark-end text:name={name}/>"
    )
    return odt(
        _p("Zotero", "Title") + _h("Text") + _p(f"Harbours freeze {mark} in winter.")
        + _h("References") + _p("Berg, T. (2004). Harbours of the north. Fjord Press."),
    )  # fmt: skip


MARKDOWN = f"""---
title: Ledgers of the Harbour
subtitle: Three languages
author:
- name: Selin Aksoy
  affiliation: University of Oslo, Oslo, Norway
  email: selin@example.org
  orcid: 0000-0002-1825-0097
abstract: {LONG}
keywords: [ledgers, harbour]
lang: en-GB
references:
- id: berg04
  type: book
  title: Harbours of the north
  author: [{{family: Berg, given: Tor}}]
  issued: 2004
---

# Introduction {{#intro}}

{LONG} [@berg04, p. 12] Narrative: @berg04 says so.[^n]

[^n]: A note with *emphasis* and `code`.

> {MORE}
>
> A second paragraph.

## Lists

1. one
2. two
   - nested

term
:   what it means

| roses are
|   red

::: {{lang=de}}
Ein ganzer Absatz auf Deutsch.
:::

| Year | Volumes |
|------|--------:|
| 1931 |     212 |

Table: Volumes by year

![A shelf](shelf.png)

Inline $a^2$ and

$$\\sum_i x_i$$

See [the introduction](#intro) and <https://example.org>. H~2~O, x^2^, ~~gone~~, [small]{{.smallcaps}}.

```python
print("ledger")
```

# Conclusion

The end.
"""

PLAIN_MARKDOWN = f"""# Ledgers of the Harbour

Selin Aksoy

University of Oslo, Oslo, Norway

**Abstract:** {LONG}

**Keywords:** ledgers, harbour

## 1. Introduction

{LONG} <u>underlined</u> <!-- a comment --> and a * star, a \\* star, 3 < 4 & 5.

## References

- Aksoy, S. (2019). *Harbours*. Deniz Press.
- Berg, T. (2004). *Counting books*. Fjord Press.

## About the author

Selin Aksoy teaches history and writes about ports and the people who work in them.
"""

LATEX = r"""\documentclass{article}
\usepackage{graphicx}
\title{Ledgers of the Harbour}
\author{Selin Aksoy}
\begin{document}
\maketitle
\begin{abstract}
The harbour office kept its books in three languages.
\end{abstract}
\tableofcontents
\section{Introduction}\label{sec:intro}
The ledgers were counted twice\footnote{By two clerks.}, and the counts \emph{differ} ``by eleven''.
As section~\ref{sec:intro} says, see Table~\ref{tab:v} and \cite{berg}.
\subsection{Sources}
\begin{itemize}\item paper \item ink\end{itemize}
\begin{table}
\caption{Volumes}\label{tab:v}
\begin{tabular}{lr} Year & Volumes \\ \hline 1931 & 212 \\ \end{tabular}
\end{table}
\begin{figure}\includegraphics{shelf}\caption{The shelf}\end{figure}
Let $x^2$ be, and
\begin{equation} a = b \end{equation}
\begin{quote}A quotation set apart.\end{quote}
\newcommand{\office}{harbour office}
The \office{} is old.
\begin{thebibliography}{9}
\bibitem{berg} Berg, T. (2004). \textit{Counting books}. Fjord Press.
\end{thebibliography}
\end{document}
"""

RAW_LATEX = r"""\section{Introduction}
The \gls{csce} met in Helsinki. \textcolor{red}{Red words} stay.
\begin{tcolorbox}Words in a coloured box.\end{tcolorbox}
\noindent More text\index{Helsinki} here\\[2mm] and on the next line.
\begin{verse}Roses are\\ red\end{verse}
"""

HTML = f"""<!DOCTYPE html>
<html lang="en"><head><title>Ledgers of the Harbour</title><meta charset="utf-8">
<style>p {{ color: red }}</style></head><body>
<h1>Ledgers of the Harbour</h1>
<p class="author">Selin Aksoy</p>
<h2>Introduction</h2>
<p>{LONG} <em>So</em> it <b>is</b><sup>1</sup>, un<i>believ</i>able.</p>
<figure><img src="shelf.png" alt="A shelf"><figcaption>Figure 1. The shelf</figcaption></figure>
<table><caption>Volumes</caption><thead><tr><th>Year</th><th>Volumes</th></tr></thead>
<tbody><tr><td>1931</td><td>212</td></tr></tbody></table>
<blockquote><p>{MORE}</p></blockquote>
<dl><dt>term</dt><dd>what it means</dd></dl>
<p lang="de">Ein ganzer Absatz.</p>
<p>A <span lang="fr">mot juste</span> and <a href="https://example.org">a link</a>.</p>
<script>var hidden = 1;</script>
<pre>code  = 1</pre>
<h2>References</h2>
<ol><li>Aksoy, S. (2019). <i>Harbours</i>. Deniz Press.</li></ol>
</body></html>
"""

WORD_HTML = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=windows-1254"><title>Liman</title></head>
<body lang=TR><div class=WordSection1>
<p class=MsoTitle>Limanın Defterleri</p>
<p class=MsoNormal><b>Giriş<o:p></o:p></b></p>
<p class=MsoNormal style='text-indent:1cm'>Liman idaresi defterlerini üç dilde tutardı ve bu bölüm
o defterlerin bugün nerede olduğunu araştırmaktadır; şüphesiz çok ilginçtir.</p>
</div></body></html>
""".encode("windows-1254")


def epub() -> bytes:
    """An EPUB of two pages with a note and a picture."""
    page = (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>t</title></head><body>{}</body></html>'
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier>'
        "<dc:title>Ledgers of the Harbour</dc:title><dc:creator>Selin Aksoy</dc:creator>"
        "<dc:language>en</dc:language></metadata><manifest>"
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="p" href="img/a.png" media-type="image/png"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="OEBPS/c.opf" media-type="application/oebps-package+xml"/></rootfiles>'
        "</container>"
    )
    first = (
        f'<h1>Introduction</h1><p>{LONG}<a epub:type="noteref" href="#n1">1</a></p>'
        '<aside epub:type="footnote" id="n1"><p>In the city archive.</p></aside>'
        '<p><img src="img/a.png" alt="A shelf"/></p>'
    )
    return _zip(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/c.opf": package,
            "OEBPS/a.xhtml": page.format(first),
            "OEBPS/b.xhtml": page.format(f"<h1>Conclusion</h1><p>{MORE}</p>"),
            "OEBPS/nav.xhtml": page.format("<nav epub:type='toc'><ol><li>x</li></ol></nav>"),
            "OEBPS/img/a.png": PNG,
        }
    )


OTHER: dict[str, bytes] = {
    "notes.odt": odt_notes(),
    "frames.odt": odt_frames(),
    "structure.odt": odt_structure(),
    "zotero.odt": odt_zotero(),
    "full.md": MARKDOWN.encode(),
    "plain.md": PLAIN_MARKDOWN.encode(),
    "article.tex": LATEX.encode(),
    "raw.tex": RAW_LATEX.encode(),
    "page.html": HTML.encode(),
    "word.html": WORD_HTML,
    "book.epub": epub(),
}
