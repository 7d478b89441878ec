"""What a server says, in one line for people: JSON, Atom, or a web page in an error's place."""

from __future__ import annotations

import json
import re
from typing import Any

from pubtool.deposit.failures import DepositFailed
from pubtool.deposit.step import Response
from pubtool.text import squeeze

_LONGEST = 600
# Status → what it means for who deposits, and what to do.
MEANING = {
    401: "the server does not accept the token: has it run out, or is it one of another server?",
    403: "the token does not permit this: it needs the right to write, and to this collection",
    404: "there is nothing at this address: see “address” and “collection”",
    405: "there is no deposit at this address: see “address”",
    409: "something of this name is there already",
    412: "the checksum differs: the file was damaged on its way",
    413: "the file is larger than this server takes",
    415: "the server does not take packages of this kind: see “package”",
    422: "the server holds the record to be incomplete",
    429: "the server asks for fewer requests",
}


def summary(response: Response) -> str:
    """The words of an answer that is no success, else its first characters, on one line."""
    said = _words(response)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def _words(response: Response) -> str:
    kind = response.headers.get("content-type", "")
    if "html" in kind and response.body.strip():
        title = re.search(r"<title[^>]*>(.*?)</title>", response.text[:20_000], re.S | re.I)
        return f"a web page{f' “{squeeze(title[1])}”' if title else ''}"
    if "json" in kind and response.status >= 400:
        return _json_words(response)
    if "xml" in kind and response.status >= 400:
        return squeeze(re.sub(r"<[^>]*>", " ", response.text[:20_000]))
    return squeeze(response.text[:_LONGEST])


def _json_words(response: Response) -> str:
    try:
        value = json.loads(response.body)
    except ValueError:
        return squeeze(response.text)
    said = value.get("message", "") if isinstance(value, dict) else ""
    listed = "; ".join(faults(value))
    return squeeze(": ".join(part for part in (str(said), listed) if part) or response.text)


def faults(value: Any) -> list[str]:
    """What `errors[]` of an answer lists: field and messages (InvenioRDM, DSpace, Figshare)."""
    listed = value.get("errors") if isinstance(value, dict) else None
    return [_fault(one) for one in listed] if isinstance(listed, list) else []


def _fault(one: Any) -> str:
    if not isinstance(one, dict):
        return str(one)
    where = one.get("field") or ", ".join(map(str, one.get("paths", [])))
    said = one.get("messages") or one.get("message") or ""
    words = "; ".join(map(str, said)) if isinstance(said, list) else str(said)
    return f"{where}: {words}" if where else words


def explained(failure: DepositFailed) -> str:
    """A failure with what its answer said and means."""
    parts = [failure.message]
    if failure.response is not None:
        meaning = MEANING.get(failure.response.status, "")
        said = summary(failure.response)
        parts += [part for part in (meaning, f"it said: {said}" if said else "") if part]
    return "; ".join(parts)
