"""JATS in: what each element of a citation is as a field of a reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pubtool.readers.draft import element, optional
from pubtool.readers.jats_dates import iso_of, month_of, text_in_first
from pubtool.readers.jats_people import name_of
from pubtool.readers.jats_run import Element, Reading, children, common, every, href, is_tag, lang
from pubtool.readers.jats_shape import filled, inline
from pubtool.readers.jats_terms import FIELDS, IDENTIFIERS, ISBN_FORMATS, NAME_ROLES, TITLES
from pubtool.readers.jats_text import web_address
from pubtool.readers.jats_words import text_in
from pubtool.rules import XmlNode
from pubtool.source import local
from pubtool.text import doi, page_range

_LINKS = frozenset({"ext-link", "uri"})


@dataclass
class Citation:
    """What the fields of one citation need to know of each other."""

    type: str
    whole: bool
    go: Reading
    role: str = "author"
    dated: bool = False


def fields_in(e: Element, about: Citation) -> Iterator[XmlNode]:
    """The fields inside an element of a citation, in order."""
    groups = 0
    for part in e:
        name = local(part)
        if name == "person-group":
            groups += 1
            yield from _people(part, groups, about)
        elif name in _HANDLERS:
            yield from _HANDLERS[name](part, about)
        elif name in FIELDS:
            yield from _plain(part, about)
        elif name in _NOTES:
            yield from _note(part, about)
        else:
            yield from fields_in(part, about)


def _people(group: Element, n: int, about: Citation) -> Iterator[XmlNode]:
    """The names of a group; a second group without a type is of the editors, which is a guess."""
    said = group.get("specific-use", "")
    kind = said if said in NAME_ROLES else (group.get("person-group-type") or "").lower()
    about.role = NAME_ROLES.get(kind, "author")
    if kind and kind not in NAME_ROLES:
        about.go.note("PT654", group, "roles of names that a chapter does not tell apart", kind)
    if not kind and n > 1:
        about.role = "editor"
        line = about.go.place(group).line
        about.go.ledger.guess(line, "a second group of names without a type is that of the editors")
    yield from fields_in(group, about)
    about.role = "author"


def _role(about: Citation) -> str:
    return "" if about.role == "author" else about.role


def _name(e: Element, about: Citation) -> Iterator[XmlNode]:
    made = name_of(e, about.go, _role(about))
    if made is not None:
        yield made


def _names(e: Element, about: Citation) -> Iterator[XmlNode]:
    for first in children(e, "name", "string-name", "collab")[:1]:
        yield from _HANDLERS[local(first)](first, about)


def _collab(e: Element, about: Citation) -> Iterator[XmlNode]:
    if text_in(e):
        yield element("collab", text_in(e), role=_role(about))


def _plain(e: Element, about: Citation) -> Iterator[XmlNode]:
    """A field by another name; titles and series keep their markup."""
    name = FIELDS[local(e)]
    if not text_in(e):
        return
    if name in ("series", "volume-title"):
        parent = e.getparent() if name == "series" else None
        facts = children(parent, "volume-id", "issn")
        told = {local(f): text_in(f) for f in facts if _is_of_series(f)}
        inside = inline(about.go.inside(e), about.go, e)
        own = {"number": told.get("volume-id", ""), "issn": told.get("issn", "")}
        own = own if name == "series" else {}
        yield filled(name, inside, **own, **_series_common(e, name, about))
    elif name == "issn" and _is_of_series(e):
        return
    elif name == "isbn":
        said = (e.get("publication-format") or e.get("content-type") or "").lower()
        yield element(name, text_in(e), format=ISBN_FORMATS.get(said, ""))
    else:
        yield from optional(name, text_in(e))


def _series_common(e: Element, name: str, about: Citation) -> dict[str, str]:
    """Id and language, which the series has not."""
    return common(e, about.go) if name == "volume-title" else {}


def _is_of_series(e: Element) -> bool:
    """True for the number and the ISSN of a series, as our JATS tells them."""
    return "series" in (e.get("pub-id-type"), e.get("content-type"))


def _volume_id(e: Element, about: Citation) -> Iterator[XmlNode]:
    if not _is_of_series(e):
        yield from _note(e, about)


def _title(e: Element, about: Citation) -> Iterator[XmlNode]:
    yield filled("title", inline(about.go.inside(e), about.go, e), **common(e, about.go))


def _source(e: Element, about: Citation) -> Iterator[XmlNode]:
    """The work itself, or what it stands in."""
    own = about.whole or e.get("specific-use") == "title"
    name = "title" if own else "container-title"
    about.whole = False
    yield filled(name, inline(about.go.inside(e), about.go, e), **common(e, about.go))


def _issue(e: Element, about: Citation) -> Iterator[XmlNode]:
    yield from optional("number" if e.get("content-type") == "number" else "issue", text_in(e))


def _year(e: Element, about: Citation) -> Iterator[XmlNode]:
    """The year as printed, and the full date where month or day stand beside it."""
    parent = e.getparent()
    holder = e if parent is None else parent
    yield from optional("year", text_in(e))
    if about.dated or not month_of(text_in_first(holder, "month")):
        for season in children(holder, "season", "month"):
            if not about.dated:
                yield from _note(season, about)
        return
    about.dated = True
    yield from optional("date", iso_of(holder))


def _date(e: Element, about: Citation) -> Iterator[XmlNode]:
    if iso_of(e):
        yield element("date", iso_of(e))
    else:
        yield from _note(e, about)


def _string_date(e: Element, about: Citation) -> Iterator[XmlNode]:
    if e.get("content-type") == "published" and iso_of(e):
        yield element("date", iso_of(e))
    elif children(e, "year"):
        yield from fields_in(e, about)
    else:
        yield from _note(e, about)


def _accessed(e: Element, about: Citation) -> Iterator[XmlNode]:
    if iso_of(e):
        yield element("accessed", iso_of(e))
    else:
        yield from _note(e, about)


def _identifier(e: Element, about: Citation) -> Iterator[XmlNode]:
    """A DOI, or another identifier by its type."""
    kind, text = (e.get("pub-id-type") or "other").lower(), text_in(e)
    if kind == "doi" or (doi(text) and kind in ("other", "url", "uri")):
        yield from optional("doi", doi(text) or text)
    elif text:
        token = "".join(c if c.isalnum() or c in "-._" else "-" for c in kind)
        yield element("identifier", text, type=token)


def _elocation(e: Element, about: Citation) -> Iterator[XmlNode]:
    if text_in(e):
        yield element("identifier", text_in(e), type="elocation-id")


def _link(e: Element, about: Citation) -> Iterator[XmlNode]:
    address = web_address(href(e) or text_in(e), e.get("ext-link-type", ""))
    number = doi(address)
    if number and "doi.org" in address:
        yield element("doi", number)
    elif address or text_in(e):
        yield element("url", address or text_in(e))


def _pages(e: Element, about: Citation) -> Iterator[XmlNode]:
    ends = page_range(text_in(e))
    parent = e.getparent()
    if ends and not children(parent, "fpage"):
        yield element("first-page", ends[0])
        yield element("last-page", ends[1])
    elif not children(parent, "fpage"):
        yield from _note(e, about)


def _comment(e: Element, about: Citation) -> Iterator[XmlNode]:
    """A comment is a note, its links are fields besides."""
    kind = e.get("content-type", "")
    if kind == "genre":
        yield from optional("genre", text_in(e))
        return
    yield from (made for link in every(e, *_LINKS) for made in _link(link, about))
    yield from (made for i in every(e, *IDENTIFIERS) for made in _identifier(i, about))
    yield from _note(e, about)


def _language(e: Element, about: Citation) -> Iterator[XmlNode]:
    if e.get("content-type") == "language" and is_tag(text_in(e)):
        yield from optional("language", text_in(e))
    else:
        yield from fields_in(e, about)


def _note(e: Element, about: Citation) -> Iterator[XmlNode]:
    inside = inline(about.go.inside(e), about.go, e)
    if text_in(e):
        yield filled("note", inside, lang=lang(e), id=about.go.id(e))


def _nothing(e: Element, about: Citation) -> Iterator[XmlNode]:
    """Parts that another field has told already, or that only the wording holds."""
    return iter(())


_NOTES = frozenset(
    """
    conf-name conf-loc conf-date conf-sponsor conf-acronym annotation trans-title trans-source
    supplement size version issue-title issue-part gov std season institution time-stamp
    related-object
    """.split()
)
_PLAIN_ONES = _LINKS | {"named-content", "label", "email"}
_HANDLERS: dict[str, Callable[[Element, Citation], Iterator[XmlNode]]] = {
    "name": _name,
    "string-name": _name,
    "name-alternatives": _names,
    "collab-alternatives": _names,
    "collab": _collab,
    **dict.fromkeys(TITLES, _title),
    "source": _source,
    "issue": _issue,
    "year": _year,
    "date": _date,
    "string-date": _string_date,
    "date-in-citation": _accessed,
    "access-date": _accessed,
    **dict.fromkeys(IDENTIFIERS, _identifier),
    "elocation-id": _elocation,
    "ext-link": _link,
    "uri": _link,
    "email": _note,
    "page-range": _pages,
    "comment": _comment,
    "volume-id": _volume_id,
    "patent": lambda e, about: iter(optional("number", text_in(e))),
    "named-content": _language,
    "month": _nothing,
    "day": _nothing,
    "era": _nothing,
    "etal": _nothing,
    "label": _nothing,
}
MARKED = (frozenset(_HANDLERS) | frozenset(FIELDS) | _NOTES) - _PLAIN_ONES
