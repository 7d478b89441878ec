"""A delivery to CLOCKSS: the chapter as PDF and BITS with its images, to outlive the publisher.

Source: CLOCKSS File Transfer Guidelines (2023): final content, one non-text format an item, a
metadata file a content file under the same base name, which says DOI, title, date, address, ISBN.
"""

from __future__ import annotations

from pubtool.diagnostics import Diagnostic
from pubtool.edition import Edition
from pubtool.packages.archive import CHECKSUMS, checksum_faults, checksums, opened, tree, wrong
from pubtool.packages.figures import dangling, figures, misfits
from pubtool.packages.package import Delivery, Files, Need

FORMATS = ("bits", "pdf")
FACTS = (
    Need("DOI", "CLOCKSS asks for it in the metadata", must=True),
    Need("URL", "CLOCKSS asks for the address readers used", must=True),
    Need("title", "CLOCKSS must tell the item from others", must=True),
    Need("book title", "CLOCKSS asks for the name of the publication", must=True),
    Need("date", "CLOCKSS asks for the date of publication", must=True),
    Need("ISBN", "CLOCKSS asks for it in the metadata of books", must=True),
    Need("publisher", "CLOCKSS asks whose content it keeps", must=True),
    Need("licence", "it says under which licence a triggered chapter is opened"),
)
_ALLOWED = (".bits.xml", ".pdf")
# What CLOCKSS asks to find in the metadata: where BITS has it, and what it is.
_FACTS_IN_BITS = (
    (".//book-part-meta/book-part-id[@book-part-id-type='doi']", "DOI of the chapter"),
    (".//book-part-meta/title-group/title", "title of the chapter"),
    (".//book-part-meta/self-uri", "address of the chapter"),
    (".//book-meta/book-title-group/book-title", "title of the book"),
    (".//book-meta/isbn", "ISBN of the book"),
    (".//pub-date", "date of publication"),
)


def build(delivery: Delivery) -> Files:
    """A folder of the chapter's name with all that belongs to it, and checksums above it."""
    folder = delivery.name
    files = {f"{folder}/{name}": data for name, data in delivery.files(FORMATS).items()}
    files |= figures(delivery, folder)
    return {**files, CHECKSUMS: checksums(files)}


def unfit(edition: Edition) -> list[str]:
    """Images that cannot lie in the package under the name BITS has for them."""
    return misfits(edition, "name")


def check(data: bytes, name: str) -> list[Diagnostic]:
    """Metadata and content under one name, the facts CLOCKSS asks for, every image (PT824)."""
    files, said = opened(data)
    if files:
        said += checksum_faults(files)
        said += _pair_faults(files)
        for path in files:
            if path.endswith(".bits.xml"):
                said += _metadata_faults(path, files)
    return wrong(name, said)


def _pair_faults(files: Files) -> list[str]:
    xml, pdf = ([one.removesuffix(end) for one in files if one.endswith(end)] for end in _ALLOWED)
    return (
        [] if xml == pdf and len(xml) == 1 else ["it needs one BITS file and one PDF of its name"]
    )


def _metadata_faults(path: str, files: Files) -> list[str]:
    root = tree(files[path], path)
    if isinstance(root, str):
        return [root]
    folder = path.rpartition("/")[0]
    said = [f"{path} has no {what}" for where, what in _FACTS_IN_BITS if root.find(where) is None]
    return said + [f"the image “{one}” is missing" for one in dangling(root, folder, files)]
