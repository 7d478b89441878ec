from pathlib import Path

from tests.suite_zip import suite_zip

from pubtool import suites

COMMAND = ["export", "chapter.xml", "--format", "jats"]
SAYS = "JATS 1.3 cannot be loaded any more"


def setup(folder: Path) -> None:
    (folder / "suite.zip").write_bytes(suite_zip({"fresh.ent": str(folder).encode()}))
    suites.add(folder / "suite.zip")


def spoil(folder: Path) -> None:
    for suite in suites.registered():
        suite.path.unlink()
