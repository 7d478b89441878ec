"""One chapter, from its file to packages for those who receive it.

    load ─▶ refuse what is unfinished ─▶ export what packages need ─▶ build ─▶ check ─▶ final name

What an earlier run left of the packages asked for is removed before anything else, so that a
package of the build folder can be sent, whatever stopped the work.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pubtool import pipeline
from pubtool.diagnostics import Diagnostic, Place, Severity, errors, found
from pubtool.edition import Edition
from pubtool.files import write_whole
from pubtool.formats import formats
from pubtool.intake import edition, load
from pubtool.model import q
from pubtool.outcome import Outcome, stem_of
from pubtool.packages import PACKAGES
from pubtool.packages.archive import md5
from pubtool.packages.facts import Gap, gaps
from pubtool.packages.oapen import RASTER
from pubtool.packages.package import Artifact, Delivery, Package, ascii_name
from pubtool.resources import Image, Images
from pubtool.settings import Settings
from pubtool.source import Source


@dataclass(frozen=True, slots=True)
class Parcel:
    """A package that has been made and checked: where it is, and the files in it by size."""

    kind: str
    path: Path
    size: int
    md5: str
    files: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Order:
    """What was asked for: which chapter, where to, which kinds as one of many, at any price."""

    path: Path
    out: Path
    optional: Container[str]
    force: bool

    def weighed(self, finding: Diagnostic, kind: Package) -> Diagnostic:
        """An error is but a note for a kind that was asked for as one of many."""
        return replace(finding, severity=Severity.NOTE) if kind.name in self.optional else finding

    def place(self, kind: Package) -> Path:
        """Where the package of a kind goes."""
        return self.out / f"{package_name(self.path)}{kind.suffix}"


def package_name(path: Path) -> str:
    """The name packages of a chapter share, in ASCII."""
    return ascii_name(stem_of(path))


def pack(
    path: Path,
    kinds: Sequence[str],
    settings: Settings,
    out: Path,
    optional: Container[str] = (),
    *,
    force: bool = False,
) -> Iterator[Parcel | Gap | Diagnostic]:
    """Make a chapter's packages in `out`, with the artifacts they need, fully checked.

    Yields findings, what is missing, and each package. What cannot be made is an error, but a note
    for the `optional` kinds, asked for as one of many. With `force`, open queries (PT821) and
    artifacts that failed (PT820) are told as warnings, and packed all the same.
    Raises Unreadable, ToolMissing, ToolFailed, OSError.
    """
    order = _Order(path, out, optional, force)
    asked = [PACKAGES[kind] for kind in kinds]
    for kind in asked:
        order.place(kind).unlink(missing_ok=True)
    source, findings = load(path, settings)
    ready, said = edition(source, settings) if not errors(findings) else (None, [])
    if ready is None or errors(said):
        yield from [*findings, *said]
        return
    unfinished = list(_open_queries(source, order))
    yield from unfinished
    if not errors(unfinished):
        yield from _packages(asked, ready, order)


def _open_queries(source: Source, order: _Order) -> Iterator[Diagnostic]:
    """PT821 at the first question that is still open, whatever [check.rules] says of queries."""
    queries = list(source.root.iter(q("query")))
    if queries:
        many = "one question of an editor is" if len(queries) == 1 else f"{len(queries)} are"
        message = f"there is no package while {many} open, the first of them here"
        severity = Severity.WARNING if order.force else None
        yield found("PT821", source.place(queries[0]), message, severity=severity)


def _packages(
    asked: Sequence[Package], ready: Edition, order: _Order
) -> Iterator[Parcel | Gap | Diagnostic]:
    """Each package, and why there is not each: its facts first, before anything is exported."""
    possible = []
    for kind in asked:
        against = list(_against(kind, ready, order))
        yield from against
        if not any(isinstance(one, Diagnostic) or one.must for one in against):
            possible.append(kind)
    outcomes: dict[str, Outcome] = {}
    for result in _exported(possible, ready, order):
        if isinstance(result, Diagnostic):
            yield result
        else:
            yield from result.findings
            outcomes[result.format] = result
    delivery = _delivery(ready, outcomes, order)
    for kind in possible:
        lacking = list(_lacking(kind, delivery, outcomes, order))
        yield from lacking
        if all(need in delivery.artifacts for need in kind.needs):
            yield from _packed(kind, delivery, order)


def _against(kind: Package, ready: Edition, order: _Order) -> Iterator[Gap | Diagnostic]:
    """What is missing for a package, and which images it cannot hold (PT825)."""
    yield from gaps(kind, ready, optional=kind.name in order.optional)
    for href in kind.unfit(ready) if kind.unfit else ():
        message = f"the package {kind.name} cannot hold the image under the name “{href}”"
        yield order.weighed(found("PT825", Place(ready.chapter.file), message), kind)


def _exported(
    kinds: Sequence[Package], ready: Edition, order: _Order
) -> Iterator[Outcome | Diagnostic]:
    """The artifacts of all packages, each once; those only optional kinds need may be left out."""
    if not kinds:
        return
    names = list(dict.fromkeys(n for kind in kinds for n in (*kind.needs, *kind.welcome)))
    needed = {n for kind in kinds if kind.name not in order.optional for n in kind.needs}
    lesser = frozenset(names) - needed
    # Which packages are made together must not change what is in each: no file names another.
    yield from pipeline.export(
        order.path, names, ready.settings, order.out, "full", lesser, alone=True
    )


def _delivery(ready: Edition, outcomes: Mapping[str, Outcome], order: _Order) -> Delivery:
    """The chapter with those artifacts that may be packed."""
    artifacts = {n: _artifact(one) for n, one in outcomes.items() if order.force or one.passed}
    return Delivery(package_name(order.path), ready, artifacts, _cover(ready))


def _artifact(outcome: Outcome) -> Artifact:
    format_ = formats()[outcome.format]
    return Artifact(format_.suffix, format_.media_type, outcome.path.read_bytes())


def _cover(ready: Edition) -> Image | None:
    """The publisher's cover, as the EPUB has it; what is wrong with it the EPUB's findings say."""
    settings = ready.settings
    if not settings.epub.cover:
        return None
    images = Images(settings.root, settings.root, settings.limits.image_megabytes)
    image = images.read(settings.epub.cover, Place(settings.file))
    return image if isinstance(image, Image) and image.media_type in RASTER else None


def _lacking(
    kind: Package, delivery: Delivery, outcomes: Mapping[str, Outcome], order: _Order
) -> Iterator[Diagnostic]:
    """PT820 for each artifact a package needs that failed its check or could not be made."""
    for name in kind.needs:
        outcome = outcomes.get(name)
        if outcome is None or not outcome.passed:
            why = "could not be made" if outcome is None else "has not passed its check"
            message = f"the package {kind.name} needs {name}, which {why}"
            forced = Severity.WARNING if name in delivery.artifacts else None
            finding = found("PT820", Place(str(order.path)), message, severity=forced)
            yield order.weighed(finding, kind)


def _packed(kind: Package, delivery: Delivery, order: _Order) -> Iterator[Parcel | Diagnostic]:
    """Build, check and write one package."""
    path = order.place(kind)
    files = kind.build(delivery)
    data = kind.pack(files)
    findings = kind.check(data, path.name)
    yield from (replace(finding, file=str(path)) for finding in findings)
    if not errors(findings):
        write_whole(path, data)
        sizes = tuple((name, len(content)) for name, content in files.items())
        yield Parcel(kind.name, path, len(data), md5(data), sizes)
