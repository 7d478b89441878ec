"""Three hundred deposits, to each of which something happens at some request.

Whatever it is, running the command again ends with exactly one record, all its files whole, and a
receipt that tells the truth; and so does the receipt of the run that failed.
"""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from pubtool.deposit.receipt import read_receipt
from pubtool.deposit.step import Job
from pubtool.edition import Edition
from tests.deposit.conftest import FILES, TOKEN, Bench, job_for
from tests.deposit.fake_invenio import Invenio
from tests.deposit.loopback import FAULTS, Faults, serving

RUNS = int(os.environ.get("PUBTOOL_FAULTS", "60"))
# The requests of a deposit that nothing happens to: look, create, describe, list, announce, two
# files sent and confirmed, compare, publish, read, compare.
REQUESTS = 13


def killed(bench: Bench, job: Job, faults: Faults) -> int:
    """A deposit in a process of its own, which a fault may kill; its exit status."""
    process = os.fork()
    if process == 0:
        faults.process = os.getpid()
        bench.deposit(job)
        os._exit(0)
    faults.process = process
    return os.waitpid(process, 0)[1]


def is_whole(server: Invenio) -> bool:
    (record,) = server.records.values()
    return record.files == {file.name: file.data for file in FILES}


@pytest.mark.parametrize("chunk", range(6))
def test_faults_make_one_record_each(chunk: int, good: Edition, tmp_path: Path) -> None:
    for number in range(chunk * RUNS // 6, (chunk + 1) * RUNS // 6):
        chance = random.Random(number)
        fault, at = FAULTS[number % len(FAULTS)], chance.randrange(REQUESTS)
        server = Invenio(TOKEN, lag=chance.randrange(3))
        faults = Faults(server, fault, at)
        bench = Bench(tmp_path / str(number), tries=chance.choice((1, 6)))
        with serving(faults) as address:
            job = job_for(good, "invenio", address, publish=True)
            where = f"run {number}: {fault} at request {at}"
            if fault.startswith("kill"):
                assert killed(bench, job, faults) != 0, where
            for _ in range(4):
                outcome = bench.deposit(job)
                told = read_receipt(bench.folder / "chapter.receipt.json")
                if outcome.state == "published":
                    break
                assert told["state"] == "failed", where
                assert told["failure"], where
            assert outcome.state == "published", (where, outcome.findings)
        assert len(server.records) == 1, where
        assert server.drafts == {}, where
        assert is_whole(server), where
        (id_,) = server.records
        assert told["ids"]["id"] == id_, where
        assert told["published"], where
        assert [f["on the server"] for f in told["files"]] == [f.md5 for f in FILES], where


def test_an_undisturbed_deposit_takes_as_many_requests_as_the_faults_reach(
    good: Edition, bench: Bench
) -> None:
    faults = Faults(Invenio(TOKEN))
    with serving(faults) as address:
        assert bench.deposit(job_for(good, "invenio", address, publish=True)).state == "published"
        again = bench.deposit(job_for(good, "invenio", address, publish=True))
    assert faults.seen == REQUESTS
    assert [finding.rule for finding in again.findings] == ["PT860"]


def test_a_second_run_at_the_same_time_sends_nothing(good: Edition, bench: Bench) -> None:
    from pubtool.deposit.journal import alone

    with alone(bench.folder / "chapter.jsonl"):
        outcome = bench.deposit(job_for(good, "invenio", "http://127.0.0.1:9"))
    assert [finding.rule for finding in outcome.findings] == ["PT862"]


def test_a_line_that_was_cut_off_is_passed_over(good: Edition, bench: Bench) -> None:
    server = Invenio(TOKEN)
    with serving(server) as address:
        job = job_for(good, "invenio", address)
        bench.deposit(job)
        journal = bench.folder / "chapter.jsonl"
        whole = journal.read_text().splitlines()
        journal.write_text("\n".join(whole[:-3]) + '\n{"event": "answ')
        assert bench.deposit(job).state == "draft"
    lines = journal.read_text().splitlines()
    assert sum(line == '{"event": "answ' for line in lines) == 1
    assert [json.loads(line)["event"] for line in lines if line.endswith("}")][-1] == "end"
    assert len(server.drafts) == 1
