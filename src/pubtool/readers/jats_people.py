"""JATS in: contributors and where they work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pubtool.readers.draft import element, optional
from pubtool.readers.jats_run import (
    Element,
    Reading,
    child,
    children,
    common,
    every,
    lang,
)
from pubtool.readers.jats_shape import paragraphs
from pubtool.readers.jats_terms import (
    CONTRIBUTORS,
    CREDIT,
    CREDIT_ROLES,
    EDITORS,
)
from pubtool.readers.jats_words import spoken, text_in
from pubtool.rules import XmlNode
from pubtool.source import LANG, local
from pubtool.text import fold, squeeze

_TERMS = {fold(CREDIT.get(role, role.replace("-", " "))): role for role in CREDIT_ROLES}
_READ = frozenset(
    """
    name name-alternatives string-name collab collab-alternatives anonymous contrib-id email role
    bio xref aff aff-alternatives
    """.split()
)
_NAMES = ("name", "string-name", "collab", "name-alternatives", "collab-alternatives")
_NAME = ("surname", "given-names", "prefix", "suffix", "degrees")
_PARTS = frozenset("institution institution-wrap city country addr-line label".split())


# ── names ──


def name_of(e: Element, go: Reading, role: str = "") -> Element | None:
    """A personal name in its parts; None where there is none. Its words count as kept."""
    family, given = _part(e, "surname"), _part(e, "given-names")
    prefix, suffix = _part(e, "prefix"), _part(e, "suffix")
    if local(e) == "string-name" or not (family or given):
        given, family = _from_string(e, given, family, go)
    if not family:
        given, family = "", given
    if not family:
        return None
    for degrees in children(e, "degrees"):
        go.aside(degrees)
    return element(
        "name",
        optional("prefix", prefix),
        optional("given", given),
        element("family", family),
        optional("suffix", suffix),
        role=role,
        lang=lang(e),
    )


def _part(e: Element, name: str) -> str:
    return squeeze(" ".join(text_in(p) for p in children(e, name)))


def _from_string(e: Element, given: str, family: str, go: Reading) -> tuple[str, str]:
    """A name written in one: what is marked, or else the last word for the family."""
    bare = squeeze(" ".join([e.text or "", *(c.tail or "" for c in e)]).strip(" ,;.&"))
    if family:
        return squeeze(f"{given} {bare}").strip(" ,") if bare and not given else given, family
    words = (bare or text_in(e)).split()
    if not words:
        return "", ""
    if len(words) > 1:
        go.ledger.guess(
            go.place(e).line, f"“{words[-1]}” is the family name of “{' '.join(words)}”"
        )
    return " ".join(words[:-1]), words[-1]


def who_of(e: Element, go: Reading) -> Element | None:
    """The name, group or nobody that a contrib names; other forms of the name are set aside."""
    holder = child(e, "name-alternatives", "collab-alternatives")
    names = children(holder, "name", "string-name", "collab") + children(
        e, "name", "string-name", "collab"
    )
    for other in names[1:]:
        go.aside(other, "is another form of the name")
    for name in names[:1]:
        made = _collab(name, go) if local(name) == "collab" else name_of(name, go)
        if made is not None:
            go.ledger.sign(_extra_words(name, made))
            if local(name) == "name":
                go.rest(name, children(name, *_NAME))
            return made
    return element("anonymous") if child(e, "anonymous") is not None else None


def _extra_words(name: Element, made: Element) -> str:
    """Marks that stood between the parts of a name written in one: a comma."""
    if local(name) != "string-name":
        return ""
    return " ".join(
        re.findall(r"[^\w\s]", "".join([name.text or "", *(c.tail or "" for c in name)]))
    )


def _collab(e: Element, go: Reading) -> Element | None:
    members = ("contrib-group", "xref", "fn", "aff", "email")
    text = squeeze("".join([e.text or "", *(_around(c, members) for c in e)]))
    return element("collab", text) if text else None


def _around(part: Element, skipped: Iterable[str]) -> str:
    own = "" if local(part) in skipped else spoken(part)
    return f"{own}{part.tail or ''}"


# ── contributors ──


def contributors(groups: Iterable[Element], go: Reading) -> Iterator[tuple[Element, Element]]:
    """(contrib, contributor) in order; the members of a group follow it as contributors."""
    for group in groups:
        shared = [a for a in children(group, "aff") if not a.get("id")]
        for contrib in children(group, "contrib"):
            made = contributor(contrib, go, shared)
            if made is not None:
                yield contrib, made
            for inner in every(child(contrib, "collab"), "contrib"):
                member = contributor(inner, go, [])
                if member is not None:
                    member.set("role", "contributor")
                    text = "members of a group follow it as contributors"
                    go.note("PT655", inner, text, text_in(contrib)[:60])
                    yield inner, member
        for other in (p for p in group if local(p) not in ("contrib", "aff", "aff-alternatives")):
            go.aside(other)


def contributor(e: Element, go: Reading, shared: Iterable[Element]) -> Element | None:
    """One contributor; None where nobody is named."""
    who = who_of(e, go)
    if who is None:
        go.aside(e, "names nobody")
        return None
    kind = (e.get("contrib-type") or "author").lower()
    role = kind if kind in CONTRIBUTORS else "contributor"
    if role != kind:
        go.note("PT654", e, "roles that a chapter does not tell apart", kind)
    marks = _marks(e, go)
    for other in (p for p in e if local(p) not in _READ):
        go.aside(other)
    return element(
        "contributor",
        who,
        orcid(e, go),
        emails(e, go),
        credits_of(e, kind, go),
        bio(e, go),
        id=go.id(e),
        role=role,
        affiliations=" ".join(_affiliations(e, go, shared)),
        **marks,
    )


def _marks(e: Element, go: Reading) -> dict[str, str]:
    """Corresponding, equal, deceased: by attribute, or by a note of that kind."""
    kinds = {
        (go.targets[name].get("fn-type") or local(go.targets[name]))
        for x in children(e, "xref")
        for name in x.get("rid", "").split()
        if name in go.targets
    }
    return {
        "corresponding": _yes(e.get("corresp") == "yes" or "corresp" in kinds),
        "equal": _yes(e.get("equal-contrib") == "yes" or bool(kinds & {"equal", "eq-contrib"})),
        "deceased": _yes(e.get("deceased") == "yes" or "deceased" in kinds),
    }


def _yes(said: bool) -> str:
    return "yes" if said else ""


def orcid(e: Element, go: Reading) -> list[XmlNode]:
    """The ORCID iD; other identifiers of a person are named."""
    made: list[XmlNode] = []
    for number in children(e, "contrib-id"):
        if "orcid" in f"{number.get('contrib-id-type')} {text_in(number)}".lower() and not made:
            made.append(element("orcid", text_in(number)))
        else:
            go.aside(number)
    return made


def emails(e: Element, go: Reading) -> list[XmlNode]:
    """Addresses given with the name are published already; so are those of the correspondence."""
    found = list(children(e, "email"))
    for name in [n for x in children(e, "xref") for n in x.get("rid", "").split()]:
        if name in go.targets and local(go.targets[name]) == "corresp":
            found += every(go.targets[name], "email")
    texts = dict.fromkeys(go.take(mail) for mail in found)
    return [element("email", text, visible="yes") for text in texts if text]


def credits_of(e: Element, kind: str, go: Reading) -> list[XmlNode]:
    """CRediT roles; a role that only repeats the kind of contributor is understood."""
    roles: list[str] = []
    for role in children(e, "role"):
        known = _TERMS.get(fold(role.get("vocab-term") or text_in(role)))
        if known:
            go.take(role)
            roles.append(known)
            for inner in role:
                go.aside(inner)
        elif fold(text_in(role)) == fold(kind):
            go.take(role)
        else:
            go.aside(role)
    return [element("credit", role=role) for role in dict.fromkeys(roles)]


def bio(e: Element, go: Reading) -> list[XmlNode]:
    """The biography."""
    found = children(e, "bio")
    made = [p for b in found for p in paragraphs(go.inside(b), go, b)]
    return [element("bio", made, **common(found[0], go))] if made else []


def _affiliations(e: Element, go: Reading, shared: Iterable[Element]) -> Iterator[str]:
    pointed = e.get("rid", "").split()
    for link in children(e, "xref"):
        target = next((go.targets[n] for n in link.get("rid", "").split() if n in go.targets), None)
        kind = link.get("ref-type") or (local(target) if target is not None else "")
        if kind == "aff" or (target is not None and local(target).startswith("aff")):
            pointed += link.get("rid", "").split()
        # A number or sign points at the affiliation; words say something.
        go.mark(link)
    yield from (go.rid(name) for name in pointed)
    own = children(e, "aff", "aff-alternatives")
    for aff in own or ([] if pointed else shared):
        yield go.rid(aff.get("id", "")) or aff.get("aff-id-given", "")


def editor(e: Element, go: Reading) -> Element | None:
    """An editor of the volume."""
    who = who_of(e, go)
    if who is None or local(who) == "anonymous":
        go.aside(e)
        return None
    kinds = [r for r in children(e, "role") if fold(text_in(r)) in EDITORS]
    read = [*children(e, *_NAMES, "contrib-id"), *kinds]
    for part in read:
        go.take(part)
    go.rest(e, read)
    who.attrib.pop(LANG, None)
    role = EDITORS.get((e.get("contrib-type") or "editor").lower(), "editor")
    return element("editor", who, orcid(e, go), role="" if role == "editor" else role)
