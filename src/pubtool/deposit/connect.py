"""Opens what carries requests to a target, by the scheme of its address."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.parse import urlsplit

from pubtool.deposit.engine import Transport
from pubtool.deposit.kind import Kind
from pubtool.deposit.step import Job, Request
from pubtool.deposit.wire import Wire

Sign = Callable[[Request], Request]


def connect(kind: Kind, job: Job, secret: str, sign: Sign) -> AbstractContextManager[Transport]:
    """A connection to a job's target; nothing is sent yet."""
    if urlsplit(job.target.address).scheme == "sftp":
        from pubtool.deposit.sftp_transport import Sftp

        return Sftp(job.target.address, job.target.user, secret)
    return Wire(job.target.address, sign, kind.hosts)
