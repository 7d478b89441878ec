"""SWORD 2: DSpace, EPrints and others, by a package and an Atom entry.

The package goes into the collection with `In-Progress: true`, its checksum in `Content-MD5`, which
the server compares; then the entry describes it, and an empty request ends the deposit; what
EPrints wants otherwise stands in `sword_eprints`.

A package whose answer is lost is not sent again. A collection may be listed (section 6.2), but of
the servers known to us none names both the Slug we gave a deposit and its address: DSpace and
EPrints list addresses and titles, swh.deposit the Slug alone.

Source: SWORD 2.0 Profile, sections 6 (protocol operations), 9.3 (continued deposit), 10 (receipt).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urljoin

from lxml import etree

from pubtool.deposit import sword_eprints as eprints
from pubtool.deposit.failures import Refused
from pubtool.deposit.kind import Kind
from pubtool.deposit.replies import xml
from pubtool.deposit.secrets import basic
from pubtool.deposit.step import (
    Facts,
    File,
    Find,
    Job,
    Request,
    Response,
    Step,
    expecting,
)
from pubtool.packages import simplezip
from pubtool.writers.crosswalk import Row, Table, fields
from pubtool.writers.crosswalk_facts import DOI, page_range

ATOM = "http://www.w3.org/2005/Atom"
NAMES = {
    "app": "http://www.w3.org/2007/app",
    "atom": ATOM,
    "sword": "http://purl.org/net/sword/terms/",
}
TERMS = "http://purl.org/dc/terms/"
PACKAGING = {
    "sword-simplezip": "http://purl.org/net/sword/package/SimpleZip",
    "sword-mets": "http://purl.org/net/sword/package/METSDSpaceSIP",
    "dspace-saf": "http://purl.org/net/sword/package/SimpleZip",
}
ENTRY_TYPE = "application/atom+xml;type=entry"
# Words in which servers say that a deposit is not finished yet.
_OPEN = ("partial", "inprogress", "workspace", "inbox")
ENTRY: Table = (
    Row("title", "title"),
    Row("alternative", "translated titles", lambda one: one.text, many=True),
    Row("creator", "authors", lambda who: who.name.inverted, many=True),
    Row("contributor", "book editors", lambda who: who.name.inverted or None, many=True),
    Row("abstract", "abstracts", lambda one: one.text, many=True),
    Row("subject", "keywords", lambda one: one.text, many=True),
    Row("issued", "date"),
    Row("publisher", "publisher"),
    Row("language", "language"),
    Row("type", "record", lambda _: "Book chapter"),
    Row("identifier", "DOI", lambda doi: DOI + doi),
    Row("isPartOf", "book title"),
    Row("isPartOf", "ISBN", lambda one: f"urn:isbn:{one.number}", many=True),
    Row("bibliographicCitation", "record", lambda one: one.citation_line or page_range(one)),
    Row("license", "licence"),
    Row("rightsHolder", "copyright"),
)


def steps(job: Job, facts: Facts) -> Iterator[Step]:
    """The steps of a deposit."""
    yield service(job)
    for file in job.files:
        yield send(job, file)
    of_eprints = facts.get("server") == eprints.SERVER
    yield eprints.describe(job) if of_eprints else describe(job)
    if job.publish:
        yield eprints.hand_over(job) if of_eprints else complete(job)


def status(job: Job, facts: Facts) -> Iterator[Step]:
    """What the statement of the deposit says."""
    yield Step(
        "ask how it stands",
        asking,
        eprints.standing if facts.get("server") == eprints.SERVER else standing,
        repeatable=True,
        always=True,
    )


def standing(answer: Response) -> Facts:
    """Where a deposit stands, in the server's word."""
    return {"state": state_of(answer.expect(200))}


def asking(facts: Facts) -> Request:
    """Asks where a deposit's state is told: at its statement, else its page, else its entry."""
    where = facts.get("statement") or facts.get("link") or facts["edit"]
    return Request("GET", where, eprints.READING)


def sign(request: Request, job: Job, secret: str, facts: Facts) -> Request:
    """User and password (RFC 7617)."""
    return replace(
        request,
        headers={**request.headers, "Authorization": basic(job.target.user, secret)},
    )


def service(job: Job) -> Step:
    """The service document: the collection, and whether it takes our package."""
    return Step(
        "read the service document",
        lambda _: Request("GET", job.target.address, {"Accept": "application/atomsvc+xml, */*"}),
        lambda answer: {"collection": collection(job, answer.expect(200))},
        repeatable=True,
        always=True,
    )


def collection(job: Job, answer: Response) -> str:
    """The address of the collection named in pubtool.toml, by address, its end, or title."""
    wanted, offered = job.target.collection, []
    for one in xml(answer).iterfind(".//app:collection", NAMES):
        address = urljoin(job.target.address, one.get("href", ""))
        title = one.findtext("atom:title", "", NAMES)
        offered.append(f"{title} ({address})")
        if wanted in (address, title) or address.rstrip("/").endswith(f"/{wanted.strip('/')}"):
            _refuse_package(job, one, answer)
            return address
    known = "; ".join(offered) or "none"
    raise Refused(f"there is no collection “{wanted}”; the server offers: {known}", answer)


