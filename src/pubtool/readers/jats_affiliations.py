"""JATS in: where contributors work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pubtool.model import Affiliation
from pubtool.readers.affiliations import affiliation_of
from pubtool.readers.countries import COUNTRIES
from pubtool.readers.draft import element, optional
from pubtool.readers.jats_run import Element, Reading, child, children, every, lang
from pubtool.readers.jats_terms import DEPARTMENTS
from pubtool.readers.jats_words import text_in
from pubtool.source import local
from pubtool.text import fold, squeeze

_CODES = {fold(name): code for code, names in COUNTRIES.items() for name in names}
_ROR = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}$")


def affiliations(where: Iterable[Element], go: Reading) -> Iterator[Element]:
    """Every affiliation of a part, once; those that say the same share one."""
    for e in where:
        if local(e) == "aff" and local(_parent(e)) != "aff-alternatives":
            yield affiliation(e, go)
        elif local(e) == "aff-alternatives":
            forms = children(e, "aff")
            for other in forms[1:]:
                go.aside(other, "is another form of the affiliation")
            for form in forms[:1]:
                made = affiliation(form, go)
                if e.get("id"):
                    made.set("id", go.id(e))
                yield made


def _parent(e: Element) -> Element:
    parent = e.getparent()
    return e if parent is None else parent


def affiliation(e: Element, go: Reading) -> Element:
    """An affiliation in its parts; one written in one line is taken apart, and that is a guess."""
    label = child(e, "label")
    if label is not None:
        go.mark(label)
    for x in every(e, "email", "fn", "phone", "fax", "xref"):
        go.aside(x)
    marked = list(e.iter("institution", "city", "country")) + every(e, "named-content")
    own = go.id(e) or e.get("aff-id-given") or go.fresh("aff")
    if not marked:
        return _apart(e, own, go)
    departments, institution, ror = _institutions(e, go)
    places = _places(e, go)
    country, code = _country(e, go)
    if country == code:
        go.ledger.sign(country)
    if country and not code:
        places.append(country)
        go.note("PT655", e, "countries without a code stand with the city", country)
    return element(
        "affiliation",
        [element("department", d) for d in departments],
        [element("institution", institution, ror=ror)] if institution else [],
        optional("city", ", ".join(places)),
        [element("country", country if country != code else "", code=code)] if code else [],
        id=own,
        lang=lang(e),
    )


def _institutions(e: Element, go: Reading) -> tuple[list[str], str, str]:
    """Departments, the institution, its ROR; the wording printed elsewhere is set aside."""
    departments: list[str] = []
    names: list[str] = []
    for part in every(e, "institution"):
        kind = (part.get("content-type") or "").lower()
        if kind in ("original", "normalized"):
            go.aside(part, "is the same affiliation in other words")
        elif kind in DEPARTMENTS:
            departments.append(text_in(part))
        else:
            names.append(text_in(part))
    for rest in _loose(e, go):
        departments.append(rest)
        go.note(
            "PT655", e, "words of an affiliation that are not marked stand among its parts", rest
        )
    ids = list(every(e, "institution-id"))
    rors = [text_in(i).rstrip("/").rpartition("/")[2] for i in ids]
    ror = next((f"https://ror.org/{r}" for r in rors if _ROR.match(r)), "")
    kept = [n for n in names if n]
    for i in ids:
        go.take(i) if kept and ror and ror[-9:] in text_in(i) else go.aside(i)
    return [d for d in [*departments, *kept[:-1]] if d], (kept[-1:] or [""])[0], ror


def _loose(e: Element, go: Reading) -> Iterator[str]:
    """Words of an affiliation outside its marked parts; commas between the parts are signs."""
    holders = [e, *every(e, "addr-line")]
    for holder in holders:
        bare = [holder.text or "", *(c.tail or "" for c in holder)]
        for text in bare:
            words = squeeze(text).strip(" ,;.()–-")
            go.ledger.sign(squeeze(text).replace(words, "", 1) if words else text)
            if words:
                yield words


def _places(e: Element, go: Reading) -> list[str]:
    """City, state and postal code, in the order they stand."""
    found = [
        p
        for p in e.iter("*")
        if local(p) in ("city", "state", "postal-code")
        or (local(p) == "named-content" and local(_parent(p)) in ("addr-line", "aff"))
        or (local(p) in ("uri", "ext-link"))
    ]
    kept = []
    for part in found:
        if local(part) in ("uri", "ext-link"):
            go.aside(part)
        else:
            kept.append(text_in(part))
    return [p for p in kept if p]


def _country(e: Element, go: Reading) -> tuple[str, str]:
    found = every(e, "country")
    for other in found[1:]:
        go.aside(other)
    if not found:
        return "", ""
    text, code = text_in(found[0]), (found[0].get("country") or "").upper()
    valid = code if re.fullmatch("[A-Z]{2}", code) else _CODES.get(fold(text), "")
    return text, valid


def _apart(e: Element, own: str, go: Reading) -> Element:
    """An affiliation without marked parts, by the words that name an institution or country."""
    text = squeeze("".join(str(t) for t in e.itertext()))
    label = child(e, "label")
    if label is not None:
        text = text.removeprefix(text_in(label)).strip()
    parts = affiliation_of([text], own) if text else Affiliation(own)
    if parts.display != text:
        parts = Affiliation(own, institution=text)
    go.ledger.guess(
        go.place(e).line, f"the parts of the affiliation “{text}” were told by its words"
    )
    go.ledger.sign("," * text.count(","))
    return element(
        "affiliation",
        [element("department", d) for d in parts.departments],
        optional("institution", parts.institution),
        optional("city", parts.city),
        [element("country", parts.country, code=parts.country_code)] if parts.country_code else [],
        id=own,
        lang=lang(e),
    )
