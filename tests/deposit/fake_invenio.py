"""A strict fake of InvenioRDM 14, written from its documentation and from what the real one says.

`tests/deposit/test_repository.py` runs the same deposits against the real server. Like it, the
fake answers 201 with `errors`, drops unknown fields, lets a file be replaced after its commit,
refuses a second announcement with 400 and a second publication with 404. A new draft can be found
only after a while (`lag`, in searches), as in a real index.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote

from pubtool.text import orcid
from tests.deposit.loopback import Answer, Asked

Item = dict[str, Any]
KNOWN = set(
    "resource_type title additional_titles creators contributors publication_date publisher "
    "description additional_descriptions subjects languages dates identifiers related_identifiers "
    "rights copyright references funding version sizes formats locations".split()
)
VOCABULARY = {
    "resource_type": {"publication-section", "publication-book"},
    "rights": {"cc-by-4.0", "cc-by-sa-4.0", "cc0-1.0"},
    "languages": {"eng", "tur", "aze", "deu", "fra"},
}


def answer(status: int, value: Any = None, **headers: str) -> Answer:
    body = b"" if value is None else json.dumps(value).encode()
    return Answer(status, body, {"Content-Type": "application/json", **headers})


@dataclass
class Record:
    """A draft or record: its metadata as kept, its files by key (None: announced only)."""

    id: str
    body: Item = field(default_factory=dict)
    files: dict[str, bytes | None] = field(default_factory=dict)
    committed: set[str] = field(default_factory=set)
    index: int = 1
    parent: str = ""
    hidden: int = 0


@dataclass
class Invenio:
    token: str
    lag: int = 1
    base: str = "http://invenio.example"
    drafts: dict[str, Record] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    made: int = 0

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return answer(401, {"message": "The server could not verify that you are authorized."})
        parts = [unquote(part) for part in asked.path.strip("/").split("/")]
        match asked.method, parts:
            case "POST", ["api", "records"]:
                return self.create(asked)
            case "GET", ["api", "user", "records"]:
                return self.search(asked)
            case method, ["api", "records", id_, *rest]:
                return self.record(method, id_, rest, asked)
        return answer(404, {"message": "Not found."})

    def create(self, asked: Asked) -> Answer:
        self.made += 1
        draft = Record(f"abcde-{self.made:05}", parent=f"p{self.made}", hidden=self.lag)
        said = self.keep(draft, json.loads(asked.body))
        if isinstance(said, Answer):
            return said
        self.drafts[draft.id] = draft
        return answer(201, {**self.shown(draft), "errors": said})

    def search(self, asked: Asked) -> Answer:
        query = parse_qs(asked.query)["q"][0]
        wanted = set(re.findall(r'"([^"]+)"', query))
        hits = []
        for draft in [*self.drafts.values(), *self.records.values()]:
            if draft.hidden:
                draft.hidden -= 1
                continue
            held = {i["identifier"] for i in draft.body["metadata"].get("identifiers", [])}
            held.add(draft.body["pids"].get("doi", {}).get("identifier", ""))
            if held & wanted:
                hits.append(self.shown(draft))
        return answer(200, {"hits": {"hits": hits, "total": len(hits)}})

    def record(self, method: str, id_: str, rest: list[str], asked: Asked) -> Answer:
        draft, record = self.drafts.get(id_), self.records.get(id_)
        match method, rest:
            case "GET", [] if record:
                return answer(200, self.shown(record))
            case "GET", ["files"] if record:
                return answer(200, self.listing(record))
            case "POST", ["versions"] if record:
                return self.version(record)
            case "POST", ["draft"] if record:
                self.drafts.setdefault(id_, copy.deepcopy(record))
                return answer(201, self.shown(self.drafts[id_]))
            case "GET", ["draft"] if draft:
                return answer(200, self.shown(draft))
            case "PUT", ["draft"] if draft:
                said = self.keep(draft, json.loads(asked.body))
                if isinstance(said, Answer):
                    return said
                return answer(200, {**self.shown(draft), "errors": said})
            case "POST", ["draft", "actions", "publish"] if draft:
                return self.publish(draft)
            case _, ["draft", "files", *key] if draft:
                return self.files(method, draft, key, asked)
        return answer(404, {"status": 404, "message": "The persistent identifier does not exist."})

    def version(self, record: Record) -> Answer:
        for draft in self.drafts.values():
            if draft.parent == record.parent and draft.index == record.index + 1:
                return answer(201, self.shown(draft))
        self.made += 1
        body = copy.deepcopy(record.body)
        body["metadata"].pop("publication_date", None)
        body["pids"] = {}
        new = Record(f"abcde-{self.made:05}", body, index=record.index + 1, parent=record.parent)
        self.drafts[new.id] = new
        return answer(201, self.shown(new))

    def keep(self, draft: Record, body: Item) -> list[Item] | Answer:
        """Take in what is known of a body; the faults of the rest, or a refusal."""
        metadata, faults = dict(body.get("metadata", {})), []
        for name, terms in VOCABULARY.items():
            said = metadata.get(name) or []
            for one in said if isinstance(said, list) else [said]:
                if "id" in one and one["id"] not in terms:
                    return answer(400, {"status": 400, "message": f"Invalid value {one['id']}."})
        for name in list(metadata):
            if name not in KNOWN:
                del metadata[name]
                faults.append({"field": f"metadata.{name}", "messages": ["Unknown field."]})
        for i, creator in enumerate(metadata.get("creators", [])):
            for one in creator["person_or_org"].get("identifiers", []):
                if one["scheme"] == "orcid" and not orcid(one["identifier"]):
                    creator["person_or_org"].pop("identifiers")
                    place = f"metadata.creators.{i}.person_or_org.identifiers.0"
                    faults.append({"field": place, "messages": ["Invalid ORCID."]})
        date = metadata.get("publication_date", "")
        if date and not re.fullmatch(r"\d{4}(-(0\d|1[0-2])(-[0-3]\d)?)?", date):
            del metadata["publication_date"]
            faults.append({"field": "metadata.publication_date", "messages": ["Invalid date."]})
        draft.body = {
            "metadata": metadata,
            "custom_fields": body.get("custom_fields", {}),
            "access": body.get("access", {"record": "public", "files": "public"}),
            "pids": body.get("pids", {}),
        }
        return faults + self.lacking(draft)

    def lacking(self, draft: Record) -> list[Item]:
        required = ("resource_type", "title", "creators", "publication_date")
        missing = [f"metadata.{n}" for n in required if not draft.body["metadata"].get(n)]
        faults = [{"field": n, "messages": ["Missing data for required field."]} for n in missing]
        if not draft.files and draft.id not in self.records:
            faults.append({"field": "files.enabled", "messages": ["Missing uploaded files."]})
        return faults

    def publish(self, draft: Record) -> Answer:
        faults = self.lacking(draft)
        if faults or set(draft.files) - draft.committed:
            said = {"message": "A validation error occurred.", "errors": faults}
            return answer(400, {"status": 400, **said})
        doi = f"10.5072/{draft.id}"
        draft.body["pids"].setdefault("doi", {"identifier": doi, "provider": "datacite"})
        del self.drafts[draft.id]
        self.records[draft.id] = draft
        return answer(202, self.shown(draft))

    def files(self, method: str, draft: Record, key: list[str], asked: Asked) -> Answer:
        match method, key:
            case "GET", []:
                return answer(200, self.listing(draft))
            case "POST", []:
                names = [one["key"] for one in json.loads(asked.body)]
                for name in names:
                    if name in draft.files:
                        said = f"File with key {name} already exists."
                        return answer(400, {"status": 400, "message": said})
                draft.files |= dict.fromkeys(names)
                return answer(201, self.listing(draft))
            case "PUT", [name, "content"] if name in draft.files:
                draft.files[name] = asked.body
                return answer(200, self.entry(draft, name))
            case "POST", [name, "commit"] if draft.files.get(name) is not None:
                draft.committed.add(name)
                return answer(200, self.entry(draft, name))
            case "DELETE", [name] if name in draft.files:
                del draft.files[name]
                draft.committed.discard(name)
                return answer(204)
        return answer(404, {"status": 404, "message": "File not found."})

    def entry(self, record: Record, name: str) -> Item:
        data = record.files[name]
        if name not in record.committed or data is None:
            return {"key": name, "status": "pending"}
        return {"key": name, "status": "completed", "size": len(data),
                "checksum": f"md5:{hashlib.md5(data).hexdigest()}"}  # fmt: skip

    def listing(self, record: Record) -> Item:
        return {"enabled": True, "entries": [self.entry(record, name) for name in record.files]}

    def shown(self, record: Record) -> Item:
        published = record.id in self.records and self.records[record.id] is record
        place = "records" if published else "uploads"
        return {
            "id": record.id,
            "links": {"self_html": f"{self.base}/{place}/{record.id}"},
            "is_published": published,
            "status": "published" if published else "draft",
            "versions": {"index": record.index},
            "parent": {"id": record.parent, "pids": {}},
            **copy.deepcopy(record.body),
        }
