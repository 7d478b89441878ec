"""A chapter for Zenodo or another InvenioRDM: the record as JSON, the files beside it."""

from __future__ import annotations

import json
from typing import Any

from pubtool.diagnostics import Diagnostic
from pubtool.packages.archive import CHECKSUMS, checksum_faults, opened, with_checksums, wrong
from pubtool.packages.invenio import record
from pubtool.packages.package import Delivery, Files, Need

FORMATS = ("pdf", "epub", "jats")
FACTS = (
    Need("title", "a record must have a title", must=True),
    Need("authors or anonymous", "a record must have a creator", must=True),
    Need("date", "a record must have a date of publication", must=True),
    Need("publisher", "the record is cited with it; else the server names itself"),
    Need("DOI", "without it the server registers a DOI of its own"),
    Need("abstracts", "it is the description of the record"),
    Need("licence", "readers see what they may do with the files"),
    Need("access", "without it the files stay closed to the public"),
    Need("book title", "the record says which book the chapter is in"),
)
RECORD = "metadata.json"
FOLDER = "files/"


def build(delivery: Delivery) -> Files:
    """The record, the files to upload, their checksums."""
    said = json.dumps(record(delivery.edition), ensure_ascii=False, indent=2)
    files = {FOLDER + name: data for name, data in delivery.files(FORMATS).items()}
    return with_checksums({RECORD: f"{said}\n".encode(), **files})


def check(data: bytes, name: str) -> list[Diagnostic]:
    """A record with all InvenioRDM requires, a file at least, right checksums (PT824)."""
    files, said = opened(data)
    if files:
        said += checksum_faults(files)
        said += [f"“{one}” lies outside {FOLDER}" for one in files if _astray(one)]
        if not any(one.startswith(FOLDER) for one in files):
            said.append("there is no file to upload")
        said += _record_faults(files)
    return wrong(name, said)


def _astray(path: str) -> bool:
    return path not in (RECORD, CHECKSUMS) and (
        not path.startswith(FOLDER) or "/" in path.removeprefix(FOLDER)
    )


def _record_faults(files: Files) -> list[str]:
    if RECORD not in files:
        return [f"there is no {RECORD}"]
    try:
        item = json.loads(files[RECORD])
    except ValueError as error:
        return [f"{RECORD} is not JSON: {error}"]
    if not isinstance(item, dict) or not isinstance(item.get("metadata"), dict):
        return [f"{RECORD} is no record"]
    return [*_required_faults(item["metadata"]), *_access_faults(item.get("access") or {})]


def _required_faults(metadata: dict[str, Any]) -> list[str]:
    required = ("resource_type", "title", "creators", "publication_date")
    said = [f"{RECORD} has no {one}" for one in required if not metadata.get(one)]
    people = [one.get("person_or_org", {}) for one in metadata.get("creators", ())]
    if any(not (one.get("family_name") or one.get("name")) for one in people):
        said.append(f"{RECORD} has a creator without a name")
    return said


def _access_faults(access: dict[str, Any]) -> list[str]:
    """Files under an embargo must be closed: InvenioRDM refuses the contrary."""
    if access.get("record") not in ("public", "restricted") or "files" not in access:
        return [f"{RECORD} does not say who may read"]
    embargo = access.get("embargo") or {}
    if embargo.get("active") and (access["files"] != "restricted" or not embargo.get("until")):
        return [f"{RECORD} has an embargo without closed files or without an end"]
    return []
