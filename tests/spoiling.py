"""What fixtures of tests/rules use to make an artifact and to spoil it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from fontTools.ttLib import TTFont

from pubtool import config, pipeline
from tests.conftest import needed


def export(folder: Path, format_: str) -> None:
    """The artifact of the good project in its build folder, unchecked."""
    settings, _ = config.load(folder)
    out = folder / "build"
    list(pipeline.export(folder / "chapter.xml", [format_], settings, out, "none"))


def rewrite(path: Path, suffix: str, old: bytes, new: bytes) -> None:
    """Replace bytes in the file of a ZIP whose name ends with `suffix`, keeping the rest."""
    with zipfile.ZipFile(path) as archive:
        files = [(info, archive.read(info)) for info in archive.infolist()]
    assert any(i.filename.endswith(suffix) and old in data for i, data in files)
    with zipfile.ZipFile(path, "w") as archive:
        for info, data in files:
            spoilt = data.replace(old, new) if info.filename.endswith(suffix) else data
            archive.writestr(info, spoilt)


def article(folder: Path, body: str, *, back: str = "", meta: str = "", doctype: str = "") -> None:
    """in.xml, a JATS article of a title, `meta`, a body and a back matter."""
    front = f"<title-group><article-title>A title</article-title></title-group>{meta}"
    after = f"<back>{back}</back>" if back else ""
    (folder / "in.xml").write_text(
        f"{doctype}<article article-type='chapter-article' xml:lang='en' "
        "xmlns:xlink='http://www.w3.org/1999/xlink'>"
        f"<front><article-meta>{front}</article-meta></front><body>{body}</body>{after}</article>",
        encoding="utf-8",
    )


def book(folder: Path, *chapters: str, back: str = "") -> None:
    """in.xml, a BITS book of chapters c1, c2 … with a paragraph each."""
    parts = "".join(
        f"<book-part id='c{n}'><book-part-meta><title-group><title>Title {n}</title></title-group>"
        f"</book-part-meta><body><p>{text}</p></body></book-part>"
        for n, text in enumerate(chapters, 1)
    )
    (folder / "in.xml").write_text(
        "<book xml:lang='en'><book-meta><book-title-group><book-title>A book</book-title>"
        f"</book-title-group></book-meta><book-body>{parts}</book-body>{back}</book>"
    )


def press(folder: Path, job: str = "", more: str = "") -> None:
    """A project that knows its press."""
    profile = needed("/usr/share/color/icc/ghostscript/default_cmyk.icc", "ghostscript")
    shutil.copy(profile, folder / "press.icc")
    (folder / "pubtool.toml").write_text(f'[print]\nicc = "press.icc"\n{job}\n{more}\n')


def printed(folder: Path) -> None:
    """A project whose chapter has been printed: no page breaks of its own, a print PDF in build."""
    press(folder)
    chapter = folder / "chapter.xml"
    chapter.write_text(chapter.read_text().replace('<page-break number="2"/>', ""))
    export(folder, "print")


def restricted_font(folder: Path, fs_type: int) -> Path:
    """The configuration of a system whose one font restricts its embedding."""
    font = needed(
        "/usr/share/fonts/truetype/gentiumplus/GentiumBookPlus-Regular.ttf", "fonts-sil-gentiumplus"
    )
    fonts = folder / "fonts"
    fonts.mkdir()
    with TTFont(font) as changed:
        changed["OS/2"].fsType = fs_type
        changed.save(fonts / "font.ttf")
    told = f"<fontconfig><dir>{fonts}</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>"
    configuration = folder / "fonts.conf"
    configuration.write_text(told)
    return configuration
