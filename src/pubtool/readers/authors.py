"""The authors of a chapter as they come together: names, addresses, biographies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pubtool.model import Name
from pubtool.readers.ledger import Ledger
from pubtool.readers.recognise import is_one_of
from pubtool.readers.signs import CONTACT_LABELS, CORRESPONDING
from pubtool.text import fold, orcid

_ORCID = re.compile(
    r"(?:https?://)?(?:www\.)?(?:orcid\.org/)?\d{4}-\d{4}-\d{4}-\d{3}[\dXx](?!\w)", re.I
)
_EMAIL = re.compile(r"[\w.+'-]+\s?(?:@|\[at\]|\(at\))\s?[\w-]+(?:\.[\w-]+)+")
_PIECES = re.compile(r"\s*[|;·]\s*")
_SENTENCES = re.compile(r"[^\W\d_]{3}\.\s+[^\W\d_]")
_AROUND = " :,.()<>-–*"
_LONGEST = 300


@dataclass(eq=False)
class Author:
    """A contributor in the making; `affiliations` are numbers in the list of affiliations."""

    name: Name
    line: int = 0
    marks: str = ""
    orcid: str = ""
    emails: list[str] = field(default_factory=list)
    affiliations: list[int] = field(default_factory=list)
    corresponding: bool = False
    bio: list[str] = field(default_factory=list)

    def is_named(self, text: str) -> bool:
        """True if a line says this name and nothing else."""
        return sorted(fold(text).split()) == sorted(fold(self.name.display).split())


def has_contact(text: str) -> bool:
    """True if a short line that is no sentence holds an ORCID iD or an e-mail address."""
    if len(text) > _LONGEST or _SENTENCES.search(text):
        return False
    return bool(_ORCID.search(text) or _EMAIL.search(text))


def take_contacts(text: str, line: int, authors: Sequence[Author], ledger: Ledger) -> Iterator[str]:
    """Give the ORCID iDs and addresses of a line to the authors; yield the pieces left over.

    Of several authors the first without an iD or address gets the next one.
    """
    for piece in ledger.split(text, _PIECES):
        rest = piece
        for pattern, give in ((_ORCID, _give_orcid), (_EMAIL, _give_email)):
            match = pattern.search(rest)
            if match:
                give(match[0], line, authors, ledger)
                rest = rest.replace(match[0], " ", 1)
        left = rest.strip(_AROUND)
        ledger.sign(rest.replace(left, "", 1) if left else rest)
        if left and not _is_label(left, authors, ledger):
            yield left


def _is_label(text: str, authors: Sequence[Author], ledger: Ledger) -> bool:
    answers = is_one_of(text, CORRESPONDING)
    if answers:
        authors[-1].corresponding = True
    if answers or is_one_of(text, CONTACT_LABELS):
        ledger.sign(text)
        return True
    return False


def _give_orcid(text: str, line: int, authors: Sequence[Author], ledger: Ledger) -> None:
    bare = orcid(text) or text
    ledger.sign(text[: len(text) - len(bare)])
    if any(author.orcid == bare for author in authors):
        ledger.repeated(line, bare, "ORCID iD given before")
        return
    owner = next((author for author in authors if not author.orcid), None)
    if owner is None:
        ledger.set_aside(line, bare, "is an ORCID iD more than there are authors")
    else:
        owner.orcid = bare


def _give_email(text: str, line: int, authors: Sequence[Author], ledger: Ledger) -> None:
    if any(text in author.emails for author in authors):
        ledger.repeated(line, text, "e-mail address given before")
        return
    owner = next((author for author in authors if not author.emails), authors[-1])
    owner.emails.append(text)
