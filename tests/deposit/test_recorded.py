"""What the real InvenioRDM said, played back: the same requests, byte by byte, in their order."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from pubtool.deposit.receipt import read_receipt
from pubtool.deposit.step import VERSION, File
from pubtool.edition import Edition
from tests.deposit.conftest import FILES, Bench, job_for
from tests.deposit.recorded import ADDRESS, FOLDER, Player


@dataclass
class Replaying(Bench):
    """A bench whose every run goes on with the recording."""

    player: Player = field(default_factory=lambda: Player("invenio"))

    def open(self, *given: Any) -> Any:
        return self.player


def test_a_deposit_its_publication_and_a_version_go_as_they_went(
    good: Edition, bench: Bench
) -> None:
    replaying = Replaying(bench.folder)
    marker = "urn:uuid:6f1c1c5e-0000-5000-8000-000000000006"

    def edition(number: int) -> Edition:
        record = replace(good.chapter.record, doi=f"10.5555/real.{number}")
        return replace(good, chapter=replace(good.chapter, record=record))

    job = job_for(edition(6), "invenio", ADDRESS, marker=marker)
    draft = replaying.deposit(job)
    assert draft.state == "draft", draft.findings
    assert replaying.deposit(replace(job, publish=True)).state == "published"
    receipt = read_receipt(bench.folder / "chapter.receipt.json")
    assert [file["on the server"] for file in receipt["files"]] == [file.md5 for file in FILES]
    assert receipt["ids"]["doi"] == "10.5555/real.6"
    later = replace(
        job, edition=edition(7), what=VERSION, publish=True,
        files=(File("chapter.pdf", b"%PDF-1.7 second"),),
    )  # fmt: skip
    outcome = replaying.deposit(later)
    assert outcome.state == "published", outcome.findings
    assert outcome.facts["version"] == "2"
    assert outcome.facts["id"] != draft.facts["id"]
    assert replaying.player.over


def test_recordings_hold_no_token() -> None:
    for path in FOLDER.glob("*.json"):
        exchanges = json.loads(path.read_text())
        text = path.read_text().lower()
        assert exchanges
        assert "bearer" not in text
        assert "authorization" not in text
