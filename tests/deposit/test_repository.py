"""Deposits in the real InvenioRDM 14, whose search index is a stand-in (`make test-deposit`)."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from pubtool.cli import main
from pubtool.deposit.engine import Transport
from pubtool.deposit.kind import Kind
from pubtool.deposit.receipt import read_receipt
from pubtool.deposit.step import METADATA, VERSION, File, Job, Request, Response
from pubtool.edition import Edition
from tests.deposit.conftest import FILES, GOOD, Bench, job_for
from tests.deposit.loopback import FAULTS, Answer, App, Asked, Faults, serving
from tests.deposit.recorded import Recorder, keep
from tests.deposit.servers import Server, running

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running("repository", tmp_path_factory.mktemp("invenio") / "data", "0.3") as server:
        yield server


@pytest.fixture
def api(server: Server) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {server.token}"}
    with httpx.Client(base_url=f"{server.address}/api", headers=headers, timeout=60) as client:
        yield client


def fresh(edition: Edition, number: int, **facts: Any) -> Edition:
    """The good chapter under another DOI."""
    said = {"doi": f"10.5555/real.{number}", **facts}
    chapter = replace(edition.chapter, record=replace(edition.chapter.record, **said))
    return replace(edition, chapter=chapter)


def marker(number: int) -> str:
    return f"urn:uuid:6f1c1c5e-0000-5000-8000-{number:012}"


def slow(folder: Path, server: Server) -> Bench:
    """A bench with the patience of a real server."""
    return Bench(folder, server.token, silent=60)


def test_a_chapter_is_created_published_versioned_and_read_back(
    server: Server, api: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    shutil.copytree(GOOD.parent, project)
    settings = project / "pubtool.toml"
    target = f'[deposit.here]\nkind = "invenio"\naddress = "{server.address}"\n'
    settings.write_text(f"{settings.read_text()}\n{target}")
    monkeypatch.chdir(project)
    monkeypatch.setenv("PUBTOOL_HERE_TOKEN", server.token)

    def pubtool(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, list(words))
        assert result.exit_code == code, result.output
        return result.output

    pubtool("export", "--format", "pdf,epub,jats")
    assert "draft" in pubtool("deposit", "here")
    assert "published" in pubtool("deposit", "here", "--publish")
    assert "already there" in pubtool("deposit", "here", "--publish")

    receipt = read_receipt(project / "build/deposits/here/chapter.receipt.json")
    record = api.get(f"/records/{receipt['ids']['id']}").json()
    assert record["metadata"]["title"] == "A chapter without a fault"
    (author,) = record["metadata"]["creators"]
    assert author["person_or_org"]["family_name"] == "Əliyeva"
    orcid = {"identifier": "0000-0002-1825-0097", "scheme": "orcid"}
    assert author["person_or_org"]["identifiers"] == [orcid]
    assert record["metadata"]["rights"][0]["id"] == "cc-by-4.0"
    imprint = record["custom_fields"]["imprint:imprint"]
    assert (imprint["title"], imprint["pages"]) == ("A volume", "1-9")
    assert record["pids"]["doi"]["identifier"] == "10.5555/fault.1"
    build = project / "build"
    for name in ("chapter.pdf", "chapter.epub", "chapter.jats.xml"):
        held = api.get(f"/records/{record['id']}/files/{name}/content", follow_redirects=True)
        assert held.content == (build / name).read_bytes()

    chapter = project / "chapter.xml"
    chapter.write_text(
        chapter.read_text().replace("short abstract", "longer abstract").replace("fault.1<", "f.2<")
    )
    pubtool("export", "--format", "pdf,epub,jats")
    assert "PT859" in pubtool("deposit", "here", "--publish", code=1)
    assert "published" in pubtool("deposit", "here", "--publish", "--new-version")
    later = read_receipt(project / "build/deposits/here/chapter.receipt.json")
    assert later["ids"]["version"] == "2"
    assert later["ids"]["id"] != record["id"]
    second = api.get(f"/records/{later['ids']['id']}").json()
    assert "longer abstract" in second["metadata"]["description"]
    assert second["parent"]["id"] == record["parent"]["id"]


def test_a_doi_that_the_repository_gives_is_written_into_the_chapter(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    shutil.copytree(GOOD.parent, project)
    settings, chapter = project / "pubtool.toml", project / "chapter.xml"
    target = f'[deposit.here]\nkind = "invenio"\naddress = "{server.address}"\n'
    settings.write_text(f'{settings.read_text()}\n{target}formats = ["jats"]\n')
    given = "<doi>10.5555/fault.1</doi><url>https://example.org/fault/1</url>"
    chapter.write_text(chapter.read_text().replace(given, "").replace('id="ch01"', 'id="ch77"'))
    before = chapter.read_text()
    monkeypatch.chdir(project)
    monkeypatch.setenv("PUBTOOL_HERE_TOKEN", server.token)
    for words in (["export", "-f", "jats"], ["deposit", "here", "--publish", "--write-ids"]):
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, result.output
    ids = read_receipt(project / "build/deposits/here/chapter.receipt.json")["ids"]
    said = f"<identifiers><doi>{ids['doi']}</doi><url>{ids['link']}</url></identifiers>"
    assert ids["doi"].startswith("10.5072/")
    assert chapter.read_text() == before.replace("<identifiers></identifiers>", said)


def test_metadata_alone_can_be_corrected(
    server: Server, api: httpx.Client, good: Edition, tmp_path: Path
) -> None:
    bench, edition = slow(tmp_path, server), fresh(good, 1)
    job = job_for(edition, "invenio", server.address, publish=True, marker=marker(1))
    first = bench.deposit(job)
    corrected = replace(
        job, edition=fresh(good, 1, title="A better title"), what=METADATA, files=()
    )
    second = bench.deposit(corrected)
    assert (first.state, second.state) == ("published", "published"), second.findings
    record = api.get(f"/records/{first.facts['id']}").json()
    assert record["metadata"]["title"] == "A better title"
    assert second.facts["id"] == first.facts["id"]
    assert {e["key"] for e in api.get(f"/records/{record['id']}/files").json()["entries"]} == {
        file.name for file in FILES
    }


def test_an_embargo_closes_the_files(
    server: Server, api: httpx.Client, good: Edition, tmp_path: Path
) -> None:
    edition = fresh(good, 2)
    package = replace(edition.settings.package, embargo="2099-01-31")
    edition = replace(edition, settings=replace(edition.settings, package=package))
    job = job_for(edition, "invenio", server.address, publish=True, marker=marker(2))
    outcome = slow(tmp_path, server).deposit(job)
    assert outcome.state == "published", outcome.findings
    access = api.get(f"/records/{outcome.facts['id']}").json()["access"]
    assert (access["files"], access["embargo"]["until"]) == ("restricted", "2099-01-31")


TRAPS = {
    "unknown word of a vocabulary": (
        {"license_href": "https://creativecommons.org/licenses/by/3.0/"}, "PT855", "cc-by-3.0",
    ),
    "200 with errors": ({"published": "2026-13-45"}, "PT858", "publication_date"),
}  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_what_the_server_only_hints_at_is_a_failure(
    trap: str, server: Server, good: Edition, tmp_path: Path
) -> None:
    facts, rule, said = TRAPS[trap]
    edition = fresh(good, 3 + len(trap), **facts)
    job = job_for(edition, "invenio", server.address, publish=True, marker=marker(3 + len(trap)))
    outcome = slow(tmp_path, server).deposit(job)
    assert outcome.state == "failed"
    assert [f.rule for f in outcome.findings] == [rule]
    assert said in outcome.findings[0].message


def test_a_wrong_orcid_that_is_dropped_is_a_failure(
    server: Server, good: Edition, tmp_path: Path
) -> None:
    (author,) = good.chapter.record.contributors
    edition = fresh(good, 4, contributors=(replace(author, orcid="0000-0002-1825-0098"),))
    job = job_for(edition, "invenio", server.address, publish=True, marker=marker(4))
    outcome = slow(tmp_path, server).deposit(job)
    assert [f.rule for f in outcome.findings] == ["PT858"]


@dataclass
class Meddling:
    """A transport after whose confirmation of a file somebody replaces it."""

    wire: Any
    api: httpx.Client
    done: bool = False

    def __enter__(self) -> Meddling:
        return self

    def __exit__(self, *error: Any) -> None:
        self.wire.__exit__(*error)

    def send(self, request: Request) -> Response:
        response: Response = self.wire.send(request)
        if request.url.endswith("/commit") and not self.done:
            self.done = True
            place = request.url.partition("/api")[2].replace("/commit", "/content")
            kind = {"Content-Type": "application/octet-stream"}
            assert self.api.put(place, content=b"replaced", headers=kind).status_code == 200
        return response


@dataclass
class MeddledBench(Bench):
    api: Any = None

    def open(
        self, kind: Kind, job: Job, secret: str, sign: Callable[[Request], Request]
    ) -> AbstractContextManager[Transport]:
        return Meddling(super().open(kind, job, secret, sign), self.api)


def test_a_file_replaced_after_its_commit_is_not_published(
    server: Server, api: httpx.Client, good: Edition, tmp_path: Path
) -> None:
    bench = MeddledBench(tmp_path, server.token, silent=60, api=api)
    job = job_for(fresh(good, 5), "invenio", server.address, publish=True, marker=marker(5))
    outcome = bench.deposit(job)
    assert [f.rule for f in outcome.findings] == ["PT857"]
    assert api.get(f"/records/{outcome.facts['id']}").status_code == 404


def forwarding(address: str) -> App:
    """An app that passes requests on to the real server."""
    client = httpx.Client(base_url=address, timeout=60)
    kept = ("authorization", "content-type", "accept")

    def app(asked: Asked) -> Answer:
        url = f"{asked.path}?{asked.query}" if asked.query else asked.path
        headers = {name: asked.headers[name] for name in kept if name in asked.headers}
        got = client.request(asked.method, url, headers=headers, content=asked.body)
        told = {"Content-Type": got.headers.get("content-type", "text/plain")}
        return Answer(got.status_code, got.content, told)

    return app


@pytest.mark.parametrize("number", range(int(os.environ.get("PUBTOOL_REAL_FAULTS", "16"))))
def test_a_fault_at_some_request_makes_one_record(
    number: int, server: Server, api: httpx.Client, good: Edition, tmp_path: Path
) -> None:
    chance = random.Random(number)
    fault, at = FAULTS[number % 6], chance.randrange(13)
    faults = Faults(forwarding(server.address), fault, at, seconds=4)
    bench = Bench(tmp_path, server.token, silent=3, look=0.5)
    with serving(faults) as address:
        edition = fresh(good, 100 + number, title=f"Fault number {number}")
        job = job_for(edition, "invenio", address, publish=True, marker=marker(100 + number))
        for _ in range(3):
            outcome = bench.deposit(job)
            if outcome.state == "published":
                break
    assert outcome.state == "published", (fault, at, outcome.findings)
    time.sleep(1)  # the index takes a while
    query = {"q": f'metadata.title:"Fault number {number}"', "size": 50}
    found = api.get("/user/records", params=query).json()["hits"]["hits"]
    assert [hit["id"] for hit in found] == [outcome.facts["id"]], (fault, at)
    entries = api.get(f"/records/{outcome.facts['id']}/files").json()["entries"]
    sums = {entry["key"]: entry["checksum"].removeprefix("md5:") for entry in entries}
    assert sums == {file.name: file.md5 for file in FILES}


@dataclass
class RecordingBench(Bench):
    recorders: list[Recorder] = field(default_factory=list)

    def open(
        self, kind: Kind, job: Job, secret: str, sign: Callable[[Request], Request]
    ) -> AbstractContextManager[Transport]:
        wire = super().open(kind, job, secret, sign)
        self.recorders.append(Recorder(wire, job.target.address))
        return self.recorders[-1]


def test_exchanges_are_recorded(
    server: Server, good: Edition, tmp_path: Path, update_golden: bool
) -> None:
    """Deposit, publish, version: what test_recorded.py plays back."""
    bench = RecordingBench(tmp_path, server.token, silent=60)
    edition = fresh(good, 6)
    job = job_for(edition, "invenio", server.address, marker=marker(6))
    assert bench.deposit(job).state == "draft"
    assert bench.deposit(replace(job, publish=True)).state == "published"
    later = replace(
        job, edition=fresh(good, 7), what=VERSION, publish=True,
        files=(File("chapter.pdf", b"%PDF-1.7 second"),),
    )  # fmt: skip
    assert bench.deposit(later).state == "published"
    exchanges = [one for recorder in bench.recorders for one in recorder.exchanges]
    text = json.dumps(exchanges)
    assert server.token not in text
    if update_golden:
        keep("invenio", exchanges)


def test_no_token_is_in_the_list_of_processes_or_in_what_is_written(
    server: Server, good: Edition, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    shutil.copytree(GOOD.parent, project)
    settings = project / "pubtool.toml"
    target = f'[deposit.here]\nkind = "invenio"\naddress = "{server.address}"\n'
    settings.write_text(f'{settings.read_text()}\n{target}formats = ["jats"]\n')
    chapter = project / "chapter.xml"
    chapter.write_text(chapter.read_text().replace("fault.1<", "processes<").replace("ch01", "c2"))
    environment = {**os.environ, "PUBTOOL_HERE_TOKEN": server.token}
    program = [sys.executable, "-m", "pubtool"]
    subprocess.run([*program, "export", "-f", "jats"], cwd=project, check=True, capture_output=True)
    said, lists = b"", b""
    process = subprocess.Popen(
        [*program, "deposit", "here", "--publish"], cwd=project, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    while process.poll() is None:
        for one in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                lists += one.read_bytes()
            except OSError:
                continue
    said = process.stdout.read() if process.stdout else b""
    assert process.returncode == 0, said
    assert b"deposit\x00here" in lists
    written = b"".join(path.read_bytes() for path in project.rglob("*") if path.is_file())
    assert server.token.encode() not in lists + said + written
    assert tomllib.loads(settings.read_text())["deposit"]["here"]["kind"] == "invenio"
