"""What is true of every package that is a ZIP: safe names, no doubles, right checksums."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from io import BytesIO

from lxml import etree

from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.packages.package import Files
from pubtool.source import fragment
from pubtool.zipped import unpack

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
CHECKSUMS = "checksums.md5"


def wrong(name: str, messages: Iterable[str]) -> list[Diagnostic]:
    """What is said against a package, as findings (PT824)."""
    return [found("PT824", Place(name), message) for message in messages]


def opened(data: bytes) -> tuple[Files, list[str]]:
    """The files of a package, and what is wrong with its names; nothing, if it is no ZIP."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
        said = [f"“{n}” is in it {k} times" for n, k in Counter(names).items() if k > 1]
        said += [f"“{n}” is no safe file name" for n in names if not _NAME.fullmatch(n)]
        return unpack(data), said
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        return {}, [f"it is no whole ZIP file: {error}"]


def md5(data: bytes) -> str:
    """The MD5 of a file in hexadecimal, which receivers report back."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def checksums(files: Mapping[str, bytes]) -> bytes:
    """The MD5 of each file, one a line, in the form of md5sum."""
    return "".join(f"{md5(data)}  {name}\n" for name, data in files.items()).encode("ascii")


def with_checksums(files: Files) -> Files:
    """The files and, as the last, their checksums."""
    return {**files, CHECKSUMS: checksums(files)}


def checksum_faults(files: Files, listing: str = CHECKSUMS) -> list[str]:
    """Where the list of checksums and the files beside it disagree."""
    if listing not in files:
        return [f"there is no {listing}"]
    folder = listing.rpartition("/")[0]
    lines = files[listing].decode("utf-8", "replace").splitlines()
    rows = (line.partition("  ") for line in lines)
    said = {f"{folder}/{name}".lstrip("/"): digest for digest, _, name in rows}
    there = {name: md5(data) for name, data in files.items() if name != listing}
    return [
        *(f"“{name}” is not in {listing}" for name in there if name not in said),
        *(f"“{name}” is in {listing} but not in the package" for name in said if name not in there),
        *(f"“{n}” has another checksum" for n in said if n in there and there[n] != said[n]),
    ]


def tree(data: bytes, name: str) -> etree._Element | str:
    """The root of an XML file in a package, or what is wrong with it."""
    try:
        return fragment(data)
    except etree.XMLSyntaxError as error:
        return f"“{name}” is not XML: {error.msg}"
