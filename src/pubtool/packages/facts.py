"""What a package's receiver asks for and the chapter does not say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pubtool.diagnostics import Diagnostic, Place, Severity, found
from pubtool.edition import Edition
from pubtool.packages.package import Need, Package
from pubtool.writers.crosswalk_facts import FACTS, WHERE

_Said = Callable[[Edition], bool]


def _licence_or_setting(edition: Edition) -> bool:
    said = edition.settings.package
    return bool(said.access or said.embargo or edition.chapter.record.license_href)


# Facts the settings hold: whether they are said, and where an editor says them.
_SETTINGS: dict[str, tuple[_Said, str]] = {
    "access": (_licence_or_setting, "[package] access of pubtool.toml"),
    "collections": (
        lambda e: bool(e.settings.package.collections),
        "[package] collections of pubtool.toml",
    ),
    "cover": (lambda e: e.cover is not None, "[epub] cover of pubtool.toml"),
    "crossref email": (
        lambda e: bool(e.settings.crossref.email),
        "[crossref] email of pubtool.toml",
    ),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact that is missing: for which package, why it is needed, where to say it."""

    package: str
    fact: str
    why: str
    where: str
    must: bool


def gaps(package: Package, edition: Edition) -> list[Gap]:
    """Each fact the package's receiver asks for and nobody has said, in the order of the table."""
    return [
        Gap(package.name, need.fact, need.why, where(need), need.must)
        for need in package.facts
        if not _is_said(need, edition)
    ]


def where(need: Need) -> str:
    """Where an editor says a fact."""
    own = _SETTINGS.get(need.fact)
    return own[1] if own else WHERE[need.fact]


def _is_said(need: Need, edition: Edition) -> bool:
    own = _SETTINGS.get(need.fact)
    return own[0](edition) if own else bool(FACTS[need.fact](edition.chapter.record))


def as_finding(gap: Gap, file: str, *, optional: bool = False) -> Diagnostic:
    """A gap as a finding: PT822 where nothing can be packed without it, else PT823."""
    verb = "cannot be made without the" if gap.must else "has no"
    message = f"the package {gap.package} {verb} {gap.fact}: {gap.why}"
    hint = f"Say it in {gap.where}, if there is one."
    severity = Severity.NOTE if optional else None
    rule = "PT822" if gap.must else "PT823"
    return found(rule, Place(file), message, hint=hint, severity=severity)
