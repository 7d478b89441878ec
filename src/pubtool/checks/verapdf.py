"""PDF: what veraPDF says, the validator that archives trust; it is there after `make verapdf`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pubtool import tools
from pubtool.diagnostics import Diagnostic, Place, found


def broken(data: bytes, profile: str, place: Place) -> Iterator[Diagnostic]:
    """The rules of a profile ("ua1", "3a") that a PDF breaks, as PT731.

    Raises ToolMissing where veraPDF is not there, ToolFailed where it breaks.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chapter.pdf"
        path.write_bytes(data)
        report = json.loads(tools.verapdf(path, profile))
    for job in report["report"]["jobs"]:
        if "validationResult" not in job:
            yield found("PT731", place, f"veraPDF, {profile}: the file cannot be read")
        for result in job.get("validationResult", ()):
            for rule in result["details"]["ruleSummaries"]:
                clause = f"{rule['clause']}-{rule['testNumber']}"
                said = f"veraPDF, {profile}: {rule['description']} ({clause})"
                yield found("PT731", place, said)
