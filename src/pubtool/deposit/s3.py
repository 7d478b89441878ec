"""S3 and what speaks like it: a delivery into a bucket, for archives and aggregators.

An object is written only where none of its name lies; the server compares `Content-MD5`, and what
it keeps is compared by ETag, which for an object sent in one piece is its MD5.

Source: Amazon S3, "PutObject", "HeadObject"; AWS, "Signature Version 4 signing process".
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from pubtool.deposit.failures import Different, Refused
from pubtool.deposit.kind import Kind
from pubtool.deposit.sftp import FACTS
from pubtool.deposit.step import Facts, File, Find, Job, Request, Response, Step

REGION = "us-east-1"
_ALGORITHM = "AWS4-HMAC-SHA256"


def steps(job: Job, facts: Facts) -> Iterator[Step]:
    """Every file written, then all compared."""
    for file in job.files:
        yield send(job, file)
    for file in job.files:
        yield compare(job, file)


def status(job: Job, facts: Facts) -> Iterator[Step]:
    """Whether the objects still lie there."""
    for file in job.files:
        yield Step(
            f"look for {file.name}",
            lambda _, file=file: Request("HEAD", _place(job, file)),  # type: ignore[misc]
            lambda answer: {"state": "delivered" if answer.status == 200 else "fetched"},
            repeatable=True,
            always=True,
        )


def _place(job: Job, file: File) -> str:
    """`collection` is the bucket, and a folder in it if there is a slash."""
    return f"{job.base}/{quote(job.target.collection.strip('/'))}/{quote(file.name)}"


def send(job: Job, file: File) -> Step:
    """An object, if there is none of its name."""
    headers = {
        "Content-Type": file.media_type,
        "Content-MD5": base64.b64encode(bytes.fromhex(file.md5)).decode(),
        "If-None-Match": "*",
    }

    def learn(answer: Response) -> Facts:
        if answer.status == 412:
            raise Refused(f"something else is called {file.name} there already", answer)
        answer.expect(200)
        return {}

    def there(answer: Response) -> Facts | None:
        return {} if answer.status == 200 and _etag(answer) == file.md5 else None

    return Step(
        f"send {file.name}",
        lambda _: Request("PUT", _place(job, file), headers, file.data),
        learn,
        find=Find(lambda _: Request("HEAD", _place(job, file)), there),
    )


def _etag(answer: Response) -> str:
    return answer.headers.get("etag", "").strip('"')


def compare(job: Job, file: File) -> Step:
    """The object as the server keeps it."""

    def learn(answer: Response) -> Facts:
        held = _etag(answer.expect(200))
        if held != file.md5:
            raise Different(f"{file.name} has the MD5 {file.md5}, but on the server {held}")
        last = {"published": "yes", "state": "delivered"} if file is job.files[-1] else {}
        return {f"md5 {file.name}": held, "link": _place(job, file).rpartition("/")[0], **last}

    return Step(f"compare {file.name}", lambda _: Request("HEAD", _place(job, file)), learn,
                repeatable=True, always=True)  # fmt: skip


def sign(request: Request, job: Job, secret: str, facts: Facts) -> Request:
    """Signature Version 4: `user` is the access key, `profile` the region, the token the secret."""
    return signed(request, job.target.user, secret, job.target.profile or REGION, datetime.now(UTC))


def signed(request: Request, key: str, secret: str, region: str, now: datetime) -> Request:
    """The request with the `Authorization` of Signature Version 4, at that time."""
    parts, stamp = urlsplit(request.url), now.strftime("%Y%m%dT%H%M%SZ")
    body = hashlib.sha256(request.body).hexdigest()
    told = {"host": parts.netloc, "x-amz-content-sha256": body, "x-amz-date": stamp}
    names = ";".join(told)
    lines = "".join(f"{name}:{value}\n" for name, value in told.items())
    asked = "\n".join((request.method, parts.path, parts.query, lines, names, body))
    scope = f"{stamp[:8]}/{region}/s3/aws4_request"
    digest = hashlib.sha256(asked.encode()).hexdigest()
    signature = _key(secret, scope, f"{_ALGORITHM}\n{stamp}\n{scope}\n{digest}")
    said = f"{_ALGORITHM} Credential={key}/{scope}, SignedHeaders={names}, Signature={signature}"
    del told["host"]
    return replace(request, headers={**request.headers, **told, "Authorization": said})


def _key(secret: str, scope: str, text: str) -> str:
    """The text signed with a key that is made of the secret, step by step along the scope."""
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


KIND = Kind(
    "s3",
    "S3",
    FACTS,
    steps,
    status,
    sign=sign,
    settings=("address", "collection", "user"),
    drafts=False,
)
