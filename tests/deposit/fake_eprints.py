"""A strict fake of EPrints' SWORD 2, written from the documentation of its CRUD interface.

A package makes an item in the depositor's inbox, or in review if it is not said to be in progress;
the service document and the receipts use EPrints' own namespace for SWORD, name no address for
“add”, and an item takes no POST. It is described by PUT, in EPrints XML or as an Atom entry, which
takes the place of every field before and leaves the files; a status in it moves the item on. Who
reads an item without asking for Atom is sent to a web page. What has left the inbox belongs to the
editors, and its depositor may change it no more.
"""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from tests.deposit.loopback import Answer, Asked

DATA, SWORD = "http://eprints.org/ep2/data/2.0", "http://purl.org/net/sword/"
SIMPLEZIP = f"{SWORD}package/SimpleZip"
STATUS = f"{DATA}/eprint/eprint_status"
TEXTS = {"type", "title", "abstract", "keywords", "date", "date_type", "book_title", "series",
         "publisher", "place_of_pub", "pagerange", "isbn", "id_number", "official_url",
         "eprint_status"}  # fmt: skip
PEOPLE = {"creators", "editors"}
NAMES = {"family", "given", "lineage"}
PAGE = b"<!DOCTYPE html><html><head><title>View Item</title></head></html>"


@dataclass
class Item:
    status: str
    files: dict[str, bytes]
    fields: dict[str, str] = field(default_factory=dict)


@dataclass
class EPrints:
    user: str
    password: str
    base: str = ""
    items: dict[int, Item] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Answer:
        match asked.method, asked.path.strip("/").split("/"):
            case "GET", ["cgi", *_]:
                return Answer(200, PAGE, {"Content-Type": "text/html"})
            case _ if not self.knows(asked):
                return fault(401, "ErrorAuth", "Authentication failed")
            case "GET", ["sword-app", "servicedocument"]:
                return self.service()
            case "POST", ["id", "contents"]:
                return self.create(asked)
            case method, ["id", "eprint", number] if int(number) in self.items:
                return self.item(method, int(number), asked)
        return fault(404, "UnknownError", "Not Found")

    def knows(self, asked: Asked) -> bool:
        said = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return asked.headers.get("authorization") == f"Basic {said}"

    def service(self) -> Answer:
        text = (
            f'<service xmlns="http://www.w3.org/2007/app" xmlns:sword="{SWORD}"'
            ' xmlns:atom="http://www.w3.org/2005/Atom"><workspace>'
            "<atom:title>Invented Repository: Manage deposits</atom:title>"
            f"<sword:version>2.0</sword:version><collection href='{self.base}/id/contents'>"
            f"<atom:title>EPrints</atom:title><sword:acceptPackaging>{DATA}"
            f"</sword:acceptPackaging><acceptPackaging>{SWORD}package/Binary</acceptPackaging>"
            "<accept>application/octet-stream</accept></collection></workspace></service>"
        )
        kind = {"Content-Type": "application/atomsvc+xml; charset=utf-8"}
        return Answer(200, text.encode(), kind)

    def create(self, asked: Asked) -> Answer:
        if (said := asked.headers.get("packaging")) != SIMPLEZIP:
            return fault(400, "ErrorContent", f"No support for packaging '{said}'")
        if hashlib.md5(asked.body).hexdigest() != asked.headers["content-md5"]:
            return fault(412, "ErrorChecksumMismatch", "MD5 digest mismatch")
        with zipfile.ZipFile(io.BytesIO(asked.body)) as package:
            files = {name: package.read(name) for name in package.namelist()}
        status = "inbox" if asked.headers.get("in-progress", "").lower() == "true" else "buffer"
        number = len(self.items) + 1
        self.items[number] = Item(status, files)
        return self.entry(201, number, Location=f"{self.base}/id/eprint/{number}")

    def item(self, method: str, number: int, asked: Asked) -> Answer:
        if method == "PUT":
            return self.update(self.items[number], asked)
        if method != "GET":
            return fault(405, "MethodNotAllowed", "Method Not Allowed")
        if asked.headers.get("accept", "*/*").startswith("application/atom+xml"):
            return self.entry(200, number)
        return Answer(303, b"", {"Location": f"{self.base}/cgi/users/home?eprintid={number}"})

    def update(self, item: Item, asked: Asked) -> Answer:
        if item.status != "inbox":
            return fault(403, "UnknownError", "Forbidden")
        kind = asked.headers["content-type"].partition(";")[0]
        root = etree.fromstring(asked.body)
        if kind == "application/vnd.eprints.data+xml":
            assert root.tag == f"{{{DATA}}}eprints", "an unexpected tag"
            (described,) = root
            fields = dict(_field(element) for element in described)
        elif kind == "application/atom+xml":
            fields = {"title": root.findtext("{*}title", "")}
        else:
            return fault(415, "UnknownError", "Unsupported Media Type")
        item.status = fields.pop("eprint_status", item.status)
        item.fields = fields
        return Answer(204)

    def entry(self, status: int, number: int, **headers: str) -> Answer:
        item, place = self.items[number], f"{self.base}/id/eprint/{number}"
        links = "".join(
            f'<link rel="{rel}" href="{place}{end}"/>'
            for rel, end in (("edit", ""), ("edit-media", "/contents"), ("contents", "/contents"),
                             ("alternate", ""), (f"{SWORD}terms/statement", ""))
        )  # fmt: skip
        text = (
            f'<entry xmlns="http://www.w3.org/2005/Atom" xmlns:sword="{SWORD}">{links}'
            f'<id>{place}</id><category term="" scheme="{self.base}/data/eprint/type"/>'
            f'<category term="{item.status}" label="" scheme="{STATUS}"/>'
            f'<sword:state href="{STATUS}/{item.status}"/></entry>'
        )
        kind = {"Content-Type": "application/atom+xml;charset=utf-8", **headers}
        return Answer(status, text.encode(), kind)


def _field(element: etree._Element) -> tuple[str, str]:
    """A field's name and what it says; people by their names. Unknown ones are a fault of ours."""
    name = etree.QName(element).localname
    if name in TEXTS:
        assert element.text, f"{name} is empty"
        return name, element.text
    assert name in PEOPLE, f"EPrints knows no field {name}"
    people = []
    for person in element.iterfind("{*}item/{*}name"):
        assert {etree.QName(part).localname for part in person} <= NAMES
        people.append(", ".join(part.text or "" for part in person))
    return name, "; ".join(people)


def fault(status: int, kind: str, said: str) -> Answer:
    text = (
        f'<sword:error xmlns="http://www.w3.org/2005/Atom" xmlns:sword="{SWORD}"'
        f' href="{SWORD}error/{kind}"><title>ERROR</title><summary>{said}</summary></sword:error>'
    )
    return Answer(status, text.encode(), {"Content-Type": "application/xml; charset=UTF-8"})
