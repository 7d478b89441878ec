"""SWORD 2 against swh.deposit and PostgreSQL (`make test-deposit`), with sword2 as an oracle."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import etree

from pubtool.deposit.failures import Unsure
from pubtool.deposit.kinds import kinds
from pubtool.deposit.receipt import read_receipt
from pubtool.deposit.run import asked
from pubtool.deposit.step import File, Job, Request
from pubtool.edition import Edition
from pubtool.zipped import pack
from tests.conftest import REPOSITORY
from tests.deposit.conftest import Bench, job_for
from tests.deposit.servers import Server, running

pytestmark = pytest.mark.servers
PACKAGE = File("chapter.sword-simplezip.zip", pack({"chapter.pdf": b"%PDF-1.7"}), "application/zip")

NUMBER = re.compile(r"(?<=/chapters/)\d+")

# What the sword2 client makes of the same server: the addresses of a deposit of its own.
ORACLE = """
import json, sys, sword2
address, user, password, package = sys.argv[1:]
c = sword2.Connection(address, user_name=user, user_pass=password,
                      error_response_raises_exceptions=False)
c.get_service_document()
collection = c.workspaces[0][1][0]
with open(package, "rb") as payload:
    receipt = c.create(col_iri=collection.href, payload=payload, mimetype="application/zip",
                       filename="chapter.zip", in_progress=True,
                       packaging="http://purl.org/net/sword/package/SimpleZip")
print(json.dumps({"collection": collection.href, "code": receipt.code, "edit": receipt.edit,
                  "add": receipt.se_iri, "packaging": list(collection.acceptPackaging)}))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("sword")
    for parent in (folder, *folder.parents[:3]):
        # PostgreSQL runs as a user of its own, who must get to the folder.
        if parent.owner() == "root" and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o711)
    with running("sword", folder / "data") as server:
        yield server


def job(server: Server, edition: Edition, **said: Any) -> Job:
    made = job_for(
        edition, "sword", server.address, collection=server.collection, user=server.user, **said
    )
    return replace(made, files=(PACKAGE,)) if "files" not in said else made


def slow(folder: Path, server: Server) -> Bench:
    return Bench(folder, server.token, silent=60, tries=2)


def test_a_package_is_deposited_described_and_handed_over(
    server: Server, good: Edition, tmp_path: Path
) -> None:
    bench = slow(tmp_path, server)
    draft = bench.deposit(job(server, good))
    assert draft.state == "draft", draft.findings
    standing = asked(job(server, good), kinds()["sword"], bench.token, bench.folder, bench.open)
    assert standing.state == "partial"
    done = bench.deposit(job(server, good, publish=True))
    assert done.state == "published", done.findings
    standing = asked(job(server, good), kinds()["sword"], bench.token, bench.folder, bench.open)
    assert standing.state == "deposited"
    receipt = read_receipt(tmp_path / "chapter.receipt.json")
    assert receipt["published"]
    assert receipt["ids"]["edit"].startswith(server.address.partition("/1/")[0])
    statuses = [(one["step"], one["status"]) for one in receipt["answers"]]
    assert ("send chapter.sword-simplezip.zip", 201) in statuses
    assert ("hand the deposit over", 200) in statuses


