"""The pictures of the documentation, made from the example: `make pictures`.

Two facing pages of the PDF in each style; the EPUB within the frame of a reader
(docs/pictures/reader.html in a headless Chromium); and what epub.js finds in it
(docs/pictures/epubjs.html): contents, printed pages, a note.
"""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image
from tests import browsing

from pubtool import config, pipeline
from pubtool.settings import Print

DOCS = Path(__file__).parent
PICTURES = DOCS / "pictures"
EXAMPLES = DOCS.parent / "examples"
CHAPTER = EXAMPLES / "chapters" / "chapter-03.xml"
# By style a left and a right page, as numbers from 0, and the picture's name and size.
SPREADS = {
    "classic": ((3, 4), "pdf.png", 1.9),
    "modern": ((5, 6), "pdf-modern.png", 1.3),
    "compact": ((1, 2), "pdf-compact.png", 1.3),
}
# The place the right half of the reader shows.
PLACE = "routes"
# A section with a note; and the inks of the press, whose PDF tells where its pages begin.
NOTED = "introduction"
PROFILE = "/usr/share/color/icc/ghostscript/default_cmyk.icc"
MARGIN, GUTTER, DESK = 40, 6, "#d9d4c8"
COLOURS = 40
WINDOW = ("--window-size=1280,840", "--force-device-scale-factor=1.4")
# What a reading system adds to a book's own style.
READER_STYLE = "a { color: #2c5a7d }"


def export(out: Path, style: str, formats: list[str]) -> dict[str, Path]:
    """The example in a style, in a folder, by format."""
    settings, _ = config.load(CHAPTER)
    settings = replace(
        settings, style=replace(settings.style, name=style), print=Print(icc=PROFILE)
    )
    made = pipeline.export(CHAPTER, formats, settings, out, "full")
    return {one.format: one.path for one in made if isinstance(one, pipeline.Outcome)}


def facing_pages(pdf: Path, numbers: tuple[int, int], scale: float) -> Image.Image:
    """Two pages side by side, as an open book lies on a desk; `scale` is in dots a point."""
    document = pypdfium2.PdfDocument(pdf)
    left, right = (document[n].render(scale=scale).to_pil() for n in numbers)
    size = (left.width + right.width + GUTTER + 2 * MARGIN, left.height + 2 * MARGIN)
    spread = Image.new("RGB", size, DESK)
    spread.paste(left, (MARGIN, MARGIN))
    spread.paste(right, (MARGIN + left.width + GUTTER, MARGIN))
    return spread


def in_a_reader(epub: Path, folder: Path) -> Image.Image:
    """The EPUB unpacked into a folder and shown by a browser within the frame of a reader."""
    with zipfile.ZipFile(epub) as book:
        book.extractall(folder)
    with (folder / "EPUB" / "styles" / "chapter.css").open("a", encoding="utf-8") as style:
        style.write(READER_STYLE)
    settings, _ = config.load(CHAPTER)
    frame = (PICTURES / "reader.html").read_text("utf-8")
    page = folder / "reader.html"
    page.write_text(frame.replace("TITLE", settings.book.title).replace("PLACE", PLACE), "utf-8")
    return pictured(page.as_uri(), folder)


def in_epubjs(epub: Path, folder: Path) -> Image.Image:
    """What epub.js (npm, `make browser`) finds in the EPUB."""
    settings, _ = config.load(CHAPTER)
    frame = (PICTURES / "epubjs.html").read_text("utf-8")
    page = frame.replace("TITLE", settings.book.title).replace("PLACE", NOTED)
    files = {"book.epub": epub.read_bytes(), "epubjs.html": page.encode()}
    with browsing.served(files) as (address, _):
        return pictured(f"{address}/epubjs.html", folder)


def pictured(address: str, folder: Path) -> Image.Image:
    """What Chromium shows of a page."""
    file = folder / "page.png"
    browsing.picture(address, file, *WINDOW)
    return Image.open(file).convert("RGB")


def save(picture: Image.Image, name: str) -> None:
    """A picture in few colours, so that it stays small."""
    path = PICTURES / name
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(DOCS.parent)}  {path.stat().st_size / 1000:.0f} kB")


def main() -> None:
    """Make all pictures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for style, (numbers, picture, scale) in SPREADS.items():
            made = export(folder / style, style, ["pdf"])
            save(facing_pages(made["pdf"], numbers, scale), picture)
        made = export(folder / "book", "classic", ["print", "epub"])
        save(in_a_reader(made["epub"], folder), "epub.png")
        save(in_epubjs(made["epub"], folder), "epub-pages.png")


if __name__ == "__main__":
    main()
