from pathlib import Path

import pytest
from tests.spoiling import restricted_font

COMMAND = ["export", "chapter.xml", "--format", "epub", "--check", "none"]
SAYS = "“Gentium Book Plus” may not be embedded"


def setup(folder: Path) -> None:
    path = folder / "pubtool.toml"
    path.write_text(f'{path.read_text()}\n[epub]\nfonts = ["Gentium Book Plus"]\n')


def spoil(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The font says that it must not be embedded."""
    monkeypatch.setenv("FONTCONFIG_FILE", str(restricted_font(folder, 0x0002)))
