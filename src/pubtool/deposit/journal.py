"""What was asked and what was answered: JSON lines, written before and after every request.

    {"event": "begin",  "what": "deposit", "facts": {…}}     a deposit, a version, an update
    {"event": "ask",    "step": …, "digest": …, …}           written before a request leaves
    {"event": "answer", "step": …, "status": 201, …}         written when an answer has come
    {"event": "done",   "step": …, "digest": …, "facts": {…}}  what the answer taught
    {"event": "refused", "step": …, "status": 400}           certainly not carried out
    {"event": "stop",   "step": …, "message": …}             why the run ended there
    {"event": "end",    "published": false, "content": …}

The facts of a deposit are the sum of its lines, so a run that was killed goes on where the lines
end. A last line that was cut off is not read.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pubtool.deposit.step import SESSION, Facts

Line = dict[str, Any]


def now() -> str:
    """The time in UTC, as ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Busy(Exception):
    """Another run is depositing the same chapter to the same target."""


@dataclass
class Standing:
    """Where a deposit stands, read from its journal. `content` is what was deposited last."""

    what: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    done: dict[str, str] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    ended: bool = False
    published: bool = False
    content: dict[str, str] = field(default_factory=dict)
    begun: str = ""

    def take(self, line: Line) -> None:
        """Take in one more line of the journal."""
        match line["event"]:
            case "begin":
                self._begin(line)
            case "ask":
                self.open.add(line["step"])
                self.ended = False
            case "done":
                self.open.discard(line["step"])
                self.done[line["step"]] = line["digest"]
                self.facts |= line["facts"]
            case "refused":
                self.open.discard(line["step"])
            case "end":
                self.ended, self.published = True, line["published"]
                self.open.clear()
                self.content = line["content"]

    def _begin(self, line: Line) -> None:
        self.what, self.facts, self.begun = line["what"], dict(line["facts"]), line["time"]
        self.done, self.open, self.ended, self.published = {}, set(), False, False


class Journal:
    """The journal of one chapter at one target; `redact` takes secrets out of every line."""

    def __init__(self, path: Path, redact: Callable[[str], str] = str) -> None:
        self.path = path
        self.redact = redact
        self.standing = Standing()
        for line in lines(path):
            self.standing.take(line)

    def write(self, event: str, *, safe: bool = True, **said: Any) -> None:
        """Add a line, which a kill of this process cannot take back. Raises OSError.

        `safe` waits until it is on the disk, for what even a loss of power must not make undone;
        what can be repeated without harm need not wait.
        """
        line = {"event": event, "time": now(), **said}
        if "facts" in line:
            line["facts"] = lasting(line["facts"])
        text = json.dumps(redacted(line, self.redact), ensure_ascii=False)
        # What a killed run left of a line must not spoil the next one.
        start = "" if _ends_well(self.path) else "\n"
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{start}{text}\n")
            file.flush()
            if safe:
                os.fsync(file.fileno())
        self.standing.take(line)

    def begin(self, what: str, facts: Facts) -> None:
        """Begin a deposit anew, knowing these facts."""
        self.write("begin", safe=False, what=what, facts=facts)


def lasting(facts: Facts) -> dict[str, str]:
    """The facts that may be written down."""
    return {name: value for name, value in facts.items() if not name.startswith(SESSION)}


def redacted(value: Any, redact: Callable[[str], str]) -> Any:
    """A value of JSON whose texts have no secrets."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {name: redacted(inner, redact) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [redacted(inner, redact) for inner in value]
    return value


def _ends_well(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"
    except OSError:
        return True


def lines(path: Path) -> Iterator[Line]:
    """The whole lines of a journal; none if there is no journal."""
    if not path.exists():
        return
    for text in path.read_text("utf-8", "replace").splitlines():
        with suppress(ValueError):
            line = json.loads(text)
            if isinstance(line, dict) and "event" in line:
                yield line


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the journal of a chapter for oneself. Raises Busy, OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(path.stem) from error
        yield
