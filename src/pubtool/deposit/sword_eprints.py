"""What EPrints wants otherwise than SWORD has it: its own XML, and a status in place of an end.

EPrints reads a title, authors and a summary out of an Atom entry and nothing else, so a chapter is
described in EPrints' own XML, whose fields know a volume. Its receipts name no address to end a
deposit at, and an empty request there is refused with 405: what is in the depositor's inbox goes to
the editors when it is described anew with another status.

Source: EPrints 3.4, documentation of its CRUD interface, and the fields of a new repository.
"""

from __future__ import annotations

from lxml import etree

from pubtool.deposit.replies import xml
from pubtool.deposit.step import Facts, Find, Job, Request, Response, Step, expecting
from pubtool.model import Record
from pubtool.writers.crosswalk import Row, Table, fields
from pubtool.writers.crosswalk_facts import Who

DATA = "http://eprints.org/ep2/data/2.0"
STATUS = f"{DATA}/eprint/eprint_status"
SERVER = "EPrints"
MEDIA_TYPE = "application/vnd.eprints.data+xml"
# Who does not ask for Atom is sent to a web page.
READING = {"Accept": "application/atom+xml, application/xml;q=0.9, */*;q=0.1"}
# What its depositor is still working on, what waits for an editor, what everybody sees.
INBOX, REVIEW, ARCHIVE = "inbox", "buffer", "archive"
FIELDS: Table = (
    Row("type", "record", lambda _: "book_section"),
    Row("title", "title"),
    Row("creators", "authors", many=True),
    Row("editors", "book editors", many=True),
    Row("abstract", "abstracts", lambda one: one.text, many=True),
    Row("keywords", "keywords", lambda one: one.text, many=True),
    Row("date", "date"),
    Row("date_type", "date", lambda _: "published"),
    Row("book_title", "book title"),
    Row("series", "series"),
    Row("publisher", "publisher"),
    Row("place_of_pub", "place"),
    Row("pagerange", "pages"),
    Row("isbn", "ISBN", lambda one: one.number, many=True),
    Row("id_number", "DOI"),
    Row("official_url", "URL"),
)
# EPrints has one field where a chapter may say several things.
BETWEEN = {"abstract": "\n\n", "keywords": ", ", "isbn": ", "}


def learned(receipt: etree._Element) -> Facts:
    """Whether a receipt is one of EPrints: it names a status by EPrints' own scheme."""
    return {"server": SERVER} if _status(receipt) else {}


def _status(entry: etree._Element) -> str:
    for category in entry.iterfind("{http://www.w3.org/2005/Atom}category"):
        if category.get("scheme") == STATUS:
            return category.get("term", "")
    return ""


def describe(job: Job) -> Step:
    """The description takes the place of the one before; the files stay."""
    return Step(
        "describe the chapter",
        lambda facts: _described(job, facts),
        expecting(200, 204),
        repeatable=True,
    )


def hand_over(job: Job) -> Step:
    """The chapter goes to the editors, who decide whether it is published."""

    def left_the_inbox(answer: Response) -> Facts | None:
        told = standing(answer)
        return None if told["state"] == INBOX else told

    return Step(
        "hand the deposit over",
        lambda facts: _described(job, facts, REVIEW),
        lambda answer: {**expecting(200, 204)(answer), "state": "in review"},
        find=Find(asking, left_the_inbox),
        once=True,
    )


def asking(facts: Facts) -> Request:
    """Asks for the entry of a deposit."""
    return Request("GET", facts["edit"], READING)


def standing(answer: Response) -> Facts:
    """Where a deposit stands, and whether it is published."""
    status = _status(xml(answer.expect(200)))
    if status == ARCHIVE:
        return {"state": "published", "published": "yes"}
    return {"state": "in review" if status == REVIEW else status}


def _described(job: Job, facts: Facts, status: str = "") -> Request:
    body = eprint(job.edition.chapter.record, status)
    return Request("PUT", facts["edit"], {"Content-Type": MEDIA_TYPE}, body)


def eprint(record: Record, status: str = "") -> bytes:
    """The chapter in EPrints XML."""
    root = etree.Element(f"{{{DATA}}}eprints", nsmap={None: DATA})
    item = etree.SubElement(root, f"{{{DATA}}}eprint")
    if status:
        _text(item, "eprint_status", status)
    made: dict[str, etree._Element] = {}
    for name, value in fields(FIELDS, record):
        if isinstance(value, Who):
            _person(made.setdefault(name, _element(item, name)), value)
        elif name in made:
            made[name].text = f"{made[name].text}{BETWEEN[name]}{value}"
        else:
            made[name] = _text(item, name, value)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _person(people: etree._Element, who: Who) -> None:
    name = _element(_element(people, "item"), "name")
    _text(name, "family", who.name.family or who.name.collab)
    for part, said in (("given", who.name.given), ("lineage", who.name.suffix)):
        if said:
            _text(name, part, said)


def _element(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{DATA}}}{name}")


def _text(parent: etree._Element, name: str, said: str) -> etree._Element:
    element = _element(parent, name)
    element.text = said
    return element
