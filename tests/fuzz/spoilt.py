"""Spoilt chapters, settings, styles, templates and references, by chance."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from functools import cache

from lxml import etree

from pubtool import resources
from tests.conftest import REPOSITORY
from tests.property.strategies import NS
from tests.property.test_import import SNIPPETS
from tests.property.test_jats_import import rearranged
from tests.test_managers import BIB, CSL, RIS

_HOW = ("rename", "remove", "double", "unwrap", "wrap", "move", "strip")
_VALUES = [
    "", " ", "0", "-1", "999999999999999999999", "x" * 5000, "id with blanks", "#", "../../etc/passwd",
    "http://[", "javascript:alert(1)", "%zz", "1900-02-30", "0000-00-00", "xx-invalid-language-tag",
    "10.5555/", "0000-0002-1825-0098", "978", "\u202e\u0000"[:1], "\U0001f4a9", "’”»", "r1 r1 r1",
]  # fmt: skip
_TOML_VALUES = [
    "true", "0", "-1", "1e999", '""', "[]", "{}", "[[1]]", '"\\u0000"', "1979-05-27", "inf", "nan",
    '["a", 1, {}]', '{ a = { b = { c = 1 } } }', "99999999999999999999", "'../../x'", '"x" * 9',
    "[" * 300, '"""', '"10.5pt; } body {"', '"-3mm"', '"A0"', '"9999999mm"', '"0x0in"', "''", "\x00",
]  # fmt: skip
_CSS = [
    "{", "}", ";", "*/", "/*", "@media", "@import 'x.css';", "url(", "url(file:///etc/passwd)", "calc(1/0)",
    "content: counter(", "var(--a)", "--a: var(--a);", ":has(:not(", "attr(", "\\", "\\0", "<!--", '"',
    "@page { size: 0 0 }", "@page :nth(0n+0) {", "margin: -9999999px", "font-size: 1e30em", "!important",
    "columns: 9999", "display: grid;", "position: running(", "string-set: ", "</style>", "float: footnote;",
]  # fmt: skip
_JINJA = [
    "{{", "}}", "{%", "%}", "{#", "{{ a.b.c }}", "{% for x in range(10**9) %}{% endfor %}", "{{ 1/0 }}",
    "{% include 'page.html' %}", "{% extends 'page.html' %}", "{{ ''.__class__.__mro__ }}", "{% endif %}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "{{ chapter.root }}", "]]>", "&nope;", "<a>", "\x00",
    "{{ record.title * 99999 }}", "{% set x = x %}", "{{ lipsum() }}", "{{ [].pop() }}", "\ufffe",
]  # fmt: skip
REFERENCES = """Demir, A. (1999). The making of a nation. Baku: Elm.
Kaya, B., & Öz, C. (2000). Some notes. The Journal, 2(3), 103–109. https://doi.org/10.1000/182
Həsənli, Leyla. Roads of the North. Bakı: Elm, 2004.
de Waal, Thomas. “A Letter.” In The Whole, edited by Ç. Ak and D. Berg, 12–34. New York: Oak, 2010.
Sokolova T, Berg J, et al. Ink and paper. J Print. 2011;12(3):e14-9.
Okonkwo, K. (ed.) (2015) Harbours. 2nd edn. London: Quay Press.
———. “Another Letter.” Paper Quarterly 3, no. 2 (2012): 1–9.
Brown, Ann, and Peter Black. Seas. Oak, 2001, pp. 3-19. JSTOR, www.example.org/stable/1.
World Bank. (n.d.). Report on ports (No. 12-B). Retrieved May 3, 2012, from http://example.org/x?a=1
Иванов И. П. Письма с моря. М.: Наука, 1987. С. 12–15.
[12] J. Doe, “Title,” in Proc. 3rd Conf. Ink, Baku, 2003, pp. 1–4, doi: 10.1000/1.
Archive of the Press, f. 12, op. 3, d. 44, l. 5.""".split("\n")


@cache
def _chapters() -> tuple[bytes, ...]:
    paths = sorted(REPOSITORY.glob("tests/golden/*/chapter.xml"))
    paths += sorted(REPOSITORY.glob("examples/chapters/*.xml"))[:1]
    return tuple(path.read_bytes() for path in paths)


@cache
def _names() -> list[str]:
    schema = etree.parse(str(resources.builtin("schema") / "chapter.xsd"))
    found = {e.get("name") for e in schema.iter("{*}element") if e.get("name")}
    return [f"{{{NS}}}{name}" for name in sorted(map(str, found))]


def chapter(chance: random.Random) -> tuple[str, bytes]:
    """A canonical chapter with elements, attributes or words changed, or with bytes replaced."""
    data = chance.choice(_chapters())
    if chance.random() < 0.2:
        return "chapter.xml", damaged(data, chance)
    if chance.random() < 0.6:
        count = chance.choice((1, 1, 2, 5))
        data = rearranged(data, [_change(chance) for _ in range(count)])
    return "chapter.xml", _revalued(data, chance)


