"""An image that is not beside the manuscript."""

from pathlib import Path

COMMAND = ["import", "in.md", "-o", "out.xml", "--force"]
SAYS = "map.png"
GOOD = """---
title: A plain title
---

# Introduction

The words of the text end here.
"""


def setup(folder: Path) -> None:
    (folder / "in.md").write_text(GOOD)


def spoil(folder: Path) -> None:
    (folder / "in.md").write_text(GOOD.replace("end here", "end ![A map](map.png) here"))
