"""A strict fake of Figshare's API v2 and its upload service, written from their documentation.

A file is announced with its size and MD5, goes out in parts to the upload service, which must get
no token, and is completed; only then Figshare computes its MD5. An item without a description,
keywords and authors is not published.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from tests.deposit.loopback import Answer, Asked

PART = 4096


@dataclass
class Upload:
    name: str
    size: int
    md5: str
    parts: dict[int, bytes] = field(default_factory=dict)
    complete: bool = False

    @property
    def data(self) -> bytes:
        return b"".join(data for _, data in sorted(self.parts.items()))


@dataclass
class Figshare:
    token: str
    base: str = ""
    items: dict[int, dict[str, Any]] = field(default_factory=dict)
    files: dict[int, dict[int, Upload]] = field(default_factory=dict)
    made: int = 0

    def __call__(self, asked: Asked) -> Answer:
        parts = asked.path.strip("/").split("/")
        if parts[0] == "upload":
            assert "authorization" not in asked.headers, "the upload service must get no token"
            return self.upload(asked, [int(part) for part in parts[1:]])
        if asked.headers.get("authorization") != f"token {self.token}":
            return say(403, {"message": "Invalid OAuth token", "code": "OAuthInvalidToken"})
        match asked.method, parts[3:]:
            case "POST", []:
                return self.create(json.loads(asked.body))
            case "GET", []:
                return say(200, [{"id": i, **item} for i, item in self.items.items()])
            case method, [number, *rest] if int(number) in self.items:
                return self.item(method, int(number), rest, asked)
        return say(404, {"message": "Entity not found"})

    def create(self, body: dict[str, Any]) -> Answer:
        self.made += 1
        self.items[self.made] = {**body, "status": "draft", "version": 0, "modified_date": "1",
                                 "published_date": ""}  # fmt: skip
        self.files[self.made] = {}
        return say(201, {"entity_id": self.made, "location": f"{self.base}/{self.made}"})

    def item(self, method: str, number: int, rest: list[str], asked: Asked) -> Answer:
        item = self.items[number]
        match method, rest:
            case "GET", []:
                return say(200, {"id": number, **item})
            case "PUT", []:
                item |= json.loads(asked.body)
                return Answer(205)
            case "POST", ["publish"]:
                return self.publish(number)
            case "GET", ["files"]:
                return say(200, [self.shown(number, i) for i in self.files[number]])
            case "POST", ["files"]:
                said = json.loads(asked.body)
                key = sum(map(len, self.files.values())) + 1
                self.files[number][key] = Upload(said["name"], said["size"], said["md5"])
                return say(201, {"location": f"{self.base}/{number}/files/{key}"})
            case "GET", ["files", key]:
                return say(200, self.shown(number, int(key)))
            case "POST", ["files", key]:
                upload = self.files[number][int(key)]
                if len(upload.data) != upload.size:
                    return say(400, {"message": "Not all parts were uploaded"})
                upload.complete = True
                return Answer(202)
            case "DELETE", ["files", key]:
                return Answer(204 if self.files[number].pop(int(key), None) else 404)
        return say(404, {"message": "Entity not found"})

    def publish(self, number: int) -> Answer:
        item = self.items[number]
        missing = [n for n in ("title", "description", "authors", "tags") if not item.get(n)]
        if missing or not self.files[number]:
            return say(400, {"message": "Publication requirements not met", "data": missing})
        item |= {"status": "public", "version": item["version"] + 1, "published_date": "2"}
        item |= {"doi": f"10.6084/m9.figshare.{number}", "figshare_url": f"/articles/{number}"}
        return say(201, {"location": f"{self.base}/{number}"})

    def shown(self, number: int, key: int) -> dict[str, Any]:
        upload = self.files[number][key]
        return {
            "id": key, "name": upload.name, "size": upload.size, "supplied_md5": upload.md5,
            "computed_md5": hashlib.md5(upload.data).hexdigest() if upload.complete else "",
            "status": "available" if upload.complete else "created",
            "upload_url": f"{self.base}/upload/{number}/{key}",
        }  # fmt: skip

    def upload(self, asked: Asked, numbers: list[int]) -> Answer:
        number, key, *part = numbers
        upload = self.files[number][key]
        if asked.method == "PUT":
            upload.parts[part[0]] = asked.body
            return Answer(200)
        count = -(-upload.size // PART)
        ends = [(i * PART, min((i + 1) * PART, upload.size) - 1) for i in range(count)]
        parts = [
            {"partNo": i, "startOffset": start, "endOffset": end, "status": "PENDING"}
            for i, (start, end) in enumerate(ends, 1)
        ]
        return say(200, {"token": "t", "parts": parts})


def say(status: int, value: Any) -> Answer:
    return Answer(status, json.dumps(value).encode(), {"Content-Type": "application/json"})
