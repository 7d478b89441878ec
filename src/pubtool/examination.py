"""What `pubtool check` says of one file, a chapter or an artifact, and what it puts right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pubtool.diagnostics import Diagnostic, Unreadable, errors, is_structural, of_file
from pubtool.files import write_whole
from pubtool.formats import Format, formats
from pubtool.intake import load, read_images
from pubtool.settings import Settings
from pubtool.source import read, read_bytes

if TYPE_CHECKING:
    from pubtool.lint.author_page import Part


def examine(path: Path, settings: Settings) -> list[Diagnostic]:
    """All that `pubtool check` has to say about a chapter or an artifact.

    Raises Unreadable, ToolMissing, ToolFailed.
    """
    format_ = format_of(path)
    if format_ is not None:
        data = read_bytes(path, str(path), settings.limits.input_megabytes)
        findings = format_.check(data, path.name, "full")
        if format_.received is not None and not errors(findings):
            findings += format_.received(data, path.name, settings.jats.profile)
        return of_file(path, path.name, findings)
    source, findings = load(path, settings)
    images, image_findings = read_images(source, settings)
    findings += image_findings
    if any(is_structural(finding) for finding in findings):
        return findings
    # The editorial rules are many modules, which an export does without.
    from pubtool.lint import lint

    return findings + lint(source, settings, images)


def put_right(path: Path, settings: Settings, *, write: bool) -> str:
    """The diff of what `--fix` changes in a chapter, and, if asked, the change itself.

    A file that is no valid chapter is left alone. Raises Unreadable, OSError.
    """
    from pubtool.lint.fixing import difference, fixed

    if format_of(path) is not None:
        return ""
    source, findings = load(path, settings)
    if any(is_structural(finding) for finding in findings):
        return ""
    after = fixed(source, settings)
    if write and after != source.data:
        write_whole(path, after)
    return difference(str(path), source.data, after)


def for_author(path: Path, settings: Settings, findings: Sequence[Diagnostic]) -> Part:
    """A chapter as the page for its author shows it, with what was found in it."""
    from pubtool.lint.author_page import part

    try:
        source = read(path, limit=settings.limits.input_megabytes)
    except Unreadable:
        return part(str(path), None, findings)
    return part(str(path), source, findings)


def format_of(path: Path) -> Format | None:
    """The format whose suffix a file name has, the longest that fits; None for a chapter."""
    fitting = [f for f in formats().values() if path.name.endswith(f.suffix)]
    return max(fitting, key=lambda f: len(f.suffix), default=None)
