"""One request over HTTP and its answer, within limits. The only module that knows httpx.

- Credentials go to the target's own origin, over https, or to this machine itself.
- Requests go to that origin, to hosts the kind of target names, and nowhere else.
- Only reading follows a redirect, and leaves the credentials behind where the origin changes.
- An answer may take `ANSWER_SECONDS` and `ANSWER_BYTES`.
"""

from __future__ import annotations

import ipaddress
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from pubtool import __version__
from pubtool.deposit.failures import Refused, Unreached, Unsure, Untrusted
from pubtool.deposit.step import Request, Response, origin

if TYPE_CHECKING:
    import httpx

CONNECT_SECONDS = 10.0
SILENT_SECONDS = 60.0
ANSWER_SECONDS = 300.0
ANSWER_BYTES = 16_000_000
REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)
Sign = Callable[[Request], Request]


@dataclass(frozen=True)
class Limits:
    """Seconds until a connection, between two signs of life and for a whole answer; its bytes."""

    connect: float = CONNECT_SECONDS
    silent: float = SILENT_SECONDS
    answer: float = ANSWER_SECONDS
    bytes: int = ANSWER_BYTES


def is_loopback(url: str) -> bool:
    """True for an address of this machine itself."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def trusted(url: str, base: str, hosts: tuple[str, ...] = ()) -> bool:
    """True if `url` is of the target's origin, or https of a host that ends in one of `hosts`."""
    if origin(url) == origin(base):
        return True
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    named = any(host == h or host.endswith(f".{h}") for h in hosts)
    return named and parts.scheme == "https" and parts.port in (None, 443)


def is_safe(url: str) -> bool:
    """True if credentials may be sent there at all: https, or plain http to this machine."""
    scheme = urlsplit(url).scheme
    return scheme in ("https", "sftp") or (scheme == "http" and is_loopback(url))


class Wire:
    """A connection to one target. `sign` adds the credentials to a request."""

    def __init__(
        self, base: str, sign: Sign, hosts: tuple[str, ...] = (), limits: Limits | None = None
    ) -> None:
        self.base = base
        self.sign = sign
        self.hosts = hosts
        self.limits = limits or Limits()
        self._client: httpx.Client | None = None

    def __enter__(self) -> Wire:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._client is not None:
            self._client.close()

    def send(self, request: Request) -> Response:
        """The answer to one request. Raises Unreached, Unsure, Untrusted."""
        for _ in range(REDIRECTS + 1):
            response = self._once(request)
            if response.status not in _MOVED or request.method not in ("GET", "HEAD"):
                return response
            target = urljoin(request.url, response.headers.get("location", request.url))
            request = self._redirected(request, target)
        raise Unreached("the server sends from one address to the next without end")

    def _redirected(self, request: Request, target: str) -> Request:
        """Reading at the address the server named; a foreign one gets no credentials."""
        if urlsplit(target).scheme != "https" and not is_loopback(target):
            raise Untrusted(f"the server points to {target}, which is not https")
        same = origin(target) == origin(self.base)
        headers = request.headers if same else {"Accept": request.headers.get("Accept", "*/*")}
        return replace(request, url=target, headers=headers, credentials=same)

    def _once(self, request: Request) -> Response:
        if request.credentials and not trusted(request.url, self.base, self.hosts):
            raise Untrusted(f"the server names {request.url}, which is not at {self.base}")
        at_home = origin(request.url) == origin(self.base)
        if request.credentials and at_home:
            if not is_safe(request.url):
                raise Untrusted(f"{request.url} is not https: credentials would be readable")
            request = self.sign(request)
        return self._exchanged(request)

    def _exchanged(self, request: Request) -> Response:
        import httpx

        client = self._opened()
        try:
            built = client.build_request(
                request.method, request.url, headers=dict(request.headers), content=request.body
            )
            answer = client.send(built, stream=True)
            try:
                return self._whole(answer)
            finally:
                answer.close()
        except UnicodeError as error:
            raise Refused("the token holds letters that no token has") from error
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Unreached(_said(error, "no connection to the server")) from error
        except httpx.UnsupportedProtocol as error:
            raise Untrusted(f"{request.url} is no address of a server") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise Unsure(_said(error, "the connection broke before the answer")) from error

    def _whole(self, answer: httpx.Response) -> Response:
        """The answer read to its end, unless it takes too long or grows too large."""
        parts: list[bytes] = []
        size, ends = 0, time.monotonic() + self.limits.answer
        for part in answer.iter_bytes():
            size += len(part)
            parts.append(part)
            if size > self.limits.bytes:
                raise Unsure("the answer is larger than any answer should be")
            if time.monotonic() > ends:
                raise Unsure("the answer does not come to an end")
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Response(answer.status_code, headers, b"".join(parts), str(answer.url))

    def _opened(self) -> httpx.Client:
        if self._client is None:
            import httpx

            limits = self.limits
            self._client = httpx.Client(
                timeout=httpx.Timeout(limits.silent, connect=limits.connect),
                follow_redirects=False,
                verify=_authorities(),
                headers={"User-Agent": f"pubtool/{__version__}"},
            )
        return self._client


@cache
def _authorities() -> ssl.SSLContext:
    """The certificates that are trusted; reading them takes as long as several requests."""
    import httpx

    return httpx.create_ssl_context()


def _said(error: Exception, otherwise: str) -> str:
    """The reason in the system's words, after ours."""
    return f"{otherwise}: {error}" if str(error) else f"{otherwise} ({type(error).__name__})"
