"""PDF: what WeasyPrint complains of, as findings."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pubtool.diagnostics import Diagnostic, Place, Severity, found

_MISSING_GLYPH = re.compile(r'unsupported by fonts: "(.*)" \((U\+[0-9A-F]+)\)', re.S)
_IGNORED = re.compile(r"(?:Ignored|Invalid|Unsupported|Expected) .* at (\d+):(\d+)", re.S)
# How a fetch that was refused or failed, and a file that cannot be used, is logged.
_REFUSED = ("Failed to", "Error when", "Relative URI", "Font-face", "Unsupported stylesheet")
_STYLE_HINT = (
    "Correct the value, in the stylesheet or in [style] of pubtool.toml, or leave it out; not "
    "all that browsers know is known to the PDF engine."
)
_DATA = re.compile(r"data:[^\s'\"]*")


@contextmanager
def complaints(
    place: Place, names: Mapping[str, str], rules: Place | None = None
) -> Iterator[list[Diagnostic]]:
    """What WeasyPrint logs about letters, images and styles while it works, as findings.

    `names` are the names of images by the address it knows them by; `rules` is where the page's
    own rules come from, if it is not a stylesheet that is read.
    """
    findings: list[Diagnostic] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            finding = _complaint(_named(record.getMessage(), names), place, rules)
            if finding is not None and finding not in findings:
                findings.append(finding)

    logger = logging.getLogger("weasyprint")
    level, propagate, handlers = logger.level, logger.propagate, logger.handlers
    logger.handlers, logger.propagate = [Listener()], False
    logger.setLevel(logging.WARNING)
    try:
        yield findings
    finally:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def _named(said: str, names: Mapping[str, str]) -> str:
    """A message with the names of images in the place of their bytes."""
    return _DATA.sub(lambda found: names.get(found[0], "data:…"), said).split("\n")[0]


def _complaint(said: str, place: Place, rules: Place | None) -> Diagnostic | None:
    glyph, ignored = _MISSING_GLYPH.search(said), _IGNORED.match(said)
    if glyph:
        return found("PT733", place, f"no font has the letter “{glyph[1]}” ({glyph[2]})")
    if said.startswith(_REFUSED):
        return found("PT734", place, said.rstrip(": "))
    if ignored:
        where = rules or Place(place.file, int(ignored[1]), int(ignored[2]))
        said = said.replace(f" at {ignored[1]}:{ignored[2]}", "")
        return found("PT734", where, said, hint=_STYLE_HINT, severity=Severity.WARNING)
    return None
