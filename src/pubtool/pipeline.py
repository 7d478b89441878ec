"""One chapter, from its file to checked artifacts.

    load ─▶ findings ─▶ edition ─▶ for each format: write ─▶ house XSLT ─▶ check ─▶ final name

Checks run in threads beside the writing, so that epubcheck's Java works while the PDF is set. An
artifact that fails its check never gets its final name: it is kept as `<name>.invalid`, its
diagnostics beside it as `<name>.invalid.json`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Thread

from pubtool import house, report
from pubtool.aside import Aside
from pubtool.cache import remembered
from pubtool.diagnostics import Diagnostic, Place, Severity, Unreadable, errors, of_file
from pubtool.edition import Edition, Made
from pubtool.files import write_whole
from pubtool.formats import Format, formats, in_making_order
from pubtool.intake import edition, load
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
    _prepare([name for name in names if name not in apart])
    styling = restyled(made_from)
    yield from styling
    if errors(styling):
        return
    out.mkdir(parents=True, exist_ok=True)
    stem = stem_of(path)
    with ThreadPoolExecutor(max_workers=2, thread_name_prefix="check") as threads:
        beside = {} if alone else _names_of(names, stem)
        order = _Order(names, stem, level, out, beside, apart)
        making = list(_make_all(made_from, order, threads))
        # Each waits for the disk while others are still checked.
        ends = [threads.submit(_ended, one, order, optional) for one in making]
        for end in ends:
            yield from end.result()


def _names_of(names: Sequence[str], stem: str) -> dict[str, str]:
    """The artifacts that are made together, by format."""
    return {name: f"{stem}{formats()[name].suffix}" for name in names}


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


# An artifact and the seconds it took; the findings of its check and their seconds.
Apart = tuple[Made, float]
Checked = tuple[list[Diagnostic], float]
Parts = Callable[[], Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be made of a chapter: formats, the stem of their names, the level of checks."""

    names: Sequence[str]
    stem: str
    level: str
    out: Path
    beside: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, Aside[Apart]] = field(default_factory=dict)

    def name(self, format_: Format) -> str:
        """The name of an artifact."""
        return f"{self.stem}{format_.suffix}"


@dataclass(frozen=True, slots=True)
class _Making:
    """An artifact that is still checked, perhaps still written."""

    format: Format
    name: str
    whole: Future[tuple[Apart, Checked]]
    checked: bool

    def leaves(self, suffix: str) -> bytes | None:
        """A file beside the artifact, once it has passed its check."""
        (made, _), (findings, _) = self.whole.result()
        failed = errors([*made.findings, *findings])
        return None if failed else made.beside.get(suffix)


def _make_all(edition: Edition, order: _Order, threads: ThreadPoolExecutor) -> Iterator[_Making]:
    parts: dict[str, bytes] = {}
    makings: dict[str, _Making] = {}
    rows = in_making_order(order.names)
    needed = {need for row in rows for need in row.needs}
    for format_ in rows:
        facts = facts_for(format_, order.stem, order.out, makings)
        own = {need: parts[need] for need in format_.needs}
        ready = replace(edition, parts=own, beside=order.beside, facts=facts)
        write = partial(_written, format_, ready, order)
        if not format_.by_others or format_.name in needed:
            written = write()
            parts[format_.name] = written[0].data
            _tell_branches(format_, parts, order)
            write = partial(_same, written)
        whole = threads.submit(_made_and_checked, write, format_, ready, order)
        makings[format_.name] = _Making(format_, order.name(format_), whole, order.level != "none")
        yield makings[format_.name]


def _same(written: Apart) -> Apart:
    return written


def _tell_branches(format_: Format, parts: Mapping[str, bytes], order: _Order) -> None:
    """Give other processes the artifacts they need, as soon as the last of these is made."""
    for name, branch in order.apart.items():
        needs = formats()[name].needs
        if format_.name in needs and all(need in parts for need in needs):
            branch.tell({need: parts[need] for need in needs})


def _made_and_checked(
    write: Callable[[], Apart], format_: Format, ready: Edition, order: _Order
) -> tuple[Apart, Checked]:
    """An artifact with the findings of its check."""
    made, seconds = write()
    check = partial(_checks, format_, ready, made, order.name(format_), order.level)
    return (made, seconds), _timed(check)


