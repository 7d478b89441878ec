from pathlib import Path

from tests.spoiling import article

COMMAND = ["import", "in.xml", "-o", "out.xml", "--force"]
SAYS = "entity of its own, “x”"


def setup(folder: Path) -> None:
    article(folder, "<p>Words.</p>")


def spoil(folder: Path) -> None:
    """A file of the machine, called in by an entity."""
    article(folder, "<p>&x;</p>", doctype='<!DOCTYPE article [<!ENTITY x SYSTEM "/etc/hostname">]>')
