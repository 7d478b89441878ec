"""What the fixtures PT850 to PT869 share: a project with a target, and a server that answers it."""

from __future__ import annotations

import socket
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

from click.testing import CliRunner

from pubtool.cli import main
from tests.deposit.loopback import App, _Handler, _Server

TOKEN = "a-token-of-the-fixtures"


def started(app: App) -> str:
    """Serve an app until the tests end; its address."""
    server: ThreadingHTTPServer = _Server(
        ("127.0.0.1", 0), type("Bound", (_Handler,), {"app": staticmethod(app)})
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def unused() -> str:
    """An address at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def project(folder: Path, address: str, kind: str = "invenio", **keys: str) -> None:
    """A target “here” in the project's settings, its token in a file, the chapter exported."""
    token = folder / "token"
    token.write_text(f"{TOKEN}\n")
    token.chmod(0o600)
    said = {"kind": kind, "address": address, "token-file": "token", **keys}
    lines = "".join(f'{name} = "{value}"\n' for name, value in said.items())
    settings = folder / "pubtool.toml"
    text = f'{settings.read_text()}\n[deposit.here]\nformats = ["jats"]\n{lines}'
    settings.write_text(text)
    export(folder)


def export(folder: Path, name: str = "jats") -> None:
    """An artifact of the chapter in the build folder."""
    result = CliRunner().invoke(
        main, ["export", str(folder / "chapter.xml"), "--format", name, "-o", f"{folder}/build"]
    )
    assert result.exit_code == 0, result.output


def edit(path: Path, old: str, new: str) -> None:
    """Replace words in a file that has them."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
