"""Templates: the shells of pages and XML with a fixed skeleton, each replaceable by its name.

They are compiled once and run in Jinja's sandbox, since a project or a publisher may replace them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from pubtool import resources
from pubtool.diagnostics import Place, Unreadable, found
from pubtool.edition import Edition
from pubtool.text import direction

_Found = tuple[str, str, Callable[[], bool]]


def filled(template: str, edition: Edition, **values: Any) -> str:
    """A template filled with the facts of a chapter (`record`, `book`, `labels` …) and `values`.

    Raises Unreadable (PT802) if the template is broken.
    """
    chapter = edition.chapter
    return rendered(
        template,
        edition.settings.root,
        chapter=chapter,
        record=chapter.record,
        book=chapter.record.book,
        labels=chapter.labels,
        settings=edition.settings,
        direction=direction(chapter.record.language),
        **values,
    )


def rendered(template: str, project: Path, **values: Any) -> str:
    """A template filled with `values` alone. Raises Unreadable (PT802) if it is broken."""
    try:
        return str(_environment(project).get_template(template).render(**values))
    except Unreadable:
        raise
    except Exception as error:  # a template is somebody's program: it may raise anything
        message = f"{type(error).__name__}: {error}"
        raise Unreadable(found("PT802", Place(f"templates/{template}"), message)) from None


@lru_cache(maxsize=8)
def _environment(root: Path) -> Any:
    from jinja2 import FunctionLoader
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        autoescape=True, loader=FunctionLoader(_finder(root)), trim_blocks=True, lstrip_blocks=True
    )


def _finder(root: Path) -> Callable[[str], _Found | None]:
    """Looks a template up by its bare name; no path leads out of the folders of templates."""

    def source(name: str) -> _Found | None:
        if Path(name).name != name:
            return None
        path = resources.find("templates", name, root)
        text = path.read_text("utf-8")

        def current() -> bool:
            # Times of change are too coarse for who edits while a worker stays.
            now = resources.find("templates", name, root)
            return now == path and now.read_text("utf-8") == text

        return text, str(path), current

    return source
