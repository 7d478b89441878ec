"""Reading pubtool.toml into Settings; what is misspelt or of the wrong kind becomes a finding."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import tomllib
import typing
from datetime import date
from pathlib import Path
from typing import Any

from pubtool.catalogue import CATALOGUE
from pubtool.catalogue.families import is_editorial
from pubtool.diagnostics import Diagnostic, Place, Unreadable, found
from pubtool.settings import (
    ACCESS,
    JATS_CITATIONS,
    JATS_PROFILES,
    JATS_VERSIONS,
    TARGETS,
    Settings,
)
from pubtool.source import decode, nearest, read_bytes

FILE = "pubtool.toml"
_NOT_KEYS = frozenset({"root", "file"})
_CHOICES: dict[tuple[str, ...], tuple[str, ...]] = {
    ("check", "level"): ("quick", "full", "none"),
    ("check", "targets"): TARGETS,
    ("check", "rules"): ("off", "note", "warning", "error"),
    ("pdf", "line-breaking"): ("optimal", "greedy"),
    ("import", "track-changes"): ("all", "accept", "reject"),
    ("print", "rgb"): ("convert", "report"),
    ("jats", "version"): JATS_VERSIONS,
    ("package", "access"): ACCESS,
    ("jats", "citations"): JATS_CITATIONS,
    ("jats", "profile"): JATS_PROFILES,
}
# Tables whose keys are not free: what may be switched in [check.rules].
_KEYS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("check", "rules"): tuple(id_ for id_ in CATALOGUE if is_editorial(id_))
}


def project_root(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds a pubtool.toml."""
    start = start.resolve()
    folders = [start, *start.parents] if start.is_dir() else list(start.parents)
    return next((folder for folder in folders if (folder / FILE).is_file()), None)


def load(start: Path) -> tuple[Settings, list[Diagnostic]]:
    """The settings that hold for a file or folder, with findings PT010 to PT012.

    Without a pubtool.toml the defaults hold, and the project is the folder itself.
    """
    root = project_root(start)
    if root is None:
        resolved = start.resolve()
        return Settings(root=resolved if resolved.is_dir() else resolved.parent), []
    file = _shown(root / FILE)
    try:
        text = decode(read_bytes(root / FILE, file), file)
        table = tomllib.loads(text)
    except Unreadable as error:
        # An empty pubtool.toml is a project whose settings are all the defaults.
        empty = error.finding.rule == "PT003"
        return Settings(root=root, file=file), [] if empty else [error.finding]
    except tomllib.TOMLDecodeError as error:
        return Settings(root=root, file=file), [_not_toml(error, file)]
    reader = _Reader(file, text.splitlines())
    settings = reader.table(Settings, table, ())
    return dataclasses.replace(settings, root=root, file=file), reader.findings


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _not_toml(error: tomllib.TOMLDecodeError, file: str) -> Diagnostic:
    match = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    place = Place(file, int(match[1]), int(match[2])) if match else Place(file)
    return found("PT011", place, re.sub(r" \(at .*\)$", "", str(error)))


def _is_day(text: str) -> bool:
    """True for a day of the calendar as ISO 8601 writes it."""
    with contextlib.suppress(ValueError):
        return date.fromisoformat(text).isoformat() == text
    return False


class _Reader:
    """Fills dataclasses from TOML tables, noting what does not fit and on which line it stands."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.findings: list[Diagnostic] = []

    def table(self, kind: Any, values: dict[str, Any], path: tuple[str, ...]) -> Any:
        hints = typing.get_type_hints(kind)
        known = {
            f.name.rstrip("_").replace("_", "-"): f.name
            for f in dataclasses.fields(kind)
            if f.name not in _NOT_KEYS or kind is not Settings
        }
        taken = {}
        for key, value in values.items():
            if key not in known:
                self._unknown(key, path, list(known))
                continue
            fitted = self.value(hints[known[key]], value, (*path, key))
            if fitted is not None:
                taken[known[key]] = fitted
        return kind(**taken)

    def value(self, hint: Any, value: Any, path: tuple[str, ...]) -> Any:
        """`value` in the form of `hint`, or None after noting that it does not fit."""
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if dataclasses.is_dataclass(hint):
            return self.table(hint, value, path) if isinstance(value, dict) else self._wrong(path)
        if origin is tuple:
            return self._row(inner[0], value, path)
        if origin is dict:
            if not isinstance(value, dict):
                return self._wrong(path, "a table")
            row = {
                k: self.value(inner[1], v, (*path, k))
                for k, v in value.items()
                if self._known(k, path)
            }
            return {k: v for k, v in row.items() if v is not None}
        return self._scalar(hint, value, path)

    def _known(self, key: str, path: tuple[str, ...]) -> bool:
        """True unless a table has only certain keys and this is none of them (PT010)."""
        keys = _KEYS.get(path)
        if keys is None or key in keys:
            return True
        self._unknown(key, path, list(keys))
        return False

    def _row(self, hint: Any, value: Any, path: tuple[str, ...]) -> Any:
        if isinstance(value, str) and hint is str and path[-1] in ("chapters", "fonts"):
            return (value,)
        if not isinstance(value, list):
            return self._wrong(path, "a list, in square brackets")
        fitted = [self.value(hint, item, path) for item in value]
        return tuple(item for item in fitted if item is not None)

    def _scalar(self, hint: Any, value: Any, path: tuple[str, ...]) -> Any:
        if hint is str and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if type(value) is not hint:
            names = {str: "a string", int: "a whole number", bool: "true or false"}
            return self._wrong(path, names[hint])
        choices = _CHOICES.get(path[:2])
        if choices and value not in choices:
            return self._wrong(path, f"one of {', '.join(choices)}")
        if path == ("package", "embargo") and not _is_day(value):
            return self._wrong(path, 'a day, such as "2027-03-31"')
        if path[:2] == ("check", "quotes") and len(value) != 2:
            return self._wrong(path, "two characters, the opening and the closing mark")
        return value

    def _unknown(self, key: str, path: tuple[str, ...], known: list[str]) -> None:
        where = f" in [{'.'.join(path)}]" if path else ""
        message = f"there is no setting “{key}”{where}{nearest(key, known)}"
        self.findings.append(found("PT010", self._place((*path, key)), message))

    def _wrong(self, path: tuple[str, ...], wanted: str = "a table") -> None:
        message = f"“{path[-1]}” must be {wanted}"
        self.findings.append(found("PT012", self._place(path), message))

    def _place(self, path: tuple[str, ...]) -> Place:
        """The line that sets a key: the first such key after its table's header."""
        *table, key = path
        pattern = re.compile(rf"^\s*(?:\[+\s*(?:[\w.-]+\.)?)?[\"']?{re.escape(key)}[\"']?\s*[=\].]")
        inside = not table
        for number, line in enumerate(self.lines, 1):
            header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
            if header:
                inside = header[1].split(".")[: len(table)] == table
            if inside and pattern.match(line):
                return Place(self.file, number, len(line) - len(line.lstrip()) + 1)
        return Place(self.file)
