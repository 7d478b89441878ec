"""References in the manner of APA 7 (Publication Manual, chapters 9 and 10).

Author. (Date). Title (details) [kind]. Source. Address.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pubtool.readers.references.apa_details import put_container, put_title
from pubtool.readers.references.facts import DASH, Facts
from pubtool.readers.references.parts import (
    details,
    has,
    imprint,
    is_place,
    is_site,
    kind_in_a_book,
    kind_of_part,
    kind_of_whole,
    looks_like_publisher,
    reads_like_a_title,
)
from pubtool.readers.references.people import group, inverted, natural
from pubtool.readers.references.words import (
    EDITORS,
    ENCYCLOPEDIA,
    IN,
    NEWSPAPER,
    PAGES,
    VOLUME,
    either,
)
from pubtool.readers.references.written import Written, sentences

_HEAD = re.compile(
    r"\s*[.,]?\s*\((?P<date>(?:c\. ?)?(?:\d{4}[a-z]?(?:[/–-]\d{4})?|n\.d\.|t\.y\."
    r"|in press|baskıda)(?:[,;]? [^()]{2,40})?)\)\s*[.,:]?\s*"
)
_EDITORS = re.compile(rf"\s*\((?P<role>{either(EDITORS)})\)[.,]?\s*$", re.I)
_IN = re.compile(
    rf"(?:^|(?<=[.?!…”\"’»\])]) )(?:{either(i for i in IN if i[0].isupper())})\s+(?=\S)"
)
_BOOK_EDITORS = re.compile(
    rf"(?P<editors>[^()]{{3,300}}?)\s*\((?P<role>{either(EDITORS)})(?:[^()]{{0,12}})?\)[.,]?\s*",
    re.I,
)
_REMARK = re.compile(r"\(([^()]+)\)\.?")
_PARENS = re.compile(r"\s*\(([^()]*)\)")
_PAGE = (
    rf"(?:(?:{either(PAGES)}|Article)\s*)?(?P<pages>[A-Za-z]{{0,2}}\d[\w.]*(?:\s*{DASH}"
    rf"\s*[A-Za-z]?\d\w*)?|[ivxlc]+\s*{DASH}\s*[ivxlc]+)"
)
_PERIODICAL = (
    re.compile(rf",\s*\((?P<issue>[^()]{{1,30}})\)(?:,\s*{_PAGE})?\.?$"),
    re.compile(
        rf",\s*(?P<volume>\d[\w/–-]{{0,9}}|[A-Z]{{1,5}}-?\d+|[IVXLC]{{1,7}})\s*(?:\((?P<issue>[^()]{{1,30}})"
        rf"\))?(?:,\s*{_PAGE})?\.?$"
    ),
    re.compile(rf",\s*{_PAGE}\.?$"),
)
_VOLUME_TITLE = re.compile(
    rf"(?:{either(VOLUME)})\s*(?P<volume>[\dIVXLC]+)\.?(?:\s*[:(.]\s*(?P<volume_title>"
    rf"[^()]+?)\)?)?\.?$"
)


def parse(w: Written, facts: Facts, families: Collection[str] = ()) -> bool:
    """Read a reference whose links are taken; False if it is not in this style at all."""
    head = _HEAD.search(w.text)
    if head is None or head.start() > 600:
        return False
    facts.put_date(head["date"])
    who, rest = w[: head.start()].trimmed, w[head.end() :]
    if who.text and not _people(who, rest, facts):
        _nobody(who, rest, facts)
    elif not _in_book(rest, facts) and not _periodical(rest, facts):
        _whole(rest, facts)
    return True


def _people(who: Written, rest: Written, facts: Facts) -> bool:
    """The authors or editors before the date; False if a title stands there."""
    role = _EDITORS.search(who.text)
    text = who.text[: role.start()] if role else who.text
    names = inverted(text, "editor" if role else "author")
    if not names:
        if who.italic or not rest.text.strip(" .") or _is_title_of(who, rest, facts):
            return False
        names = group(text, "editor" if role else "author")
    if not names:
        return False
    facts.put_names(names, 0.99 if names[0].family else 0.85)
    return True


def _is_title_of(who: Written, rest: Written, facts: Facts) -> bool:
    """True if what follows the date cannot be a title, so that the title stands before it."""
    parts = sentences(rest)
    if not parts or _VOLUME_TITLE.fullmatch(parts[0].text.strip()):
        return True
    if has(who.text, NEWSPAPER) or len(parts) > 1:
        return has(who.text, NEWSPAPER)
    only = parts[0]
    if _tail(only) and (only.trimmed.face[:1] == "i" or "i" not in rest.face):
        return True
    if only.italic:
        return "date" in facts.fields and (
            has(only.text, NEWSPAPER) or reads_like_a_title(who.text)
        )
    told = is_place(only.text) or looks_like_publisher(only.text) or has(who.text, ENCYCLOPEDIA)
    dated = "date" in facts.fields and reads_like_a_title(who.text)
    return told or dated


def _nobody(who: Written, rest: Written, facts: Facts) -> None:
    """A title, or the name of a newspaper, in the author's place."""
    if not rest.text.strip(" .") and "date" in facts.fields:
        facts.type = "article-newspaper"
        facts.put("container-title", who, 0.9)
        return
    joined = Written(who.text, who.face) + Written(". ", "--") + rest
    if (
        _in_book(joined, facts)
        or (rest.italic and _periodical(joined, facts))
        or (_tail(rest) and _periodical(joined, facts))
    ):
        return
    parts = sentences(rest)
    for n, part in enumerate(parts):
        if match := _VOLUME_TITLE.fullmatch(part.text.strip()):
            facts.put_all(match.groupdict(), 0.9)
            parts.pop(n)
            break
    put_title(who, facts, 0.9)
    facts.notes.append(
        f"“{facts.fields.get('title', '')}” stands in the author’s place; taken as the title"
    )
    _source(parts, facts)


