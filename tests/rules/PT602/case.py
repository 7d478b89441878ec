from pathlib import Path
from typing import Any

import pytest

from pubtool.readers import assembly
from pubtool.readers.chapter import chapter

COMMAND = ["import", "in.txt", "-o", "out.xml", "--force"]
SAYS = "“Introduction”"
GOOD = """A plain title

Introduction

Words in a paragraph that ends here.
"""


def setup(folder: Path) -> None:
    (folder / "in.txt").write_text(GOOD)


def spoil(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that forgets the last section."""

    def forgetful(*arguments: Any) -> Any:
        root = chapter(*arguments)
        root.remove(root[-1])
        root.append(root.makeelement("{urn:pubtool:chapter:1}body"))
        return root

    monkeypatch.setattr(assembly, "chapter", forgetful)
