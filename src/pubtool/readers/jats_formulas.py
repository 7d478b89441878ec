"""JATS in: formulas."""

from __future__ import annotations

import copy
import re

from lxml import etree

from pubtool.readers.draft import element
from pubtool.readers.jats_blocks import lead
from pubtool.readers.jats_floats import describing
from pubtool.readers.jats_labels import number_of
from pubtool.readers.jats_run import Element, Reading, child, children, common, every, href, jats_in
from pubtool.readers.jats_shape import inline, is_math
from pubtool.readers.jats_words import text_in
from pubtool.rules import AT, XmlNode
from pubtool.source import MATHML, local


@jats_in("disp-formula", "inline-formula", "chem-struct-wrap", "array")
def formula(e: Element, go: Reading) -> list[XmlNode]:
    """MathML and TeX side by side; one told in plain text or as an image is text or an image."""
    math = next((m for m in e.iter("*") if is_math(m)), None)
    texs = [t for t in every(e, "tex-math") if text_in(t)]
    if math is None and not texs:
        return _written(e, go)
    for other in (f for f in every(e, "graphic", "inline-graphic") if href(f)):
        go.note("PT659", other, "files that show the same as what is kept", href(other))
    name = "inline-formula" if local(e) == "inline-formula" else "disp-formula"
    alts = [t for t in every(e, "alt-text") if text_in(t)]
    alts += [t for t in every(e, "textual-form") if t.get("specific-use") == "alt-text"]
    for other in [*texs[1:], *children(e, "object-id"), *every(e, "alt-text")]:
        if other not in alts[:1]:
            go.aside(other)
    own = go.id(e)
    made = element(
        name,
        [mathml(math, own, go)] if math is not None else [],
        [element("tex", "".join(str(t) for t in texs[0].itertext()))] if texs else [],
        [element("alt", text_in(alts[0]))] if alts else [],
        id=own,
        number=number_of(e, "formula", go),
    )
    return [made]


def mathml(math: Element, own: str, go: Reading) -> Element:
    """The MathML in its namespace, whatever the source calls it, without the id of our JATS."""
    made = copy.deepcopy(math)
    made.tail = None
    called = etree.QName(math).namespace
    for part in made.iter("*"):
        part.attrib.pop(AT, None)
        if etree.QName(part).namespace in (None, called):
            part.tag = f"{{{MATHML}}}{local(part)}"
        if part.get("id") is not None and not _claims(part, own, go):
            del part.attrib["id"]
    return made


def _claims(part: Element, own: str, go: Reading) -> bool:
    """True for an id of MathML that is nobody else's, nor made by our JATS."""
    name = part.get("id", "")
    made = name == f"{own}-math" or re.fullmatch(r"mml-\d+", name)
    if name in go.taken or made:
        return False
    go.taken.add(name)
    return True


@jats_in("math")
def bare_math(e: Element, go: Reading) -> Element:
    """MathML in the line without a formula around it."""
    return element("inline-formula", mathml(e, "", go))


@jats_in("tex-math")
def bare_tex(e: Element, go: Reading) -> list[XmlNode]:
    """TeX in the line without a formula around it."""
    text = "".join(str(t) for t in e.itertext())
    return [element("inline-formula", element("tex", text))] if text.strip() else []


def _written(e: Element, go: Reading) -> list[XmlNode]:
    """A formula that is only an image or only words."""
    images = [f for f in every(e, "graphic", "inline-graphic") if href(f)]
    label = child(e, "label")
    inside: list[XmlNode]
    if images:
        alt = describing([e, *images], go)[:1]
        inside = [element("inline-graphic", alt, href=href(images[0]))]
        go.note("PT659", e, "formulas that are only images", href(images[0]))
    else:
        inside = inline(go.inside(e, but=("label",)), go, e)
    if local(e) == "inline-formula":
        return inside
    made: list[XmlNode] = [element("p", inside, **common(e, go))]
    return lead([*inline(go.inside(label), go, label), " "], made) if label is not None else made
