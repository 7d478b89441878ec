"""`pubtool new`: a project folder that can be exported at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pubtool.diagnostics import Place, Unreadable, found
from pubtool.files import write_whole
from pubtool.resources import builtin


def scaffold(folder: Path) -> Iterator[Path]:
    """Copy the built-in project into `folder`, yielding each file made. Raises Unreadable (PT607).

    A folder that holds anything already is left alone.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message, hint = "it exists and is not empty", "Choose another name."
        raise Unreadable(found("PT607", Place(str(folder)), message, hint=hint))
    model = builtin("templates") / "new"
    for path in sorted(p for p in model.rglob("*") if p.is_file()):
        target = folder / path.relative_to(model)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, path.read_bytes())
        yield target
