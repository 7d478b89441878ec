"""The pictures of the README, made from the example: `make pictures`.

Two facing pages of the PDF in each style, and the EPUB as a reader shows it
(docs/pictures/reader.html in a headless Chromium).
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image

from pubtool import config, pipeline, tools
from pubtool.diagnostics import ToolMissing

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
MARGIN, GUTTER, DESK = 40, 6, "#d9d4c8"
COLOURS = 48
WINDOW, SHARPNESS = "1280,840", "1.4"
# What a reading system adds to a book's own style.
READER_STYLE = "a { color: #2c5a7d }"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def export(out: Path, style: str, formats: list[str]) -> dict[str, Path]:
    """The example in a style, in a folder, by format."""
    settings, _ = config.load(CHAPTER)
    settings = replace(settings, style=replace(settings.style, name=style))
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
    return screenshot(page, folder)


def screenshot(page: Path, folder: Path) -> Image.Image:
    """What a browser shows of a page. Raises ToolMissing, ToolFailed."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise ToolMissing("Chromium is not installed", "apt install chromium")
    picture = folder / "reader.png"
    tools.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", f"--user-data-dir={folder / 'profile'}",
            f"--window-size={WINDOW}", f"--force-device-scale-factor={SHARPNESS}",
            "--hide-scrollbars", f"--screenshot={picture}", page.as_uri(),
        ],
        seconds=120,
    )  # fmt: skip
    return Image.open(picture).convert("RGB")


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
        made = export(folder / "book", "classic", ["epub"])
        save(in_a_reader(made["epub"], folder), "epub.png")


if __name__ == "__main__":
    main()
