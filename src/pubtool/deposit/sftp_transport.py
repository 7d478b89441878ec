"""Requests carried by SFTP. The only module that knows asyncssh.

The server must be in the user's known_hosts. The token is the password; where there is none, the
keys of the user's ssh agent and folder are offered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from pubtool.deposit.failures import Unreached, Unsure
from pubtool.deposit.step import Request, Response
from pubtool.diagnostics import ToolMissing

if TYPE_CHECKING:
    import asyncssh

SECONDS = 300.0
_LARGEST = 1 << 30
# Extra options of the connection, which the tests set: the server's key, and no agent.
Options = dict[str, Any]


class Sftp:
    """A connection to one server, opened with the first request."""

    def __init__(
        self, address: str, user: str, password: str, options: Options | None = None
    ) -> None:
        self.host = urlsplit(address).hostname or ""
        self.port = urlsplit(address).port or 22
        self.user = user
        self.password = password
        self.options = options or {}
        self._loop = asyncio.new_event_loop()
        self._connection: Any = None
        self._files: asyncssh.SFTPClient | None = None

    def __enter__(self) -> Sftp:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._connection.close()
            self._run(self._connection.wait_closed())
        self._loop.close()

    def _run(self, work: Any) -> Any:
        return self._loop.run_until_complete(asyncio.wait_for(work, SECONDS))

    def send(self, request: Request) -> Response:
        """The outcome of a request, in the statuses of HTTP. Raises Unreached, Unsure."""
        self._opened()
        import asyncssh

        path = _path(request.url)
        work: dict[str, Callable[[], Any]] = {
            "PUT": lambda: self._put(path, request.body),
            "GET": lambda: self._get(path),
            "MOVE": lambda: self._move(path, _path(request.headers["Destination"])),
            "LIST": lambda: self._list(path),
        }
        try:
            status, body = self._run(work[request.method]())
            return Response(status, {"content-type": "application/octet-stream"}, body)
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
            return Response(404, {}, b"")
        except asyncssh.SFTPPermissionDenied as error:
            return Response(403, {"content-type": "text/plain"}, str(error).encode())
        except asyncssh.SFTPError as error:
            return Response(500, {"content-type": "text/plain"}, str(error).encode())
        except (OSError, asyncssh.Error, TimeoutError) as error:
            self._connection = self._files = None
            raise Unsure(f"the connection broke: {error or type(error).__name__}") from error

    def _opened(self) -> None:
        if self._files is not None:
            return
        try:
            import asyncssh
        except ImportError as error:
            hint = "Install it: pip install 'pubtool[sftp]'"
            raise ToolMissing("asyncssh is not installed, which SFTP needs", hint) from error
        said: Options = {"username": self.user, **self.options}
        if self.password:
            said["password"] = self.password
        try:
            self._connection = self._run(asyncssh.connect(self.host, self.port, **said))
            self._files = self._run(self._connection.start_sftp_client())
        except (OSError, asyncssh.Error, TimeoutError) as error:
            raise Unreached(f"no connection to {self.host}: {error}") from error

    async def _put(self, path: str, data: bytes) -> tuple[int, bytes]:
        assert self._files is not None  # noqa: S101  (opened before every request)
        async with self._files.open(path, "wb") as file:
            await file.write(data)
        return 201, b""

    async def _get(self, path: str) -> tuple[int, bytes]:
        assert self._files is not None  # noqa: S101
        async with self._files.open(path, "rb") as file:
            return 200, await file.read(_LARGEST)

    async def _move(self, path: str, target: str) -> tuple[int, bytes]:
        assert self._files is not None  # noqa: S101
        await self._files.posix_rename(path, target)
        return 201, b""

    async def _list(self, path: str) -> tuple[int, bytes]:
        assert self._files is not None  # noqa: S101
        names = await self._files.listdir(path or ".")
        return 200, "\n".join(map(str, names)).encode()


def _path(url: str) -> str:
    """The path below the folder one is in after login."""
    return unquote(urlsplit(url).path).lstrip("/")
