"""What was sent compared with what a server kept of it."""

from __future__ import annotations

import html
import re
from typing import Any

from pubtool.text import isbn, squeeze


def dropped(sent: Any, kept: Any, path: str = "") -> list[str]:
    """The fields that were sent and are not there, or are there otherwise, by their paths."""
    if isinstance(sent, dict):
        there = kept if isinstance(kept, dict) else {}
        return [
            lost
            for name, value in sent.items()
            for lost in dropped(value, there.get(name), f"{path}.{name}" if path else name)
        ]
    if isinstance(sent, list):
        items = kept if isinstance(kept, list) else []
        if len(items) != len(sent):
            return [path]
        pairs = enumerate(zip(sent, items, strict=True))
        return [lost for i, (one, other) in pairs for lost in dropped(one, other, f"{path}[{i}]")]
    return [] if _same(sent, kept) else [path]


def _same(sent: Any, kept: Any) -> bool:
    """True if a server only wrote a value in its own way: HTML cleaned, an ISBN hyphenated."""
    if isinstance(sent, str) and isinstance(kept, str):
        return _bare(sent) == _bare(kept) or (_digits(sent) == _digits(kept) != "")
    return bool(sent == kept)


def _digits(text: str) -> str:
    """An ISBN without hyphens; "" for any other text."""
    return isbn(text) or ""


def _bare(text: str) -> str:
    return squeeze(html.unescape(re.sub(r"<[^>]*>", " ", text)))
