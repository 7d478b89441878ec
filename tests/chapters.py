"""Projects of several chapters, for tests of runs over many."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from pubtool import config
from pubtool.outcome import Job
from tests.test_rules import RULES


def project(folder: Path, count: int = 1) -> Path:
    """The good project with so many chapters, each with a title of its own."""
    shutil.copytree(RULES / "good", folder)
    text = (folder / "chapter.xml").read_text()
    (folder / "chapter.xml").unlink()
    for number in range(1, count + 1):
        own = text.replace("without a fault", f"without a fault, number {number}")
        (folder / f"ch{number}.xml").write_text(own)
    toml = folder / "pubtool.toml"
    toml.write_text(toml.read_text().replace('"chapter.xml"', '"ch*.xml"'))
    return folder


def job(
    folder: Path, *asked: str, number: int = 1, level: str = "quick", out: str = "build"
) -> Job:
    """What is to be done for one chapter of a project, its settings read anew."""
    settings, findings = config.load(folder)
    assert findings == []
    return Job(folder / f"ch{number}.xml", asked or ("jats", "html"), settings, folder / out, level)


def files(
    folder: Path, without: Sequence[str] = ("report.json", "report.junit.xml")
) -> dict[str, bytes]:
    """Every file of a folder by its name, but for reports, which tell times."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name not in without}