def test_the_sword2_client_sees_what_we_see(server: Server, good: Edition, tmp_path: Path) -> None:
    bench, package = slow(tmp_path / "ours", server), tmp_path / "chapter.zip"
    package.write_bytes(PACKAGE.data)
    ours = bench.deposit(job(server, good))
    python = REPOSITORY / ".venv-sword" / "bin" / "python"
    done = subprocess.run(
        [python, "-c", ORACLE, server.address, server.user, server.token, package],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    theirs = json.loads(done.stdout.splitlines()[-1])
    assert theirs["code"] == 201
    assert theirs["collection"] == ours.facts["collection"]
    for name in ("edit", "add"):
        assert NUMBER.sub("N", theirs[name]) == NUMBER.sub("N", ours.facts[name])


@dataclass
class Changing:
    """A transport that changes a header of every package on its way."""

    wire: Any
    header: str
    value: str

    def __enter__(self) -> Changing:
        return self

    def __exit__(self, *error: Any) -> None:
        self.wire.__exit__(*error)

    def send(self, request: Request) -> Any:
        if "Packaging" in request.headers:
            request = replace(request, headers={**request.headers, self.header: self.value})
        return self.wire.send(request)


WRONG = {
    "Content-MD5": ("0" * 32, 412, "checksum"),
    "Packaging": ("http://example.org/unknown", 400, "packaging"),
}


@pytest.mark.parametrize("header", WRONG)
def test_a_wrong_header_is_refused_and_said(
    header: str, server: Server, good: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    value, status, said = WRONG[header]
    bench = slow(tmp_path, server)
    monkeypatch.setattr(
        bench, "open", lambda *given: Changing(Bench.open(bench, *given), header, value)
    )
    outcome = bench.deposit(job(server, good))
    assert [f.rule for f in outcome.findings] == ["PT855"]
    assert str(status) in outcome.findings[0].message
    assert said in outcome.findings[0].message.lower()
    receipt = read_receipt(tmp_path / "chapter.receipt.json")
    assert (receipt["state"], receipt["published"]) == ("failed", False)


@dataclass
class Losing:
    """A transport that loses the answer to a request, once; the server has carried it out."""

    wire: Any
    which: Callable[[Request], bool]
    lost: list[Request]

    def __enter__(self) -> Losing:
        return self

    def __exit__(self, *error: Any) -> None:
        self.wire.__exit__(*error)

    def send(self, request: Request) -> Any:
        response = self.wire.send(request)
        if self.which(request) and not self.lost:
            self.lost.append(request)
            raise Unsure("the connection broke before the answer")
        return response


def listed(server: Server, facts: dict[str, str], marker: str) -> int:
    """How many deposits of that name the server has."""
    answer = httpx.get(facts["collection"], auth=(server.user, server.token))
    names = etree.fromstring(answer.content).iterfind(".//{*}external_id")
    return [name.text for name in names].count(marker)


LOST: dict[str, tuple[Callable[[Request], bool], list[str]]] = {
    "package": (lambda request: "Packaging" in request.headers, ["PT866"]),
    "end": (lambda request: request.headers.get("In-Progress") == "false", []),
}


@pytest.mark.parametrize("what", LOST)
def test_an_answer_that_is_lost_makes_no_second_deposit(
    what: str, server: Server, good: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    which, rules = LOST[what]
    bench, lost = slow(tmp_path, server), list[Request]()
    monkeypatch.setattr(
        bench, "open", lambda *given: Losing(Bench.open(bench, *given), which, lost)
    )
    marker = f"urn:uuid:6f1c1c5e-0000-5000-8000-{len(what):012}"
    for _ in range(2):
        outcome = bench.deposit(job(server, good, publish=True, marker=marker))
    assert len(lost) == 1
    assert [f.rule for f in outcome.findings if f.rule != "PT860"] == rules
    assert (outcome.state == "published") == (not rules)
    assert listed(server, outcome.facts, marker) == 1


def test_a_wrong_password_is_refused(server: Server, good: Edition, tmp_path: Path) -> None:
    bench = replace(slow(tmp_path, server), token="wrong-password")
    outcome = bench.deposit(job(server, good))
    assert "401" in outcome.findings[0].message
    assert "wrong-password" not in bench.said()


def test_a_package_the_collection_does_not_take_is_not_sent(
    server: Server, good: Edition, tmp_path: Path
) -> None:
    outcome = slow(tmp_path, server).deposit(job(server, good, package="sword-mets"))
    assert "takes no http://purl.org/net/sword/package/METSDSpaceSIP" in (
        outcome.findings[0].message
    )


def test_a_collection_that_is_not_there_is_named_with_those_that_are(
    server: Server, good: Edition, tmp_path: Path
) -> None:
    wrong = job_for(good, "sword", server.address, collection="theses", user=server.user)
    outcome = slow(tmp_path, server).deposit(wrong)
    assert "/1/chapters/" in outcome.findings[0].message
