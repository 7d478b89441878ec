"""`pubtool deposit` as it is typed: many chapters, dry runs, status, ids written back."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from pubtool.cli import main
from pubtool.deposit.receipt import read_receipt
from pubtool.identifying import with_identifiers
from pubtool.source import NAMESPACE
from tests.deposit.conftest import GOOD, TOKEN
from tests.deposit.fake_invenio import Invenio
from tests.deposit.loopback import Faults, serving

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    shutil.copytree(GOOD.parent, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PUBTOOL_HERE_TOKEN", TOKEN)
    return folder


def target(project: Path, address: str, chapters: int = 1) -> None:
    """Chapters, their JATS exported, and the target “here”."""
    settings, chapter = project / "pubtool.toml", project / "chapter.xml"
    text = settings.read_text().replace('["chapter.xml"]', '["ch*.xml"]')
    said = f'[deposit.here]\nkind = "invenio"\naddress = "{address}"\nformats = ["jats"]\n'
    settings.write_text(f"{text}\n{said}")
    for number in range(2, chapters + 1):
        words = chapter.read_text().replace('id="ch01"', f'id="ch{number:02}"')
        (project / f"ch{number:02}.xml").write_text(words.replace("fault.1<", f"fault.{number}<"))
    run("export", "--format", "jats")


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_one_failure_does_not_stop_the_rest(project: Path) -> None:
    server = Invenio(TOKEN)
    with serving(server) as address:
        target(project, address, chapters=4)
        (project / "build" / "ch02.jats.xml").write_text("<article/>")
        code, said = run("deposit", "here", "--publish")
        assert code == 1
        assert "PT853" in said
        assert len(server.records) == 3
        run("export", "--format", "jats")
        code, said = run("deposit", "here", "--publish")
    assert code == 0
    assert said.count("already there") == 3
    assert len(server.records) == 4


def test_many_chapters_show_their_progress_on_a_terminal(project: Path) -> None:
    ours, theirs = pty.openpty()
    with serving(Invenio(TOKEN)) as address, open(ours, "rb", buffering=0) as terminal:
        target(project, address, chapters=3)
        program = [sys.executable, "-m", "pubtool", "deposit", "here"]
        process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=theirs)
        os.close(theirs)
        shown = b""
        # Linux says that nobody is left at the other end by an error.
        with suppress(OSError):
            while part := terminal.read(4096):
                shown += part
        table = process.communicate()[0]
    assert process.returncode == 0
    assert table.count(b"draft") == 3
    assert b"Depositing" in shown
    assert b"100%" in shown


def test_a_dry_run_sends_nothing_and_needs_no_token(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = Faults(Invenio(TOKEN))
    with serving(faults) as address:
        target(project, address)
        monkeypatch.delenv("PUBTOOL_HERE_TOKEN")
        code, said = run("deposit", "here", "--publish", "--dry-run")
    assert code == 0
    assert faults.seen == 0
    assert not (project / "build" / "deposits").exists()
    assert "authors or anonymous  said  must" in said
    assert "PUT " + address + "/api/records/{id}/draft/files/chapter.jats.xml/content" in said
    assert '"publication_date": "2026-02-01"' in said
    assert "/draft/actions/publish" in said


def test_what_is_forced_stands_in_the_receipt(project: Path) -> None:
    server = Invenio(TOKEN)
    with serving(server) as address:
        target(project, address)
        chapter = project / "chapter.xml"
        chapter.write_text(chapter.read_text().replace("It is one", "It<query>?</query> is one"))
        code, said = run("deposit", "here")
        assert (code, server.drafts) == (1, {})
        code, said = run("deposit", "here", "--force")
    assert code == 0
    assert "warning PT854" in said
    receipt = read_receipt(project / "build/deposits/here/chapter.receipt.json")
    assert receipt["forced"] == ["PT854: 1 open query"]


def test_ids_are_written_and_every_other_byte_stays(project: Path) -> None:
    chapter = project / "chapter.xml"
    text = chapter.read_text()
    given = "<doi>10.5555/fault.1</doi><url>https://example.org/fault/1</url>"
    chapter.write_text(text.replace(given, ""))
    with serving(Invenio(TOKEN)) as address:
        target(project, address)
        code, said = run("deposit", "here", "--publish", "--write-ids")
        assert code == 0, said
        told = read_receipt(project / "build/deposits/here/chapter.receipt.json")["ids"]
        written = f"<doi>{told['doi']}</doi><url>{told['link']}</url>"
        assert chapter.read_text() == text.replace(given, written)
        code, said = run("deposit", "here", "--publish", "--write-ids")
    assert "already there" in said


def test_status_tells_every_receipt_and_asks_the_server(project: Path) -> None:
    server = Invenio(TOKEN)
    with serving(server) as address:
        target(project, address)
        run("deposit", "here")
        _, receipts = run("deposit", "status")
        _, asked = run("deposit", "status", "here")
        (id_,) = server.drafts
        server.drafts.clear()
        code, gone = run("deposit", "status", "here")
    assert receipts.startswith("here  chapter.xml  draft")
    assert id_ in receipts
    assert asked.startswith("chapter.xml  draft")
    assert (code, "404" in gone) == (1, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["here", "--new-version", "--metadata-only"], 2, "choose one"),
        (["here", "--embargo", "soon"], 2, "no date"),
        (["there"], 1, "PT850"),
        (["hear"], 1, "here"),
    ],
)
def test_wrong_usage_is_said(project: Path, words: list[str], code: int, said: str) -> None:
    target(project, "http://127.0.0.1:9")
    got, output = run("deposit", *words)
    assert got == code
    assert said in output


def test_a_draft_is_brought_up_to_date(project: Path) -> None:
    server = Invenio(TOKEN)
    with serving(server) as address:
        target(project, address)
        run("deposit", "here")
        chapter = project / "chapter.xml"
        chapter.write_text(chapter.read_text().replace("A short abstract", "A longer abstract"))
        run("export", "--format", "jats")
        code, said = run("deposit", "here")
        assert code == 0, said
    (draft,) = server.drafts.values()
    assert "A longer abstract" in draft.body["metadata"]["description"]
    assert draft.files == {"chapter.jats.xml": (project / "build/chapter.jats.xml").read_bytes()}


FRONT = f'<chapter xmlns="{NAMESPACE}"><front>{{}}</front></chapter>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<title/>", "<title/><identifiers><doi>10.1/é&amp;</doi><url>u</url></identifiers>"),
        ("<title/>\n  <pages/>",
         "<title/>\n  <identifiers><doi>10.1/é&amp;</doi><url>u</url></identifiers>\n  <pages/>"),
        ("<identifiers/>", "<identifiers><doi>10.1/é&amp;</doi><url>u</url></identifiers>"),
        ("<identifiers>\n<url>x</url></identifiers>",
         "<identifiers><doi>10.1/é&amp;</doi>\n<url>x</url></identifiers>"),
        ("<identifiers><doi>x</doi><identifier/></identifiers>",
         "<identifiers><doi>x</doi><url>u</url><identifier/></identifiers>"),
    ],
)  # fmt: skip
def test_identifiers_go_where_the_schema_wants_them(before: str, after: str) -> None:
    made = with_identifiers(FRONT.format(before).encode(), "10.1/é&", "u")
    assert made == FRONT.format(after).encode()
    assert with_identifiers(made, "10.1/é&", "u") == made
