"""A publisher's own XSLT and Schematron, run without access to files or network."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.source import fragment

_DENIED = etree.XSLTAccessControl.DENY_ALL


def transformed(data: bytes, stylesheet: Path, place: Place) -> bytes | Diagnostic:
    """An XML artifact after a house stylesheet (XSLT 1.0), or PT801 that says why not."""
    try:
        style = etree.XSLT(etree.parse(str(stylesheet)), access_control=_DENIED)
        result = style(fragment(data))
    except (etree.XSLTError, etree.XMLSyntaxError, OSError) as error:
        return found("PT801", place, f"{stylesheet.name}: {_first_line(error)}")
    return bytes(result)  # type: ignore[call-overload, no-any-return]


def rules(schematron: Path) -> etree.XSLT | Diagnostic:
    """A Schematron schema compiled to XSLT, or the finding PT802 that says why it cannot be."""
    from lxml import isoschematron

    try:
        compiled = isoschematron.Schematron(etree.parse(str(schematron)), store_xslt=True)
        sheet = compiled.validator_xslt
        return etree.XSLT(sheet, access_control=_DENIED)  # type: ignore[arg-type]
    except (etree.LxmlError, OSError) as error:
        return found("PT802", Place(str(schematron)), _first_line(error))


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
