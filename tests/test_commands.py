"""The transcripts in tests/commands: documentation that is run.

A page is run in an empty folder. A block that names a file (```xml chapter.xml) makes that file; in
a ```console block, `$ ` starts a command, plain lines are its standard output, `2> ` its standard
error, and `=> 1` its exit code where that is not 0. What differs between machines is masked: sizes,
seconds, times, names made of an address, pubtool's version. Where a page names the address of
`make repository`, the strict fake of InvenioRDM stands in. `--update-golden` writes the transcripts
anew.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from pubtool import __version__
from tests.deposit.fake_invenio import Invenio
from tests.deposit.loopback import serving

PAGES = sorted((Path(__file__).parent / "commands").glob("*.md"))
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.M | re.S)
PROGRAM = "from pubtool.cli import main; main(prog_name='pubtool')"
MEASURED = re.compile(r" +[\d.]+ [kM]B +(passed|failed|not checked) +(?:[\d.]+ s|unchanged)$", re.M)
TAKEN = re.compile(r"(?<=, in )[\d.]+ s$", re.M)
WRITTEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+\+00:00")
MARKER = re.compile(r"(?<=uuid)(:|%3A)[\da-f-]{36}")
REPOSITORY, TOKEN = "http://127.0.0.1:5080", "token-of-an-example"


def masked(text: str) -> str:
    text = TAKEN.sub("(seconds)", MEASURED.sub(r"  (size)  \1  (seconds)", text))
    text = MARKER.sub(r"\1(marker)", WRITTEN.sub("(time)", text))
    return text.replace(__version__, "(version)")


def played(command: str, folder: Path) -> str:
    """A command and what it says, as a transcript."""
    program, *arguments = shlex.split(command)
    start = {"pubtool": [sys.executable, "-c", PROGRAM]}.get(program, [program])
    done = subprocess.run(
        [*start, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "80", "LC_ALL": "C.UTF-8"},
    )
    said = [
        *done.stdout.splitlines(),
        *(f"2> {line}".rstrip() for line in done.stderr.splitlines()),
    ]
    code = [f"=> {done.returncode}"] if done.returncode else []
    return masked("".join(f"{line}\n" for line in [f"$ {command}", *said, *code]))


def replayed(page: str, folder: Path) -> str:
    """The page as it would stand if its commands were run now, beside a repository if need be."""
    if REPOSITORY not in page:
        return _replayed(page, folder)
    with serving(Invenio(TOKEN)) as address:
        return _replayed(page.replace(REPOSITORY, address), folder).replace(address, REPOSITORY)


def _replayed(page: str, folder: Path) -> str:

    def block(match: re.Match[str]) -> str:
        kind, name, content = match.groups()
        if kind == "console":
            commands = re.findall(r"^\$ (.*)$", content, re.M)
            content = "".join(played(command, folder) for command in commands)
        elif name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content)
        return f"```{kind}{f' {name}' if name else ''}\n{content}```"

    return BLOCK.sub(block, page)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_commands_say_what_the_page_says(path: Path, tmp_path: Path, update_golden: bool) -> None:
    page = path.read_text()
    assert "```console" in page
    now = replayed(page, tmp_path)
    if update_golden:
        path.write_text(now)
    assert now == path.read_text()


def test_a_transcript_that_is_not_so_is_noticed(tmp_path: Path) -> None:
    page = "```console\n$ pubtool explain PT105\nSomething else.\n```"
    assert replayed(page, tmp_path) != page
    assert "=> 2" in replayed("```console\n$ pubtool explain PT000\n```", tmp_path)
