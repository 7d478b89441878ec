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
    "cover": (lambda e: bool(e.settings.epub.cover), "[epub] cover of pubtool.toml"),
    "crossref email": (
        lambda e: bool(e.settings.crossref.email),
        "[crossref] email of pubtool.toml",
    ),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact that is missing: for which package, why it is needed, where to say it.

    Without a `must` fact there is no package; of an `optional` package that is but a note.
    """

    file: str
    package: str
    fact: str
    why: str
    where: str
    must: bool
    optional: bool = False

    @property
    def finding(self) -> Diagnostic:
        """The gap as a finding: PT822 where nothing can be packed without the fact, else PT823."""
        verb = "cannot be made without the" if self.must else "has no"
        return found(
            "PT822" if self.must else "PT823",
            Place(self.file),
            f"the package {self.package} {verb} {self.fact}: {self.why}",
            hint=f"Say it in {self.where}, if there is one.",
            severity=Severity.NOTE if self.optional else None,
        )


def gaps(package: Package, edition: Edition, *, optional: bool = False) -> list[Gap]:
    """Each fact the package's receiver asks for and nobody has said, in the order of the table."""
    file = edition.chapter.file
    return [
        Gap(file, package.name, need.fact, need.why, where(need), need.must, optional)
        for need in package.facts
        if not is_said(need, edition)
    ]


def where(need: Need) -> str:
    """Where an editor says a fact."""
    own = _SETTINGS.get(need.fact)
    return own[1] if own else WHERE[need.fact]


def is_said(need: Need, edition: Edition) -> bool:
    """True if the chapter or the settings say a fact."""
    own = _SETTINGS.get(need.fact)
    return own[0](edition) if own else bool(FACTS[need.fact](edition.chapter.record))
