"""What fixtures of tests/rules use to make an artifact and to spoil it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from pubtool import config, pipeline
from tests.conftest import needed


def export(folder: Path, format_: str) -> None:
    """The artifact of the good project in its build folder, unchecked."""
    settings, _ = config.load(folder)
    out = folder / "build"
    list(pipeline.export(folder / "chapter.xml", [format_], settings, out, "none"))


def rewrite(path: Path, suffix: str, old: bytes, new: bytes) -> None:
    """Replace bytes in the file of a ZIP whose name ends with `suffix`, keeping the rest."""
    with zipfile.ZipFile(path) as archive:
        files = [(info, archive.read(info)) for info in archive.infolist()]
    assert any(i.filename.endswith(suffix) and old in data for i, data in files)
    with zipfile.ZipFile(path, "w") as archive:
        for info, data in files:
            spoilt = data.replace(old, new) if info.filename.endswith(suffix) else data
            archive.writestr(info, spoilt)


def press(folder: Path, job: str = "", more: str = "") -> None:
    """A project that knows its press."""
    profile = needed("/usr/share/color/icc/ghostscript/default_cmyk.icc", "ghostscript")
    shutil.copy(profile, folder / "press.icc")
    (folder / "pubtool.toml").write_text(f'[print]\nicc = "press.icc"\n{job}\n{more}\n')
