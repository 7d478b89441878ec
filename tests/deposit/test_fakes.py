"""DSpace, Figshare and Crossref, where no server can be run: strict fakes after their documents."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pubtool.deposit.kinds import kinds
from pubtool.deposit.receipt import read_receipt
from pubtool.deposit.run import asked
from pubtool.deposit.step import METADATA, File, Job
from pubtool.edition import Edition
from tests.deposit import fake_dspace
from tests.deposit.conftest import FILES, TOKEN, Bench, job_for
from tests.deposit.fake_crossref import Crossref
from tests.deposit.fake_dspace import DSpace
from tests.deposit.fake_figshare import Figshare
from tests.deposit.loopback import FAULTS, Faults, serving

DSPACE = {"user": "editor@example.org", "collection": fake_dspace.COLLECTION}
HELD = {file.name: file.data for file in FILES}
CALM = [fault for fault in FAULTS if "kill" not in fault]


def dspace_job(edition: Edition, address: str, **said: Any) -> Job:
    return job_for(edition, "dspace", f"{address}/server", **DSPACE, **said)


def until_done(bench: Bench, job: Job) -> Any:
    """What becomes of a deposit that is run again until it succeeds."""
    for _ in range(4):
        outcome = bench.deposit(job)
        if outcome.state != "failed":
            return outcome
    return outcome


def test_dspace_gets_an_item_with_its_files_and_metadata(good: Edition, bench: Bench) -> None:
    server = DSpace(DSPACE["user"], TOKEN)
    with serving(server) as address:
        draft = bench.deposit(dspace_job(good, address))
        assert (draft.state, server.archive) == ("draft", {}), draft.findings
        job = dspace_job(good, address)
        assert asked(job, kinds()["dspace"], TOKEN, bench.folder, bench.open).state == "draft"
        done = bench.deposit(dspace_job(good, address, publish=True))
        record = replace(good.chapter.record, title="A better title")
        better = replace(good, chapter=replace(good.chapter, record=record))
        corrected = bench.deposit(replace(job, edition=better, what=METADATA))
        again = bench.deposit(job)
    assert [finding.rule for finding in again.findings] == ["PT860"]
    assert [finding.rule for finding in corrected.findings] == ["PT859"]
    assert done.state == "published", done.findings
    (item,) = server.archive.values()
    first, second = item.sections["traditionalpageone"], item.sections["traditionalpagetwo"]
    assert first["dc.title"] == [{"value": "A chapter without a fault"}]
    assert first["dc.contributor.author"] == [{"value": "Əliyeva, Nigar"}]
    assert second["dc.description.abstract"][0]["value"] == "A short abstract."
    assert dict(item.files) == HELD
    assert done.facts["handle"] == "123456789/1"
    for secret in (TOKEN, server.jwt, server.csrf):
        assert secret not in bench.said()


def test_a_package_can_bring_a_kind_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = replace(kinds()["invenio"], name="ours")

    class Point:
        name = "ours"

        def load(self) -> object:
            return ours

    monkeypatch.setattr("pubtool.deposit.kinds.entry_points", lambda group: [Point()])
    kinds.cache_clear()
    try:
        assert kinds()["ours"] is ours
    finally:
        monkeypatch.undo()
        kinds.cache_clear()


def test_dspace_may_hold_an_item_for_review(good: Edition, bench: Bench) -> None:
    server = DSpace(DSPACE["user"], TOKEN, workflow=True)
    with serving(server) as address:
        job = dspace_job(good, address, publish=True)
        assert bench.deposit(job).state == "in review"
        server.archive, server.reviewed = server.reviewed, {}
        standing = asked(job, kinds()["dspace"], TOKEN, bench.folder, bench.open)
    assert (standing.state, standing.facts["handle"]) == ("published", "123456789/1")
    assert read_receipt(bench.folder / "chapter.receipt.json")["published"]


@pytest.mark.parametrize("number", range(36))
def test_a_fault_makes_one_item_of_dspace(number: int, good: Edition, tmp_path: Path) -> None:
    chance = random.Random(number)
    server = DSpace(DSPACE["user"], TOKEN)
    faults = Faults(server, CALM[number % len(CALM)], chance.randrange(11))
    bench = Bench(tmp_path, tries=chance.choice((1, 6)))
    with serving(faults) as address:
        outcome = until_done(bench, dspace_job(good, address, publish=True))
    assert outcome.state == "published", (faults.fault, faults.at, outcome.findings)
    assert server.workspace == {}
    (item,) = server.archive.values()
    assert sorted(item.files) == sorted(HELD.items())


def test_figshare_gets_the_files_in_parts(good: Edition, bench: Bench) -> None:
    server = Figshare(TOKEN)
    with serving(server) as address:
        server.base = address
        done = bench.deposit(job_for(good, "figshare", address, publish=True))
    assert done.state == "published", done.findings
    (item,) = server.items.values()
    assert item["title"] == "A chapter without a fault"
    assert item["license"] == 1
    assert {u.name: u.data for u in server.files[1].values()} == HELD
    assert done.facts["doi"] == "10.6084/m9.figshare.1"


@pytest.mark.parametrize("number", range(36))
def test_a_fault_makes_one_item_of_figshare(number: int, good: Edition, tmp_path: Path) -> None:
    chance = random.Random(number)
    server = Figshare(TOKEN)
    faults = Faults(server, CALM[number % len(CALM)], chance.randrange(18))
    bench = Bench(tmp_path, tries=chance.choice((1, 6)))
    with serving(faults) as address:
        server.base = address
        outcome = until_done(bench, job_for(good, "figshare", address, publish=True))
    assert outcome.state == "published", (faults.fault, faults.at, outcome.findings)
    assert [item["status"] for item in server.items.values()] == ["public"]
    assert {u.name: u.data for u in server.files[1].values()} == HELD
    assert len(server.files[1]) == len(HELD)


def test_a_licence_figshare_has_no_number_for_is_said(good: Edition, bench: Bench) -> None:
    record = replace(good.chapter.record, license_href="https://example.org/licence")
    edition = replace(good, chapter=replace(good.chapter, record=record))
    server = Figshare(TOKEN)
    with serving(server) as address:
        outcome = bench.deposit(job_for(edition, "figshare", address))
    assert [finding.rule for finding in outcome.findings] == ["PT858"]


BATCH = File(
    "c.xml",
    b"<doi_batch><head><doi_batch_id>b1</doi_batch_id></head><body><book><content_item><doi_data>"
    b"<doi>10.5555/fault.1</doi></doi_data></content_item></book></body></doi_batch>",
    "application/xml",
)


def crossref_job(edition: Edition, address: str, **said: Any) -> Job:
    job = job_for(edition, "crossref", address, user="press", publish=True, **said)
    return replace(job, files=(BATCH,))


def test_a_queued_deposit_is_followed_up(good: Edition, bench: Bench) -> None:
    server = Crossref("press", TOKEN, waiting=2)
    with serving(server) as address:
        job = crossref_job(good, address)
        assert bench.deposit(job).state == "queued"
        assert not read_receipt(bench.folder / "chapter.receipt.json")["published"]
        kind = kinds()["crossref"]
        assert asked(job, kind, TOKEN, bench.folder, bench.open).state == "queued"
        done = asked(job, kind, TOKEN, bench.folder, bench.open)
        again = bench.deposit(job)
    assert (done.state, done.facts["doi"]) == ("registered", "10.5555/fault.1")
    assert read_receipt(bench.folder / "chapter.receipt.json")["published"]
    assert [finding.rule for finding in again.findings] == ["PT860"]
    assert server.received == 1


def test_a_rejected_deposit_is_a_failure_with_crossrefs_words(good: Edition, bench: Bench) -> None:
    server = Crossref("press", TOKEN, waiting=0, verdict="Failure")
    with serving(server) as address:
        outcome = bench.deposit(crossref_job(good, address))
    assert [finding.rule for finding in outcome.findings] == ["PT864"]
    assert "10.5555/fault.1: Record not processed" in outcome.findings[0].message


def test_wrong_credentials_of_crossref_are_no_success(good: Edition, bench: Bench) -> None:
    with serving(Crossref("press", "another")) as address:
        outcome = bench.deposit(crossref_job(good, address))
    assert [finding.rule for finding in outcome.findings] == ["PT855"]


@pytest.mark.parametrize("number", range(18))
def test_a_fault_sends_crossref_one_deposit(number: int, good: Edition, tmp_path: Path) -> None:
    chance = random.Random(number)
    server = Crossref("press", TOKEN, waiting=0)
    faults = Faults(server, CALM[number % len(CALM)], chance.randrange(2))
    bench = Bench(tmp_path, tries=chance.choice((1, 6)))
    with serving(faults) as address:
        outcome = until_done(bench, crossref_job(good, address))
    assert outcome.facts["state"] == "registered", outcome.findings
    assert server.received == 1


def test_a_correction_is_a_deposit_of_its_own(good: Edition, bench: Bench) -> None:
    server = Crossref("press", TOKEN, waiting=0)
    with serving(server) as address:
        bench.deposit(crossref_job(good, address))
        record = replace(good.chapter.record, title="A better title")
        edition = replace(good, chapter=replace(good.chapter, record=record))
        refused = bench.deposit(crossref_job(edition, address))
        done = bench.deposit(replace(crossref_job(edition, address), what=METADATA))
    assert [finding.rule for finding in refused.findings] == ["PT859"]
    assert done.facts["state"] == "registered"
    assert server.received == 2
