"""Looking at pages in headless Chromium: what their scripts report, and pictures of them."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Any

from tests.conftest import REPOSITORY, absent

BROWSER = REPOSITORY / "tests" / "browser"
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()


def needs_browser(*packages: str) -> None:
    """Chromium, and packages of tests/browser, must be there."""
    if shutil.which("chromium") is None:
        absent("Chromium is not installed: apt install chromium")
    for package in packages:
        if not (BROWSER / "node_modules" / package).is_dir():
            absent(f"npm {package} is not installed: make browser")


@contextmanager
def chromium(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A headless Chromium with a profile of its own, ended at the end."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = ["chromium", *_FLAGS, f"--user-data-dir={profile}", *arguments]
        silent = subprocess.DEVNULL
        with subprocess.Popen(command, stdout=silent, stderr=silent) as browser:
            try:
                yield browser
            finally:
                browser.kill()


def seen(page: str, files: Mapping[str, bytes], seconds: int = 60) -> Any:
    """What a page of tests/browser sends back as JSON after looking at some files."""
    with served(files) as (address, said), chromium(f"{address}/{page}"):
        return json.loads(said.get(timeout=seconds))


def picture(address: str, file: Path, *flags: str) -> None:
    """A picture of a page as PNG; `flags` of Chromium say its size."""
    with chromium(*flags, f"--screenshot={file}", address) as browser:
        browser.wait(timeout=60)


@contextmanager
def served(files: Mapping[str, bytes]) -> Iterator[tuple[str, Queue[bytes]]]:
    """The address of a server on loopback for tests/browser and some files of one's own.

    What a page POSTs is put into the queue. `/shown` is answered when something was POSTed: a page
    that holds it as an image has loaded, and has its picture taken, only after that.
    """
    said: Queue[bytes] = Queue()

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0].lstrip("/")
            data = said.get(timeout=60) if name == "shown" else files.get(name)
            if data is None:
                super().do_GET()
                return
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(name))
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_POST(self) -> None:
            said.put(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Tests are silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(BROWSER)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", said
    finally:
        server.shutdown()
