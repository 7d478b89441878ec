"""What decides over an artifact besides the chapter and its project, told as one fingerprint.

That is pubtool itself, the installed packages, the libraries that set type, the fonts, registered
schemas, and publishers' packages. Files that do not belong to the project are told apart by name,
size and time of change, which is quick; installing or removing any package makes all anew.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pubtool import __version__, resources, suites, tools

_KINDS = ("styles", "templates", "schema")
_LIBRARIES = ("libpango*", "libharfbuzz*", "libfontconfig*", "libfreetype*")
_LIBRARY_FOLDERS = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib")
_FONTS = (
    "/etc/fonts",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "~/.config/fontconfig",
    "/Library/Fonts",
    "~/Library/Fonts",
)
_VARIABLES = ("FONTCONFIG_FILE", "FONTCONFIG_PATH")


@cache
def fingerprint() -> str:
    """The surroundings of this process as a hash (hex); computed once."""
    digest = hashlib.sha256()
    for part in _parts():
        digest.update(part.encode("utf-8", "surrogateescape") + b"\0")
    return digest.hexdigest()


def _parts() -> Iterator[str]:
    yield f"pubtool {__version__} Python {sys.version}"
    yield from (f"{name}={os.environ.get(name, '')}" for name in _VARIABLES)
    yield from _packages()
    yield from sorted(_libraries())
    yield from _files(_FONTS)
    yield suites.fingerprint()
    yield tools.ace_path() or "no Ace"
    yield from _files([str(Path(__file__).parent), *map(str, resources.publishers())])
    yield from _files(str(resources.builtin(kind)) for kind in _KINDS)


def _packages() -> Iterator[str]:
    """The names of installed distributions, each of which tells its version."""
    for folder in dict.fromkeys(sys.path):
        if os.path.isdir(folder):
            yield from sorted(n for n in os.listdir(folder) if n.endswith((".dist-info", ".pth")))


def _libraries() -> Iterator[str]:
    """The full names of the libraries that set type: `libpango-1.0.so.0.5600.3`."""
    for folder in _LIBRARY_FOLDERS:
        for pattern in _LIBRARIES:
            yield from (os.path.realpath(path) for path in Path(folder).glob(f"{pattern}.so.*"))
            yield from (os.path.realpath(p) for p in Path(folder).glob(f"*-*/{pattern}.so.*"))


def _files(folders: Iterable[str]) -> Iterator[str]:
    """Each file below the folders: its name, size and time of change."""
    for folder in folders:
        yield from sorted(_stamps(os.path.expanduser(folder)))


def _stamps(folder: str) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _stamps(entry.path)
        else:
            yield _stamp(entry)


def _stamp(entry: os.DirEntry[str]) -> str:
    try:
        known = entry.stat()
    except OSError:
        return entry.path
    return f"{entry.path} {known.st_size} {known.st_mtime_ns}"
