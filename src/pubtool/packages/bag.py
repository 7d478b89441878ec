"""BagIt: everything made of the chapter, with what it takes to prove it whole in fifty years.

Source: RFC 8493, The BagIt File Packaging Format (V1.0).
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pubtool.diagnostics import Diagnostic
from pubtool.edition import Edition
from pubtool.packages.access import access
from pubtool.packages.archive import opened, wrong
from pubtool.packages.figures import figures, misfits
from pubtool.packages.package import Delivery, Files, Need

FORMATS = ("pdf", "epub", "html", "jats", "bits")
METADATA = (
    "crossref", "datacite", "datacite-json", "onix", "marc", "marcxml", "mods", "oai-dc", "qdc",
    "csl-json", "bibtex", "ris", "schema-org",
)  # fmt: skip
FACTS = (
    Need("publisher", "Source-Organization in bag-info.txt: whom an archive asks"),
    Need("DOI", "External-Identifier in bag-info.txt: what the archive finds the bag by"),
    Need("licence", "says what the archive may do with the files"),
)
PAYLOAD = "data/"
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def build(delivery: Delivery) -> Files:
    """A folder with the payload under data/, its manifest, and the bag's own description."""
    folder = f"{PAYLOAD}{delivery.name}"
    payload = {
        f"{folder}/{name}": data for name, data in delivery.files((*FORMATS, *METADATA)).items()
    }
    payload |= figures(delivery, folder, PAYLOAD)
    tags = {
        "bagit.txt": _DECLARATION,
        "bag-info.txt": _information(delivery, payload),
        "manifest-sha256.txt": _manifest(payload),
    }
    files = {**tags, "tagmanifest-sha256.txt": _manifest(tags), **payload}
    return {f"{delivery.name}.bagit/{name}": data for name, data in files.items()}


def unfit(edition: Edition) -> list[str]:
    """Images that cannot lie in the payload under the name JATS and BITS have for them."""
    return misfits(edition, f"{PAYLOAD}name", PAYLOAD)


def _manifest(files: Mapping[str, bytes]) -> bytes:
    rows = sorted((name, hashlib.sha256(data).hexdigest()) for name, data in files.items())
    return "".join(f"{digest}  {name}\n" for name, digest in rows).encode("ascii")


def _information(delivery: Delivery, payload: Mapping[str, bytes]) -> bytes:
    """The reserved fields of RFC 8493, section 2.2.2, and two for rights.

    Bagging-Date is not among them: the same chapter gives the same bag on any day.
    """
    record, allowed = delivery.edition.chapter.record, access(delivery.edition)
    size = sum(len(data) for data in payload.values())
    fields = (
        ("Source-Organization", record.book.publisher),
        ("External-Description", record.full_title),
        ("External-Identifier", record.doi and f"https://doi.org/{record.doi}"),
        ("Internal-Sender-Identifier", record.id),
        ("Payload-Oxum", f"{size}.{len(payload)}"),
        ("License", record.license_href),
        ("Access", allowed.sentence),
    )
    return "".join(f"{name}: {value}\n" for name, value in fields if value).encode()


def check(data: bytes, name: str) -> list[Diagnostic]:
    """What the Library of Congress's own validator says of the bag (PT824)."""
    files, said = opened(data)
    folders = {path.partition("/")[0] for path in files}
    if files and len(folders) != 1:
        said.append("a bag is one folder")
    elif files and not said:
        said += _bag_faults(files, folders.pop())
    return wrong(name, said)


def _bag_faults(files: Files, folder: str) -> list[str]:
    import bagit

    # What the validator logs it also raises; its log would reach the screen unasked.
    logging.getLogger("bagit").disabled = True
    with tempfile.TemporaryDirectory(prefix="pubtool-bag-") as place:
        for path, content in files.items():
            target = Path(place, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        try:
            bagit.Bag(str(Path(place, folder))).validate()
        except bagit.BagError as error:
            return [f"it is no valid bag: {_plain(str(error), place)}"]
    return []


def _plain(message: str, place: str) -> str:
    """The validator's message without the temporary folder."""
    return " ".join(message.replace(f"{place}/", "").replace(place, "").split())
