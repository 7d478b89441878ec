"""SWORD's SimpleZip: the files side by side, each of which becomes one of the repository's.

Source: http://purl.org/net/sword/package/SimpleZip (SWORD 2.0 profile, section 5.3).
"""

from __future__ import annotations

from pubtool.diagnostics import Diagnostic
from pubtool.packages.archive import checksum_faults, opened, with_checksums, wrong
from pubtool.packages.package import Delivery, Files, Need

FORMATS = ("pdf", "epub", "jats", "qdc")
FACTS = (
    Need("title", "the repository lists the item by it", must=True),
    Need("date", "the repository sorts and shows the item by it"),
    Need("licence", "readers see what they may do with the files"),
    Need("abstracts", "people decide by it whether to open the file"),
)


def build(delivery: Delivery) -> Files:
    """The artifacts, qualified Dublin Core, and their checksums."""
    return with_checksums(delivery.files(FORMATS))


def check(data: bytes, name: str) -> list[Diagnostic]:
    """No folders, a PDF, metadata, right checksums (PT824)."""
    files, said = opened(data)
    if files:
        said += [f"“{one}” lies in a folder" for one in files if "/" in one]
        said += [
            f"there is no file that ends in {suffix}"
            for suffix in (".pdf", ".qdc.xml")
            if not any(one.endswith(suffix) for one in files)
        ]
        said += checksum_faults(files)
    return wrong(name, said)