def _in_book(rest: Written, facts: Facts) -> bool:
    """As in "Title. In E. Editor (Ed.), Book (pp. 1–9). Publisher." and its Turkish form."""
    start = _IN.search(rest.text)
    if start:
        title, book = rest[: start.start()], rest[start.end() :]
    else:
        title, within = _turkish(rest)
        if within is None:
            return False
        book = within
    editors = _BOOK_EDITORS.match(book.text)
    if editors:
        facts.put_names(natural(editors["editors"], "editor", initials=True), 0.95)
        book = book[editors.end() :]
    if not title.text.strip() or not (editors or book.face[:1] == "i" or _PARENS.search(book.text)):
        facts.names = [n for n in facts.names if n.role != "editor"]
        return False
    put_title(title, facts, 0.97)
    put_container(book, facts)
    facts.type = kind_in_a_book(facts)
    return True


def _turkish(rest: Written) -> tuple[Written, Written | None]:
    """As in "Title. A. Editör (Ed.), Kitap içinde (ss. 1-9). Yayınevi": no "In" before them."""
    parts = sentences(rest)
    at = len(parts[0].text) if parts else 0
    after = rest[at:].trimmed
    if len(parts) > 1 and _BOOK_EDITORS.match(after.text) and "i" not in parts[0].face:
        return parts[0], after
    return rest, None


def _tail(rest: Written) -> re.Match[str] | None:
    for pattern in _PERIODICAL:
        match = pattern.search(rest.text)
        if match and match.start():
            return match
    return None


def _periodical(rest: Written, facts: Facts) -> bool:
    """As in "Title. Journal, 12(3), 45–67" or, by its full date, "Title. Newspaper, A12"."""
    tail = _tail(rest)
    if tail and not _is_number_of_a_title(tail, rest, facts):
        title, journal = _two(rest[: tail.start()])
        if title and journal and not _is_book_like(title, journal, tail):
            put_title(title, facts, 0.95)
            facts.put("container-title", journal.trimmed, 0.97 if journal.italic else 0.85)
            _numbers(tail, rest, facts)
            facts.type = kind_of_part(facts)
            return True
    return _newspaper(rest, facts)


