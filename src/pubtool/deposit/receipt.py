"""The receipt of a deposit: what was sent where, and what the server said, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pubtool import __version__
from pubtool.deposit.journal import Standing, lines, now
from pubtool.deposit.step import METADATA, Job
from pubtool.diagnostics import Diagnostic
from pubtool.files import write_whole
from pubtool.packages.access import access

# Facts that serve the steps alone.
_INNER = frozenset({"files there", "previous", "published", "submitted"})


def receipt(
    job: Job,
    journal: Path,
    standing: Standing,
    state: str,
    failure: str,
    forced: Sequence[Diagnostic],
) -> dict[str, Any]:
    """A receipt: `state` is draft, published, queued or failed; times are UTC, sizes bytes."""
    known = standing.facts
    return {
        "pubtool": __version__,
        "state": state,
        "failure": failure,
        "what": standing.what,
        "target": _target(job),
        "chapter": job.edition.chapter.file,
        "title": job.edition.chapter.record.full_title,
        "begun": standing.begun,
        "written": now(),
        "published": standing.facts.get("published") == "yes",
        "ids": {name: value for name, value in known.items() if _is_told(name)},
        "access": access(job.edition).sentence,
        "licence": job.edition.chapter.record.license_href,
        "files": [] if standing.what == METADATA else _files(job, standing),
        "forced": [f"{one.rule}: {one.message}" for one in forced],
        "answers": _answers(journal),
    }


def _target(job: Job) -> dict[str, Any]:
    target = job.target
    return {
        "name": job.name,
        "kind": target.kind,
        "address": target.address,
        "collection": target.collection,
        "sandbox": target.sandbox,
    }


def _is_told(name: str) -> bool:
    return name not in _INNER and not name.startswith("md5 ")


def _files(job: Job, standing: Standing) -> list[dict[str, Any]]:
    """The files of the deposit; `on the server` is the MD5 the server named, or ""."""
    return [
        {
            "name": file.name,
            "bytes": len(file.data),
            "md5": file.md5,
            "sha256": file.sha256,
            "on the server": standing.facts.get(f"md5 {file.name}", ""),
        }
        for file in job.files
    ]


def _answers(journal: Path) -> list[dict[str, Any]]:
    """What the server answered, from the last beginning on."""
    answers: list[dict[str, Any]] = []
    for line in lines(journal):
        if line["event"] == "begin":
            answers = []
        if line["event"] == "answer":
            answers.append({key: line[key] for key in ("time", "step", "status", "said")})
    return answers


def write_receipt(path: Path, told: dict[str, Any]) -> None:
    """Write a receipt, whole or not at all. Raises OSError."""
    write_whole(path, f"{json.dumps(told, ensure_ascii=False, indent=2)}\n".encode())


def read_receipt(path: Path) -> dict[str, Any]:
    """A receipt; {} where there is none."""
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
