"""Exchanges with a real server, written down once and played back strictly.

`make test-deposit` writes `recorded/<name>.json` anew where it is told to (--update-golden); the
suite plays them. A request must be the recorded one, in its order, with the recorded body.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from pubtool.deposit.engine import Transport
from pubtool.deposit.step import Request, Response

FOLDER = Path(__file__).with_name("recorded")
# Takes the place of the server's address.
ADDRESS = "http://127.0.0.1:5080"
_KEPT = ("content-type", "location", "retry-after")


@dataclass
class Recorder:
    """A transport that writes down what passes."""

    transport: Any
    address: str
    exchanges: list[dict[str, Any]] = field(default_factory=list)

    def __enter__(self) -> Recorder:
        self.transport.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.transport.__exit__(kind, error, at)

    def send(self, request: Request) -> Response:
        response = self.transport.send(request)
        told = {name: response.headers[name] for name in _KEPT if name in response.headers}
        exchange = {
            "method": request.method,
            "url": request.url,
            "sent": request.body.decode("latin-1"),
            "status": response.status,
            "headers": told,
            "body": response.text,
        }
        text = json.dumps(exchange).replace(self.address, ADDRESS)
        self.exchanges.append(json.loads(text))
        return response


def keep(name: str, exchanges: list[dict[str, Any]]) -> None:
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(exchanges, indent=1) + "\n")


@dataclass
class Player(Transport):
    """A transport that answers as the server did, and takes no other request."""

    name: str
    at: int = 0

    def __post_init__(self) -> None:
        self.exchanges = json.loads((FOLDER / f"{self.name}.json").read_text())

    def __enter__(self) -> Player:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    @property
    def over(self) -> bool:
        return self.at == len(self.exchanges)

    def send(self, request: Request) -> Response:
        wanted = self.exchanges[self.at]
        self.at += 1
        assert (request.method, request.url) == (wanted["method"], wanted["url"])
        assert request.body == wanted["sent"].encode("latin-1"), request.url
        return Response(wanted["status"], wanted["headers"], wanted["body"].encode(), request.url)
