"""A chapter ready to be deposited, and deposits whose pauses take no time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from pubtool.deposit.engine import Patience, Transport
from pubtool.deposit.kind import Kind
from pubtool.deposit.kinds import kinds
from pubtool.deposit.run import Outcome, deposit
from pubtool.deposit.step import File, Job, Request
from pubtool.deposit.wire import Limits, Wire
from pubtool.edition import Edition
from pubtool.settings import Target

GOOD = Path(__file__).parent.parent / "rules" / "good" / "chapter.xml"
TOKEN = "s3cret-token/of+tests=="
FILES = (
    File("chapter.pdf", b"%PDF-1.7 " + bytes(range(256)) * 40, "application/pdf"),
    File("chapter.jats.xml", "<article>Əliyeva</article>".encode(), "application/xml"),
)
MARKER = "urn:uuid:6f1c1c5e-0000-5000-8000-000000000000"


@pytest.fixture(scope="session")
def good(edition_of: Callable[[Path], Edition]) -> Edition:
    return edition_of(GOOD)


def job_for(edition: Edition, kind: str, address: str, **said: Any) -> Job:
    """A deposit of the good chapter; keys of [deposit.NAME] and fields of a job alike."""
    settings = {name: said.pop(name) for name in list(said) if name in Target.__slots__}
    target = Target(kind=kind, address=address, **settings)
    made = Job(target, "testing", "chapter", edition, FILES, MARKER)
    return replace(made, **said)


@dataclass
class Bench:
    """Deposits to one folder, without pauses and with short limits."""

    folder: Path
    token: str = TOKEN
    silent: float = 0.3
    tries: int = 6
    look: float = 0.0

    def open(
        self, kind: Kind, job: Job, secret: str, sign: Callable[[Request], Request]
    ) -> AbstractContextManager[Transport]:
        return Wire(job.target.address, sign, kind.hosts, Limits(5.0, self.silent, 60.0, 5_000_000))

    @property
    def patience(self) -> Patience:
        if self.look:
            return Patience(self.tries, self.look, self.look)
        return Patience(tries=self.tries, pause=lambda _: None)

    def deposit(self, job: Job, forced: tuple[Any, ...] = ()) -> Outcome:
        kind = kinds()[job.target.kind]
        return deposit(job, kind, self.token, self.folder, self.open, forced, self.patience)

    def said(self) -> str:
        """Everything that was written down."""
        return "\n".join(path.read_text() for path in self.folder.rglob("*") if path.is_file())


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "deposits")
