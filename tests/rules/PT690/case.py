"""A bibliography in the header that is not there."""

from pathlib import Path

COMMAND = ["import", "in.md", "-o", "out.xml", "--force"]
SAYS = "“gone.bib”"
TEXT = """---
title: A plain title
bibliography: refs.bib
---

# Introduction

The words of the text end here [@demir, chap. 2].
"""


def setup(folder: Path) -> None:
    (folder / "in.md").write_text(TEXT)
    (folder / "refs.bib").write_text(
        "@book{demir, title = {Roads}, author = {Demir, A.}, year = 1999, publisher = {Kale}}\n"
    )


def spoil(folder: Path) -> None:
    (folder / "in.md").write_text(TEXT.replace("refs.bib", "[refs.bib, gone.bib]"))
