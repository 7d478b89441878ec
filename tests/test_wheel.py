"""The wheel holds all it needs: built, installed where nothing else is ours, and exported from."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.wheel
NEEDED = [
    "pubtool/schema/chapter.xsd",
    "pubtool/styles/print.css",
    "pubtool/styles/screen.css",
    "pubtool/styles/epub.css",
    "pubtool/templates/page.html",
    "pubtool/templates/crossref.xml",
    "pubtool/py.typed",
]


def run(*command: str, cwd: Path, path: str = "") -> str:
    """Standard output of a command that must succeed."""
    done = subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder the wheel is installed into: built from a copy, so that no build sees another."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "copy"
    for name in ("src", "styles", "templates"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(REPOSITORY / name, copy / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(REPOSITORY / name, copy)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(folder), cwd=copy)
    (wheel,) = folder.glob("*.whl")
    target = folder / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--no-compile"]
    run(*pip, "--target", str(target), str(wheel), cwd=folder)
    shutil.rmtree(copy)
    return target


def test_styles_templates_and_schema_are_inside(installed: Path) -> None:
    assert [name for name in NEEDED if not (installed / name).is_file()] == []
    for kind in ("styles", "templates"):
        ours = {p.relative_to(REPOSITORY) for p in (REPOSITORY / kind).rglob("*") if p.is_file()}
        theirs = {
            p.relative_to(installed / "pubtool")
            for p in (installed / "pubtool" / kind).rglob("*")
            if p.is_file()
        }
        assert ours == theirs


def test_nothing_else_is_inside(installed: Path) -> None:
    names = {p.name for p in installed.iterdir()}
    assert {n for n in names if not n.startswith("pubtool-")} == {"pubtool", "bin"}


def test_the_installed_program_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    said = run(
        sys.executable,
        "-c",
        "import pubtool; print(pubtool.__file__)",
        cwd=tmp_path,
        path=str(installed),
    )
    assert Path(said.strip()).is_relative_to(installed)


def test_a_new_project_is_exported_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    program = [sys.executable, str(installed / "bin" / "pubtool")]
    run(*program, "new", "volume", cwd=tmp_path, path=str(installed))
    said = run(
        *program,
        "export",
        "--format",
        "jats,html,pdf",
        cwd=tmp_path / "volume",
        path=str(installed),
    )
    assert said.count("passed") == 3
    made = {p.name for p in (tmp_path / "volume" / "build").iterdir()}
    suffixes = ("jats.xml", "html", "pdf", "pages.json")
    assert made == {".gitignore", *(f"chapter-01.{suffix}" for suffix in suffixes)}
