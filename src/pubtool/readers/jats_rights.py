"""JATS in: licence, copyright, funding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from pubtool.readers.draft import element, optional
from pubtool.readers.jats_run import Element, Reading, child, children, every, href
from pubtool.readers.jats_shape import filled, inline, is_blank
from pubtool.readers.jats_text import web_address
from pubtool.readers.jats_words import text_in
from pubtool.rules import XmlNode
from pubtool.source import local

_YEAR = re.compile(r"\d{4}$")
_RIGHTS = ("copyright-statement", "copyright-year", "copyright-holder", "license")
_FUNDER = re.compile(r"10\.13039/\S+$")
_ROR = re.compile(r"(?:https?://)?ror\.org/\S+$")


def licence_and_copyright(meta: Sequence[Element], go: Reading) -> list[XmlNode]:
    """The licence by its address, and the copyright by year, holder and statement."""
    holders = [h for m in meta for h in [*children(m, "permissions"), m]]
    found = [e for h in holders for e in children(h, *_RIGHTS)]
    made: list[XmlNode] = []
    for n, e in enumerate(e for e in found if local(e) == "license"):
        if n == 0 and _followed(address(e)):
            made.append(_licence(e, go))
        else:
            lacking = "is a licence without an address that can be followed"
            go.aside(e, lacking if n == 0 else "is another licence")
            go.note("PT658", e, "addresses of licences that are left out", address(e))
    for rest in (p for m in meta for h in children(m, "permissions") for p in h):
        if local(rest) not in _RIGHTS:
            go.aside(rest)
    return [*made, *_copyright([e for e in found if local(e) != "license"], go)]


def address(e: Element) -> str:
    """Where a licence is to be read."""
    refs = [text_in(r) for r in every(e, "license_ref")]
    links = [href(link) for link in every(e, "ext-link", "uri")]
    said = [href(e), *refs, *(link for link in links if "creativecommons.org" in link)]
    return next((a for a in said if a), "")


def _followed(said: str) -> bool:
    """True for an address on the web, or one beside the text: "licence.html"."""
    return bool(web_address(said) or (said and ":" not in unquote(said)))


def _licence(e: Element, go: Reading) -> Element:
    for ref in every(e, "license_ref"):
        go.take(ref)
    parts = children(e, "license-p", "p")
    words = [inline(go.inside(p), go, p) for p in parts]
    loose = inline(go.inside(e, but=("license_ref", "license-p", "p")), go, e)
    lines = [line for line in [*words, loose] if not is_blank(line)]
    inside = [n for line in lines for n in [" ", *line]][1:]
    return filled("license", inside, href=address(e))


def _copyright(found: Sequence[Element], go: Reading) -> list[XmlNode]:
    years = [e for e in found if local(e) == "copyright-year"]
    year = next((e for e in years if _YEAR.match(text_in(e))), None)
    statements = [text_in(e) for e in found if local(e) == "copyright-statement"]
    holders = [text_in(e) for e in found if local(e) == "copyright-holder"]
    for e in found:
        if e in years and e is not year:
            go.aside(e)
        elif local(e) != "copyright-statement":
            go.take(e)
    made = element(
        "copyright",
        " ".join(s for s in statements if s),
        year=text_in(year) if year is not None else "",
        holder="; ".join(h for h in holders if h),
    )
    return [made] if made.text or made.attrib else []


# ── money ──


def funding(meta: Sequence[Element], go: Reading) -> Iterator[Element]:
    """Funders and their grants; a statement about funding stands with the statements."""
    for group in (g for m in meta for g in children(m, "funding-group")):
        for part in group:
            if local(part) == "award-group":
                yield from award_group(part, go)
            elif local(part) != "funding-statement":
                go.aside(part)
    sponsors = [s for m in meta for s in children(m, "contract-sponsor", "contract-num")]
    if sponsors:
        yield element(
            "funding",
            [element("funder", text_in(s)) for s in sponsors if local(s) == "contract-sponsor"][:1],
            [element("award", text_in(s)) for s in sponsors if local(s) == "contract-num"],
        )


def award_group(e: Element, go: Reading) -> Iterator[Element]:
    """One funder with its grants; of several funders, the grants stand with the first."""
    sources = children(e, "funding-source")
    awards = [element("award", text_in(a)) for a in children(e, "award-id") if text_in(a)]
    for rest in (p for p in e if local(p) not in ("funding-source", "award-id")):
        go.aside(rest)
    if not sources and awards:
        yield element("funding", awards)
    for n, source in enumerate(sources):
        funder = _funder(source, go)
        grants = awards if n == 0 else []
        if funder or grants:
            yield element("funding", funder, grants)


def _funder(e: Element, go: Reading) -> list[Element]:
    ids = every(e, "institution-id", "named-content")
    name = _name(e)
    if not name:
        go.aside(e, "is a funder without a name")
        return []
    known = {"doi": "", "ror": ""}
    for i in ids:
        text = text_in(i)
        doi, ror = _FUNDER.search(text), _ROR.match(text)
        if doi and not known["doi"]:
            known["doi"] = doi[0]
            go.take(i)
        elif ror and not known["ror"]:
            known["ror"] = text
            go.take(i)
        elif local(i) == "institution-id":
            go.aside(i)
    return optional("funder", name, **known)


def _name(e: Element) -> str:
    """The name of a funder without its identifiers."""
    names = [text_in(i) for i in every(e, "institution")]
    if names:
        return ", ".join(n for n in names if n)
    ids = set(every(e, "institution-id"))
    wrap = child(e, "institution-wrap")
    return "" if ids and wrap is not None else text_in(e)
