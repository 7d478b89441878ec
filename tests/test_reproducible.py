"""The same chapter gives the same bytes, wherever and whenever it is exported."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import EVERYTHING
from tests.spoiling import press
from tests.test_bad_input import pubtool

METADATA = "datacite,datacite-json,onix,marc,marcxml,mods,oai-dc,qdc,csl-json,bibtex,ris,schema-org"
FORMATS = f"jats,bits,html,pdf,epub,docx,odt,latex,typst,markdown,icml,{METADATA},print"
# Beside each PDF stand the facts about its pages.
BESIDE = 2


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory, press_profile: Path) -> list[dict[str, bytes]]:
    """Every format of the golden chapter, exported in two folders, time zones and languages."""
    built = []
    for zone, language in (("Asia/Baku", "C"), ("America/Los_Angeles", "tr_TR.UTF-8")):
        folder = tmp_path_factory.mktemp(language.replace(".", "-"))
        shutil.copytree(EVERYTHING.parent, folder, dirs_exist_ok=True)
        press(folder)
        done = pubtool(
            "export",
            "chapter.xml",
            "--format",
            FORMATS,
            "--check",
            "none",
            cwd=folder,
            TZ=zone,
            LANG=language,
            LC_ALL=language,
        )
        assert done.returncode == 0, done.stderr
        built.append({p.name: p.read_bytes() for p in (folder / "build").iterdir()})
    return built


def test_the_same_files_are_made(twice: list[dict[str, bytes]]) -> None:
    assert len(twice[0]) == len(FORMATS.split(",")) + BESIDE
    assert set(twice[0]) == set(twice[1])


@pytest.mark.parametrize(
    "suffix",
    [
        ".jats.xml",
        ".bits.xml",
        ".html",
        ".pdf",
        ".epub",
        ".docx",
        ".odt",
        ".tex",
        ".typ",
        ".md",
        ".icml",
        ".print.pdf",
        ".pages.json",
        ".print.pages.json",
    ],
)
def test_byte_by_byte(twice: list[dict[str, bytes]], suffix: str) -> None:
    first, second = (built[f"chapter{suffix}"] for built in twice)
    assert first == second
