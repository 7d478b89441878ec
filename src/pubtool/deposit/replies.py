"""XML that a server sends, read without trusting it."""

from __future__ import annotations

from lxml import etree

from pubtool.deposit.failures import Refused
from pubtool.deposit.step import Response


def xml(response: Response) -> etree._Element:
    """The root of an XML answer. Raises Refused for what is no XML, or has a DOCTYPE."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(response.body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("the answer is not XML", response) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused("the answer has a DOCTYPE, which no answer needs", response)
    return root
