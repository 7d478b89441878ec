"""What docs/security.md promises about files that mean harm."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.chapters import files, project
from tests.conftest import REPOSITORY
from tests.test_bad_input import pubtool

SHEET = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:exsl="http://exslt.org/common" extension-element-prefixes="exsl">
  <xsl:template match="@*|node()" name="copy">
    <xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy>
  </xsl:template>
  {rule}
</xsl:stylesheet>"""
ENDLESS = """<xsl:template match="/">
  <xsl:call-template name="twice"><xsl:with-param name="left" select="60"/></xsl:call-template>
</xsl:template>
<xsl:template name="twice"><xsl:param name="left"/>
  <xsl:if test="$left > 0">
    <xsl:call-template name="twice"><xsl:with-param name="left" select="$left - 1"/>
    </xsl:call-template>
    <xsl:call-template name="twice"><xsl:with-param name="left" select="$left - 1"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>"""
REACHING = {
    "reads": "<xsl:copy-of select=\"document('pubtool.toml')\"/>",
    "fetches": "<xsl:copy-of select=\"document('http://127.0.0.1:9/x.xml')\"/>",
    "writes": '<exsl:document href="written.xml"><p/></exsl:document>',
}


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def with_sheet(folder: Path, rule: str) -> Path:
    (folder / "house.xsl").write_text(SHEET.format(rule=rule))
    with (folder / "pubtool.toml").open("a") as toml:
        toml.write('[format.jats]\nafter = "house.xsl"\n')
    return folder


@pytest.mark.parametrize("what", REACHING)
def test_a_house_stylesheet_reaches_nothing(what: str, tmp_path: Path) -> None:
    rule = f'<xsl:template match="body"><body>{REACHING[what]}</body></xsl:template>'
    folder = with_sheet(project(tmp_path / "project"), rule)
    done = pubtool("export", cwd=folder)
    assert (done.returncode, "PT801" in done.stderr) == (1, True), done.stderr
    assert "Traceback" not in done.stderr
    assert not list(folder.rglob("written.xml"))


def test_an_endless_stylesheet_is_stopped_and_the_rest_goes_on(tmp_path: Path) -> None:
    """libxslt never gives Python the word, so only the end of the process ends it."""
    folder = with_sheet(project(tmp_path / "project", 2), ENDLESS)
    done = pubtool("export", "-f", "jats", "-j", "2", "--time-limit", "6", cwd=folder)
    assert done.returncode == 3
    assert done.stderr.count("PT906") == 2
    assert pubtool("export", "-f", "html", cwd=folder).returncode == 0


@pytest.mark.parametrize("side", [14_000, 40_000])
def test_a_tiny_file_of_a_huge_image_is_a_finding(side: int, tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    Image.new("1", (side, side)).save(folder / "images" / "dot.png")
    toml = folder / "pubtool.toml"
    toml.write_text(f"{toml.read_text()}[limits]\nchapter-megabytes = 900\n")
    done = pubtool("export", "-f", "jats,pdf", "--check", "quick", "-j", "2", cwd=folder)
    assert (done.returncode, "PT734" in done.stderr) == (1, True), done.stderr
    assert "Traceback" not in done.stderr
    assert "ch1.pdf" not in files(folder / "build")


def test_a_chapter_beyond_the_input_limit_is_refused(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    with (folder / "pubtool.toml").open("a") as toml:
        toml.write("[limits]\ninput-megabytes = 1\nimage-megabytes = 1\n")
    chapter = folder / "ch1.xml"
    text = chapter.read_text()
    chapter.write_text(text.replace("Words with", f"{'Words ' * 300_000}with"))
    done = pubtool("export", cwd=folder)
    assert (done.returncode, "PT004" in done.stderr) == (1, True)
    chapter.write_text(text)
    (folder / "images" / "dot.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2_000_000))
    done = pubtool("export", cwd=folder)
    assert (done.returncode, "PT504" in done.stderr) == (1, True)
    assert not (folder / "build").exists()


def test_every_promise_names_a_test_that_is_there() -> None:
    text = (REPOSITORY / "docs" / "security.md").read_text()
    named = set(re.findall(r"`(test_\w+)\.py::(test_\w+)`", text))
    assert len(named) > 15
    for module, test in named:
        source = (REPOSITORY / "tests" / f"{module}.py").read_text()
        assert f"def {test}(" in source, f"{module}::{test}"
