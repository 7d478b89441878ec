"""Mutated manuscripts: no traceback, no hang, no word lost unseen.

`make properties` raises the number of examples through PUBTOOL_EXAMPLES.
"""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pubtool import intake
from pubtool.diagnostics import Unreadable, errors
from pubtool.readers import Imported, manuscript, text
from pubtool.settings import Settings
from pubtool.source import parse
from pubtool.validate import chapter_findings
from tests.manuscripts.corpus_other import OTHER
from tests.manuscripts.corpus_word import WORD
from tests.property.test_chapters import examples

SETTINGS = Settings()
DOCUMENTS = [make() for make in WORD.values()]
SNIPPETS = [
    *"*_#`[](){}<>\\$&%~^|!\u200b\u00a0\ue0f3\U000f0000\x0c",
    "\n\n", "# ", "**", "<b>", "</p>", "<!--", "\\begin{x}", "$$", "[^1]", "![", "---\n", "> " * 40,
    "{=latex}", "\\bibitem{a}", "&nbsp;", "<table>", ":::", "ORCID: 0000-0002-1825-0097",
]  # fmt: skip


def read(data: bytes, name: str) -> Imported | None:
    """A manuscript, or None where it is refused with a finding."""
    reader = text if name.endswith(".txt") else manuscript
    with suppress(Unreadable):
        return reader.read(data, name, SETTINGS)
    return None


def holds(imported: Imported | None) -> None:
    """What is read is a chapter: well-formed, and valid but for what a finding says is missing."""
    if imported is None:
        return
    root = etree.fromstring(imported.data)
    assert root.tag.endswith("}chapter")
    source = parse(imported.data, "c.xml")
    said = {f.rule for f in imported.findings}
    wrong = errors(chapter_findings(source, intake.schema()))
    wrong = [f for f in wrong if f.rule not in ("PT201", "PT401", "PT403", "PT105")]
    assert wrong == [] or "PT605" in said, [f.message for f in wrong]


@st.composite
def mangled(draw: st.DrawFn, data: str) -> str:
    """A text with pieces cut out, doubled, moved, or mixed with what means something."""
    for _ in range(draw(st.integers(1, 6))):
        a = draw(st.integers(0, max(len(data) - 1, 0)))
        b = draw(st.integers(a, min(a + 60, len(data))))
        piece = draw(
            st.one_of(st.sampled_from(SNIPPETS), st.just(data[a:b] * 2), st.text(max_size=4))
        )
        data = data[:a] + piece + data[b:]
    return data.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("name", sorted(n for n in OTHER if n.endswith((".md", ".tex", ".html"))))
@examples(20)
@given(data=st.data())
def test_mangled_markup_is_read_or_refused(name: str, data: st.DataObject) -> None:
    source = OTHER[name].decode("utf-8", "replace")
    holds(read(data.draw(mangled(source)).encode(), name))


@examples(40)
@given(data=st.data())
def test_mangled_text_is_read_or_refused(data: st.DataObject) -> None:
    source = OTHER["plain.md"].decode()
    holds(read(data.draw(mangled(source)).encode(), "a.txt"))


def rewritten(data: bytes, changes: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
    return out.getvalue()


@st.composite
def shuffled(draw: st.DrawFn, xml: bytes) -> bytes:
    """An XML part with elements removed, moved, doubled, emptied, their attributes exchanged."""
    root = etree.fromstring(xml)
    for _ in range(draw(st.integers(1, 5))):
        elements = [e for e in root.iter() if e.getparent() is not None]
        if not elements:
            break
        one, other = draw(st.sampled_from(elements)), draw(st.sampled_from(elements))
        _change(draw(st.integers(0, 5)), one, other)
    return etree.tostring(root)


def _change(how: int, one: etree._Element, other: etree._Element) -> None:
    parent = one.getparent()
    assert parent is not None
    if how == 0:
        parent.remove(one)
    elif how == 1 and one not in other.iterancestors() and one is not other:
        other.append(one)
    elif how == 2:
        parent.append(etree.fromstring(etree.tostring(one, with_tail=False)))
    elif how == 3:
        for inner in list(one):
            one.remove(inner)
    elif how == 4:
        for key in list(one.attrib):
            one.attrib[key] = next(iter(other.attrib.values()), "x")
    else:
        one.attrib.clear()


@examples(60)
@given(data=st.data())
def test_a_shuffled_word_document_is_read_or_refused(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(DOCUMENTS))
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        names = [n for n in archive.namelist() if n.endswith((".xml", ".rels"))]
        name = data.draw(st.sampled_from([*names, "word/document.xml", "word/document.xml"]))
        changed = data.draw(shuffled(archive.read(name)))
    holds(read(rewritten(source, {name: changed}), "a.docx"))


@examples(20)
@given(data=st.data())
def test_a_shuffled_opendocument_is_read_or_refused(data: st.DataObject) -> None:
    source = OTHER[data.draw(st.sampled_from(["notes.odt", "frames.odt", "structure.odt"]))]
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        changed = data.draw(shuffled(archive.read("content.xml")))
    holds(read(rewritten(source, {"content.xml": changed}), "a.odt"))


@examples(40)
@given(data=st.data())
def test_a_damaged_archive_is_read_or_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["a.docx", "a.odt", "a.epub"]))
    source = {"a.docx": DOCUMENTS[0], "a.odt": OTHER["notes.odt"], "a.epub": OTHER["book.epub"]}[
        name
    ]
    broken = bytearray(source)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(broken)), st.integers(0, len(broken))))
    holds(read(bytes(broken[:end]), name))
