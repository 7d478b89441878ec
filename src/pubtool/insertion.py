"""An element put into the text of a chapter; every other byte stays. Pure."""

from __future__ import annotations

import re

_NAME = re.compile(rb"<([^\s/>]+)")


def prefix(data: bytes, front: int) -> bytes:
    """The prefix of the chapter's namespace with its colon, or nothing; `front` is where it begins.

    Places are bytes from 0.
    """
    name = _NAME.match(data, front)
    before, colon, _ = (name[1] if name else b"").rpartition(b":")
    return before + colon


def put_in(data: bytes, tag: bytes, following: int, end: int) -> bytes:
    """A tag before the element that must follow it, else (-1) at the end of the front."""
    at = following if following >= 0 else end
    gap = re.search(rb"\s*\Z", data[:at])
    blank = gap[0] if gap else b""
    if following >= 0:
        return data[:at] + tag + blank + data[at:]
    return data[:at] + (b"  " if blank else b"") + tag + blank + data[at:]
