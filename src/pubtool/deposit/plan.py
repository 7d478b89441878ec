"""What a dry run shows: facts, files, requests; and what receipts say at a glance."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pubtool.deposit.journal import Journal
from pubtool.deposit.kind import Kind
from pubtool.deposit.receipt import read_receipt
from pubtool.deposit.run import planned
from pubtool.deposit.step import Job, Request
from pubtool.packages.facts import is_said, where

_SHOWN = 20_000


def fact_rows(job: Job, kind: Kind) -> list[tuple[str, ...]]:
    """For each fact asked for: whether it is said, whether it must be, why, and where to say it."""
    return [
        (
            need.fact,
            "said" if is_said(need, job.edition) else "MISSING",
            "must" if need.must else "",
            need.why,
            where(need),
        )
        for need in kind.needs
    ]


def file_rows(job: Job) -> list[tuple[str, ...]]:
    """The files of a deposit; below a package, what is in it."""
    rows: list[tuple[str, ...]] = []
    for file in job.files:
        rows.append((file.name, str(len(file.data)), file.md5))
        rows += [(f"  {name}", str(size), "") for name, size in file.parts]
    return rows


def request_lines(job: Job, kind: Kind, folder: Path) -> Iterator[str]:
    """Every request in its order, with its headers and what of its body is text."""
    standing = Journal(folder / f"{job.stem}.jsonl").standing
    for name, request in planned(job, kind, standing):
        yield f"# {name}"
        yield f"{request.method} {request.url}"
        yield from (f"{header}: {value}" for header, value in sorted(request.headers.items()))
        if body := _body(request):
            yield body
        yield ""


def _body(request: Request) -> str:
    kind = request.headers.get("Content-Type", "")
    if "json" in kind:
        return json.dumps(json.loads(request.body), ensure_ascii=False, indent=2)
    if request.body and ("xml" in kind or "text" in kind):
        return request.body.decode("utf-8", "replace")[:_SHOWN]
    return f"({len(request.body)} bytes)" if request.body else ""


def receipt_rows(folder: Path) -> list[tuple[str, ...]]:
    """The receipts below a folder: target, chapter, state, where it is, and since when."""
    rows: list[tuple[str, ...]] = []
    for path in sorted(folder.glob("*/*.receipt.json")):
        told = read_receipt(path)
        ids = told.get("ids", {})
        where = ids.get("doi") or ids.get("link") or ids.get("id") or "—"
        chapter, state = told.get("chapter", "?"), told.get("state", "?")
        rows.append((path.parent.name, chapter, state, where, told.get("written", "")))
    return rows
