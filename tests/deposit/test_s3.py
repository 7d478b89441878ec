"""Deliveries into a bucket of moto's server, whose own client says what the signature must be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto.server import ThreadedMotoServer

from pubtool.deposit.s3 import signed
from pubtool.deposit.step import Job, Request
from pubtool.edition import Edition
from tests.deposit.conftest import FILES, TOKEN, Bench, job_for


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(address: str) -> Iterator[Any]:
    said = {"aws_access_key_id": "press", "aws_secret_access_key": TOKEN}
    client = boto3.client("s3", endpoint_url=address, region_name="us-east-1", **said)
    client.create_bucket(Bucket="deliveries")
    yield client
    for one in client.list_objects_v2(Bucket="deliveries").get("Contents", []):
        client.delete_object(Bucket="deliveries", Key=one["Key"])
    client.delete_bucket(Bucket="deliveries")


def job(edition: Edition, address: str) -> Job:
    return job_for(
        edition, "s3", address, collection="deliveries/books", user="press", publish=True
    )


def test_files_are_delivered_and_compared(
    good: Edition, bench: Bench, address: str, bucket: Any
) -> None:
    outcome = bench.deposit(job(good, address))
    assert outcome.state == "published", outcome.findings
    for file in FILES:
        held = bucket.get_object(Bucket="deliveries", Key=f"books/{file.name}")
        assert held["Body"].read() == file.data
    again = bench.deposit(job(good, address))
    assert [finding.rule for finding in again.findings] == ["PT860"]
    assert TOKEN not in bench.said()


def test_what_lies_there_already_is_not_overwritten(
    good: Edition, bench: Bench, address: str, bucket: Any
) -> None:
    bucket.put_object(Bucket="deliveries", Key="books/chapter.pdf", Body=b"of somebody else")
    outcome = bench.deposit(job(good, address))
    assert outcome.state == "failed"
    held = bucket.get_object(Bucket="deliveries", Key="books/chapter.pdf")["Body"].read()
    assert held == b"of somebody else"


class Damaging:
    """A transport under which files change on their way."""

    def __init__(self, wire: Any) -> None:
        self.wire = wire

    def __enter__(self) -> Damaging:
        return self

    def __exit__(self, *error: Any) -> None:
        self.wire.__exit__(*error)

    def send(self, request: Request) -> Any:
        return self.wire.send(replace(request, body=request.body[:-1]))


def test_a_damaged_file_is_found_out(
    good: Edition, bench: Bench, address: str, bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "open", lambda *given: Damaging(Bench.open(bench, *given)))
    outcome = bench.deposit(job(good, address))
    assert outcome.state == "failed"
    assert outcome.findings[0].rule in ("PT855", "PT857")


def test_the_signature_is_that_of_amazons_own_client(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 2, 1, 12, 30, tzinfo=UTC)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: now, raising=False)
    url = "https://s3.eu-central-1.amazonaws.com/deliveries/books/a%20b.pdf"
    body = b"%PDF"
    theirs = AWSRequest(method="PUT", url=url, data=body)
    auth = S3SigV4Auth(Credentials("press", TOKEN), "s3", "eu-central-1")
    auth.add_auth(theirs)
    stamp = datetime.strptime(theirs.headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    ours = signed(Request("PUT", url, {}, body), "press", TOKEN, "eu-central-1", stamp)
    assert ours.headers["Authorization"] == theirs.headers["Authorization"]
    other = signed(replace(Request("PUT", url), body=b"x"), "press", TOKEN, "eu-central-1", stamp)
    assert other.headers["Authorization"] != theirs.headers["Authorization"]
