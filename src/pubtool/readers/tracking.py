"""Tracked changes and comments: kept as queries, or settled one way (`--track-changes`)."""

from __future__ import annotations

import re

from lxml import etree

from pubtool.readers.ast_go import Attributes, Go, Node, text_of
from pubtool.readers.conserve import INSERTED
from pubtool.readers.draft import element
from pubtool.rules import XmlNode
from pubtool.text import squeeze

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def insertion(attrs: Attributes, inside: list[Node], go: Go) -> list[XmlNode]:
    """Inserted words: in the text, with a query unless changes are settled."""
    if go.settings.track_changes == "reject":
        _settle("insertion rejected", attrs, inside, go)
        return []
    content = go.inlines(inside)
    if go.settings.track_changes == "accept" or not text_of(inside).strip():
        return content
    return [*content, _query(f"{INSERTED}“{squeeze(text_of(inside))}”", attrs)]


def deletion(attrs: Attributes, inside: list[Node], go: Go) -> list[XmlNode]:
    """Deleted words: in a query, back in the text, or gone."""
    if go.settings.track_changes == "reject":
        return go.inlines(inside)
    if go.settings.track_changes == "accept":
        _settle("deletion accepted", attrs, inside, go)
        return []
    said = squeeze(text_of(inside))
    return [_query(f"deleted: “{said}”", attrs)] if said else []


def comment(attrs: Attributes, inside: list[Node], go: Go) -> list[XmlNode]:
    """A comment is a question to somebody: a query."""
    said = squeeze(text_of(inside))
    return [_query(said, attrs)] if said else []


def _query(said: str, attrs: Attributes) -> etree._Element:
    date = _DATE.match(attrs.named.get("date", ""))
    by = squeeze(attrs.named.get("author", ""))
    return element("query", said, by=by, date=date[0] if date else "")


def _settle(how: str, attrs: Attributes, inside: list[Node], go: Go) -> None:
    said = text_of(inside)
    if said.strip():
        by = f" by {attrs.named['author']}" if attrs.named.get("author") else ""
        go.ledger.report("PT613", go.place, f"{how}{by}: “{squeeze(said)}”", said)
