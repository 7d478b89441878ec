"""A reader that says a paragraph twice."""

from pathlib import Path
from typing import Any

import pytest

from pubtool.readers import manuscript

COMMAND = ["import", "in.md", "-o", "out.xml", "--force"]
SAYS = "sentence"


def setup(folder: Path) -> None:
    (folder / "in.md").write_text("# A plain title\n\n## Introduction\n\nOne sentence only.\n")


def spoil(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = manuscript.units

    def twice(nodes: list[Any], *arguments: Any) -> Any:
        return whole([*nodes, nodes[-1]], *arguments)

    monkeypatch.setattr(manuscript, "units", twice)
