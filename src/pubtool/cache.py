"""What checks have said before: the findings of a check, remembered by the hash of what it saw.

Only checks are remembered, never artifacts; a file here is written whole or not at all, and one
that cannot be read is as good as none.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from pubtool import __version__, suites, tools
from pubtool.diagnostics import Diagnostic, restored
from pubtool.files import cache_folder, write_whole


def folder() -> Path:
    """Where remembered checks lie: `checks` in the user's cache folder."""
    return cache_folder() / "checks"


def remembered(
    check: Callable[[bytes, str, str], list[Diagnostic]],
    data: bytes,
    name: str,
    level: str,
    engines: Iterable[str],
) -> list[Diagnostic]:
    """The findings of `check(data, name, level)`, computed once for the same bytes and engines."""
    path = folder() / f"{_key(check, data, name, level, engines)}.json"
    known = _recall(path)
    if known is not None:
        return known
    findings = check(data, name, level)
    _remember(path, findings)
    return findings


def _key(
    check: Callable[..., object], data: bytes, name: str, level: str, engines: Iterable[str]
) -> str:
    versions = " ".join(f"{engine}={version(engine)}" for engine in engines)
    said = f"{__version__} {check.__module__}.{check.__qualname__} {name} {level} {versions}"
    said += f" {suites.fingerprint()}"
    return hashlib.sha256(said.encode() + b"\0" + data).hexdigest()


@cache
def version(engine: str) -> str:
    """The installed version of an engine, or "none"."""
    names = {"pandoc": "pypandoc_binary"}
    if engine == "ace":
        return tools.ace_path() or "none"
    try:
        return importlib.metadata.version(names.get(engine, engine))
    except importlib.metadata.PackageNotFoundError:
        return "none"


def _recall(path: Path) -> list[Diagnostic] | None:
    try:
        return [restored(row) for row in json.loads(path.read_bytes())]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _remember(path: Path, findings: list[Diagnostic]) -> None:
    """Write the findings down; a full or read-only disk only means checking again next time."""
    rows = [
        {field: getattr(finding, field) for field in Diagnostic.__slots__} for finding in findings
    ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(rows, ensure_ascii=False).encode(), lasting=False)
    except OSError:
        return
