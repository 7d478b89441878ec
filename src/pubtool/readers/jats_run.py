"""One run of the JATS table over one article or chapter: what the rules share."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from lxml import etree

from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.readers.jats_terms import XLINK
from pubtool.readers.jats_words import spoken, text_in
from pubtool.readers.ledger import Ledger
from pubtool.rules import Rules, Walk, XmlNode, one, place_of
from pubtool.source import LANG, local
from pubtool.text import ascii_id, squeeze

Element = etree._Element
jats_in: Rules[XmlNode] = Rules("jats in", text=one)

_ID = re.compile(r"[A-Za-z][A-Za-z0-9._\-]*$")
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")
_SHOWN = 200
_SIGNS = re.compile(r"[:?#@]")
# A scheme, or a first part without a colon; who is at it; the rest.
_ADDRESS = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.\-]*:|(?=[^:/?#]*(?:[/?#]|$)))"
    r"(?://(?:[^/?#@]*@)?[^/?#@:]*(?::\d*)?(?=[/?#]|$)|(?!//))"
    r"[^?#]*(?:\?[^#]*)?(?:#[^#]*)?$"
)
_UNFIT = re.compile(r"[ \[\]]|%(?![0-9A-Fa-f]{2})")
_NO_PLACE = "has no place in a chapter"
# What a number or sign does not hold: three letters that are no Roman number.
_WORDS = re.compile(r"[^\W\d_]{3}")
_ROMAN = re.compile(r"\b[ivxlcdm]+\b", re.I)


# How a mark may be set.
LETTERING = frozenset("sup sub bold italic roman sans-serif monospace sc underline".split())


@dataclass
class Reading(Walk[XmlNode]):
    """A run: the ledger of findings, where ids lead to, and what has been used.

    `targets` are the elements of the whole document by id; `labels` the words pubtool prints.
    """

    ledger: Ledger
    language: str
    targets: Mapping[str, Element]
    labels: Mapping[str, str]
    chapter: str
    reserved: Set[str] = frozenset()
    taken: set[str] = field(default_factory=set)
    noted: dict[tuple[str, str], list[tuple[Element, str]]] = field(default_factory=dict)
    apart: dict[tuple[str, str], list[tuple[Element, str]]] = field(default_factory=dict)
    notes: dict[Element, str] = field(default_factory=dict)
    cited: dict[Element, tuple[str, ...]] = field(default_factory=dict)

    def without_rule(self, element: Element) -> None:
        """PT650: the table does not know an element; its text is kept."""
        self.note("PT650", element, f"pubtool has no rule for <{local(element)}>; its text is kept")

    # ── what is said ──

    def note(self, rule: str, where: Element, message: str, example: str = "") -> None:
        """A finding; the same message is told once, with the first place and how often."""
        self.noted.setdefault((rule, message), []).append((where, example))

    def aside(self, where: Element, why: str = _NO_PLACE) -> None:
        """Words left out, and named (PT606), all of one kind of element together."""
        text = text_in(where)
        if text:
            self.ledger.sign(spoken(where))
            self.apart.setdefault((local(where), why), []).append((where, text))

    def rest(self, where: Element, read: Collection[Element]) -> None:
        """Of an element of which only the parts `read` are understood, the other words (PT606)."""
        words = squeeze(_outside(where, read))
        self.ledger.sign(words)
        if any(c.isalnum() for c in words):
            self.leave(where, words)

    def leave(self, where: Element, words: str) -> None:
        """Words of an element that are left out, and named (PT606)."""
        self.apart.setdefault((local(where), _NO_PLACE), []).append((where, words))

    def place(self, where: Element) -> Place:
        """Where an element of the source, or the nearest around it, starts."""
        return place_of(where, self.ledger.file)

    def findings(self) -> Iterator[Diagnostic]:
        """Everything noted, each message once."""
        for (rule, message), places in self.noted.items():
            examples = list(dict.fromkeys(example for _, example in places if example))
            shown = f": {'; '.join(examples)}" if examples else ""
            times = f" ({len(places)} times)" if len(places) > 1 else ""
            yield found(rule, self.place(places[0][0]), message + shown + times)
        for (name, why), texts in self.apart.items():
            said = ", ".join(f"“{text}”" for _, text in texts)
            yield found("PT606", self.place(texts[0][0]), f"<{name}> {why}: {said}")

    # ── what is taken ──

    def take(self, where: Element | None) -> str:
        """The text of an element that goes into a field; its words count as kept."""
        if where is None:
            return ""
        self.ledger.sign(spoken(where))
        return text_in(where)

    def mark(self, where: Element) -> None:
        """A number or sign that pubtool sets anew; words, or what else stands in it, are named."""
        if not is_mark(text_in(where)):
            self.aside(where)
            return
        self.again(where)

    def again(self, where: Element) -> None:
        """Words that pubtool writes anew; an element that it does not write there is named."""
        strangers = list(_strangers(where))
        self.ledger.sign(_outside(where, strangers))
        for stranger in strangers:
            self.aside(stranger)

    def id(self, where: Element) -> str:
        """The id of an element in the chapter: its own where that will do, else one made of it."""
        own = where.get("id", "")
        return self._claim(self.rid(own), frozenset()) if own else ""

    def fresh(self, wanted: str) -> str:
        """An id that nothing in the document has."""
        return self._claim(wanted, self.reserved)

    def _claim(self, wanted: str, others: Set[str]) -> str:
        name, n = wanted, 1
        while name in self.taken or name in others:
            n += 1
            name = f"{wanted}-{n}"
        self.taken.add(name)
        return name

    def rid(self, own: str) -> str:
        """How a pointer names the target that the source calls `own`."""
        return own if _ID.match(own) or not own else ascii_id(own)


def is_mark(text: str) -> bool:
    """True for a number or sign, which pubtool sets anew: no words."""
    return not _WORDS.search(_ROMAN.sub("", text))


def _strangers(mark: Element) -> Iterator[Element]:
    """What stands in a mark beside its letters."""
    for inner in mark.iterchildren("*"):
        if local(inner) in LETTERING:
            yield from _strangers(inner)
        else:
            yield inner


def _outside(where: Element, read: Collection[Element]) -> str:
    """The words of an element that stand in none of the parts `read`."""
    if where in read:
        return " "
    inner = (f"{_outside(part, read)}{part.tail or ''}" for part in where)
    return " ".join([where.text or "", *inner])


def lang(where: Element) -> str:
    """A language tag that an element names for itself, if it is one."""
    tag = where.get(LANG, "")
    return tag if is_tag(tag) else ""


def is_tag(text: str) -> bool:
    """True for what has the form of a language tag."""
    return bool(_TAG.match(text))


def common(where: Element, go: Reading) -> dict[str, str]:
    """Id and language."""
    return {"id": go.id(where), "lang": lang(where)}


def href(where: Element) -> str:
    """The address of a link or file, on one line."""
    return fitting(told_href(where))


def told_href(where: Element) -> str:
    """The same as the source tells it."""
    return squeeze(where.get(XLINK) or where.get("href") or "")


def fitting(address: str) -> str:
    """An address with the characters that none may have written as %20 and the like.

    Of what is no address at all (RFC 3986), such as "1ttps://…", every sign but the slash.
    """
    made = _UNFIT.sub(_as_number, address)
    return made if _ADDRESS.match(made) else _SIGNS.sub(_as_number, made)


def _as_number(sign: re.Match[str]) -> str:
    return f"%{ord(sign[0]):02X}"


def child(where: Element | None, *names: str) -> Element | None:
    """The first child of one of these names."""
    return next(iter(children(where, *names)), None)


def children(where: Element | None, *names: str) -> list[Element]:
    """All children of these names, whatever their namespace."""
    return [] if where is None else [e for e in where if local(e) in names]


def every(where: Element | None, *names: str) -> list[Element]:
    """All elements of these names inside an element."""
    return [] if where is None else [e for e in where.iter("*") if local(e) in names]


def shortened(text: str) -> str:
    """A text as a message shows it."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rpartition(' ')[0]} …"


def generated(where: Element) -> bool:
    """True for words that pubtool wrote when it made this JATS."""
    return where.get("specific-use") == "generated"


def plain_text(nodes: Iterable[XmlNode]) -> str:
    """The text of nodes of the chapter."""
    return squeeze("".join(n if isinstance(n, str) else "".join(n.itertext()) for n in nodes))


def tail_free(made: Element) -> Element:
    """An element without the text after it."""
    made.tail = None
    return made
