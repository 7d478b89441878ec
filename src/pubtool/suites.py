"""Official schema suites that the user has added: JATS and BITS as NLM publishes them.

They lie under the user's data folder, `schemas/<first digits of the ZIP's sha256>/`, each with a
`suite.json`. Nothing of them is part of pubtool; what a suite holds is used as it came.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import zipfile
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from pubtool.diagnostics import Place, Unreadable, found
from pubtool.files import data_folder, write_whole
from pubtool.source import read_bytes
from pubtool.zipped import unpack_within

MANIFEST = "suite.json"
_ZIP_MEGABYTES = 50
_SUFFIXES = (".dtd", ".ent", ".mod")
# The DTDs that exports are held to, by the public identifier each says of itself.
_ARCHIVING = "DTD JATS (Z39.96) Journal Archiving and Interchange DTD with MathML3"
_KINDS = {
    "article": ("JATS", _ARCHIVING),
    "book-part-wrapper": ("BITS", "DTD BITS Book Interchange DTD"),
}
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_SYSTEM = re.compile(
    r"<!ENTITY\s[^>]*?(?:PUBLIC\s+(?:\"[^\"]*\"|'[^']*')|SYSTEM)\s+[\"']([^\"']*)[\"']"
)


@dataclass(frozen=True, slots=True)
class Suite:
    """A DTD of a suite: the root element it is for, its name, and where it comes from."""

    root: str
    name: str
    version: str
    public: str
    dtd: str
    sha256: str

    @property
    def path(self) -> Path:
        """The DTD's file."""
        return folder() / self.sha256[:16] / self.dtd


def folder() -> Path:
    """Where suites lie: $XDG_DATA_HOME/pubtool/schemas, else below ~/.local/share."""
    return data_folder() / "schemas"


def add(zip_file: Path) -> list[Suite]:
    """Register a suite from its ZIP and say which DTDs it holds. Raises Unreadable, OSError.

    PT020 says why a file is no suite: not a ZIP, a name that leads out of the folder, too large,
    an entity outside the suite, no DTD of JATS Archiving or BITS, or one that does not load.
    """
    place = Place(str(zip_file))
    data = read_bytes(zip_file, str(zip_file), _ZIP_MEGABYTES)
    try:
        files = unpack_within(data, _SUFFIXES, _ZIP_MEGABYTES)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise Unreadable(found("PT020", place, f"it cannot be opened: {error}")) from None
    sha256 = hashlib.sha256(data).hexdigest()
    suites = [suite for name, text in files.items() if (suite := _recognised(name, text, sha256))]
    if not suites:
        message = "no DTD of JATS Archiving with MathML 3 or of BITS is in it"
        raise Unreadable(found("PT020", place, message))
    _stay_inside(files, place)
    _install(files, suites, place)
    return suites


def _recognised(name: str, text: bytes, sha256: str) -> Suite | None:
    """The suite whose main DTD a file is, by the public identifier in it."""
    if not name.endswith(".dtd"):
        return None
    said = text.decode("utf-8", "replace")
    for root, (kind, title) in _KINDS.items():
        match = re.search(rf"-//NLM//{re.escape(title)} v([\d.]+) \d+//EN", said)
        if match:
            return Suite(root, f"{kind} {match[1]}", match[1], match[0], name, sha256)
    return None


def _stay_inside(files: dict[str, bytes], place: Place) -> None:
    """Refuse a suite that declares an entity outside itself."""
    for name, data in files.items():
        for address in _SYSTEM.findall(_COMMENT.sub("", data.decode("utf-8", "replace"))):
            if ":" in address or address.startswith("/") or ".." in address:
                message = f"{name} would read “{address}”, which is not part of it"
                raise Unreadable(found("PT020", place, message))


def _install(files: dict[str, bytes], suites: list[Suite], place: Place) -> None:
    """Write the files beside their place, try the DTDs there, then give them their place."""
    folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder(), prefix=".") as temporary:
        made = Path(temporary) / "suite"
        for name, data in files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for suite in suites:
            _loadable(made / suite.dtd, place)
        rows = json.dumps([asdict(suite) for suite in suites], indent=1)
        write_whole(made / MANIFEST, rows.encode())
        final = folder() / suites[0].sha256[:16]
        shutil.rmtree(final, ignore_errors=True)
        made.rename(final)


def _loadable(path: Path, place: Place) -> None:
    try:
        etree.DTD(str(path))
    except etree.DTDParseError as error:
        raise Unreadable(found("PT020", place, f"{path.name} does not load: {error}")) from None


def registered() -> list[Suite]:
    """Every registered suite, by name; a folder without a readable manifest is none."""
    suites = [suite for path in folder().glob(f"*/{MANIFEST}") for suite in _manifest(path)]
    return sorted(suites, key=lambda suite: (suite.name, suite.sha256))


def _manifest(path: Path) -> list[Suite]:
    try:
        return [Suite(**row) for row in json.loads(path.read_bytes())]
    except (OSError, ValueError, TypeError):
        return []


def fingerprint() -> str:
    """What is registered and in which state: checks remembered under another one are void."""
    return "+".join(f"{suite.sha256[:16]}.{_stamp(suite.path)}" for suite in registered())


def _stamp(path: Path) -> int:
    """When a file was last written; 0 if it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def dtd(suite: Suite) -> etree.DTD | None:
    """The DTD of a suite, loaded once; None if its files have been damaged."""
    return _loaded(suite.path, _stamp(suite.path))


@cache
def _loaded(path: Path, stamp: int) -> etree.DTD | None:
    try:
        return etree.DTD(str(path))
    except (etree.DTDParseError, OSError):
        return None
