"""A strict fake of DSpace 7's REST interface, written from DSpace/RestContract.

Every writing request must carry in `X-XSRF-TOKEN` the token of its cookie, which changes at the
login; a session is a bearer token of the login; a workspace item is changed by JSON PATCH alone,
holds a bitstream once for every upload, is refused with 422 while its sections have errors, and is
gone once it is in the workflow.
"""

from __future__ import annotations

import email.parser
import email.policy
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from tests.deposit.loopback import Answer, Asked

EPERSON, COLLECTION = "eperson-uuid", "collection-uuid"


@dataclass
class Item:
    number: int
    sections: dict[str, Any] = field(default_factory=dict)
    files: list[tuple[str, bytes]] = field(default_factory=list)


@dataclass
class DSpace:
    user: str
    password: str
    workflow: bool = False
    csrf: str = "csrf-0"
    jwt: str = ""
    workspace: dict[int, Item] = field(default_factory=dict)
    archive: dict[int, Item] = field(default_factory=dict)
    reviewed: dict[int, Item] = field(default_factory=dict)
    made: int = 0
    base: str = "http://dspace.example"

    def __call__(self, asked: Asked) -> Answer:
        assert asked.headers.get("user-agent"), "DSpace's firewalls ask for a User-Agent"
        if asked.method != "GET":
            cookie = asked.headers.get("cookie", "")
            token = asked.headers.get("x-xsrf-token")
            if token != self.csrf or f"DSPACE-XSRF-COOKIE={self.csrf}" not in cookie:
                return self.say(403, {"message": "Invalid CSRF token"})
        parts = asked.path.strip("/").split("/")[2:]
        if parts[0] == "authn":
            return self.authn(asked, parts[1])
        if not self.knows(asked):
            return self.say(401, {"message": "Authentication is required"})
        match asked.method, parts:
            case "POST", ["submission", "workspaceitems"]:
                return self.create(asked)
            case "GET", ["submission", "workspaceitems", "search", "findBySubmitter"]:
                assert parse_qs(asked.query)["uuid"] == [EPERSON]
                items = [self.shown(item) for item in self.workspace.values()]
                return self.say(200, {"_embedded": {"workspaceitems": items}})
            case method, ["submission", "workspaceitems", number]:
                return self.item(method, int(number), asked)
            case "POST", ["workflow", "workflowitems"]:
                return self.submit(asked)
            case "GET", ["core", "items", uuid]:
                return self.read(int(uuid.removeprefix("item-")))
        return self.say(404, {"message": "Not Found"})

    def say(self, status: int, value: Any, **headers: str) -> Answer:
        told = {"Content-Type": "application/hal+json", "DSPACE-XSRF-TOKEN": self.csrf, **headers}
        return Answer(status, json.dumps(value).encode(), told)

    def knows(self, asked: Asked) -> bool:
        return bool(self.jwt) and asked.headers.get("authorization") == f"Bearer {self.jwt}"

    def authn(self, asked: Asked, what: str) -> Answer:
        if what == "status":
            href = f"{self.base}/server/api/eperson/epersons/{EPERSON}"
            links = {"eperson": {"href": href}} if self.knows(asked) else {}
            return self.say(200, {"authenticated": self.knows(asked), "_links": links})
        form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        if form != {"user": self.user, "password": self.password}:
            return self.say(401, {"message": "Authentication failed"})
        self.csrf, self.jwt = f"{self.csrf}+", f"jwt-{self.csrf}"
        return self.say(200, {}, Authorization=f"Bearer {self.jwt}")

    def create(self, asked: Asked) -> Answer:
        if parse_qs(asked.query).get("owningCollection") != [COLLECTION]:
            return self.say(422, {"message": "The collection is unknown"})
        self.made += 1
        self.workspace[self.made] = Item(self.made)
        return self.say(201, self.shown(self.workspace[self.made]))

    def item(self, method: str, number: int, asked: Asked) -> Answer:
        item = self.workspace.get(number)
        if item is None:
            return self.say(404, {"message": "Not Found"})
        if method == "PATCH":
            assert asked.headers["content-type"] == "application/json-patch+json"
            for change in json.loads(asked.body):
                assert change["op"] == "add"
                _, _, section, name = change["path"].split("/")
                item.sections.setdefault(section, {})[name] = change["value"]
        if method == "POST":
            item.files.append(_uploaded(asked))
        return self.say(201 if method == "POST" else 200, self.shown(item))

    def faults(self, item: Item) -> list[dict[str, Any]]:
        faults = []
        if not item.sections.get("traditionalpageone", {}).get("dc.title"):
            path = "/sections/traditionalpageone/dc.title"
            faults.append({"message": "error.validation.required", "paths": [path]})
        if not item.sections.get("license", {}).get("granted"):
            path = "/sections/license"
            faults.append({"message": "error.validation.license.notgranted", "paths": [path]})
        if not item.files:
            path = "/sections/upload"
            faults.append({"message": "error.validation.filerequired", "paths": [path]})
        return faults

    def shown(self, item: Item) -> dict[str, Any]:
        files = [
            {"metadata": {"dc.title": [{"value": name}]}, "sizeBytes": len(data),
             "checkSum": {"checkSumAlgorithm": "MD5", "value": hashlib.md5(data).hexdigest()}}
            for name, data in item.files
        ]  # fmt: skip
        return {
            "id": item.number,
            "sections": {**item.sections, "upload": {"files": files}},
            "errors": self.faults(item),
            "_embedded": {"item": {"uuid": f"item-{item.number}"},
                          "collection": {"uuid": COLLECTION}},
        }  # fmt: skip

    def submit(self, asked: Asked) -> Answer:
        assert asked.headers["content-type"] == "text/uri-list"
        number = int(asked.body.decode().rsplit("/", 1)[-1])
        item = self.workspace.get(number)
        if item is None:
            return self.say(404, {"message": "Not Found"})
        if self.faults(item):
            return self.say(422, {"message": "The item is not complete"})
        del self.workspace[number]
        (self.reviewed if self.workflow else self.archive)[number] = item
        return self.say(201, {"id": number})

    def read(self, number: int) -> Answer:
        if number in self.archive:
            handle = f"123456789/{number}"
            return self.say(200, {"inArchive": True, "handle": handle})
        if number in self.reviewed:
            return self.say(403, {"message": "Access is denied"})
        return self.say(404, {"message": "Not Found"})


def _uploaded(asked: Asked) -> tuple[str, bytes]:
    head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + asked.body)
    (part,) = message.iter_parts()
    assert part.get_param("name", header="content-disposition") == "file"
    return str(part.get_filename()), part.get_payload(decode=True)