def _change(chance: random.Random) -> tuple[str, int, int, str]:
    numbers = chance.randrange(5000), chance.randrange(5000)
    return chance.choice(_HOW), *numbers, chance.choice(_names())


def _revalued(data: bytes, chance: random.Random) -> bytes:
    """Other attributes and words in some elements."""
    root = etree.fromstring(data)
    elements = list(root.iter("*"))
    for _ in range(chance.randrange(4)):
        e = chance.choice(elements)
        value = _for_xml(chance.choice([*_VALUES, *SNIPPETS]))
        if e.attrib and chance.random() < 0.5:
            e.set(chance.choice(list(e.attrib)), value)
        elif e.text:
            e.text = value if chance.random() < 0.3 else e.text + value
    return etree.tostring(root, encoding="UTF-8")


def _for_xml(text: str) -> str:
    return "".join(c for c in text if c >= " " or c in "\t\n") or " "


@cache
def _settings() -> str:
    return (REPOSITORY / "examples" / "pubtool.toml").read_text() + _DOCUMENTED


_DOCUMENTED = """
[style]
name = "modern"
fonts = ["Gentium Book Plus"]
page-size = "6x9in"
font-size = "10.5pt"
link-color = "#004488"
[print]
bleed = "3mm"
trim = "A5"
marks = true
[check]
level = "full"
quotes = { en = "“”" }
rules = { PT301 = "off" }
[limits]
input-megabytes = 50
[labels.en]
figure = "Figure"
[format.jats]
after = ""
[jats]
version = "1.3"
[citations]
style = ""
"""


def settings(chance: random.Random) -> tuple[str, bytes]:
    """A pubtool.toml with lines doubled, moved, misspelt, or with other values."""
    lines = _settings().split("\n")
    for _ in range(chance.randint(1, 4)):
        n = chance.randrange(len(lines))
        lines[n] = _line(lines[n], lines, chance)
    data = "\n".join(lines).encode("utf-8", "replace")
    return "pubtool.toml", damaged(data, chance) if chance.random() < 0.2 else data


def _line(line: str, lines: Sequence[str], chance: random.Random) -> str:
    key, is_, _ = line.partition("=")
    changed = [
        f"{key}= {chance.choice(_TOML_VALUES)}" if is_ else line + chance.choice(_TOML_VALUES),
        f"{key.strip()}x = 1",
        f"{line}\n{line}",
        chance.choice(lines),
        "",
        f"[{key.strip(' []')}.{chance.choice('abc')}]",
    ]
    return chance.choice(changed)


def style(chance: random.Random) -> tuple[str, bytes]:
    """A stylesheet for the screen or an EPUB, cut, doubled, or mixed with what means something."""
    name = chance.choice(("screen.css", "epub.css"))
    return name, _mixed(_resource("styles", name), _CSS, chance)


def page(chance: random.Random) -> tuple[str, bytes]:
    """A stylesheet for print."""
    return "print.css", _mixed(_resource("styles", "print.css"), _CSS, chance)


def template(chance: random.Random) -> tuple[str, bytes]:
    """A template of the house."""
    name = chance.choice(("page.html", "crossref.xml", "datacite.xml", "mods.xml", "onix.xml"))
    return name, _mixed(_resource("templates", name), _JINJA, chance)


def reference(chance: random.Random) -> tuple[str, bytes]:
    """A text that ends with references, some of them spoilt."""
    lines = chance.sample(REFERENCES, chance.randint(1, 6))
    listed = [_mixed(line, SNIPPETS, chance).decode("utf-8", "replace") for line in lines]
    text = "Ink\n\nA Writer\n\nSome words (Demir 1999).\n\nReferences\n\n" + "\n\n".join(listed)
    return "a.txt", text.encode("utf-8", "replace")


def manager(chance: random.Random) -> tuple[str, bytes]:
    """What a reference manager exports, spoilt."""
    files = {"a.bib": BIB, "a.ris": RIS, "a.json": json.dumps(CSL)}
    name = chance.choice(list(files))
    return name, _mixed(files[name], [*SNIPPETS, *'@{},"[]:', "null", "\\u0000", "TY  - "], chance)


@cache
def _resource(kind: str, name: str) -> str:
    return resources.find(kind, name).read_text("utf-8")


def _mixed(text: str, pieces: Sequence[str], chance: random.Random) -> bytes:
    """A text with passages taken out, doubled, moved, or with such pieces in it."""
    for _ in range(chance.randint(1, 5)):
        start = chance.randrange(len(text) + 1)
        end = min(start + chance.randrange(80), len(text))
        piece = chance.choice([chance.choice(pieces), text[start:end] * 2, ""])
        text = text[:start] + piece + text[end:]
    data = text.encode("utf-8", "replace")
    return damaged(data, chance) if data and chance.random() < 0.1 else data


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Some bytes replaced, and sometimes the end cut off."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out[: chance.choice([len(out), len(out), chance.randrange(len(out))])])
