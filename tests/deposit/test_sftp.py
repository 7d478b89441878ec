"""Deliveries by SFTP to a server of asyncssh on loopback."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from pubtool.deposit.kinds import kinds
from pubtool.deposit.run import Outcome, asked, deposit
from pubtool.deposit.sftp_transport import Sftp
from pubtool.deposit.step import File, Job
from pubtool.edition import Edition
from tests.deposit.conftest import FILES, TOKEN, Bench, job_for

USER = "press"


class _Login(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, TOKEN)


@dataclass
class Delivery:
    """A server and the folder it serves."""

    address: str
    folder: Path
    key: Any

    def open(self, kind: Any, job: Job, secret: str, sign: Any) -> Sftp:
        known = asyncssh.import_known_hosts(
            f"[127.0.0.1]:{self.address.rsplit(':')[-1]} {self.key}"
        )
        options = {"known_hosts": known, "client_keys": None, "agent_path": None, "config": []}
        return Sftp(self.address, job.target.user, secret, options)

    def deliver(self, bench: Bench, job: Job, secret: str = TOKEN) -> Outcome:
        kind = kinds()["sftp"]
        return deposit(job, kind, secret, bench.folder, self.open, (), bench.patience)


@pytest.fixture
def delivery(tmp_path: Path) -> Iterator[Delivery]:
    folder = tmp_path / "served"
    (folder / "incoming").mkdir(parents=True)
    key = asyncssh.generate_private_key("ssh-ed25519")
    loop, ready, told = asyncio.new_event_loop(), threading.Event(), {}

    async def serve() -> None:
        server = await asyncssh.listen(
            "127.0.0.1", 0, server_factory=_Login, server_host_keys=[key],
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=bytes(folder)),
        )  # fmt: skip
        told["port"] = server.sockets[0].getsockname()[1]
        ready.set()

    def work() -> None:
        loop.run_until_complete(serve())
        loop.run_forever()

    threading.Thread(target=work, daemon=True).start()
    assert ready.wait(20)
    public = key.export_public_key().decode().strip()
    yield Delivery(f"sftp://127.0.0.1:{told['port']}", folder, public)
    loop.call_soon_threadsafe(loop.stop)


def job(delivery: Delivery, edition: Edition) -> Job:
    return job_for(
        edition, "sftp", delivery.address, user=USER, collection="incoming", publish=True
    )


def test_files_appear_whole_under_their_names(
    delivery: Delivery, good: Edition, bench: Bench
) -> None:
    outcome = delivery.deliver(bench, job(delivery, good))
    assert outcome.state == "published", outcome.findings
    there = {path.name: path.read_bytes() for path in (delivery.folder / "incoming").iterdir()}
    assert there == {file.name: file.data for file in FILES}
    again = delivery.deliver(bench, job(delivery, good))
    assert [finding.rule for finding in again.findings] == ["PT860"]
    assert TOKEN not in bench.said()


def test_a_wrong_password_and_a_stranger_are_refused(
    delivery: Delivery, good: Edition, bench: Bench
) -> None:
    wrong = delivery.deliver(bench, job(delivery, good), "another-password")
    assert [finding.rule for finding in wrong.findings] == ["PT856"]
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()
    stranger = replace(delivery, key=other)
    refused = stranger.deliver(bench, job(delivery, good))
    assert "not trusted" in refused.findings[0].message
    assert list((delivery.folder / "incoming").iterdir()) == []


def test_a_delivery_goes_on_where_it_broke(
    delivery: Delivery, good: Edition, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection ends after the file was renamed, before anybody said so."""
    renamed = Sftp._move

    async def cut(self: Sftp, path: str, target: str) -> tuple[int, bytes]:
        await renamed(self, path, target)
        self._connection.abort()
        raise OSError("cut")

    monkeypatch.setattr(Sftp, "_move", cut)
    bench.tries = 1
    assert delivery.deliver(bench, job(delivery, good)).state == "failed"
    monkeypatch.setattr(Sftp, "_move", renamed)
    outcome = delivery.deliver(bench, job(delivery, good))
    assert outcome.state == "published", outcome.findings
    there = {path.name: path.read_bytes() for path in (delivery.folder / "incoming").iterdir()}
    assert there == {file.name: file.data for file in FILES}


def test_whether_a_delivery_was_fetched_can_be_asked(
    delivery: Delivery, good: Edition, bench: Bench
) -> None:
    made = replace(job(delivery, good), files=(File("one.zip", b"PK"),))
    delivery.deliver(bench, made)
    kind = kinds()["sftp"]
    assert asked(made, kind, TOKEN, bench.folder, delivery.open).state == "waiting there"
    (delivery.folder / "incoming" / "one.zip").unlink()
    assert asked(made, kind, TOKEN, bench.folder, delivery.open).state == "fetched"