def _is_number_of_a_title(tail: re.Match[str], rest: Written, facts: Facts) -> bool:
    """True for one number at the end of a text without italics or full date: "Baku, 1918"."""
    found = tail.groupdict()
    alone = not found.get("pages") and not found.get("issue")
    one = alone and not re.search(DASH, found.get("volume") or "")
    return one and "i" not in rest.face and "date" not in facts.fields


def _numbers(tail: re.Match[str], rest: Written, facts: Facts) -> None:
    """Volume, issue and pages; a lone number is a page if it is a range, or upright, or dated."""
    found = {"volume": None, "issue": None, "pages": None} | tail.groupdict()
    if found["volume"] and not found["issue"] and not found["pages"]:
        upright = "i" in rest.face and rest.face[tail.start("volume")] != "i"
        if upright or "date" in facts.fields or re.search(DASH, found["volume"]):
            found = {"volume": None, "issue": None, "pages": found["volume"]}
    facts.put("volume", found["volume"])
    facts.put("issue", found["issue"])
    facts.put_pages(found["pages"] or "")


def _is_book_like(title: Written, journal: Written, tail: re.Match[str]) -> bool:
    """True for an italic title with a year or a page count at its end."""
    return title.italic and not journal.italic


def _newspaper(rest: Written, facts: Facts) -> bool:
    """As in "Title. Newspaper" where the last part is in italics and the title is not."""
    title, journal = _two(rest.trimmed)
    plain = "i" not in rest.face and "date" in facts.fields
    as_newspaper = plain and ("url" not in facts.fields or has(journal.text, NEWSPAPER))
    if not (title and journal and ((journal.italic and not title.italic) or as_newspaper)):
        return False
    put_title(title, facts, 0.95)
    facts.put("container-title", journal.trimmed, 0.95)
    facts.type = kind_of_part(facts)
    return True


def _two(w: Written) -> tuple[Written, Written]:
    """All sentences but the last, and the last; italics decide where they begin the last."""
    if w.face[-1:] == "i" or "i" in w.face[-4:]:
        start = len(w.face.rstrip("-"))
        while start > 0 and w.face[start - 1] == "i":
            start -= 1
        if start and w.text[:start].rstrip()[-1:] in '.?!…”"’»)]':
            return w[:start].trimmed, w[start:].trimmed
    parts = sentences(w)
    if len(parts) < 2:
        return w[:0], w[:0]
    at = w.text.rindex(parts[-1].text)
    return w[:at].trimmed, w[at:].trimmed


def _whole(rest: Written, facts: Facts) -> None:
    """As in "Title (2nd ed.) [Doctoral dissertation]. Publisher"."""
    parts = sentences(rest)
    if not parts:
        return
    if len(parts) > 1 and parts[0].italic:
        title, parts = parts[0], parts[1:]
    elif len(parts) > 1:
        title, parts = _joined(rest, parts[:-1]), parts[-1:]
    else:
        title, parts = parts[0], []
    put_title(title, facts, 0.97 if title.italic else 0.85)
    _source(parts, facts)


def _joined(w: Written, parts: list[Written]) -> Written:
    end = w.text.index(parts[-1].text) + len(parts[-1].text)
    return w[:end].trimmed


def _source(parts: list[Written], facts: Facts) -> None:
    """The publisher, the site or the repository after the title, and a remark in brackets."""
    if remark := _REMARK.fullmatch(parts[-1].text.strip()) if parts else None:
        facts.put("note", remark[1], 0.9)
        parts = parts[:-1]
    for part in parts[:-1]:
        left = details(part.text, facts)
        if left and left != part.text.strip(" ,.;()"):
            facts.put("note", left, 0.6)
    source = parts[-1].trimmed if parts else None
    if source and "url" in facts.fields and is_site(source, facts):
        facts.put("container-title", source, 0.85)
        facts.type = "webpage"
        return
    if source and "publisher" not in facts.fields:
        imprint(source, facts)
    facts.type = kind_of_whole(facts)
    if source is None and "url" in facts.fields and facts.type == "book":
        facts.type = "webpage"
