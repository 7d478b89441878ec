"""Who may read a chapter, and from when: what packages state of access, embargo and licence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pubtool.edition import Edition
from pubtool.model import Record

OPEN, EMBARGOED, RESTRICTED = "open access", "embargoed access", "restricted access"
_SAID = {"open": OPEN, "restricted": RESTRICTED}
_CC = re.compile(
    r"https?://creativecommons\.org/(?:licenses/(by(?:-nc)?(?:-nd|-sa)?)/(\d\.\d)|"
    r"publicdomain/(zero)/(1\.0))(?:/(?:deed\.\w+|legalcode)?)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Access:
    """One of COAR's access rights; `until` is the date an embargo ends."""

    rights: str
    until: str = ""

    @property
    def closed(self) -> bool:
        """True if the public may not read the files now."""
        return self.rights != OPEN

    @property
    def sentence(self) -> str:
        """For people: "embargoed access, until 2027-01-01"."""
        return f"{self.rights}, until {self.until}" if self.until else self.rights


def access(edition: Edition) -> Access:
    """What [package] says; else open if the chapter names a licence, and closed if nobody says so.

    Files that were opened by mistake cannot be called back; closed ones can be opened.
    """
    said = edition.settings.package
    if said.embargo:
        return Access(EMBARGOED, said.embargo)
    if said.access:
        return Access(_SAID[said.access])
    return Access(OPEN if edition.chapter.record.license_href else RESTRICTED)


def creative_commons(href: str) -> str:
    """The SPDX id of a Creative Commons licence in lower case ("cc-by-4.0"), else ""."""
    match = _CC.match(href)
    if not match:
        return ""
    kind, version, _, zero = match.groups()
    return f"cc-{kind.lower()}-{version}" if kind else f"cc0-{zero}"


def licence_text(record: Record) -> str:
    """The licence as a text file: its wording, its address, the copyright. "" if none is named."""
    holder = " ".join(part for part in (record.copyright_year, record.copyright_holder) if part)
    said = (record.license_text, record.license_href, holder and f"© {holder}")
    if not (record.license_text or record.license_href):
        return ""
    return "".join(f"{part}\n" for part in said if part)
