"""JATS and BITS against DTDs: pubtool's own, then those of each suite the user has added."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from pubtool import suites
from pubtool.diagnostics import Diagnostic, Place, found

VERSION = "dtd-version"


def parsed(data: bytes) -> etree._Element:
    """The root of an artifact; its DOCTYPE names the DTD but nothing is loaded from it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def held_to(
    data: bytes, name: str, rule: str, own: Callable[[], etree.DTD], root_name: str
) -> list[Diagnostic]:
    """What is not well-formed or not valid, as findings of `rule`; PT021 for a damaged suite."""
    try:
        root = parsed(data)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return [found(rule, Place(name, line, max(column, 1)), f"not XML: {error.msg}")]
    if root.tag != root_name:
        return [found(rule, Place(name, 1), f"the root is <{root.tag!s}>, not <{root_name}>")]
    # Each DTD knows its own version alone, but a later one keeps what was valid; that DOCTYPE and
    # version agree is rule JR01.
    version = root.attrib.pop(VERSION, "0")
    findings = [found(rule, Place(name, line), said) for line, said in messages(root, own())]
    return findings or list(_official(root, version, name, rule))


def _official(root: etree._Element, version: str, name: str, rule: str) -> Iterable[Diagnostic]:
    """What the registered suites for this root and version say."""
    for suite in suites.registered():
        if suite.root != root.tag or not _covers(suite.version, version):
            continue
        dtd = suites.dtd(suite)
        if dtd is None:
            yield found("PT021", Place(str(suite.path)), f"{suite.name} cannot be loaded any more")
            continue
        for line, said in messages(root, dtd):
            yield found(rule, Place(name, line), f"{suite.name}: {said}")


def _covers(suite: str, artifact: str) -> bool:
    """True if a suite is of the artifact's version or a later one."""
    return _numbers(suite) >= _numbers(artifact)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def messages(root: etree._Element, dtd: etree.DTD) -> list[tuple[int, str]]:
    """(line, message) for everything a DTD objects to."""
    if dtd.validate(root):
        return []
    return [(entry.line, entry.message) for entry in dtd.error_log]
