"""The words pubtool writes for citations: empty `<cite>` elements, and the citation line.

The form is author–date after APA 7 (sections 8.10 to 8.17 and 10.3), with the words of the
chapter's language; other styles come through CSL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pubtool.model import Book, Name, Record, Reference


def short_names(names: Sequence[Name], labels: Mapping[str, str]) -> str:
    """Families as a citation names them: Aliyev; Aliyev & Demir; Aliyev et al."""
    families = [name.collab or name.family for name in names]
    if len(families) > 2:
        return f"{families[0]} et al."
    return f" {labels['and']} ".join(families)


def author_date(reference: Reference, labels: Mapping[str, str]) -> tuple[str, str]:
    """Who and when of a reference; the title stands in for an author who is not known."""
    authors = [n for n in reference.names if n.role == "author"] or list(reference.names)
    who = short_names(authors, labels) or reference.get("title") or reference.get("container-title")
    return who or reference.as_written, reference.year or labels["no-date"]


def cite_text(
    references: Sequence[Reference],
    labels: Mapping[str, str],
    *,
    locator: str = "",
    label: str = "page",
    narrative: bool = False,
    prefix: str = "",
    suffix: str = "",
) -> str:
    """The text of an empty citation: "(Aliyev, 2009, p. 186)" or "Aliyev (2009, p. 186)"."""
    place = _locator(locator, label, labels)
    if narrative and len(references) == 1:
        who, when = author_date(references[0], labels)
        return f"{_lead(prefix)}{who} ({', '.join(p for p in (when, place, suffix) if p)})"
    each = [", ".join(author_date(reference, labels)) for reference in references]
    inside = ", ".join(part for part in ("; ".join(each), place, suffix) if part)
    return f"({_lead(prefix)}{inside})"


def _lead(prefix: str) -> str:
    return f"{prefix} " if prefix else ""


def _locator(locator: str, label: str, labels: Mapping[str, str]) -> str:
    if not locator:
        return ""
    several = any(mark in locator for mark in "-–,")
    one, more = ("page", "pp") if label == "page" else (f"cite-{label}", f"cite-{label}s")
    # A no-break space: "p." never stands at the end of a line, its number on the next.
    return f"{labels[more if several else one]}\N{NO-BREAK SPACE}{locator}"


def citation_line(record: Record, labels: Mapping[str, str]) -> str:
    """How to cite the chapter, made from its facts; "" where there is no volume to cite."""
    book = record.book
    if not (book.title and record.authors):
        return ""
    authors = _listed([_inverted(c.name) for c in record.authors], labels)
    year = (record.date or "")[:4] or labels["no-date"]
    pages = _pages(record, labels)
    parts = [
        f"{authors} ({year}).",
        f"{_stopped(record.full_title)}",
        f"{labels['in']} {_editors(book, labels)}{_title(book)}{pages}.",
        f"{book.publisher}." if book.publisher else "",
        f"https://doi.org/{record.doi}" if record.doi else "",
    ]
    return " ".join(part for part in parts if part)


def _inverted(name: Name) -> str:
    return name.collab or ", ".join(p for p in (name.family, name.initials, name.suffix) if p)


def _listed(names: Sequence[str], labels: Mapping[str, str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])}, {labels['and']} {names[-1]}"


def _editors(book: Book, labels: Mapping[str, str]) -> str:
    names = [
        c.name.collab or " ".join(p for p in (c.name.initials, c.name.family) if p)
        for c in book.editors
        if c.role == "editor"
    ]
    if not names:
        return ""
    joined = f" {labels['and']} ".join(names) if len(names) < 3 else _listed(names, labels)
    return f"{joined} ({labels['ed' if len(names) == 1 else 'eds']}), "


def _title(book: Book) -> str:
    return f"{book.title}: {book.subtitle}" if book.subtitle else book.title


def _pages(record: Record, labels: Mapping[str, str]) -> str:
    if not record.first_page:
        return ""
    several = record.last_page and record.last_page != record.first_page
    label = labels["pp" if several else "page"]
    ends = [record.first_page, *([record.last_page] if several else [])]
    return f" ({label}\N{NO-BREAK SPACE}{'–'.join(ends)})"


def _stopped(title: str) -> str:
    return title if title.endswith((".", "?", "!")) else f"{title}."
