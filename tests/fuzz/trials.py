"""What is done with a spoilt input: all that pubtool does with its kind, but for writing files.

A trial ends well if nothing is raised but Unreadable, the refusal with a finding.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from lxml import etree

from pubtool import config, intake
from pubtool.checks.epub_colours import _rules
from pubtool.diagnostics import Unreadable, errors, is_structural
from pubtool.edition import Edition
from pubtool.formats import formats
from pubtool.lint import lint
from pubtool.readers import managers, text
from pubtool.settings import Settings
from tests.conftest import REPOSITORY
from tests.property.test_import import holds

# Those that no other program is needed for.
WRITTEN = [f.name for f in formats().values() if not {"pandoc", "weasyprint"} & {*f.engines}]
_FILLED = ("html", "crossref", "datacite", "mods", "onix")


@cache
def _folder() -> Path:
    """A project for this process: the chapter with every element, and its image."""
    folder = Path(tempfile.mkdtemp(prefix="pubtool-fuzz-"))
    golden = REPOSITORY / "tests" / "golden" / "everything"
    for path in golden.rglob("*"):
        if path.is_file() and not path.name.startswith("expected"):
            target = folder / path.relative_to(golden)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    for kind in ("styles", "templates"):
        (folder / kind).mkdir()
    (folder / config.FILE).touch()
    return folder


def _edition(path: Path, settings: Settings) -> Edition | None:
    """A chapter ready to be written, once the rules have looked at it; None if it has an error."""
    source, findings = intake.load(path, settings)
    if any(is_structural(finding) for finding in findings):
        return None
    images, _ = intake.read_images(source, settings)
    lint(source, settings, images)
    if errors(findings):
        return None
    made, said = intake.edition(source, settings)
    return None if errors(said) else made


@cache
def _good() -> Edition:
    made = _edition(_folder() / "chapter.xml", Settings(root=_folder()))
    assert made is not None
    return made


def _write(edition: Edition, names: list[str] | tuple[str, ...]) -> None:
    """Make artifacts and check them as an export does."""
    for each in names:
        format_ = formats()[each]
        with suppress(Unreadable):
            made = format_.write(edition)
            name = f"c{format_.suffix}"
            if not errors([*made.findings, *format_.check(made.data, name, "quick")]):
                format_.conserved(edition, made.data, name)


def chapter(_: str, data: bytes) -> None:
    """Validated, looked at by every rule, and written in every XML and text format."""
    path = _folder() / "spoilt.xml"
    path.write_bytes(data)
    made = _edition(path, Settings(root=_folder()))
    if made is not None:
        _write(made, WRITTEN)


def settings(name: str, data: bytes) -> None:
    """Loaded, and used for a chapter."""
    path = _folder() / name
    path.write_bytes(data)
    try:
        told, _ = config.load(_folder())
    finally:
        path.write_bytes(b"")
    made = _edition(_folder() / "chapter.xml", told)
    if made is not None:
        _write(made, ("jats", "html"))


def style(name: str, data: bytes) -> None:
    """Used for a page, and held to the contrast an EPUB needs."""
    with suppress(UnicodeDecodeError):
        list(_rules(data.decode()))
    _used("styles", name, data, ("html",))


def page(name: str, data: bytes) -> None:
    """Pages are set with it."""
    jats = formats()["jats"].write(_small()).data
    made_from = replace(_small(), parts={"jats": jats})
    _used("styles", name, data, ("pdf",), made_from)


@cache
def _small() -> Edition:
    minimal = REPOSITORY / "tests" / "golden" / "minimal" / "chapter.xml"
    made = _edition(minimal, Settings(root=_folder()))
    assert made is not None
    return made


def template(name: str, data: bytes) -> None:
    """Filled with the facts of a chapter."""
    _used("templates", name, data, _FILLED)


def _used(
    kind: str, name: str, data: bytes, names: tuple[str, ...], edition: Edition | None = None
) -> None:
    path = _folder() / kind / name
    path.write_bytes(data)
    try:
        _write(edition or _good(), names)
    finally:
        path.unlink()


def reference(name: str, data: bytes) -> None:
    """Read with the text it stands in."""
    with suppress(Unreadable):
        holds(text.read(data, name, Settings()))


def manager(name: str, data: bytes) -> None:
    """Read as references."""
    with suppress(Unreadable):
        etree.fromstring(managers.read(data, name, Settings()).data)
