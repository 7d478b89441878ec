"""The parts of a reference that look alike in every style."""

from __future__ import annotations

import re

from pubtool.readers.references.facts import DASH, Facts, iso_date
from pubtool.readers.references.words import (
    BODIES,
    CITIES,
    CONFERENCE,
    EDITION,
    EDITION_NAMES,
    ENCYCLOPEDIA,
    NEWSPAPER,
    PUBLISHER,
    REPORT,
    SITES,
    THESIS,
    VOLUME,
    either,
)
from pubtool.readers.references.written import Written, quoted, sentences

_AT = (
    r"(?:(?:Available (?:at|from)|Disponible en|Disponível em|Retrieved from|Erişim adresi|URL"
    r"|Режим доступа|from)[:\s]+)?"
)
_DOI = re.compile(
    rf"{_AT}(?:https?://(?:dx\.)?doi\.org/|\bdoi:?\s*)(10\.\d{{4,9}}/\S+?)[.,;]?(?=\s|$)", re.I
)
_URL = re.compile(rf"{_AT}<?(https?://[^\s<>]+?|www\.[^\s<>]+?)>?[.,;]?(?=\s|$|\))", re.I)
_DATE = r"([^()\[\]:]{6,24}?\d{4}|\d{4}[^()\[\]:;]{4,14}?\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4})"
_ACCESSED = (
    re.compile(
        rf"[(\[]?(?:Last )?(?:Accessed|Accessed on|Erişim tarihi|Erişim|Müraciət tarixi|"
        rf"abgerufen am|Zugriff am|consulté le|дата обращения|cited|citado|acesso em|"
        rf"consultado|viewed)[:\s]+{_DATE}"
        rf"(?:\]|\)?\.?(?=\s|$))",
        re.I
    ),
    re.compile(rf"Retrieved (?:on )?{_DATE},?(?: from:?)?(?=\s|$)", re.I),
)  # fmt: skip
_ONLINE = re.compile(r"\s*\[(?:[^\[\]]* )?(?:Internet|online|çevrimiçi|Электронный ресурс)\]", re.I)
_RETRIEVED = re.compile(r"\s*(?:Retrieved|Available) (?:from|at):?\s*$", re.I)
_ISBN = re.compile(r"[(\[]?\bISBN(?:-1[03])?[:\s]*([\d‐-]{9,17}[\dX])[)\]]?\.?", re.I)
_MARK = re.compile(r"^(?:\[\d{1,3}\]|\d{1,3}[.)])\s+(?=\S)")

EDITION_OF = re.compile(
    rf"((?:\d{{1,2}}(?:st|nd|rd|th|\.|-c[iıuü]|-е)?|(?:{either(EDITION_NAMES)})))\s*"
    rf"(?:{either(EDITION)})(?![\w])\.?",
    re.I,
)
VOLUME_OF = re.compile(
    rf"(?:(?:{either(VOLUME)})\s*)([\dIVXLCivxlc]+(?:\s*{DASH}\s*[\dIVXLC]+)?)\b\.?"
)
VOLUME_FIRST = re.compile(r"(\d{1,2}|[IVXLC]+)[.-]?\s*(?:ci|cı|cu|cü)?\s*(?:cilt|cild)\b\.?", re.I)
_ORDINAL = re.compile(
    r"((?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Revised|Reprint)"
    r"(?: (?:revised|enlarged|expanded))?)(?=$|[,;])",
    re.I,
)
BRACKETED = re.compile(r"\s*\[([^\[\]]+)\]")
_PLACE = re.compile(r"(?P<place>[\w’'][^:]{1,90}?):\s+(?P<publisher>[^:]{2,}?)$")
_YEAR_TAIL = re.compile(r"[,;]\s*(?P<year>\d{4}[a-z]?|n\.d\.)\.?$")


def links(w: Written, facts: Facts) -> Written:
    """Take the DOI, the address and the date it was read."""
    w = w[len(m[0]) :] if (m := _MARK.match(w.text)) else w
    if doi := _DOI.search(w.text):
        facts.put("doi", doi[1])
        w = w.cut(doi)
    for pattern in _ACCESSED:
        match = pattern.search(w.text)
        if match and len(iso := iso_date(match[1])) > 4:
            facts.put("accessed", iso)
            w = w.cut(match)
            break
    if url := _URL.search(w.text):
        facts.put("url", url[1])
        w = w.cut(url)
    if isbn := _ISBN.search(w.text):
        facts.put("isbn", isbn[1])
        w = w.cut(isbn)
    for noise in (_ONLINE, _RETRIEVED):
        if match := noise.search(w.text):
            w = w.cut(match, "")
    return w.trimmed


def has(text: str, words: tuple[str, ...]) -> bool:
    """True if one of the words stands in a text, case aside."""
    low = text.lower()
    return any(word in low for word in words)


