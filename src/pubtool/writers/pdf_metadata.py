"""PDF: metadata of a file that claims PDF/UA-1 and PDF/A-3a, and the JATS attached to it.

WeasyPrint writes one claim or the other; both stand in the file because its XMP is written here
(ISO 14289-1, 5; ISO 19005-3, 6.6.2 and 6.6.4).
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from pubtool.edition import Edition
from pubtool.writers.pdf_numerals import folios

# The attachment has no history of its own: one fixed date keeps the file the same.
_DATE = datetime(2000, 1, 1, tzinfo=UTC)
DATE = _DATE.isoformat()
_LABELS = {"decimal": "/D", "lower-roman": "/r", "upper-roman": "/R"}


def metadata(edition: Edition, rdf: bytes, date: str = "") -> Any:
    """WeasyPrint's metadata with our XMP (`rdf`): every claim and fact, never compressed.

    `date` (ISO 8601) is told as that of the file, where a standard asks for one.
    """
    from weasyprint.pdf.metadata import DocumentMetadata

    class Metadata(DocumentMetadata):  # type: ignore[misc]
        def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
            return rdf

        def include_in_pdf(
            self, pdf: Any, variant: str, version: int, conformance: str, compress: bool
        ) -> None:
            super().include_in_pdf(pdf, variant, version, conformance, compress=False)

    record = edition.chapter.record
    return Metadata(
        title=record.full_title,
        authors=[who.name.display for who in record.authors if who.name.display],
        lang=record.language,
        created=date or None,
        modified=date or None,
        attachments=attachments(edition),
    )


def identity(page: bytes) -> str:
    """An identifier of a document that is the same for the same page (RFC 4122, version 5)."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, page.decode("utf-8")))


def attachments(edition: Edition) -> list[Any]:
    """The JATS as the source of the file (ISO 19005-3, 6.8: AFRelationship)."""
    from weasyprint import Attachment

    jats = edition.parts.get("jats")
    if jats is None:
        return []
    return [
        Attachment(
            string=jats, name=f"{edition.chapter.record.id}.jats.xml", relationship="Source",
            description="JATS XML", created=_DATE, modified=_DATE,
        )
    ]  # fmt: skip


def complete_catalogue(pdf: Any, edition: Edition) -> None:
    """Let a viewer count the pages as the volume does (ISO 32000-1, 12.4.2).

    Attached files, which WeasyPrint lists twice, are listed once.
    """
    import pydyf

    pages = folios(edition.chapter.record.first_page)
    label = pydyf.Dictionary({"S": _LABELS[pages.style], "St": pages.first})
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, label])})
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
