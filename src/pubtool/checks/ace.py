"""Ace by DAISY, where it is installed: accessibility as seen in a real browser.

npm `@daisy/ace-cli` is a program of its own; without it this check is left out (`pubtool doctor`
says so), with it every violation is a finding.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pubtool import tools
from pubtool.diagnostics import ToolFailed


def violations(epub: bytes) -> list[str]:
    """What Ace objects to, in words; empty where it is not installed. Raises ToolFailed."""
    ace = tools.ace_path()
    if ace is None:
        return []
    with tempfile.TemporaryDirectory(prefix="pubtool-") as folder:
        book, out = Path(folder, "book.epub"), Path(folder, "out")
        book.write_bytes(epub)
        tools.ace(ace, book, out)
        try:
            report = json.loads((out / "report.json").read_bytes())
        except (OSError, ValueError):
            raise ToolFailed("Ace wrote no report", "report this with the chapter") from None
    return list(_told(report))


def _told(report: dict[str, Any]) -> Iterator[str]:
    """Each failed assertion: its file, what axe or Ace calls it, and the markup it is about."""
    for part in report.get("assertions", []):
        file = part.get("earl:testSubject", {}).get("url", "")
        for one in part.get("assertions", []):
            test, result = one.get("earl:test", {}), one.get("earl:result", {})
            if result.get("earl:outcome") == "fail":
                said = " ".join(str(result.get("dct:description", "")).split())
                yield f"{file}: {test.get('dct:title', '')}: {said[:300]}"
