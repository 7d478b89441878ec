"""A chapter that lies at an address, or whose results go to one.

    address ─▶ its project's files, here for a while ─▶ batch.work ─▶ whole files to the address

Only the files that decide over the chapter are fetched (`inputs.files`). What is made here gets
its name there whole; what an earlier run left and this one takes away is taken away there.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pubtool import batch, config, inputs, storage
from pubtool.diagnostics import Diagnostic, Place, PubtoolError, failure, found
from pubtool.outcome import Done, Job
from pubtool.settings import Settings
from pubtool.source import MEGABYTE
from pubtool.storage import is_remote, shown

_KINDS = ("styles", "templates", "schema")


def project(source: Path) -> tuple[Settings, list[Path], list[Diagnostic]]:
    """The settings for a chapter or folder at an address, the chapters, and findings on both.

    Raises StorageFailed, ToolMissing.
    """
    folder = source if storage.is_folder(source) else source.parent
    above = [place for place in (folder, *folder.parents) if is_remote(place)]
    root = next((p for p in above if storage.size(p / config.FILE) is not None), None)
    settings, findings = _settings(root, folder)
    if folder is not source:
        return settings, [source], findings
    globs = settings.project.chapters if root == folder else ("*.xml",)
    chapters = sorted({path for glob in globs for path in storage.below(folder, glob)})
    if not chapters:
        findings.append(found("PT008", Place(shown(folder)), "there are no chapters here"))
    return settings, chapters, findings


def _settings(root: Path | None, folder: Path) -> tuple[Settings, list[Diagnostic]]:
    if root is None:
        return Settings(root=folder), []
    name = shown(root / config.FILE)
    with tempfile.TemporaryDirectory(prefix="pubtool-") as here:
        file = Path(here) / config.FILE
        storage.fetch(root / config.FILE, file, Settings().limits.input_megabytes * MEGABYTE)
        settings, findings = config.load(Path(here))
    return (
        replace(settings, root=root, file=name),
        [replace(finding, file=name) for finding in findings],
    )


def work(job: Job) -> Done:
    """Do a job of which something lies at an address; whatever goes wrong becomes a finding."""
    with tempfile.TemporaryDirectory(prefix="pubtool-") as folder:
        stay = _Stay(job, _here(job, Path(folder).resolve()))
        try:
            stay.fetch()
            before = _bytes(stay.here.path)
            done = batch.decided(stay.here) or batch.work(stay.here)
            stay.send(before)
        except (PubtoolError, OSError) as error:
            return Done(job, findings=(failure(error),))
        return stay.as_there(done)


def _here(job: Job, folder: Path) -> Job:
    """The same job in a folder of this machine."""
    if is_remote(job.path):
        root = job.settings.root
        job = replace(
            job,
            path=folder / "project" / job.path.relative_to(root),
            settings=replace(job.settings, root=folder / "project"),
        )
    return replace(job, out=folder / "out") if is_remote(job.out) else job


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


@dataclass(frozen=True, slots=True)
class _Stay:
    """A job and what it is while its files are here."""

    there: Job
    here: Job

    def fetch(self) -> None:
        """Bring what decides over the job; of earlier results only that they are there."""
        if is_remote(self.there.settings.root):
            for kind in _KINDS:
                for path in storage.below(self.there.settings.root / kind):
                    self._bring(self._at(path))
        brought: set[Path] = set()
        # A stylesheet that was brought may name others.
        while lacking := [p for p in inputs.files(self.here) if p not in brought]:
            for path in lacking:
                self._bring(path)
            brought.update(lacking)
        for path in self._earlier():
            (self.here.out / path.name).parent.mkdir(parents=True, exist_ok=True)
            (self.here.out / path.name).touch()

    def _at(self, path: Path) -> Path:
        return self.here.settings.root / path.relative_to(self.there.settings.root)

    def _bring(self, path: Path) -> None:
        limits = self.here.settings.limits
        limit = max(limits.input_megabytes, limits.image_megabytes) * MEGABYTE
        address = self._address(path)
        if address is not None and not path.exists():
            storage.fetch(address, path, limit)

    def _address(self, path: Path) -> Path | None:
        """Where a file of here lies there; None for one outside of project and results."""
        for here, there in self._folders():
            if is_remote(there):
                name = os.path.relpath(os.path.normpath(path), here)
                if not name.startswith(os.pardir):
                    return there / name
        return None

    def _folders(self) -> Iterator[tuple[Path, Path]]:
        yield self.here.settings.root, self.there.settings.root
        yield self.here.out, self.there.out

    def _earlier(self) -> list[Path]:
        """The results of this chapter that are there."""
        out = self.there.out
        return storage.below(out, f"{self.there.stem}.*") if is_remote(out) else []

    def send(self, before: bytes) -> None:
        """Put there what was made here; `before` is the chapter as it was."""
        after = _bytes(self.here.path)
        if is_remote(self.there.path) and after != before:
            storage.put(self.there.path, after)
        if not is_remote(self.there.out):
            return
        earlier = {path.name for path in self._earlier()}
        made = {path.name: path for path in self.here.out.glob("*") if path.is_file()}
        for name, path in sorted(made.items()):
            # An empty file only stands for one that is there.
            if path.stat().st_size:
                storage.put(self.there.out / name, path.read_bytes())
        for name in sorted(earlier - set(made)):
            storage.remove(self.there.out / name)

    def as_there(self, done: Done) -> Done:
        """Results with the names they have at the address."""
        outcomes = tuple(
            replace(
                outcome,
                path=self.there.out / outcome.path.name,
                beside=tuple(self.there.out / path.name for path in outcome.beside),
                findings=tuple(map(self._told, outcome.findings)),
            )
            for outcome in done.outcomes
        )
        findings = tuple(map(self._told, done.findings))
        said = tuple(map(self._renamed, done.said))
        return replace(done, job=self.there, outcomes=outcomes, findings=findings, said=said)

    def _told(self, finding: Diagnostic) -> Diagnostic:
        file, message = self._renamed(finding.file), self._renamed(finding.message)
        return replace(finding, file=file, message=message)

    def _renamed(self, text: str) -> str:
        for here, there in self._folders():
            text = text.replace(str(here), shown(there)) if is_remote(there) else text
        return text
