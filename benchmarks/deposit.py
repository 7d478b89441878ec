"""How much slower `pubtool deposit` is than a bare client that sends the same requests.

    make repository                                (in another terminal)
    python benchmarks/deposit.py [CHAPTERS] [FOLDER]

A volume of 500 chapters, exported to JATS and HTML, goes to the InvenioRDM that `make repository`
runs: chapter by chapter as the command does it, and again under another DOI by a bare client. The
two take turns, and who begins changes, so that whatever else the machine does hits both. What
pubtool does besides (reading the chapter, the checks of its artifacts, the journal on the disk,
checksums, comparison, receipt) is the difference. At the end the repository is asked for every
chapter: it must be there once, its files as they are here.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree
from typing import Any

import httpx

from pubtool import config
from pubtool.deposit.connect import connect
from pubtool.deposit.invenio import KIND
from pubtool.deposit.step import File, Job
from pubtool.depositing import Prepared, Wish, job_of, send
from pubtool.packages.invenio import record
from pubtool.settings import Settings, Target

ROOT = Path(__file__).parent.parent
GOOD = ROOT / "tests" / "rules" / "good"
LIMIT = 1.2
FORMATS = ("jats", "html")


@dataclass(frozen=True)
class Both:
    """Seconds for one chapter: with pubtool, and by the bare client."""

    ours: float
    bare: float


def volume(folder: Path, chapters: int) -> tuple[Settings, list[Path]]:
    """So many chapters under DOIs nobody has used, exported."""
    copytree(GOOD, folder)
    (folder / "chapter.xml").unlink()
    said = (GOOD / "chapter.xml").read_text()
    run, paths = uuid.uuid4().hex, []
    for number in range(1, chapters + 1):
        paths.append(folder / f"ch{number:03}.xml")
        text = said.replace("10.5555/fault.1<", f"10.5555/{run}.{number}<")
        paths[-1].write_text(text.replace('id="ch01"', f'id="ch{number:03}"'))
    toml = folder / "pubtool.toml"
    toml.write_text(toml.read_text().replace('["chapter.xml"]', '["ch*.xml"]'))
    export = [sys.executable, "-m", "pubtool", "export", "--format", ",".join(FORMATS)]
    subprocess.run(export, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return config.load(paths[0])[0], paths


def deposited(path: Path, settings: Settings, ready: Prepared) -> Job:
    """A chapter, from its file to its published record."""
    job, findings = job_of(path, settings, path.parent / "build", ready, Wish(publish=True))
    assert job is not None, findings
    outcome = send(job, ready, [])
    assert outcome.state == "published", outcome.findings
    return job


def asking(client: httpx.Client) -> Callable[..., Any]:
    """A function that sends a request, and returns the JSON of a good answer."""

    def ask(method: str, path: str, **said: Any) -> Any:
        answer = client.request(method, path, **said)
        assert answer.status_code < 300, answer.text
        return answer.json()

    return ask


def bare(ask: Callable[..., Any], described: Any, doi: str, files: Sequence[File]) -> None:
    """The requests of a deposit, one after the other, and nothing else."""
    marker = uuid.uuid4().urn
    query = f'metadata.identifiers.identifier:"{marker}" OR pids.doi.identifier:"{doi}"'
    ask("GET", "/user/records", params={"q": query, "size": 10})
    marked = {"metadata": {"identifiers": [{"scheme": "urn", "identifier": marker}]}}
    id_ = ask("POST", "/records", json={**marked, "files": {"enabled": True}})["id"]
    ask("PUT", f"/records/{id_}/draft", json=described)
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


def described_anew(job: Job) -> tuple[Any, str]:
    """The description of a chapter as the bare client sends it, and the DOI it has there."""
    facts = job.edition.chapter.record
    doi = f"{facts.doi}.bare"
    chapter = replace(job.edition.chapter, record=replace(facts, doi=doi))
    return record(replace(job.edition, chapter=chapter)), doi


def seconds(act: Callable[[], object]) -> float:
    """How long something takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def turns(
    paths: Sequence[Path], settings: Settings, ready: Prepared, ask: Callable[..., Any]
) -> Iterator[tuple[Job, Both]]:
    """Every chapter both ways, and how long each took."""
    for number, path in enumerate(paths):
        job, _ = job_of(path, settings, path.parent / "build", ready, Wish(publish=True))
        assert job is not None
        described, doi = described_anew(job)
        files = job.files
        acts = [
            lambda path=path: deposited(path, settings, ready),
            lambda said=described, doi=doi, files=files: bare(ask, said, doi, files),
        ]
        order = acts if number % 2 == 0 else acts[::-1]
        took = [seconds(act) for act in order]
        ours, theirs = took if number % 2 == 0 else took[::-1]
        yield job, Both(ours, theirs)


def wrong(client: httpx.Client, job: Job) -> str:
    """What is wrong with a chapter in the repository; "" if it is there once and whole."""
    doi = job.edition.chapter.record.doi
    query = {"q": f'pids.doi.identifier:"{doi}"', "size": 10}
    found = asking(client)("GET", "/user/records", params=query)["hits"]["hits"]
    if len(found) != 1:
        return f"{doi} is there {len(found)} times"
    for file in job.files:
        place = f"/records/{found[0]['id']}/files/{file.name}/content"
        if client.get(place, follow_redirects=True).content != file.data:
            return f"{file.name} of {doi} is another one there"
    return ""


def told(times: Sequence[Both]) -> str:
    """The figures so far: seconds for each, the ratio of the sums, and that in the middle."""
    count = len(times)
    ours, theirs = sum(one.ours for one in times), sum(one.bare for one in times)
    middle = statistics.median(one.ours / one.bare for one in times)
    return (
        f"deposit: {count} chapters, {ours / count:.2f} s each; a bare client "
        f"{theirs / count:.2f} s; ratio {ours / theirs:.3f}, median {middle:.3f} (at most {LIMIT})"
    )


def main(chapters: int, folder: Path) -> None:
    """Measure, and print the ratio."""
    file = folder / "server.json"
    if not file.exists():
        print("deposit: no repository is running; see make repository")
        return
    server = json.loads(file.read_text())
    headers = {"Authorization": f"Bearer {server['token']}"}
    target = Target(kind="invenio", address=server["address"], formats=FORMATS)
    with (
        tempfile.TemporaryDirectory() as place,
        httpx.Client(base_url=f"{server['address']}/api", headers=headers, timeout=60) as client,
    ):
        settings, paths = volume(Path(place) / "volume", chapters)
        journals = Path(place) / "volume" / "build" / "deposits" / "bench"
        ready = Prepared("bench", target, KIND, journals, server["token"], connect)
        jobs, times = [], []
        for job, both in turns(paths, settings, ready, asking(client)):
            jobs.append(job)
            times.append(both)
            if len(times) % 50 == 0 and len(times) < chapters:
                print(told(times), flush=True)
        print(told(times), flush=True)
        faults = [fault for job in jobs if (fault := wrong(client, job))]
    print("\n".join(faults) or f"deposit: all {chapters} are there once, their files whole")


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 500,
        Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / ".venv-repository" / "data",
    )
