"""The artifacts of a chapter, each written and then checked.

    edition ─▶ for each format: write ─▶ house XSLT ─▶ check

Checks run in threads beside the writing, so that epubcheck's Java works while the PDF is set; what
other programs write is written there too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from pubtool import house
from pubtool.aside import Aside
from pubtool.cache import remembered
from pubtool.diagnostics import Diagnostic, Place, Unreadable, errors
from pubtool.edition import Edition, Made
from pubtool.formats import Format, formats, in_making_order
from pubtool.intake import edition, load
from pubtool.outcome import stem_of
from pubtool.restyle import restyled
from pubtool.settings import Settings

# An artifact and the seconds it took; the findings of its check and their seconds.
Apart = tuple[Made, float]
Checked = tuple[list[Diagnostic], float]
Given = Callable[[], tuple[Mapping[str, bytes], Mapping[str, Made]]]


@dataclass(frozen=True, slots=True)
class Order:
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
class Making:
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


def make_all(edition: Edition, order: Order, threads: ThreadPoolExecutor) -> Iterator[Making]:
    """The formats of an order, each as soon as its check has begun; `threads` check.

    Raises ToolMissing, ToolFailed.
    """
    parts: dict[str, bytes] = {}
    makings: dict[str, Making] = {}
    rows = in_making_order(order.names)
    needed = {need for row in rows for need in row.needs}
    begun: dict[str, Edition] = {}
    for format_ in rows:
        facts = facts_for(format_, order.stem, order.out, makings)
        ready = begun.get(format_.name) or _ready(edition, format_, parts, order)
        ready = replace(ready, facts=facts)
        write = partial(_written, format_, ready, order)
        if not format_.by_others or format_.name in needed:
            written = write()
            parts[format_.name] = written[0].data
            begun |= _begun(edition, format_, parts, order)
            write = partial(_same, written)
        whole = threads.submit(_made_and_checked, write, format_, ready, order)
        makings[format_.name] = Making(format_, order.name(format_), whole, order.level != "none")
        yield makings[format_.name]


def _same(written: Apart) -> Apart:
    return written


def _ready(edition: Edition, format_: Format, parts: Mapping[str, bytes], order: Order) -> Edition:
    """The edition with all that a format needs of others, and with what its engine sets."""
    own = {need: parts[need] for need in format_.needs}
    ready = replace(edition, parts=own, beside=order.beside)
    if format_.drafts is None:
        return ready
    # Where a template of the house cannot be used, the writer says so.
    with suppress(Unreadable):
        ready = replace(ready, drafts=format_.drafts(ready))
    return ready


def _begun(
    edition: Edition, format_: Format, parts: Mapping[str, bytes], order: Order
) -> dict[str, Edition]:
    """What other processes are given, as soon as the last artifact they need is made."""
    begun = {}
    for name, branch in order.apart.items():
        needs = formats()[name].needs
        if format_.name in needs and all(need in parts for need in needs):
            begun[name] = _ready(edition, formats()[name], parts, order)
            branch.tell((begun[name].parts, begun[name].drafts))
    return begun


def _made_and_checked(
    write: Callable[[], Apart], format_: Format, ready: Edition, order: Order
) -> tuple[Apart, Checked]:
    """An artifact with the findings of its check."""
    made, seconds = write()
    check = partial(_checks, format_, ready, made, order.name(format_), order.level)
    return (made, seconds), _timed(check)


def _written(format_: Format, ready: Edition, order: Order) -> Apart:
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
    path: Path, name: str, names: Sequence[str], settings: Settings, out: Path, given: Given
) -> Apart:
    """One format of a chapter of which `names` are asked for, made but neither checked nor written.

    `given` waits for the artifacts that the format needs and for its drafts. Raises ValueError
    where there is anything to say about the chapter itself.
    """
    format_ = formats()[name]
    if format_.prepare is not None:
        format_.prepare()
    source, findings = load(path, settings)
    made_from, said = edition(source, settings)
    if errors([*findings, *said]) or restyled(made_from):
        raise ValueError(name)
    stem = stem_of(path)
    order = Order([name], stem, "none", out, names_of(names, stem))
    facts = facts_for(format_, stem, out, {})
    parts, drafts = given()
    ready = replace(made_from, parts=parts, beside=order.beside, facts=facts, drafts=drafts)
    return _written(format_, ready, order)


def facts_for(
    format_: Format, stem: str, out: Path, makings: Mapping[str, Making]
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


def names_of(names: Sequence[str], stem: str) -> dict[str, str]:
    """The artifacts that are made together, by format."""
    return {name: f"{stem}{formats()[name].suffix}" for name in names}
