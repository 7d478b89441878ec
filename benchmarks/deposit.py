"""How much slower `pubtool deposit` is than a bare client that sends the same requests.

    make repository                                (in another terminal)
    python benchmarks/deposit.py [CHAPTERS] [FOLDER]

Both go chapter by chapter to the InvenioRDM that `make repository` runs, taking turns, so that
whatever else the machine does hits both. What pubtool does besides (journal on the disk,
checksums, comparison, receipt) is the difference.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from pubtool import config, intake
from pubtool.deposit.connect import connect
from pubtool.deposit.invenio import KIND
from pubtool.deposit.run import deposit
from pubtool.deposit.step import File, Job
from pubtool.edition import Edition
from pubtool.packages.invenio import record
from pubtool.settings import Target

ROOT = Path(__file__).parent.parent
CHAPTER = ROOT / "tests" / "rules" / "good" / "chapter.xml"
LIMIT = 1.2


def edition_for(edition: Edition, marker: str) -> Edition:
    """The chapter under a DOI of its own."""
    facts = replace(edition.chapter.record, doi=f"10.5555/{marker.rsplit(':')[-1]}")
    return replace(edition, chapter=replace(edition.chapter, record=facts))


def bare(client: httpx.Client, edition: Edition, files: list[File], marker: str) -> None:
    """The requests of a deposit, one after the other, and nothing else."""

    def ask(method: str, path: str, **said: Any) -> Any:
        answer = client.request(method, path, **said)
        assert answer.status_code < 300, answer.text
        return answer.json()

    doi = edition.chapter.record.doi
    query = f'metadata.identifiers.identifier:"{marker}" OR pids.doi.identifier:"{doi}"'
    ask("GET", "/user/records", params={"q": query, "size": 10})
    marked = {"metadata": {"identifiers": [{"scheme": "urn", "identifier": marker}]}}
    id_ = ask("POST", "/records", json={**marked, "files": {"enabled": True}})["id"]
    ask("PUT", f"/records/{id_}/draft", json=record(edition))
    ask("GET", f"/records/{id_}/draft/files")
    ask("POST", f"/records/{id_}/draft/files", json=[{"key": file.name} for file in files])
    for file in files:
        place = f"/records/{id_}/draft/files/{file.name}"
        kind = {"Content-Type": "application/octet-stream"}
        ask("PUT", f"{place}/content", content=file.data, headers=kind)
        ask("POST", f"{place}/commit")
    ask("GET", f"/records/{id_}/draft/files")
    ask("POST", f"/records/{id_}/draft/actions/publish")
    ask("GET", f"/records/{id_}")
    ask("GET", f"/records/{id_}/files")


def main(chapters: int, folder: Path) -> None:
    """Measure, and print the ratio."""
    told = folder / "server.json"
    if not told.exists():
        print("deposit: no repository is running; see make repository")
        return
    server = json.loads(told.read_text())
    settings, _ = config.load(CHAPTER)
    source, _ = intake.load(CHAPTER, settings)
    edition, _ = intake.edition(source, settings)
    files = [File("chapter.pdf", bytes(range(256)) * 400), File("chapter.epub", b"PK" * 20_000)]
    target = Target(kind="invenio", address=server["address"])
    headers = {"Authorization": f"Bearer {server['token']}"}
    ours = theirs = 0.0
    with (
        tempfile.TemporaryDirectory() as out,
        httpx.Client(base_url=f"{server['address']}/api", headers=headers, timeout=60) as client,
    ):
        for number in range(chapters):
            first, second = uuid.uuid4().urn, uuid.uuid4().urn
            job = Job(target, "bench", f"c{number}", edition_for(edition, first), tuple(files),
                      first, publish=True)  # fmt: skip
            started = time.perf_counter()
            outcome = deposit(job, KIND, server["token"], Path(out), connect)
            ours += time.perf_counter() - started
            assert outcome.state == "published", outcome.findings
            started = time.perf_counter()
            bare(client, edition_for(edition, second), files, second)
            theirs += time.perf_counter() - started
    print(f"deposit: {chapters} chapters, {ours / chapters:.2f} s each; a bare client "
          f"{theirs / chapters:.2f} s; ratio {ours / theirs:.2f} (at most {LIMIT})")  # fmt: skip


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 500,
        Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / ".venv-repository" / "data",
    )
