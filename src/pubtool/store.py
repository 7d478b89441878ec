"""Artifacts that were made before: kept by the hash of all that went into them.

The key of a chapter is the hash of its bytes, of every file it or its project names, of the
settings, and of pubtool's surroundings (`inputs`). Under the key lies a record: the findings, and
for each file its name and the hash under which its bytes are kept.

    artifacts/records/<key>.json    artifacts/blobs/<first two digits>/<hash>

Only what passed its check is kept. Files are written whole, and bytes are taken only if they still
have their hash, so runs side by side and damaged disks do no harm.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pubtool.diagnostics import Diagnostic, restored
from pubtool.files import cache_folder, sweep, write_whole
from pubtool.inputs import hash_of
from pubtool.outcome import Done, Job, Outcome
from pubtool.report import as_row
from pubtool.source import MEGABYTE

_CHAPTER, _SETTINGS, _OUT = "<chapter>", "<settings>", "<out>/"
# How full the cache may still be after the least recently used has gone.
_LEFT = 0.9


def folder() -> Path:
    """Where artifacts are kept: `artifacts` in the user's cache folder."""
    return cache_folder() / "artifacts"


# ── keeping and taking ──


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a job: its name in the output folder, and the hash of its bytes."""

    name: str
    hash: str


def keep(done: Done, key: str, absent: Iterable[str] = ()) -> None:
    """Keep the results of a job under its key; a full or read-only disk only means no cache.

    `absent` are the names of files that cannot be made of the chapter.
    """
    with suppress(OSError):
        rows = [_outcome_row(outcome, done.job) for outcome in done.outcomes]
        findings = [_finding_row(finding, done.job) for finding in done.findings]
        record = {"outcomes": rows, "findings": findings, "absent": list(absent)}
        path = _record(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(record, ensure_ascii=False).encode(), lasting=False)


def _outcome_row(outcome: Outcome, job: Job) -> dict[str, Any]:
    return {
        "format": outcome.format,
        "files": [[path.name, _kept(path)] for path in (outcome.path, *outcome.beside)],
        "size": outcome.size,
        "passed": outcome.passed,
        "seconds": outcome.seconds,
        "findings": [_finding_row(finding, job) for finding in outcome.findings],
    }


def _kept(path: Path) -> str:
    """The hash of a file, whose bytes are kept from now on."""
    data = path.read_bytes()
    name = hashlib.sha256(data).hexdigest()
    blob = _blob(name)
    # What a crash left shorter is written again; the bytes themselves are looked at when recalled.
    if not blob.exists() or blob.stat().st_size != len(data):
        blob.parent.mkdir(parents=True, exist_ok=True)
        write_whole(blob, data, lasting=False)
    return name


def recall(job: Job, key: str) -> Done | None:
    """The results kept under a key, their files put in place; None if they are not complete.

    Raises OSError where the files cannot be written.
    """
    try:
        record = json.loads(_record(key).read_bytes())
        outcomes = tuple(_outcome(row, job) for row in record["outcomes"])
        findings = tuple(_finding(row, job) for row in record["findings"])
        files = [_File(*pair) for row in record["outcomes"] for pair in row["files"]]
        absent = [str(name) for name in record["absent"]]
    except (OSError, ValueError, TypeError, KeyError):
        return None
    if not _placed(files, job.out):
        return None
    _clear_away([file.name for file in files], absent, job.out)
    _touch([_record(key), *(_blob(file.hash) for file in files)])
    return Done(job, outcomes, findings, cached=True)


def _outcome(row: dict[str, Any], job: Job) -> Outcome:
    path, *beside = (job.out / name for name, _ in row["files"])
    return Outcome(
        format=row["format"],
        path=path,
        size=row["size"],
        passed=row["passed"],
        seconds=row["seconds"],
        findings=tuple(_finding(finding, job) for finding in row["findings"]),
        beside=tuple(beside),
    )


def _placed(files: Iterable[_File], out: Path) -> bool:
    """Put files in place that are not there yet; False if the bytes of one are lost."""
    lacking = {}
    for file in files:
        if hash_of(out / file.name) != file.hash:
            data = _bytes(file.hash)
            if data is None:
                return False
            lacking[out / file.name] = data
    if lacking:
        out.mkdir(parents=True, exist_ok=True)
    for path, data in lacking.items():
        write_whole(path, data)
    return True


def _bytes(name: str) -> bytes | None:
    """The bytes of a hash; None if they are gone or damaged."""
    try:
        data = _blob(name).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == name else None


def _clear_away(there: Iterable[str], absent: Iterable[str], out: Path) -> None:
    """Remove what an earlier run said of these files, and those that cannot be made."""
    for name in absent:
        (out / name).unlink(missing_ok=True)
    for name in (*there, *absent):
        for stale in (f"{name}.invalid", f"{name}.invalid.json"):
            (out / stale).unlink(missing_ok=True)


def _record(key: str) -> Path:
    return folder() / "records" / f"{key}.json"


def _blob(name: str) -> Path:
    return folder() / "blobs" / name[:2] / name


def _finding_row(finding: Diagnostic, job: Job) -> dict[str, object]:
    """A finding with its file named so that it holds wherever the chapter lies next time."""
    known = {str(job.path): _CHAPTER, job.settings.file: _SETTINGS}
    out = f"{job.out}{os.sep}"
    file = known.get(finding.file, finding.file)
    if file.startswith(out):
        file = _OUT + file.removeprefix(out)
    return {**as_row(finding), "file": file}


def _finding(row: dict[str, Any], job: Job) -> Diagnostic:
    file = {_CHAPTER: str(job.path), _SETTINGS: job.settings.file}.get(row["file"], row["file"])
    if file.startswith(_OUT):
        file = str(job.out / file.removeprefix(_OUT))
    return restored({**row, "file": file})


# ── size ──


def _touch(paths: Iterable[Path]) -> None:
    """Mark files as used just now."""
    with suppress(OSError):
        for path in paths:
            os.utime(path)


def trim(megabytes: int) -> None:
    """Let the least recently used of the whole cache go, if it is larger than that."""
    _trim_to(megabytes * MEGABYTE)


def _trim_to(size: int) -> None:
    rows = []
    for path in _files(cache_folder()):
        with suppress(OSError):
            known = path.stat()
            rows.append((known.st_mtime_ns, known.st_size, path))
    total = sum(taken for _, taken, _ in rows)
    if total <= size:
        return
    for _, taken, path in sorted(rows):
        if total <= size * _LEFT:
            return
        with suppress(OSError):
            path.unlink()
            total -= taken


def _files(place: Path) -> Iterator[Path]:
    return (path for path in place.rglob("*") if path.is_file())


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the cache: what lies in it, how many files, how many bytes."""

    name: str
    files: int
    size: int


def parts() -> list[Part]:
    """What lies in the cache, by kind."""
    folders = sorted(path for path in cache_folder().glob("*") if path.is_dir())
    sizes = {path.name: [file.stat().st_size for file in _files(path)] for path in folders}
    return [Part(name, len(all_), sum(all_)) for name, all_ in sizes.items()]


def clear() -> None:
    """Empty the cache."""
    for path in cache_folder().glob("*"):
        shutil.rmtree(path, ignore_errors=True)
    sweep(cache_folder())
