from pathlib import Path

from tests.suite_zip import suite_zip

COMMAND = ["schemas", "add", "suite.zip"]
SAYS = "would lie outside its folder"


def setup(folder: Path) -> None:
    (folder / "suite.zip").write_bytes(suite_zip())


def spoil(folder: Path) -> None:
    (folder / "suite.zip").write_bytes(suite_zip({"../../escaped.dtd": b"<!ELEMENT a ANY>"}))