def details(text: str, facts: Facts) -> str:
    """Take edition, volume from the text of a bracket or a part; what is left of it."""
    if match := _ORDINAL.match(text):
        facts.put("edition", match[1])
        text = text[match.end() :]
    if match := EDITION_OF.search(text):
        facts.put("edition", match[1])
        text = text[: match.start()] + text[match.end() :]
    if match := VOLUME_OF.search(text) or VOLUME_FIRST.search(text):
        facts.put("volume", match[1])
        text = text[: match.start()] + text[match.end() :]
    return text.strip(" ,.;()")


def is_place(text: str) -> bool:
    """True for a city that stands alone."""
    return text.strip(" .,").lower() in CITIES


def imprint(w: Written, facts: Facts, sure: float = 0.95) -> None:
    """Note "Place: Publisher, 1997", any of its three parts."""
    text = w.trimmed.text
    if year := _YEAR_TAIL.search(text):
        facts.put_date(year["year"])
        text = text[: year.start()]
    text = text.strip(" ,;.:") if not text.endswith((" Co.", " Inc.", " Ltd.")) else text
    if match := _PLACE.match(text):
        facts.put("place", match["place"])
        facts.put("publisher", match["publisher"], sure)
    elif is_place(text):
        facts.put("place", text, 0.9)
    else:
        facts.put("publisher", text, sure)


def title_first(w: Written) -> tuple[Written, Written]:
    """The title that begins a text, and the rest: quoted, or italic, or the first sentence."""
    if at := quoted(w.text):
        return w[at[0] : at[1]], w[at[2] :]
    if w.face[:1] == "i":
        end = italic_end(w)
        return w[:end], w[end:]
    parts = sentences(w)
    return (parts[0], w[len(parts[0].text) :]) if parts else (w, w[len(w.text) :])


def italic_end(w: Written) -> int:
    """Where the italics with which a text begins end; blanks between runs do not end them."""
    end = 0
    while end < len(w.text) and w.face[end] == "i":
        end += 1
    return end


def title_before(w: Written, piece: re.Pattern[str]) -> tuple[Written, Written]:
    """The title in italics, or the sentences before the first that is another piece; the rest."""
    if w.face[:1] == "i":
        title, rest = title_first(w)
        return title.trimmed, rest
    parts = sentences(w)
    if not parts:
        return w, w[:0]
    known = (n for n, part in enumerate(parts) if n and piece.search(part.text))
    last = next(known, max(len(parts) - 1, 1))
    end = w.text.index(parts[last - 1].text) + len(parts[last - 1].text)
    return w[:end].trimmed, w[end:]


def reads_like_a_title(text: str) -> bool:
    """True for words no group has in its name: small ones of some length, or a question."""
    small = [w for w in re.findall(r"[^\W\d_]+", text) if w.islower() and len(w) > 3]
    return bool(small) or ":" in text or "?" in text


def kind_of_part(facts: Facts) -> str:
    """The type of something that stands in something else."""
    container = facts.fields.get("container-title", "")
    if has(container, ENCYCLOPEDIA):
        return "entry-encyclopedia"
    if has(container, CONFERENCE) and "volume" not in facts.fields:
        return "paper-conference"
    if facts.fields.get("volume") or facts.fields.get("issue"):
        return "article-journal"
    if "date" in facts.fields and (has(container, NEWSPAPER) or "url" not in facts.fields):
        return "article-newspaper"
    if "url" in facts.fields and "first-page" not in facts.fields:
        return "article-newspaper" if "date" in facts.fields else "webpage"
    return "article-journal"


def kind_in_a_book(facts: Facts) -> str:
    """The type of a part of a book, by what its title calls the book."""
    container = facts.fields.get("container-title", "")
    if has(container, ENCYCLOPEDIA):
        return "entry-encyclopedia"
    return "paper-conference" if has(container, CONFERENCE) else "chapter"


def kind_of_whole(facts: Facts, rest: str = "") -> str:
    """The type of something that stands by itself."""
    genre = f"{facts.fields.get('genre', '')} {rest}"
    if has(genre, THESIS):
        return "thesis"
    if has(genre, REPORT) or "number" in facts.fields or _of_a_body(facts):
        return "report"
    return "book"


def _of_a_body(facts: Facts) -> bool:
    """True for what a body wrote and a body published, or the same body did both."""
    groups = [name.collab for name in facts.names if name.collab]
    publisher = facts.fields.get("publisher", groups[0] if groups else "")
    known = {"edition", "volume", "isbn"} & set(facts.fields)
    return bool(groups) and has(publisher, BODIES) and not known


def is_site(source: Written, facts: Facts) -> bool:
    """True if what has an address stands on a site of that name; else it has a publisher."""
    if "date" in facts.fields:
        return True
    known = {"number", "edition", "volume", "genre", "isbn"} & set(facts.fields)
    return not known and ":" not in source.text and has(source.text, SITES)


def looks_like_publisher(text: str) -> bool:
    """True if a text names itself a press, an institute, a ministry."""
    return has(text, PUBLISHER)