def _refuse_package(job: Job, one: etree._Element, answer: Response) -> None:
    """Raise Refused if a collection lists the packages it takes and ours is not among them."""
    taken = [(e.text or "").strip() for e in one.iterfind("sword:acceptPackaging", NAMES)]
    if taken and packaging(job) not in taken:
        listed = ", ".join(taken)
        raise Refused(f"the collection takes no {packaging(job)}, but {listed}", answer)


def packaging(job: Job) -> str:
    """The name SWORD gives to the kind of package; a target's profile may name its own."""
    return job.target.profile or PACKAGING[job.target.package or KIND.package]


def send(job: Job, file: File) -> Step:
    """The package. The server answers 412 where its MD5 is another."""
    headers = {
        "Content-Type": file.media_type,
        "Content-Disposition": f"attachment; filename={file.name}",
        "Content-MD5": file.md5,
        "Packaging": packaging(job),
        "In-Progress": "true",
        "Slug": job.marker,
    }
    return Step(
        f"send {file.name}",
        lambda facts: Request("POST", facts["collection"], headers, file.data),
        lambda answer: received(job, answer.expect(201, 202)),
        once=True,
    )


def received(job: Job, answer: Response) -> Facts:
    """The addresses of a deposit receipt; without a body, that of the Location header."""
    location = urljoin(answer.url or job.target.address, answer.headers.get("location", ""))
    root = xml(answer) if answer.body.strip() else None
    links = _links(root, location) if root is not None else {}
    known = {
        "edit": links.get("edit") or location,
        "add": links.get("http://purl.org/net/sword/terms/add") or links.get("edit") or location,
        "statement": links.get("http://purl.org/net/sword/terms/statement", ""),
        "link": links.get("alternate", ""),
        "id": links.get("id", ""),
    }
    if not known["edit"]:
        raise Refused("the receipt does not say where the deposit is", answer)
    if root is not None:
        known |= eprints.learned(root)
    return {name: value for name, value in known.items() if value}


def _links(root: etree._Element, base: str) -> dict[str, str]:
    found = {"id": root.findtext("atom:id", "", NAMES)}
    for link in root.iterfind(".//atom:link", NAMES):
        found.setdefault(link.get("rel", ""), urljoin(base, link.get("href", "")))
    return found


def describe(job: Job) -> Step:
    """The entry takes the place of the one before, so it can be sent again."""
    headers = {"Content-Type": ENTRY_TYPE, "In-Progress": "true"}
    body = entry(job)
    return Step(
        "describe the chapter",
        lambda facts: Request("PUT", facts["edit"], headers, body),
        expecting(200, 201, 204),
        repeatable=True,
    )


def entry(job: Job) -> bytes:
    """The chapter as an Atom entry with Dublin Core terms."""
    record = job.edition.chapter.record
    root = etree.Element(f"{{{ATOM}}}entry", nsmap={None: ATOM, "dcterms": TERMS})
    etree.SubElement(root, f"{{{ATOM}}}title").text = record.full_title
    etree.SubElement(root, f"{{{ATOM}}}id").text = job.marker
    for one in record.authors:
        person = etree.SubElement(root, f"{{{ATOM}}}author")
        etree.SubElement(person, f"{{{ATOM}}}name").text = one.name.display
    for name, value in fields(ENTRY, record):
        etree.SubElement(root, f"{{{TERMS}}}{name}").text = value
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def complete(job: Job) -> Step:
    """An empty request with `In-Progress: false` hands the deposit over."""
    headers = {"In-Progress": "false", "Content-Type": ENTRY_TYPE}

    def handed_over(answer: Response) -> Facts | None:
        state = state_of(answer.expect(200))
        return {"state": state, "published": "yes"} if not any(
            word in state.lower() for word in _OPEN
        ) else None  # fmt: skip

    return Step(
        "hand the deposit over",
        lambda facts: Request("POST", facts["add"], headers),
        lambda answer: {"published": "yes"} if answer.expect(200, 201, 202, 204) else {},
        find=Find(asking, handed_over),
        once=True,
    )


def state_of(answer: Response) -> str:
    """The state a statement or receipt names: a category, or an element of the server's own."""
    root = xml(answer)
    scheme = "http://purl.org/net/sword/terms/state"
    for category in root.iterfind(".//atom:category", NAMES):
        if category.get("scheme", "").startswith(scheme):
            return category.get("term", "")
    for element in root.iter("{*}deposit_status"):
        return (element.text or "").strip()
    return "received"


KIND = Kind(
    "sword",
    "SWORD 2",
    simplezip.FACTS,
    steps,
    status,
    sign=sign,
    settings=("address", "collection", "user"),
    package="sword-simplezip",
)
