"""A manuscript longer than the project allows."""

from pathlib import Path

COMMAND = ["import", "in.md", "-o", "out.xml", "--force"]
SAYS = "limit of"
GOOD = """---
title: A plain title
---

# Introduction

The words of the text end here.
"""


def setup(folder: Path) -> None:
    (folder / "in.md").write_text(GOOD)


def spoil(folder: Path) -> None:
    (folder / "in.md").write_text(GOOD.replace("end here", "end " + "here " * 500_000))
