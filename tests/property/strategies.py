"""Chapters as Hypothesis draws them: valid by construction, hostile in their text."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st

NS = "urn:pubtool:chapter:1"
_LETTERS = "abcİıəşğçöüÇŞ éñяΩ" + "<>&\"']]>`*_#$\\{}~^%@" + "’“”–—…\u00a0" + "0123456789.,;:()"

text = st.text(alphabet=_LETTERS, min_size=1, max_size=30).map(lambda t: f"w{t}w")
label = st.text(alphabet="abcəığş ", min_size=1, max_size=12).map(lambda t: f"W{t.strip()}w")
_LANGUAGES = st.sampled_from(["en", "tr", "az", "de", "ru"])
_SIMPLE = ["italic", "bold", "sc", "sub", "sup", "underline", "strike", "monospace", "term"]


def tag(name: str, content: str = "", **attributes: str) -> str:
    """An element as a string; content is markup already."""
    said = "".join(
        f" {k.rstrip('_').replace('_', '-').replace('xml-', 'xml:')}={quoteattr(v)}"
        for k, v in attributes.items()
    )
    return f"<{name}{said}>{content}</{name}>"


words = text.map(escape)


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(st.sampled_from(_SIMPLE), inner).map(lambda p: tag(p[0], p[1])),
        st.tuples(_LANGUAGES, inner).map(lambda p: tag("foreign", p[1], xml_lang=p[0])),
        st.tuples(label, inner).map(lambda p: tag("abbrev", p[1], expansion=p[0])),
        inner.map(lambda t: tag("cite", t, ref="r1", locator="12–14")),
        inner.map(lambda t: tag("ext-link", t, href="https://example.org/?a=1&b=2")),
        inner.map(lambda t: tag("xref", t, rid="s1")),
    )


_atoms = st.sampled_from(
    [
        "<break/>",
        '<page-break number="{n}"/>',
        '<cite ref="r1 r2"/>',
        '<cite ref="r1" mode="narrative" locator="3"/>',
        '<xref rid="s1"/>',
        "<inline-formula><tex>a^2 &lt; b</tex></inline-formula>",
        "<index-term><term>entry</term></index-term>",
    ]
)
_piece = st.recursive(
    words,
    lambda inner: st.one_of(_wrapped(inner), st.tuples(inner, inner).map("".join)),
    max_leaves=4,
)
inline = st.lists(st.one_of(_piece, _piece, _atoms), min_size=1, max_size=4).map(" ".join)
note = st.lists(inline, min_size=1, max_size=2).map(
    lambda ps: tag("fn", "".join(tag("p", p) for p in ps))
)
paragraph = st.tuples(inline, st.one_of(st.just(""), note)).map(
    lambda p: tag("p", f"w {p[0]}{p[1]}")
)


def _lists(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.lists(blocks.map(lambda b: tag("list-item", b)), min_size=1, max_size=3).map("".join)
    kinds = st.sampled_from(["bullet", "ordered", "plain"])
    return st.tuples(kinds, items).map(lambda p: tag("list", p[1], type=p[0]))


def _containers(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        _lists(blocks),
        st.tuples(blocks, inline).map(lambda p: tag("disp-quote", p[0] + tag("attrib", p[1]))),
        st.tuples(inline, blocks).map(lambda p: tag("boxed-text", tag("title", p[0]) + p[1])),
        st.tuples(inline, blocks).map(
            lambda p: tag("def-list", tag("def-item", tag("term", p[0]) + tag("def", p[1])))
        ),
    )


_verse = st.lists(inline, min_size=1, max_size=3).map(
    lambda lines: tag("verse-group", "".join(tag("verse-line", line) for line in lines))
)
_cells = st.lists(inline, min_size=2, max_size=2).map(
    lambda cells: tag("tr", tag("th", cells[0], scope="row") + tag("td", cells[1]))
)
_table = st.tuples(inline, st.lists(_cells, min_size=1, max_size=3)).map(
    lambda p: tag(
        "table-wrap",
        tag("caption", tag("title", p[0])) + tag("table", tag("tbody", "".join(p[1]))),
    )
)
_code = words.map(lambda t: tag("code", t, language="text"))
_formula = st.just("<disp-formula><tex>E = mc^2</tex></disp-formula>")
blocks = st.recursive(
    st.one_of(paragraph, paragraph, _verse, _table, _code, _formula), _containers, max_leaves=5
)


def _section(depth: int) -> st.SearchStrategy[str]:
    inner = st.lists(_section(depth - 1), max_size=2).map("".join) if depth else st.just("")
    return st.tuples(inline, st.lists(blocks, min_size=1, max_size=3).map("".join), inner).map(
        lambda p: tag("sec", tag("title", f"w {p[0]}") + p[1] + p[2])
    )


_person = st.tuples(label, label).map(
    lambda p: tag("name", tag("given", escape(p[0])) + tag("family", escape(p[1])))
)
_who = st.one_of(
    _person,
    words.map(lambda t: tag("collab", t)),
    words.map(lambda t: tag("name", tag("family", t))),
)
_contributor = st.tuples(_who, st.one_of(st.just(""), paragraph.map(lambda p: tag("bio", p)))).map(
    lambda p: tag("contributor", p[0] + p[1])
)


@st.composite
def chapters(draw: st.DrawFn) -> bytes:
    """A valid chapter of moderate size as UTF-8 XML."""

    def maybe(strategy: st.SearchStrategy[str]) -> str:
        return draw(st.one_of(st.just(""), strategy))

    front = (
        tag("title", f"w {draw(inline)}")
        + maybe(inline.map(lambda t: tag("subtitle", t)))
        + "".join(draw(st.lists(_contributor, max_size=3)))
        + maybe(paragraph.map(lambda p: tag("abstract", p)))
        + maybe(words.map(lambda w: tag("keywords", tag("keyword", w), xml_lang="en")))
        + maybe(inline.map(lambda t: tag("citation-line", t)))
        + tag("book", tag("title", escape(draw(label))) + tag("year", "2026"))
    )
    sections = "".join(draw(st.lists(_section(1), max_size=2)))
    body = (
        "".join(draw(st.lists(blocks, max_size=2)))
        + tag("sec", tag("title", "w") + tag("p", "w"), id="s1")
        + sections
    )
    references = tag(
        "ref",
        tag("name", tag("family", escape(draw(label))))
        + tag("year", "1999")
        + tag("title", escape(draw(label)))
        + tag("as-written", draw(words)),
        id="r1",
        type="book",
    ) + tag("ref", tag("as-written", draw(inline)), id="r2")
    chapter = tag(
        "chapter",
        tag("front", front) + tag("body", body) + tag("back", tag("references", references)),
        xmlns=NS,
        id="c1",
        xml_lang=draw(_LANGUAGES),
    )
    return _numbered(chapter).encode()


def _numbered(chapter: str) -> str:
    """Page breaks in rising order: each "{n}" gets the next number."""
    parts = chapter.split('number="{n}"')
    return parts[0] + "".join(f'number="{i}"{part}' for i, part in enumerate(parts[1:], 1))


def mutated(data: bytes, edits: list[tuple[int, Any]]) -> bytes:
    """A file with some bytes replaced, as a damaged disk would leave it."""
    out = bytearray(data)
    for position, byte in edits:
        out[position % len(out)] = byte
    return bytes(out)
