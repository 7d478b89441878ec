"""What all tests share: real inputs, editions made from them, and a cache of their own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pubtool import config, intake, tools
from pubtool.diagnostics import errors
from pubtool.edition import Edition

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


@pytest.fixture(scope="session")
def seed() -> Path:
    """The real chapter as plain text."""
    return shared("seed/chapter-08.txt")


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
