"""The images an XML artifact points at, laid beside it so that its links lead somewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from urllib.parse import unquote

from lxml import etree

from pubtool.edition import Edition
from pubtool.packages.package import Delivery, Files
from pubtool.source import local

_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_HREF = "{http://www.w3.org/1999/xlink}href"


def figures(delivery: Delivery, folder: str, within: str = "") -> Files:
    """The chapter's images by their place in a package whose XML lies in `folder`."""
    images = delivery.edition.images.values()
    return {_place(folder, one.href): one.data for one in images if _fits(one.href, folder, within)}


def misfits(edition: Edition, folder: str, within: str = "") -> list[str]:
    """The hrefs whose files cannot lie in a package under the name the chapter has for them."""
    return [href for href in edition.images if not _fits(href, folder, within)]


def _place(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href)))


def _fits(href: str, folder: str, within: str) -> bool:
    place = _place(folder, href)
    parts = place.split("/")
    return place.startswith(within) and all(_PART.fullmatch(part) for part in parts)


def dangling(root: etree._Element, folder: str, names: Iterable[str]) -> list[str]:
    """The links to images in JATS or BITS that lead to no file of the package."""
    there = set(names)
    links = [
        one.get(_HREF, "")
        for one in root.iter("{*}graphic", "{*}inline-graphic")
        if local(one) and one.get(_HREF)
    ]
    return [link for link in dict.fromkeys(links) if _place(folder, link) not in there]
