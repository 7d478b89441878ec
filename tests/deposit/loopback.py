"""Small HTTP servers on loopback for the fakes, and faults that happen to their answers."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HTML = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
FAULTS = ("cut before", "cut after", "502 before", "502 after", "503", "silence", "kill before",
          "kill after")  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A request as a server sees it."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


App = Callable[[Asked], Answer]


class Cut(Exception):
    """The connection ends without an answer."""


@dataclass
class Faults:
    """An app to whose n-th request something happens; `seconds` is how long it is silent."""

    app: App
    fault: str = ""
    at: int = -1
    seconds: float = 0.6
    process: int = 0
    seen: int = 0
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answer:
        number, self.seen = self.seen, self.seen + 1
        self.asked.append(asked)
        if number != self.at:
            return self.app(asked)
        return self._faulty(asked)

    def _faulty(self, asked: Asked) -> Answer:
        if self.fault == "503":
            return Answer(503, HTML, {"Content-Type": "text/html", "Retry-After": "0"})
        kind, _, when = self.fault.partition(" ")
        if when == "after" or kind == "silence":
            self.app(asked)
        if kind == "silence":
            time.sleep(self.seconds)
            raise Cut
        if kind == "kill":
            os.kill(self.process, signal.SIGKILL)
            raise Cut
        if kind == "cut":
            raise Cut
        return Answer(502, HTML, {"Content-Type": "text/html"})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65536
    disable_nagle_algorithm = True
    app: App

    def log_message(self, *_: object) -> None:
        pass

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            answer = self.app(Asked(self.command, path, query, headers, body))
        except Cut:
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(answer.body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = handle_any  # noqa: N815


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that was killed is part of the tests."""


@contextmanager
def serving(app: App) -> Iterator[str]:
    """Serve an app on loopback; yields its address."""
    handler = type("Bound", (_Handler,), {"app": staticmethod(app)})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
