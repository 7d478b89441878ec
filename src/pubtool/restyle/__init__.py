"""Citations restyled: the words of citations and references, made anew by a CSL style.

Pandoc's citeproc renders all of a chapter in one call, which is remembered by what went into it.
What is rendered is marked as generated; a citation that says more than its style would, and a
reference without fields, stay as written and are reported (PT781). So do all citations under a
style that wants them in notes (PT760): only an author can take one out of its sentence.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pubtool import cache
from pubtool.diagnostics import Diagnostic
from pubtool.edition import Edition
from pubtool.files import write_whole
from pubtool.model import Chapter
from pubtool.settings import Limits
from pubtool.tools import pandoc

if TYPE_CHECKING:
    from pubtool.restyle.styles import Style


def restyled(edition: Edition) -> list[Diagnostic]:
    """Put the style of [citations] into the chapter's tree; what stays as written is reported.

    The resolved tree is changed in place. Raises ToolMissing, ToolFailed.
    """
    name = edition.settings.citations.style
    if not name or edition.chapter.references is None:
        return []
    # Late: few chapters are restyled.
    from pubtool.restyle.styles import style
    from pubtool.restyle.tree import replaced

    chosen = style(name, edition)
    if isinstance(chosen, Diagnostic):
        return [chosen]
    chapter = edition.chapter
    blocks = _rendered(chapter, chosen, edition.settings.limits)
    return replaced(chapter, blocks, notes=chosen.notes)


def _rendered(chapter: Chapter, chosen: Style, limits: Limits) -> list[Any]:
    """The blocks citeproc makes, from memory where the same was asked before."""
    from pubtool.restyle.document import document

    given = json.dumps(document(chapter, chosen), ensure_ascii=False, sort_keys=True).encode()
    key = hashlib.sha256(cache.version("pandoc").encode() + b"\0" + given).hexdigest()
    path = cache.folder().parent / "citations" / f"{key}.json"
    with suppress(OSError, ValueError, KeyError):
        known: list[Any] = json.loads(path.read_bytes())["blocks"]
        return known
    data, _ = pandoc(
        ["--from", "json", "--to", "json", "--citeproc"],
        given,
        seconds=limits.pandoc_seconds,
        megabytes=limits.pandoc_megabytes,
    )
    made: list[Any] = json.loads(data)["blocks"]
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps({"blocks": made}, ensure_ascii=False).encode(), lasting=False)
    return made
