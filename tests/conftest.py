"""What all tests share: real inputs, editions made from them, and a cache of their own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pubtool import config, intake, readers, tools
from pubtool.checks.verapdf import broken
from pubtool.diagnostics import Place, ToolMissing, errors
from pubtool.edition import Edition
from pubtool.settings import Settings

REPOSITORY = Path(__file__).parent.parent
SHARED = REPOSITORY.parent / "shared"
EVERYTHING = REPOSITORY / "tests" / "golden" / "everything" / "chapter.xml"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected files")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the person who runs the tests has cached or added is neither used nor touched."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


def shared(relative: str) -> Path:
    """A file beside the repository; its absence skips a test, but fails it under CI."""
    path = SHARED / relative
    if not path.exists():
        absent(f"../shared/{relative} is not here")
    return path


def needs_ace() -> None:
    """Skip where Ace is not installed; `make test` installs it, so its absence fails under CI."""
    if tools.ace_path() is None:
        absent("Ace is not installed: make ace")


def absent(message: str) -> None:
    """A prerequisite is missing: a skipped test, but a failed one under CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def needed(path: str, package: str) -> Path:
    """A file of a Debian package; without it a test is skipped, or fails under CI."""
    found = Path(path)
    if not found.exists():
        absent(f"{package} is not installed")
    return found


@pytest.fixture(scope="session")
def press_profile() -> Path:
    """An ICC profile for four inks."""
    return needed("/usr/share/color/icc/ghostscript/default_cmyk.icc", "ghostscript")


@pytest.fixture(scope="session")
def ghostscript() -> str:
    return str(needed("/usr/bin/gs", "ghostscript"))


@pytest.fixture(scope="session")
def verapdf() -> Callable[[bytes, str], list[str]]:
    """What veraPDF says of a PDF under a profile; skips where it is not there."""
    try:
        tools.verapdf_folder()
    except ToolMissing as missing:
        pytest.skip(f"{missing.message}: {missing.hint}")
    place = Place("c.pdf")
    return lambda data, profile: [f.message for f in broken(data, profile, place)]


@pytest.fixture(scope="session")
def seed() -> Path:
    """The real chapter as plain text."""
    return shared("seed/chapter-08.txt")


@pytest.fixture(scope="session")
def seed_chapter(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real chapter as it is read from its plain text."""
    path = tmp_path_factory.mktemp("seed") / "chapter.xml"
    path.write_bytes(readers.read(seed, Settings()).data)
    return path


@pytest.fixture(scope="session")
def edition_of() -> Callable[[Path], Edition]:
    """Load a chapter file that must be without errors, as an edition."""

    def load(path: Path) -> Edition:
        settings, _ = config.load(path)
        source, findings = intake.load(path, settings)
        edition, more = intake.edition(source, settings)
        assert errors([*findings, *more]) == []
        return edition

    return load


@pytest.fixture(scope="session")
def everything(edition_of: Callable[[Path], Edition]) -> Edition:
    """The chapter that uses every element of the schema."""
    return edition_of(EVERYTHING)
