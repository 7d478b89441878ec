"""What has not changed is not made again; what has, is, with the bytes of a clean build."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pubtool import batch, files, resources, store, surroundings
from pubtool.diagnostics import Diagnostic
from pubtool.outcome import Done, Job
from tests.chapters import files as files_in
from tests.chapters import job, project

SHEET = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:include href="lib/{part}.xsl"/>
  <xsl:template match="@*|node()">
    <xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy>
  </xsl:template>
</xsl:stylesheet>"""
PART = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template match="sec">
    <sec sec-type="{word}"><xsl:apply-templates select="@*|node()"/></sec>
  </xsl:template>
</xsl:stylesheet>"""
SCHEMATRON = """<schema xmlns="http://purl.oclc.org/dsdl/schematron">
  <ns prefix="c" uri="urn:pubtool:chapter:1"/>
  <pattern><rule context="c:chapter"><report test="false()">{word}</report></rule></pattern>
</schema>"""


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    surroundings.fingerprint.cache_clear()
    yield
    surroundings.fingerprint.cache_clear()


def house(folder: Path) -> Path:
    """A project that uses all that a project may bring along."""
    project(folder)
    for kind, name in (("styles", "screen.css"), ("templates", "page.html")):
        (folder / kind).mkdir()
        shutil.copy(resources.builtin(kind) / name, folder / kind / name)
    (folder / "lib").mkdir()
    (folder / "lib" / "words.xsl").write_text(PART.format(word="One"))
    (folder / "house.xsl").write_text(SHEET.format(part="words"))
    (folder / "schema").mkdir()
    (folder / "schema" / "house.sch").write_text(SCHEMATRON.format(word="One"))
    shutil.copy(folder / "images" / "dot.png", folder / "cover.png")
    more = '[format.jats]\nafter = "house.xsl"\n[house]\nschematron = "house.sch"\n'
    with (folder / "pubtool.toml").open("a") as toml:
        toml.write(f'{more}[epub]\ncover = "cover.png"\n')
    return folder


def exported(what: Job) -> Done:
    """A job done as the command line does it, without error."""
    done = batch.decided(what) or batch.work(what)
    assert not done.failed, done.findings
    return done


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    # Neither size nor time of change shall give the change away.
    before = path.stat()
    path.write_text(text.replace(old, new))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def repaint(path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (2000, 2000), (10, 20, 30)).save(path)


CHANGES: dict[str, Callable[[Path], object]] = {
    "chapter": lambda f: edit(f / "ch1.xml", "number 1", "number 2"),
    "image": lambda f: repaint(f / "images" / "dot.png"),
    "style": lambda f: edit(f / "styles" / "screen.css", "color", "colour"),
    "new-style": lambda f: (f / "styles" / "epub.css").write_text("p { margin: 0 }"),
    "template": lambda f: edit(f / "templates" / "page.html", "<body", "<body class='x'"),
    "setting": lambda f: edit(f / "pubtool.toml", "Example Press", "Another Press"),
    "numbering": lambda f: (f / "pubtool.toml").open("a").write("[numbering]\nsections = true\n"),
    "xslt": lambda f: edit(f / "house.xsl", 'version="1.0"', 'version="1.1"'),
    "xslt-included": lambda f: edit(f / "lib" / "words.xsl", "One", "Two"),
    "schematron": lambda f: edit(f / "schema" / "house.sch", "One", "Two"),
    "cover": lambda f: repaint(f / "cover.png"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_goes_in_decides(change: str, tmp_path: Path) -> None:
    folder = house(tmp_path / "project")
    formats = ("jats", "html", "epub")
    assert not exported(job(folder, *formats)).cached
    assert exported(job(folder, *formats)).cached
    CHANGES[change](folder)
    assert not exported(job(folder, *formats)).cached
    shutil.copytree(folder, tmp_path / "clean", ignore=shutil.ignore_patterns("build"))
    batch.work(replace(job(tmp_path / "clean", *formats), cached=False))
    assert files_in(folder / "build") == files_in(tmp_path / "clean" / "build")


def test_an_image_nearer_to_the_chapter_decides(tmp_path: Path) -> None:
    """The project's image is taken only while the chapter's own folder has none."""
    folder = project(tmp_path / "project")
    (folder / "chapters").mkdir()
    (folder / "ch1.xml").rename(folder / "chapters" / "ch1.xml")
    what = replace(job(folder, "html"), path=folder / "chapters" / "ch1.xml")
    exported(what)
    assert exported(what).cached
    (folder / "chapters" / "images").mkdir()
    repaint(folder / "chapters" / "images" / "dot.png")
    assert not exported(what).cached


@pytest.mark.parametrize("part", ["_packages", "_libraries"])
def test_the_machine_decides(part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(tmp_path / "project")
    exported(job(folder))
    monkeypatch.setattr(surroundings, part, lambda: iter(["weasyprint-1000.0.dist-info"]))
    surroundings.fingerprint.cache_clear()
    assert not exported(job(folder)).cached


def test_a_new_font_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(tmp_path / "project")
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    monkeypatch.setattr(surroundings, "_FONTS", (str(fonts),))
    exported(job(folder))
    (fonts / "new.ttf").write_bytes(b"font")
    surroundings.fingerprint.cache_clear()
    assert not exported(job(folder)).cached


@pytest.mark.parametrize("what", ["level", "formats", "pages"])
def test_what_is_asked_decides(what: str, tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    exported(job(folder))
    changed = {
        "level": job(folder, level="full"),
        "formats": job(folder, "html"),
        "pages": replace(job(folder), write_pages=True),
    }
    assert batch.decided(changed[what]) is None


def test_limits_and_place_do_not_decide(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    first = exported(job(folder))
    folder.rename(tmp_path / "moved")
    there = job(tmp_path / "moved", out="elsewhere")
    limits = replace(there.settings.limits, chapter_seconds=7)
    there = replace(there, settings=replace(there.settings, limits=limits))
    again = exported(there)
    assert again.cached
    assert {o.path.parent for o in again.outcomes} == {tmp_path / "moved" / "elsewhere"}
    assert [(o.format, o.size, o.passed) for o in again.outcomes] == [
        (o.format, o.size, o.passed) for o in first.outcomes
    ]


def test_findings_are_told_again_as_if_new(tmp_path: Path) -> None:
    folder = house(tmp_path / "project")
    edit(folder / "ch1.xml", '<institution ror="https://ror.org/05dxps055">', "<institution>")
    edit(folder / "ch1.xml", "Words with", "Words <query>Which?</query> with")
    first = exported(job(folder))
    assert {Path(f.file).name for f in first.findings} >= {"ch1.xml", "ch1.jats.xml"}
    shutil.move(folder, tmp_path / "moved")
    again = exported(job(tmp_path / "moved"))
    assert again.cached

    def moved(finding: Diagnostic) -> Diagnostic:
        return replace(finding, file=finding.file.replace(str(folder), str(tmp_path / "moved")))

    assert again.findings == tuple(map(moved, first.findings))


def test_what_is_gone_or_damaged_is_put_in_place(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    exported(job(folder))
    made = files_in(folder / "build")
    (folder / "build" / "ch1.html").unlink()
    (folder / "build" / "ch1.jats.xml").write_text("spoilt")
    assert exported(job(folder)).cached
    assert files_in(folder / "build") == made


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    exported(job(folder))
    before = {p: p.stat().st_ino for p in (folder / "build").iterdir()}
    assert exported(job(folder)).cached
    assert {p: p.stat().st_ino for p in (folder / "build").iterdir()} == before


def test_damage_in_the_store_does_no_harm(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    exported(job(folder))
    made = files_in(folder / "build")
    for blob in (store.folder() / "blobs").rglob("*"):
        if blob.is_file():
            blob.write_bytes(b"damaged")
    shutil.rmtree(folder / "build")
    assert not exported(job(folder)).cached
    assert files_in(folder / "build") == made
    for record in (store.folder() / "records").iterdir():
        record.write_text('{"outcomes": 1}')
    assert not exported(job(folder)).cached


def test_what_failed_is_not_kept(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    edit(folder / "ch1.xml", 'rid="fig1"', 'rid="fig9"')
    assert batch.work(job(folder)).failed
    assert batch.decided(job(folder)) is None
    assert not (store.folder() / "records").exists()


def test_a_chapter_changed_during_the_work_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path / "project")
    usual = batch._exported

    def meanwhile(what: Job, apart: batch.Branches) -> Iterator[object]:
        yield from usual(what, apart)
        edit(folder / "ch1.xml", "number 1", "number 2")

    monkeypatch.setattr(batch, "_exported", meanwhile)
    assert not batch.work(job(folder)).failed
    edit(folder / "ch1.xml", "number 2", "number 1")
    assert batch.decided(job(folder)) is None


def test_what_cannot_be_made_any_more_goes(tmp_path: Path) -> None:
    """A format left out leaves no file of an earlier run behind, kept or made."""
    folder = project(tmp_path / "project")
    edit(folder / "ch1.xml", "<doi>10.5555/fault.1</doi>", "")
    done = exported(job(folder, "metadata"))
    assert "crossref" not in {o.format for o in done.outcomes}
    (folder / "build" / "ch1.crossref.xml").write_text("of an earlier run")
    (folder / "build" / "ch1.bib.invalid").write_text("of an earlier run")
    assert exported(job(folder, "metadata")).cached
    left = set(files_in(folder / "build"))
    assert left == {o.path.name for o in done.outcomes}


def test_the_least_recently_used_goes(tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 2)
    for number in (1, 2):
        exported(job(folder, number=number))
    for path in files.cache_folder().rglob("*"):
        os.utime(path, (time.time() - 1000,) * 2)
    assert exported(job(folder, number=1)).cached
    used = sum(part.size for part in store.parts())
    store.trim(1 + used // 1_000_000)
    assert sum(part.size for part in store.parts()) == used
    # Room for what was just used, in whole megabytes there is not: measured in bytes.
    store._trim_to(used - 1)
    assert exported(job(folder, number=1)).cached
    assert batch.decided(job(folder, number=2)) is None
    store.clear()
    assert store.parts() == []


def test_a_full_or_read_only_cache_only_means_to_make_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path / "project")
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert not exported(job(folder)).cached
    assert not exported(job(folder)).cached


def test_the_pages_of_an_earlier_print_run_decide(tmp_path: Path) -> None:
    """An EPUB takes its page numbers from the print edition, if that has been made."""
    folder = project(tmp_path / "project")
    exported(job(folder))
    (folder / "build" / "ch1.print.pages.json").write_text("{}")
    assert batch.decided(job(folder)) is None
