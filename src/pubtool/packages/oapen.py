"""A delivery to the OAPEN Library: ONIX 3.0, the publication as PDF and EPUB, the cover.

Source: OAPEN, "Uploading books and chapters": ONIX 3.0 in UTF-8; PDF without security settings,
EPUB. OAPEN also wants Thema subject codes, which the chapter has no place for: they are chosen in
OAPEN's form.
"""

from __future__ import annotations

from io import BytesIO

from pubtool.diagnostics import Diagnostic
from pubtool.packages.archive import checksum_faults, opened, tree, with_checksums, wrong
from pubtool.packages.package import Delivery, Files, Need

FORMATS = ("onix", "pdf", "epub")
FACTS = (
    Need("title", "OAPEN lists the chapter by it", must=True),
    Need("book title", "ONIX describes the book the chapter is part of", must=True),
    Need("publisher", "ONIX asks for it", must=True),
    Need("date", "ONIX asks for the date of publication", must=True),
    Need("licence", "OAPEN takes open access publications only", must=True),
    Need("authors or anonymous", "OAPEN lists the chapter by its authors"),
    Need("book editors", "OAPEN lists the book by its editors"),
    Need("ISBN", "OAPEN tells books apart by it"),
    Need("abstracts", "OAPEN shows it and searches it"),
    Need("keywords", "OAPEN searches them"),
    Need("DOI", "OAPEN links to the version of record"),
    Need("funding", "OAPEN names the funder and the grant"),
    Need("cover", "OAPEN shows it; else it takes the first page of the PDF"),
)
RASTER = {"image/png": ".png", "image/jpeg": ".jpg"}
_ONIX = "{http://ns.editeur.org/onix/3.0/reference}"


def build(delivery: Delivery) -> Files:
    """Metadata, publication, the publisher's cover if there is one, checksums."""
    files = delivery.files(FORMATS)
    if delivery.cover is not None:
        ending = RASTER[delivery.cover.media_type]
        files[f"{delivery.name}.cover{ending}"] = delivery.cover.data
    return with_checksums(files)


def check(data: bytes, name: str) -> list[Diagnostic]:
    """One ONIX 3.0 message with a chapter, a PDF anybody may open, right checksums (PT824)."""
    files, said = opened(data)
    if files:
        said += checksum_faults(files)
        said += _publication_faults(files)
        onix = [one for one in files if one.endswith(".onix.xml")]
        said += _onix_faults(onix[0], files) if len(onix) == 1 else ["it needs one ONIX file"]
    return wrong(name, said)


def _publication_faults(files: Files) -> list[str]:
    pdfs = [content for one, content in files.items() if one.endswith(".pdf")]
    if len(pdfs) != 1:
        return ["it needs one PDF"]
    return ["OAPEN takes no PDF with security settings"] if _secured(pdfs[0]) else []


def _secured(data: bytes) -> bool:
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return bool(pdf.is_encrypted)
    except pikepdf.PasswordError:
        return True


def _onix_faults(file: str, files: Files) -> list[str]:
    root = tree(files[file], file)
    if isinstance(root, str):
        return [root]
    if root.tag != f"{_ONIX}ONIXMessage" or root.get("release") != "3.0":
        return [f"{file} is no message in ONIX 3.0"]
    chapter = root.find(f".//{_ONIX}ContentItem")
    return [] if chapter is not None else [f"{file} does not describe the chapter"]
