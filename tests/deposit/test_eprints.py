"""EPrints, where no server can be run: SWORD 2 as its documentation has it, by a strict fake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from pubtool.deposit.kinds import kinds
from pubtool.deposit.receipt import read_receipt
from pubtool.deposit.run import Outcome, asked
from pubtool.deposit.step import File, Job
from pubtool.deposit.sword_eprints import eprint
from pubtool.edition import Edition
from pubtool.model import Localized, Name
from pubtool.zipped import pack
from tests.deposit.conftest import FILES, TOKEN, Bench, job_for
from tests.deposit.fake_eprints import EPrints
from tests.deposit.loopback import FAULTS, Faults, serving

HELD = {file.name: file.data for file in FILES}
PACKAGE = File("chapter.sword-simplezip.zip", pack(HELD), "application/zip")
# The requests of a deposit: the service document, the package, its description, its end.
PACKAGE_SENT = 1


@pytest.fixture
def faults() -> Faults:
    return Faults(EPrints("press", TOKEN))


@pytest.fixture
def server(faults: Faults) -> Iterator[EPrints]:
    with serving(faults) as address:
        assert isinstance(faults.app, EPrints)
        faults.app.base = address
        yield faults.app


def job(server: EPrints, edition: Edition, **said: Any) -> Job:
    address = f"{server.base}/sword-app/servicedocument"
    made = job_for(edition, "sword", address, collection="EPrints", user="press", **said)
    return replace(made, files=(PACKAGE,))


def standing(server: EPrints, edition: Edition, bench: Bench) -> Outcome:
    return asked(job(server, edition), kinds()["sword"], TOKEN, bench.folder, bench.open)


def test_a_chapter_is_described_as_part_of_its_book(
    server: EPrints, good: Edition, bench: Bench
) -> None:
    outcome = bench.deposit(job(server, good))
    assert outcome.state == "draft", outcome.findings
    (item,) = server.items.values()
    assert (item.status, item.files) == ("inbox", HELD)
    assert item.fields == {
        "type": "book_section",
        "title": "A chapter without a fault",
        "creators": "Əliyeva, Nigar",
        "editors": "Güneş, Ömer",
        "abstract": "A short abstract.",
        "keywords": "words, note, dots",
        "date": "2026-02-01",
        "date_type": "published",
        "book_title": "A volume",
        "publisher": "Example Press",
        "place_of_pub": "Baku",
        "pagerange": "1-9",
        "isbn": "9780306406157",
        "id_number": "10.5555/fault.1",
        "official_url": "https://example.org/fault/1",
    }


def test_what_is_handed_over_is_in_review_until_an_editor_accepts_it(
    server: EPrints, good: Edition, bench: Bench
) -> None:
    bench.deposit(job(server, good))
    assert standing(server, good, bench).state == "inbox"
    done = bench.deposit(job(server, good, publish=True))
    assert done.state == "in review", done.findings
    (item,) = server.items.values()
    assert (item.status, item.fields["book_title"]) == ("buffer", "A volume")
    receipt = read_receipt(bench.folder / "chapter.receipt.json")
    assert (receipt["published"], receipt["ids"]["server"]) == (False, "EPrints")
    assert standing(server, good, bench).state == "in review"
    assert bench.deposit(job(server, good, publish=True)).state == "in review"
    item.status = "archive"
    assert standing(server, good, bench).state == "published"
    assert read_receipt(bench.folder / "chapter.receipt.json")["published"]
    again = bench.deposit(job(server, good, publish=True))
    assert [finding.rule for finding in again.findings] == ["PT860"]
    assert (len(server.items), item.files) == (1, HELD)


@pytest.mark.parametrize("at", [0, 2, 3])
@pytest.mark.parametrize("fault", [fault for fault in FAULTS if "kill" not in fault])
def test_a_fault_makes_one_item(
    fault: str, at: int, faults: Faults, server: EPrints, good: Edition, bench: Bench
) -> None:
    faults.fault, faults.at = fault, at
    for _ in range(2):
        outcome = bench.deposit(job(server, good, publish=True))
    assert outcome.state == "in review", outcome.findings
    (item,) = server.items.values()
    assert (item.status, item.files) == ("buffer", HELD)


@pytest.mark.parametrize("fault", ["cut before", "cut after", "silence"])
def test_a_package_whose_answer_is_lost_is_not_sent_again(
    fault: str, faults: Faults, server: EPrints, good: Edition, bench: Bench
) -> None:
    faults.fault, faults.at = fault, PACKAGE_SENT
    for _ in range(2):
        outcome = bench.deposit(job(server, good, publish=True))
        assert [finding.rule for finding in outcome.findings] == ["PT866"]
    sent = [one for one in faults.asked if one.path == "/id/contents" and one.method == "POST"]
    assert len(sent) == 1


@pytest.mark.parametrize(
    ("said", "token", "words"),
    [
        ({"package": "sword-mets"}, TOKEN, "No support for packaging"),
        ({}, "wrong-password", "401"),
    ],
)
def test_what_eprints_refuses_is_said(
    said: dict[str, str], token: str, words: str, server: EPrints, good: Edition, bench: Bench
) -> None:
    outcome = replace(bench, token=token).deposit(job(server, good, **said))
    assert outcome.state == "failed"
    assert words in outcome.findings[0].message
    assert server.items == {}


def test_several_values_share_the_one_field_eprints_has(good: Edition) -> None:
    record = good.chapter.record
    (author,) = record.contributors
    others = (
        replace(author, name=Name("Ada", "Ok", suffix="Jr.")),
        replace(author, name=Name(collab="A group")),
    )
    abstracts = (*record.abstracts, Localized("tr", "Kısa bir özet."))
    said = eprint(replace(record, contributors=others, abstracts=abstracts)).decode()
    assert "<abstract>A short abstract.\n\nKısa bir özet.</abstract>" in said
    assert "<family>Ok</family><given>Ada</given><lineage>Jr.</lineage>" in said
    assert "<name><family>A group</family></name>" in said
