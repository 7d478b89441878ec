"""A session with DSpace: a token against forgery that may change with every answer, and a login.

Source: DSpace/RestContract: authentication.md, csrf-tokens.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

from pubtool.deposit.failures import Refused
from pubtool.deposit.step import SESSION, Facts, Job, Request, Response, Step, as_json, expecting

CSRF, JWT, WHO = f"{SESSION}csrf", f"{SESSION}jwt", "submitter"


def hear(response: Response) -> Facts:
    """The token against forgery, which may change with any answer."""
    token = response.headers.get("dspace-xsrf-token", "")
    return {CSRF: token} if token else {}


def sign(request: Request, job: Job, secret: str, facts: Facts) -> Request:
    """The session's tokens; to the login alone user and password."""
    headers = dict(request.headers)
    if token := facts.get(CSRF):
        headers |= {"X-XSRF-TOKEN": token, "Cookie": f"DSPACE-XSRF-COOKIE={token}"}
    if request.method == "POST" and request.url == f"{api(job)}/authn/login":
        said = urlencode({"user": job.target.user, "password": secret}).encode()
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return replace(request, headers=headers, body=said)
    if token := facts.get(JWT):
        headers["Authorization"] = token
    return replace(request, headers=headers)


def api(job: Job) -> str:
    """The root of the interface."""
    return f"{job.base}/api"


def login(job: Job) -> Iterator[Step]:
    """A token against forgery, then the session."""
    base = api(job)
    yield Step("greet the server", lambda _: as_json("GET", f"{base}/authn/status"),
               expecting(200),
               repeatable=True, always=True)  # fmt: skip
    yield Step("log in", lambda _: as_json("POST", f"{base}/authn/login"), _session,
               repeatable=True, always=True)  # fmt: skip
    yield Step("ask who we are", lambda _: as_json("GET", f"{base}/authn/status"), _submitter,
               repeatable=True, always=True)  # fmt: skip


def _session(answer: Response) -> Facts:
    token = answer.expect(200).headers.get("authorization", "")
    if not token:
        raise Refused("the login gave no session", answer)
    return {JWT: token}


def _submitter(answer: Response) -> Facts:
    said = answer.expect(200).json()
    if not said.get("authenticated"):
        raise Refused("the server does not know us", answer)
    link = said.get("_links", {}).get("eperson", {}).get("href", "")
    return {WHO: link.rsplit("/", 1)[-1]}
