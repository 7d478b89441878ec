"""Runs of a Word document, rewritten so that pandoc sees what they mean.

Formatting that a character style gives is put on the run; hidden runs leave, and are named; runs
in another language than the document's get a style of their own that says which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from pubtool.readers.ast_inlines import LANGUAGE_STYLE
from pubtool.readers.docx_styles import Styles
from pubtool.readers.ledger import Ledger
from pubtool.readers.ooxml import is_on, made, value, w
from pubtool.text import squeeze

# Styles that say nothing beyond what the element itself says.
_EMPTY_STYLES = ("hyperlink", "followedhyperlink", "footnote reference", "endnote reference",
                 "annotation reference", "page number", "default paragraph font")  # fmt: skip
_KEPT_STYLES = ("verbatim char", "html code", "code")
_NO_LANGUAGE = frozenset({"", "x-none", "zxx", "und"})


@dataclass
class Runs:
    """The work on the runs of one document. `mapped` are the style names the project knows."""

    styles: Styles
    ledger: Ledger
    mapped: frozenset[str]
    language: str = ""
    _cache: dict[str, dict[str, etree._Element]] = field(default_factory=dict)

    def prepare(self, roots: Iterable[etree._Element], numbers: dict[etree._Element, int]) -> None:
        """Rewrite the runs of the text and its notes."""
        parts = list(roots)
        self.language = self._language(parts)
        for root in parts:
            for paragraph in root.iter(w("p")):
                self._paragraph(paragraph, numbers.get(paragraph, 0))

    def _language(self, parts: Iterable[etree._Element]) -> str:
        """The language of most letters."""
        default = _primary(self.styles.language())
        counts: Counter[str] = Counter()
        for root in parts:
            for run in root.iter(w("r")):
                length = sum(len(t.text or "") for t in run.iterchildren(w("t")))
                counts[self._said(run) or default] += length
        counts.pop("", None)
        return counts.most_common(1)[0][0] if counts else default

    def _said(self, run: etree._Element) -> str:
        props = run.find(w("rPr"))
        said = value(props, "lang") if props is not None else ""
        if not said and props is not None and value(props, "rStyle"):
            prop = self._formatting(value(props, "rStyle")).get("lang")
            said = prop.get(w("val"), "") if prop is not None else ""
        return _primary(said)

    def _formatting(self, id_: str) -> dict[str, etree._Element]:
        if id_ not in self._cache:
            self._cache[id_] = self.styles.formatting(id_)
        return self._cache[id_]

    def _paragraph(self, paragraph: etree._Element, number: int) -> None:
        hidden: list[str] = []
        style = value(paragraph.find(w("pPr")), "pStyle")
        around = self._formatting(style) if style and not self.styles.level(style) else {}
        for run in list(_runs(paragraph)):
            if self._run(run, around):
                hidden += [t.text or "" for t in run.iter(w("t"))]
                _remove(run)
        said = squeeze("".join(hidden))
        if said:
            self.ledger.report("PT612", number, f"“{said}”", said)

    def _run(self, run: etree._Element, around: dict[str, etree._Element]) -> bool:
        """Rewrite a run; True if it is hidden."""
        props = run.find(w("rPr"))
        bold = "b" in around
        if props is None and not bold and "vanish" not in around:
            return False
        if props is None:
            props = made("rPr")
            run.insert(0, props)
        self._materialise(props, around)
        vanish = props.find(w("vanish"))
        if is_on(vanish):
            return True
        self._mark_language(run, props)
        return False

    def _materialise(self, props: etree._Element, around: dict[str, etree._Element]) -> None:
        """Put the formatting of the character style on the run itself."""
        for name in ("b", "vanish"):
            if name in around and props.find(w(name)) is None:
                props.append(deepcopy(around[name]))
        reference = props.find(w("rStyle"))
        if reference is None:
            return
        id_ = reference.get(w("val"), "")
        name = self.styles.name(id_)
        if name in self.mapped or name.lower() in _KEPT_STYLES:
            return
        for key, prop in self._formatting(id_).items():
            skipped = name.lower() in _EMPTY_STYLES and key not in ("vanish", "lang")
            if not skipped and props.find(w(key)) is None:
                props.append(deepcopy(prop))
        props.remove(reference)

    def _mark_language(self, run: etree._Element, props: etree._Element) -> None:
        said = value(props, "lang")
        foreign = _primary(said) not in ("", self.language)
        letters = any(c.isalpha() for t in run.iterchildren(w("t")) for c in t.text or "")
        if foreign and letters and props.find(w("rStyle")) is None:
            id_ = self.styles.add("character", f"{LANGUAGE_STYLE}{_tag(said)}")
            props.insert(0, made("rStyle", val=id_))


def _primary(tag: str) -> str:
    primary = tag.split("-")[0].lower()
    return "" if tag.lower() in _NO_LANGUAGE or primary in _NO_LANGUAGE else primary


def _tag(said: str) -> str:
    """The language of a tag, its script if it has one: "az-Latn-AZ" → "az-Latn"."""
    parts = said.split("-")
    return "-".join([parts[0].lower(), *(p for p in parts[1:] if len(p) == 4 and p.isalpha())])


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph, not those of paragraphs within it."""
    for inner in paragraph:
        if inner.tag == w("r"):
            yield inner
        elif inner.tag not in (w("pPr"), w("p")):
            yield from _runs(inner)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
