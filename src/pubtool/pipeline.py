"""One chapter, from its file to checked artifacts.

    load ─▶ findings ─▶ edition ─▶ for each format: written and checked (`making`) ─▶ final name

An artifact that fails its check never gets its final name: it is kept as `<name>.invalid`, its
diagnostics beside it as `<name>.invalid.json`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread

from pubtool import report
from pubtool.aside import Aside
from pubtool.diagnostics import Diagnostic, Severity, errors, of_file
from pubtool.edition import Edition
from pubtool.files import write_whole
from pubtool.formats import in_making_order
from pubtool.intake import edition, load
from pubtool.making import Apart, Making, Order, make_all, names_of
from pubtool.outcome import PAGES, Outcome, stem_of
from pubtool.page_range import with_pages
from pubtool.pagination import Pages, from_json
from pubtool.restyle import restyled
from pubtool.settings import Settings


def export(
    path: Path,
    names: Sequence[str],
    settings: Settings,
    out: Path,
    level: str,
    optional: Container[str] = (),
    *,
    alone: bool = False,
    apart: Mapping[str, Aside[Apart]] | None = None,
) -> Iterator[Outcome | Diagnostic]:
    """Make a chapter's artifacts in `out`; yields findings on the chapter, then each outcome.

    A chapter with an error gets no artifact. A format that cannot be made of this chapter has no
    outcome, only findings: errors, but notes for the `optional` formats, asked for as one of many.
    Each artifact names those made with it, unless each will stand `alone`. What of the formats is
    being made `apart`, in processes of their own, is only waited for.
    Raises Unreadable, ToolMissing, ToolFailed, OSError.
    """
    source, findings = load(path, settings)
    made_from, image_findings = edition(source, settings) if not errors(findings) else (None, [])
    yield from [*findings, *image_findings]
    if made_from is None or errors(image_findings):
        return
    apart = apart or {}
    if level != "none":
        _load_undisturbed(names)
    _prepare([name for name in names if name not in apart])
    styling = restyled(made_from)
    yield from styling
    if errors(styling):
        return
    out.mkdir(parents=True, exist_ok=True)
    stem = stem_of(path)
    beside = {} if alone else names_of(names, stem)
    yield from _results(made_from, Order(names, stem, level, out, beside, apart), optional)


def _results(
    made_from: Edition, order: Order, optional: Container[str]
) -> Iterator[Outcome | Diagnostic]:
    """What becomes of each format, once all are written; checks run beside the writing."""
    with ThreadPoolExecutor(max_workers=2, thread_name_prefix="check") as threads:
        making = list(make_all(made_from, order, threads))
        # Each waits for the disk while others are still checked.
        ends = [threads.submit(_ended, one, order, optional) for one in making]
        for end in ends:
            yield from end.result()


def _load_undisturbed(names: Sequence[str]) -> None:
    for row in in_making_order(names):
        if row.undisturbed is not None:
            row.undisturbed()


def _prepare(names: Sequence[str]) -> None:
    """Load the engines in a thread, while formats are made that do without them."""
    engines = {row.prepare: None for row in in_making_order(names) if row.prepare is not None}
    if engines:
        Thread(target=lambda: [prepare() for prepare in engines], name="engines").start()


def write_pages(path: Path, outcome: Outcome) -> Pages | None:
    """Put first and last page of a PDF into the chapter it was made of, and nothing else.

    None if the outcome tells no pages. Raises OSError.
    """
    told = next((file for file in outcome.beside if file.name.endswith(PAGES)), None)
    if told is None:
        return None
    pages, before = from_json(told.read_bytes()), path.read_bytes()
    after = with_pages(before, pages.first, pages.last)
    if after != before:
        write_whole(path, after)
    return pages


def _left_out(making: Making, out: Path, optional: Container[str]) -> Iterator[Diagnostic]:
    """Why a format was not made; what an earlier export left of it goes."""
    for name in (making.name, f"{making.name}.invalid", f"{making.name}.invalid.json"):
        (out / name).unlink(missing_ok=True)
    for finding in making.whole.result()[0][0].findings:
        grave = finding.is_error and making.format.name in optional
        yield replace(finding, severity=Severity.NOTE) if grave else finding


def _ended(making: Making, order: Order, optional: Container[str]) -> list[Outcome | Diagnostic]:
    """The outcome of a format that was asked for, or why there is none."""
    if making.whole.result()[0][0].left_out:
        return list(_left_out(making, order.out, optional))
    if making.format.name in order.names:
        return [_finish(making, order.out, order.stem)]
    return []


def _finish(making: Making, out: Path, stem: str) -> Outcome:
    """Give an artifact its final name, or keep it as `.invalid` with its diagnostics.

    The files beside it stand only where it does.
    """
    (made, seconds), (checked, check_seconds) = making.whole.result()
    path = out / making.name
    findings = tuple(of_file(path, making.name, [*made.findings, *checked]))
    invalid = path.with_name(f"{path.name}.invalid")
    beside = path.with_name(f"{invalid.name}.json")
    failed = bool(errors(findings))
    accompanying = {out / f"{stem}{suffix}": d for suffix, d in made.beside.items()}
    if failed:
        write_whole(invalid, made.data)
        write_whole(beside, report.as_json(findings).encode())
        stale = [path, *accompanying]
    else:
        write_whole(path, made.data)
        for file, data in accompanying.items():
            write_whole(file, data)
        stale = [invalid, beside]
    for file in stale:
        with suppress(FileNotFoundError):
            file.unlink()
    return Outcome(
        format=making.format.name,
        path=invalid if failed else path,
        size=len(made.data),
        passed=None if not (making.checked or failed) else not failed,
        seconds=seconds + check_seconds,
        findings=findings,
        beside=() if failed else tuple(accompanying),
    )
