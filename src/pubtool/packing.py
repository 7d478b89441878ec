"""One chapter, from its file to packages for those who receive it.

    load ─▶ refuse what is unfinished ─▶ export what packages need ─▶ build ─▶ check ─▶ final name

A package that is refused is not written, and one of its name from an earlier run is removed: what
lies in the build folder can be sent.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pubtool import pipeline
from pubtool.diagnostics import Diagnostic, Place, Severity, errors, found
from pubtool.edition import Edition
from pubtool.files import write_whole
from pubtool.formats import formats
from pubtool.intake import edition, load
from pubtool.model import q
from pubtool.packages import PACKAGES
from pubtool.packages.archive import md5
from pubtool.packages.facts import Gap, gaps
from pubtool.packages.oapen import RASTER
from pubtool.packages.package import Artifact, Delivery, Files, Package, ascii_name
from pubtool.pipeline import Outcome, stem_of
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
    source, findings = load(path, settings)
    ready, said = edition(source, settings) if not errors(findings) else (None, [])
    asked = [PACKAGES[kind] for kind in kinds]
    if ready is None or errors(said):
        _forget(asked, path, out)
        yield from [*findings, *said]
        return
    unfinished = list(_open_queries(source, force))
    yield from unfinished
    if errors(unfinished):
        _forget(asked, path, out)
        return
    possible = []
    for kind in asked:
        against = list(_against(kind, ready, optional))
        yield from against
        if any(isinstance(one, Diagnostic) or one.must for one in against):
            _forget([kind], path, out)
        else:
            possible.append(kind)
    yield from _made(possible, path, ready, out, optional, force=force)


def _forget(kinds: Iterable[Package], path: Path, out: Path) -> None:
    """Remove what an earlier run left of packages that are refused now."""
    for kind in kinds:
        (out / f"{package_name(path)}{kind.suffix}").unlink(missing_ok=True)


def _open_queries(source: Source, force: bool) -> Iterator[Diagnostic]:
    """PT821 at the first question that is still open, whatever [check.rules] says of queries."""
    queries = list(source.root.iter(q("query")))
    if queries:
        many = "one question of an editor is" if len(queries) == 1 else f"{len(queries)} are"
        message = f"there is no package while {many} open, the first of them here"
        severity = Severity.WARNING if force else None
        yield found("PT821", source.place(queries[0]), message, severity=severity)


def _against(kind: Package, ready: Edition, optional: Container[str]) -> Iterator[Gap | Diagnostic]:
    """What is missing for a package, and which images it cannot hold (PT825)."""
    here = kind.name in optional
    yield from gaps(kind, ready, optional=here)
    for href in kind.unfit(ready) if kind.unfit else ():
        message = f"the package {kind.name} cannot hold the image under the name “{href}”"
        yield _weighed(found("PT825", Place(ready.chapter.file), message), optional=here)


def _weighed(finding: Diagnostic, *, optional: bool) -> Diagnostic:
    return replace(finding, severity=Severity.NOTE) if optional else finding


def _made(
    kinds: Sequence[Package],
    path: Path,
    ready: Edition,
    out: Path,
    optional: Container[str],
    *,
    force: bool,
) -> Iterator[Parcel | Diagnostic]:
    """Export what the packages hold, then pack each."""
    if not kinds:
        return
    outcomes: dict[str, Outcome] = {}
    needed = {name for kind in kinds if kind.name not in optional for name in kind.needs}
    names = list(dict.fromkeys(n for kind in kinds for n in (*kind.needs, *kind.welcome)))
    lesser = frozenset(names) - needed
    # Which packages are made together must not change what is in each.
    made = pipeline.export(path, names, ready.settings, out, "full", lesser, alone=True)
    for result in made:
        if isinstance(result, Diagnostic):
            yield result
        else:
            yield from result.findings
            outcomes[result.format] = result
    artifacts = {name: _artifact(one) for name, one in outcomes.items() if force or one.passed}
    delivery = Delivery(package_name(path), ready, artifacts, _cover(ready))
    for kind in kinds:
        lacking = _lacking(kind, delivery, outcomes, path, force=force)
        yield from (_weighed(one, optional=kind.name in optional) for one in lacking)
        if errors(lacking):
            _forget([kind], path, out)
        else:
            yield from _packed(kind, delivery, out)


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
    kind: Package,
    delivery: Delivery,
    outcomes: Mapping[str, Outcome],
    path: Path,
    *,
    force: bool,
) -> list[Diagnostic]:
    """PT820 for each artifact a package needs that failed its check or could not be made."""
    findings = []
    for name in kind.needs:
        outcome = outcomes.get(name)
        if outcome is None or not outcome.passed:
            why = "could not be made" if outcome is None else "has not passed its check"
            message = f"the package {kind.name} needs {name}, which {why}"
            forced = Severity.WARNING if name in delivery.artifacts and force else None
            findings.append(found("PT820", Place(str(path)), message, severity=forced))
    return findings


def _packed(kind: Package, delivery: Delivery, out: Path) -> Iterator[Parcel | Diagnostic]:
    """Build, check and write one package."""
    path = out / f"{delivery.name}{kind.suffix}"
    files = kind.build(delivery)
    data = kind.pack(files)
    findings = kind.check(data, path.name)
    yield from (replace(finding, file=str(path)) for finding in findings)
    if errors(findings):
        path.unlink(missing_ok=True)
        return
    write_whole(path, data)
    yield Parcel(kind.name, path, len(data), md5(data), _sizes(files))


def _sizes(files: Files) -> tuple[tuple[str, int], ...]:
    return tuple((name, len(data)) for name, data in files.items())
