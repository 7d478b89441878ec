"""Files at an address (s3://bucket/name), through fsspec; the one home of it.

Elsewhere in pubtool an address is a `Path`, which has one slash after the colon (`s3:/bucket/name`)
and on which `/`, `name` and `parent` mean what they always do; `shown` gives it back as written.
Credentials come from the environment alone, as the libraries behind fsspec look for them.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pubtool.diagnostics import StorageFailed, ToolMissing
from pubtool.files import write_whole

_ADDRESS = re.compile(r"([a-z][a-z0-9]+):/+(?=.)")
# Stores in which a file is there whole or not at all, as soon as it is put.
_WHOLE = ("s3", "gs", "az", "abfs", "memory")
_KINDS = (*_WHOLE, "file")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_remote(path: Path) -> bool:
    """True for an address."""
    return _ADDRESS.match(str(path)) is not None


def shown(path: Path) -> str:
    """A path as the user wrote it: an address has two slashes after the colon."""
    return _ADDRESS.sub(r"\1:///" if _kind(path) == "file" else r"\1://", str(path), count=1)


def _kind(path: Path) -> str:
    match = _ADDRESS.match(str(path))
    return match[1] if match else ""


def _store(path: Path) -> Any:
    """What fsspec has for an address. Raises ToolMissing, StorageFailed."""
    kind = _kind(path)
    if kind not in _KINDS:
        raise StorageFailed(f"{shown(path)}: addresses begin with one of {', '.join(_KINDS)}")
    hint = "Install it with: pip install 'pubtool[storage]'"
    try:
        import fsspec

        store = fsspec.filesystem(kind, use_listings_cache=False)
    except ImportError as error:
        raise ToolMissing(f"{kind}:// needs a library that is missing: {error}", hint) from None
    if kind == "s3":
        _must_be_encrypted(str(store.s3.meta.endpoint_url))
    return store


def _must_be_encrypted(endpoint: str) -> None:
    parts = urlsplit(endpoint)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise StorageFailed(f"{endpoint} is not encrypted, so credentials would be open to all")


@contextmanager
def _told(path: Path) -> Iterator[Any]:
    """The store of an address; whatever goes wrong there, in our words."""
    try:
        yield _store(path)
    except (StorageFailed, ToolMissing):
        raise
    except Exception as error:  # each store has exceptions of its own
        raise StorageFailed(f"{shown(path)}: {error}") from None


def is_folder(path: Path) -> bool:
    """True if there are files below an address."""
    with _told(path) as store:
        return bool(store.isdir(shown(path)))


def size(path: Path) -> int | None:
    """The size of a file in bytes; None if there is none."""
    with _told(path) as store, suppress(FileNotFoundError):
        known = store.info(shown(path))
        return int(known["size"]) if known["type"] == "file" else None
    return None


def fetch(path: Path, here: Path, limit: int) -> bool:
    """Copy a file to a place on this machine; False if there is none.

    Of one above `limit` bytes only the size is copied, so that what refuses it here can.
    """
    known = size(path)
    if known is None:
        return False
    here.parent.mkdir(parents=True, exist_ok=True)
    if known > limit:
        with here.open("wb") as file:
            file.truncate(known)
        return True
    with _told(path) as store:
        here.write_bytes(store.cat_file(shown(path)))
    return True


def below(folder: Path, pattern: str = "**") -> list[Path]:
    """The files below an address whose names there fit a pattern, in order."""
    with _told(folder) as store, suppress(FileNotFoundError):
        found = store.glob(f"{shown(folder)}/{pattern}", detail=True)
        files = (name for name, known in found.items() if known["type"] == "file")
        return [Path(f"{_kind(folder)}:/{name.lstrip('/')}") for name in sorted(files)]
    return []


def remove(path: Path) -> None:
    """Remove a file if it is there."""
    with _told(path) as store, suppress(FileNotFoundError):
        store.rm_file(shown(path))


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, on this machine or at an address.

    Raises OSError here, StorageFailed and ToolMissing there.
    """
    if not is_remote(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
        return
    with _told(path) as store:
        if _kind(path) in _WHOLE:
            store.pipe_file(shown(path), data)
            return
        neighbour = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
        store.makedirs(shown(path.parent), exist_ok=True)
        store.pipe_file(shown(neighbour), data)
        store.mv(shown(neighbour), shown(path))
