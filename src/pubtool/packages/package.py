"""What a kind of package is, and what it is made of."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pubtool.diagnostics import Diagnostic
from pubtool.edition import Edition
from pubtool.resources import Image
from pubtool.text import ascii_id
from pubtool.zipped import pack

Files = dict[str, bytes]
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file of the chapter that has passed its check."""

    suffix: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Delivery:
    """A chapter ready to be packed: its name in ASCII, its edition, its artifacts by format.

    `cover` is the publisher's own, if there is one in PNG or JPEG.
    """

    name: str
    edition: Edition
    artifacts: Mapping[str, Artifact]
    cover: Image | None = None

    def file(self, format_: str) -> str:
        """What the artifact of a format is called in a package."""
        return f"{self.name}{self.artifacts[format_].suffix}"

    def files(self, formats: Sequence[str]) -> Files:
        """Those artifacts that there are, by file name, in the order asked for."""
        there = (name for name in formats if name in self.artifacts)
        return {self.file(name): self.artifacts[name].data for name in there}


@dataclass(frozen=True, slots=True)
class Need:
    """A fact a receiver asks for and why; without a `must` fact there is no package."""

    fact: str
    why: str
    must: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """A kind of package: what it is called, what it holds, how it is made and checked.

    `needs` names the formats that are exported first, `welcome` those that go in where they can
    be made. `build` is pure: it turns a delivery into files by name, `pack` those into one.
    `check` looks at the finished bytes alone. `unfit` names images that a package with links to
    images cannot hold.
    """

    name: str
    suffix: str
    title: str
    needs: tuple[str, ...]
    facts: tuple[Need, ...]
    build: Callable[[Delivery], Files]
    check: Callable[[bytes, str], list[Diagnostic]]
    welcome: tuple[str, ...] = ()
    pack: Callable[[Files], bytes] = pack
    unfit: Callable[[Edition], list[str]] | None = None
    media_type: str = "application/zip"


def ascii_name(stem: str) -> str:
    """A file name every receiver takes, made of a chapter's: "bölüm-8" → "bolum-8".

    Where letters have no ASCII at all, as in "глава-8", a few digits of a hash keep apart what
    would else be the same name.
    """
    if _SAFE.fullmatch(stem):
        return stem
    name = ascii_id(stem)
    apart = unicodedata.normalize("NFKD", stem).replace("ı", "i")
    if any(not c.isascii() and c.isalnum() and c not in "əƏ" for c in apart):
        name += "-" + hashlib.sha256(unicodedata.normalize("NFC", stem).encode()).hexdigest()[:8]
    return name
