"""What a deposit is made of: values only. Nothing here reaches for the network.

A step is a pair of pure functions: `ask` makes a request of the job and the facts known so far,
`learn` reads new facts out of the answer, or says why it is no success.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from pubtool.deposit.failures import Refused
from pubtool.edition import Edition
from pubtool.settings import Target

# What is known of a deposit by name: ids, links, versions. All of it is text.
Facts = Mapping[str, str]

DEPOSIT, VERSION, METADATA = "deposit", "new version", "metadata only"
# A fact of this prefix lives as long as the run: it is a secret and is written nowhere.
SESSION = "session:"
# A fact the engine adds: the steps, a line each, that may or may not have been taken.
OPEN = "session:open"


@dataclass(frozen=True)
class File:
    """A file to be deposited, under its name there; `parts` are name and bytes of what it packs."""

    name: str
    data: bytes = field(repr=False)
    media_type: str = "application/octet-stream"
    parts: tuple[tuple[str, int], ...] = ()

    @cached_property
    def md5(self) -> str:
        """The checksum repositories compare, 32 hexadecimal digits; no secret hangs on it."""
        return hashlib.md5(self.data, usedforsecurity=False).hexdigest()

    @cached_property
    def sha256(self) -> str:
        """The checksum that the receipt names."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Job:
    """One chapter on its way to one target.

    `marker` is a name of this very deposit (a `urn:uuid:`), by which a record can be found again;
    `what` is one of DEPOSIT, VERSION, METADATA.
    """

    target: Target
    name: str
    stem: str
    edition: Edition
    files: tuple[File, ...]
    marker: str
    what: str = DEPOSIT
    publish: bool = False

    @property
    def base(self) -> str:
        """The target's address without a slash at its end."""
        return self.target.address.rstrip("/")


@dataclass(frozen=True)
class Request:
    """One request. `credentials` are those of the target, never sent to another origin."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)
    credentials: bool = True

    @property
    def digest(self) -> str:
        """What tells this request from another one of the same step."""
        said = f"{self.method} {self.url}\n".encode() + self.body
        return hashlib.sha256(said).hexdigest()


@dataclass(frozen=True)
class Response:
    """An answer: its status, its headers by lower-case names, its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str = ""

    @property
    def text(self) -> str:
        """The body as text, whatever is in it."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body as JSON. Raises Refused: a page for people is no answer of an interface."""
        kind = self.headers.get("content-type", "")
        if "json" not in kind:
            raise Refused(f"the answer is no JSON but {kind or 'without a type'}", self)
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise Refused("the answer is damaged JSON", self) from error

    def expect(self, *statuses: int) -> Response:
        """This answer, if its status is one of those. Raises Refused."""
        if self.status not in statuses:
            raise Refused(f"the server answered {self.status}", self)
        return self


def expecting(*statuses: int) -> Callable[[Response], Facts]:
    """A `learn` that is content with one of these statuses, if it is no web page that has it."""

    def learn(response: Response) -> Facts:
        response.expect(*statuses)
        if response.body.strip() and "html" in response.headers.get("content-type", ""):
            raise Refused("a web page came in place of an answer", response)
        return {}

    return learn


@dataclass(frozen=True)
class Step:
    """One step of a deposit.

    `ask` gets the facts known so far. `learn` returns new facts and raises Refused. `repeatable`:
    sent twice, it does no harm. `find` looks whether the step has been done already, before it is
    sent a second time: it returns facts, or None for "not done"; it is asked `looks` times, for
    what the server may take a while to show. `once`: done is done, even if the request would now
    be another one. `always`: done anew in every run (log in, compare checksums).
    """

    name: str
    ask: Callable[[Facts], Request]
    learn: Callable[[Response], Facts]
    repeatable: bool = False
    find: Find | None = None
    once: bool = False
    always: bool = False


@dataclass(frozen=True)
class Find:
    """How to see whether a step has been done: facts if so, None if not."""

    ask: Callable[[Facts], Request]
    learn: Callable[[Response], Facts | None]
    looks: int = 1


def may_be_done(facts: Facts, step: str) -> bool:
    """True if an earlier run sent the request of a step and got no answer."""
    return step in facts.get(OPEN, "").split("\n")


class Placeholders(dict[str, str]):
    """Facts nobody knows yet, for a dry run: the missing "id" reads “{id}”."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def as_json(method: str, url: str, value: Any = None, **headers: str) -> Request:
    """A request with a JSON body, or none if there is no value."""
    told = {"Accept": "application/json", **headers}
    if value is None:
        return Request(method, url, told)
    body = json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
    return Request(method, url, {"Content-Type": "application/json", **told}, body)


def multipart(
    method: str, url: str, fields: Mapping[str, str], file: File, part: str = "file"
) -> Request:
    """A form with a file in it (RFC 7578); the boundary is made of the contents."""
    boundary = f"pubtool-{file.sha256[:32]}"
    lines = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{part}"; '
        f'filename="{file.name}"\r\nContent-Type: {file.media_type}\r\n\r\n'
    )
    body = "".join(lines).encode() + head.encode() + file.data + f"\r\n--{boundary}--\r\n".encode()
    return Request(method, url, {"Content-Type": f"multipart/form-data; boundary={boundary}"}, body)


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: what must be equal for an address to be the same server's."""
    parts = urlsplit(url)
    default = {"http": 80, "https": 443, "sftp": 22}.get(parts.scheme, 0)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or default