def _written(format_: Format, ready: Edition, order: _Order) -> Apart:
    """An artifact after the house stylesheet, made here unless another process has made it."""
    branch = order.apart.get(format_.name)
    if branch is not None:
        if format_.prepare_check is not None and order.level != "none":
            format_.prepare_check()
        result = branch.result()
        if result is not None:
            return result
    started = time.perf_counter()
    made = _after(_of_writer(format_, ready), format_, ready.settings, order.name(format_))
    return made, time.perf_counter() - started


def made_apart(
    path: Path, name: str, names: Sequence[str], settings: Settings, out: Path, parts: Parts
) -> Apart:
    """One format of a chapter of which `names` are asked for, made but neither checked nor written.

    `parts` waits for the artifacts that the format needs. Raises ValueError where there is anything
    to say about the chapter itself.
    """
    format_ = formats()[name]
    if format_.prepare is not None:
        format_.prepare()
    source, findings = load(path, settings)
    made_from, said = edition(source, settings)
    if errors([*findings, *said]) or restyled(made_from):
        raise ValueError(name)
    stem = stem_of(path)
    order = _Order([name], stem, "none", out, _names_of(names, stem))
    facts = facts_for(format_, stem, out, {})
    ready = replace(made_from, parts=parts(), beside=order.beside, facts=facts)
    return _written(format_, ready, order)


def facts_for(
    format_: Format, stem: str, out: Path, makings: Mapping[str, _Making]
) -> dict[str, bytes]:
    """The facts that a format heeds: of an artifact of this run, else of an earlier run in `out`.

    What is made of the format depends on these bytes as it does on the chapter. An artifact of
    this run that failed leaves none.
    """
    told = {}
    for name in format_.heeds:
        suffix = formats()[name].leaves
        if name in makings:
            data = makings[name].leaves(suffix)
        else:
            file = out / f"{stem}{suffix}"
            data = file.read_bytes() if file.is_file() else None
        if data is not None:
            told[name] = data
    return told


def _of_writer(format_: Format, edition: Edition) -> Made:
    """The artifact; where a template or style of the house cannot be used, the reason alone."""
    try:
        return format_.write(edition)
    except Unreadable as broken:
        return Made(b"", (broken.finding,))


def _after(made: Made, format_: Format, settings: Settings, name: str) -> Made:
    """The artifact after the house stylesheet named in [format.NAME] after."""
    options = settings.format.get(format_.name)
    if options is None or not options.after:
        return made
    result = house.transformed(made.data, settings.root / options.after, Place(name))
    if isinstance(result, Diagnostic):
        return replace(made, findings=(*made.findings, result))
    return replace(made, data=result)


def _checks(
    format_: Format, edition: Edition, made: Made, name: str, level: str
) -> list[Diagnostic]:
    if level == "none" or errors(made.findings):
        return []
    findings = remembered(format_.check, made.data, name, level, format_.engines)
    if errors(findings):
        return findings
    if format_.received is not None:
        profile = edition.settings.jats.profile
        findings += remembered(format_.received, made.data, name, profile, format_.engines)
    return findings + format_.conserved(edition, made.data, name)


def _timed(work: Callable[[], list[Diagnostic]]) -> Checked:
    started = time.perf_counter()
    return work(), time.perf_counter() - started


def _left_out(making: _Making, out: Path, optional: Container[str]) -> Iterator[Diagnostic]:
    """Why a format was not made; what an earlier export left of it goes."""
    for name in (making.name, f"{making.name}.invalid", f"{making.name}.invalid.json"):
        (out / name).unlink(missing_ok=True)
    for finding in making.whole.result()[0][0].findings:
        grave = finding.is_error and making.format.name in optional
        yield replace(finding, severity=Severity.NOTE) if grave else finding


def _ended(making: _Making, order: _Order, optional: Container[str]) -> list[Outcome | Diagnostic]:
    """The outcome of a format that was asked for, or why there is none."""
    if making.whole.result()[0][0].left_out:
        return list(_left_out(making, order.out, optional))
    if making.format.name in order.names:
        return [_finish(making, order.out, order.stem)]
    return []


def _finish(making: _Making, out: Path, stem: str) -> Outcome:
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
