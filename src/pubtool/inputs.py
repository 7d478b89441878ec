"""What goes into the artifacts of a chapter, without reading the chapter as XML.

A file that is not there goes in too: an image that appears nearer to the chapter, or a style of
that name in the project, would be taken instead.
"""

from __future__ import annotations

import hashlib
import html
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pubtool import surroundings
from pubtool.outcome import PRINT_PAGES, Job
from pubtool.settings import Cache, Import, Project, Settings
from pubtool.source import MEGABYTE

UNLIMITED = 1 << 62
_HREF = re.compile(rb"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_KINDS = ("styles", "templates", "schema")


def key(job: Job) -> str:
    """The hash of everything that decides over the artifacts of a job, but for their folder."""
    settings = job.settings
    said = f"{_relative(job.path, settings.root)} {job.asked} {job.level} {job.write_pages}"
    digest = hashlib.sha256(f"{surroundings.fingerprint()}\0{said}\0{_told(settings)}".encode())
    limit = max(settings.limits.image_megabytes, settings.limits.input_megabytes) * MEGABYTE
    for path in files(job):
        # What lies beside the results is the same wherever these are put.
        name = path.name if path.parent == job.out else _relative(path, settings.root)
        digest.update(f"\0{name}\0{hash_of(path, limit)}".encode())
    return digest.hexdigest()


def _told(settings: Settings) -> str:
    """The settings that matter for an export, in words."""
    limits = replace(settings.limits, chapter_seconds=0, chapter_megabytes=0, worker_megabytes=0)
    bare = replace(settings, root=Path(), file="", project=Project(), import_=Import())
    return repr(replace(bare, limits=limits, cache=Cache(), deposit={}))


def _relative(path: Path, root: Path) -> str:
    return os.path.relpath(path, root)


def hash_of(path: Path, limit: int = UNLIMITED) -> str:
    """The sha256 of a file; for one too large to be read its size, for none "absent"."""
    try:
        if not path.is_file():
            return "absent"
        size = path.stat().st_size
        return hashlib.sha256(path.read_bytes()).hexdigest() if size <= limit else f"size {size}"
    except OSError:
        return "absent"


def files(job: Job) -> list[Path]:
    """Every file that decides over a job's artifacts, whether it is there or not."""
    return list(dict.fromkeys(_files(job)))


def _files(job: Job) -> Iterator[Path]:
    root = job.settings.root
    yield job.path
    for href in _hrefs(job.path):
        yield job.path.absolute().parent / href
        yield root / href
    yield from _named(job.settings)
    for kind in _KINDS:
        yield from (path for path in sorted((root / kind).rglob("*")) if path.is_file())
    if "print" not in job.asked:
        # The pages of an earlier print run, which other formats heed.
        yield job.out / f"{job.stem}{PRINT_PAGES}"


def _hrefs(path: Path) -> Iterator[str]:
    """What a file names by href: images and more, without addresses on the web."""
    try:
        data = path.read_bytes()
    except OSError:
        return
    for match in _HREF.finditer(data):
        href = html.unescape((match[1] or match[2] or b"").decode("utf-8", "replace"))
        if href and ":" not in href and not href.startswith(("#", "/")):
            yield href.partition("#")[0]


def _named(settings: Settings) -> Iterator[Path]:
    """The files pubtool.toml names, and the stylesheets that house stylesheets include."""
    for name in (settings.print.icc, settings.epub.cover):
        if name:
            yield settings.root / name
    sheets = [settings.root / options.after for options in settings.format.values()]
    sheets += [settings.root / "schema" / settings.house.schematron]
    seen: set[Path] = set()
    while sheets:
        sheet = sheets.pop()
        if sheet not in seen:
            seen.add(sheet)
            sheets += [sheet.parent / href for href in _hrefs(sheet)]
    yield from sorted(seen)
