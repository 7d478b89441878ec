"""A reference that is data only."""

from pathlib import Path

COMMAND = ["import", "in.md", "-o", "out.xml", "--force"]
SAYS = "Doe, Jane (1999). A book."
GOOD = """---
title: A plain title
---

# Introduction

The words of the text end here.
"""


def setup(folder: Path) -> None:
    (folder / "in.md").write_text(GOOD)


DATA = """A plain title
references:
- id: doe99
  type: book
  title: A book
  issued: 1999
  author: [{family: Doe, given: Jane}]"""


def spoil(folder: Path) -> None:
    (folder / "in.md").write_text(GOOD.replace("A plain title", DATA))
