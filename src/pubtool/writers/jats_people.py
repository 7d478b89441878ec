"""JATS: the people of a chapter and of its volume, and where they work."""

from __future__ import annotations

from pubtool.model import Affiliation, Book, Contributor, Record, child, children
from pubtool.writers.jats import Element, XmlGo, el, jats, lang, paragraphs
from pubtool.writers.jats_references import person

ORCID = "https://orcid.org/"
CREDIT = "https://credit.niso.org/"
CREDIT_TERMS = {
    "writing-original-draft": "Writing – original draft",
    "writing-review-editing": "Writing – review & editing",
}


def contributors(front: Element, record: Record, go: XmlGo) -> Element | None:
    """The contributors of the chapter, in their order."""
    elements = children(front, "contributor")
    people = zip(record.contributors, elements, strict=True)
    made = [contributor(who, e, go) for who, e in people]
    return el("contrib-group", made) if made else None


def contributor(who: Contributor, e: Element, go: XmlGo) -> Element:
    """One contributor; JATS4R: name parts, iD as address, roles with their vocabulary."""
    bio = child(e, "bio")
    return el(
        "contrib",
        orcid(who),
        el("anonymous") if who.anonymous else person(who.name),
        go.each(children(e, "credit")),
        el("bio", paragraphs(bio, go), id=bio.get("id"), xml_lang=lang(bio))
        if bio is not None
        else None,
        [el("email", mail.address) for mail in who.emails if mail.visible],
        [el("xref", ref_type="aff", rid=id_) for id_ in who.affiliations],
        contrib_type=who.role,
        corresp="yes" if who.corresponding else None,
        equal_contrib="yes" if who.equal else None,
        deceased="yes" if who.deceased else None,
        id=who.id or None,
    )


def orcid(who: Contributor) -> Element | None:
    """The ORCID iD as its address."""
    if not who.orcid:
        return None
    return el("contrib-id", ORCID + who.orcid, contrib_id_type="orcid")


@jats("credit")
def credit(e: Element, go: XmlGo) -> Element:
    """A CRediT role, with the vocabulary it comes from."""
    term, address = credit_term(e.get("role", ""))
    return el(
        "role",
        term,
        specific_use="generated",
        vocab="credit",
        vocab_identifier=CREDIT,
        vocab_term=term,
        vocab_term_identifier=address,
    )


def credit_term(role: str) -> tuple[str, str]:
    """The name of a CRediT role and its address."""
    term = CREDIT_TERMS.get(role) or role.replace("-", " ").capitalize()
    return term, f"{CREDIT}contributor-roles/{role}/"


def volume_editors(book: Book) -> Element | None:
    """The editors of the volume, apart from the chapter's own contributors."""
    made = [
        el("contrib", orcid(who), person(who.name), contrib_type=who.role) for who in book.editors
    ]
    return el("contrib-group", made, content_type="volume-editors") if made else None


def affiliation(a: Affiliation) -> Element:
    """An affiliation in its parts; ROR identifies the institution."""
    ror = el("institution-id", a.ror, institution_id_type="ror") if a.ror else None
    named_institution = (
        el("institution-wrap", el("institution", a.institution), ror) if a.institution else None
    )
    return el(
        "aff",
        [el("institution", name, content_type="dept") for name in a.departments],
        named_institution,
        el("city", a.city) if a.city else None,
        el("country", a.country or a.country_code, country=a.country_code)
        if a.country_code
        else None,
        id=a.id,
    )
