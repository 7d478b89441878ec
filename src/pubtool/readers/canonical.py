"""Canonical XML in: a chapter of this version unchanged; of a version not known, what to do.

There has been one version of the schema. When there is a second, the step from the one before it
gets a row in STEPS: from namespace to a function that turns the root into the next version.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from lxml import etree

from pubtool.diagnostics import Unreadable, found
from pubtool.readers import Imported
from pubtool.settings import Settings
from pubtool.source import NAMESPACE, parse

FAMILY = "urn:pubtool:chapter:"
STEPS: dict[str, Callable[[etree._Element], etree._Element]] = {}


def read(data: bytes, file: str, settings: Settings) -> Imported:
    """The chapter as it is. Raises Unreadable: PT001, PT002, PT005, PT668 (another version)."""
    source = parse(data, file)
    namespace = str(etree.QName(source.root).namespace or "")
    said = source.root.get("version")
    if namespace != NAMESPACE or said is not None:
        version = said or namespace.removeprefix(FAMILY) or "none"
        present = NAMESPACE.removeprefix(FAMILY)
        message = f"the chapter says version “{version}”; this pubtool knows version {present}"
        raise Unreadable(found("PT668", source.place(source.root), message))
    return Imported(data, [], PurePath(file).stem)
