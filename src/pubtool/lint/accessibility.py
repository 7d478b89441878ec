"""Accessibility: what is said to readers who do not see images, and where links lead."""

from __future__ import annotations

import re

from lxml import etree

from pubtool.lint.context import Context
from pubtool.lint.registry import Said, rule
from pubtool.model import child, plain
from pubtool.source import MATHML
from pubtool.text import fold

_FILE_NAME = re.compile(
    r"\S+\.(?:png|jpe?g|gif|webp|svg|tiff?|bmp)|(?:img|image|dsc|fig)[_ -]?\d+", re.I
)
_IDLE = re.compile(
    r"(?:an? |the )?(?:image|picture|photo|photograph|graphic|figure) (?:of|showing)\b", re.I
)
_EMPTY_WORDS = frozenset(
    "image picture photo graphic figure logo resim görsel şəkil bild foto".split()
)
_LINK_WORDS = frozenset(
    {"here", "click here", "this", "this link", "link", "more", "read more", "burada", "buradan"}
    | {"tıklayın", "bura", "hier", "ici"}
)


@rule("PT530")
def long_alt(c: Context) -> Said:
    for e in c.all("alt"):
        if len(plain(e)) > c.limits.alt_characters:
            yield e, f"the alternative text has {len(plain(e))} characters"


@rule("PT531")
def idle_alt(c: Context) -> Said:
    for e in c.all("alt"):
        words = plain(e)
        if _FILE_NAME.fullmatch(words) or _IDLE.match(words) or fold(words) in _EMPTY_WORDS:
            yield e, f"“{words[:60]}” says nothing about what is to be seen"


@rule("PT532")
def alt_repeats_caption(c: Context) -> Said:
    for e in c.all("fig"):
        alt, caption = child(e, "alt"), child(e, "caption")
        if alt is not None and caption is not None and fold(plain(alt)) == fold(plain(caption)):
            yield alt, f"“{plain(alt)[:60]}” is also the caption, so it is read out twice"


@rule("PT533")
def one_alt_for_two(c: Context) -> Said:
    seen: dict[str, str] = {}
    for e in c.all("fig"):
        alt, graphic = child(e, "alt"), child(e, "graphic")
        if alt is None or graphic is None:
            continue
        first = seen.setdefault(fold(plain(alt)), graphic.get("href", ""))
        if first != graphic.get("href", ""):
            yield alt, f"“{plain(alt)[:60]}” is said of “{first}” too"


@rule("PT538")
def idle_link(c: Context) -> Said:
    for e in c.all("ext-link"):
        if plain(e).lower().strip(" .") in _LINK_WORDS:
            yield e, f"the link says “{plain(e)}”"


@rule("PT539")
def formula_without_mathml(c: Context) -> Said:
    for e in c.all("disp-formula", "inline-formula"):
        if e.find(f"{{{MATHML}}}math") is None and child(e, "alt") is None:
            yield e, f"the formula “{plain(child(e, 'tex'))[:40]}” is TeX only"


@rule("PT540")
def media_without_words(c: Context) -> Said:
    for e in c.all("media"):
        if child(e, "alt") is None and child(e, "long-desc") is None:
            yield e, f"nothing describes “{e.get('href')}”"


@rule("PT541")
def decorative_with_meaning(c: Context) -> Said:
    for e in c.all("fig", "inline-graphic"):
        if e.get("decorative") == "yes" and _says_something(e):
            yield e, "the image is marked as an ornament, but has words of its own"


def _says_something(e: etree._Element) -> bool:
    return child(e, "alt") is not None or child(e, "caption") is not None
