"""What stands between a chapter and its artifacts: what a writer is given, and what it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pubtool.diagnostics import Diagnostic
from pubtool.model import Chapter
from pubtool.resources import Image
from pubtool.settings import Settings

# The drafts of a PDF: the page that is set, and the metadata of the file.
PAGE, XMP = "page", "xmp"


@dataclass(frozen=True)
class Edition:
    """A chapter with all that a writer may use: settings, its images, and earlier artifacts.

    `images` maps each href of the chapter to the image read from the project; `parts` holds the
    artifacts a format said it needs, by format name (the PDF carries the JATS); `beside` names the
    files made in the same run, by format name; `facts` holds what the formats it heeds left beside
    their artifacts, by format name (the pages of the print edition); `drafts` is what pubtool has
    made of the chapter for an engine, which makes the artifact of it.
    """

    chapter: Chapter
    settings: Settings
    images: Mapping[str, Image] = field(default_factory=dict)
    parts: Mapping[str, bytes] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, bytes] = field(default_factory=dict)
    drafts: Mapping[str, Made] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """The bytes of an artifact and what its writer found on the way.

    `beside` holds files that go with the artifact, by what their names add to the stem.
    `left_out` says that the format cannot be made of this chapter at all; the findings say why.
    """

    data: bytes
    findings: tuple[Diagnostic, ...] = ()
    beside: Mapping[str, bytes] = field(default_factory=dict)
    left_out: bool = False
