"""JATS in: figures, media, formulas."""

from __future__ import annotations

from collections.abc import Iterable

from pubtool.readers.draft import element
from pubtool.readers.jats_blocks import box
from pubtool.readers.jats_labels import number_of
from pubtool.readers.jats_run import (
    Element,
    Reading,
    child,
    children,
    common,
    every,
    href,
    jats_in,
)
from pubtool.readers.jats_shape import blocks, filled, inline, is_blank, paragraphs, trimmed
from pubtool.readers.jats_words import text_in
from pubtool.rules import XmlNode
from pubtool.source import local

_READ = (
    "label",
    "caption",
    "graphic",
    "alt-text",
    "long-desc",
    "attrib",
    "permissions",
    "kwd-group",
)
_NAMED = ("object-id", "kwd-group", "subj-group", "processing-meta")


@jats_in("fig")
def fig(e: Element, go: Reading) -> list[XmlNode]:
    """A figure; without an image it is a box, with a film it is a link."""
    images = list(_images(e, go))
    if not images:
        return _without_image(e, go)
    number = "" if _in_group(e) else number_of(e, "figure", go)
    decorative = "yes" if images[0].get("content-type") == "decorative" else ""
    inside, others = _parted(_extra(e, go, ("alternatives", *_NAMED)))
    files: list[XmlNode] = []
    made = element(
        "fig",
        [element("graphic", href=href(image)) for image in images],
        describing([e, *images], go),
        caption(e, go, inside, _part_of_group(e, go), files),
        credit(e, go),
        number=number,
        decorative=decorative,
        **common(e, go),
    )
    return [made, *files, *others]


def _in_group(e: Element) -> bool:
    """True for a part of a figure that is numbered as a whole."""
    parent = e.getparent()
    return parent is not None and local(parent) == "fig-group" and not _is_loose(parent)


def _is_loose(group: Element) -> bool:
    """True for a group without a label whose figures have their own: they stand by themselves."""
    return child(group, "label") is None and bool(
        [f for f in children(group, "fig") if child(f, "label") is not None]
    )


def _part_of_group(e: Element, go: Reading) -> list[XmlNode]:
    """The label of a part of a figure stands before its caption."""
    label = child(e, "label") if _in_group(e) else None
    return [*go.inside(label), " "] if label is not None else []


def _parted(nodes: Iterable[XmlNode]) -> tuple[list[XmlNode], list[XmlNode]]:
    """Text, which belongs to the caption, and blocks that stand after the figure."""
    made = blocks(nodes)
    texts = [n for n in made if not isinstance(n, str) and local(n) in ("p", "page-break")]
    return list(texts), [n for n in made if n not in texts]


def _images(e: Element, go: Reading) -> Iterable[Element]:
    """The images of a figure; of several forms of one image, the first."""
    for part in e:
        if local(part) == "graphic" and href(part):
            yield part
        elif local(part) == "alternatives":
            forms = [f for f in part if local(f) in ("graphic", "inline-graphic") and href(f)]
            yield from forms[:1]
            for other in (f for f in part if f not in forms[:1]):
                go.aside(other, "is another form of what is kept")
                if href(other):
                    message = "files that show the same as what is kept"
                    go.note("PT659", other, message, href(other))


def _extra(e: Element, go: Reading, but: tuple[str, ...]) -> list[XmlNode]:
    """What stands in a figure or table besides its parts; facts about it are named."""
    for fact in children(e, *_NAMED):
        go.aside(fact)
    return go.inside(e, but=(*_READ, *but))


def _without_image(e: Element, go: Reading) -> list[XmlNode]:
    films = [f for f in children(e, "media") if href(f)]
    label = child(e, "label")
    words: list[XmlNode] = [*go.inside(label), " "] if label is not None else []
    if len(films) == 1 and len(e) - len(films) == len(children(e, *_READ)):
        return [_media(films[0], e, words, go)]
    message = "figures without an image are boxes in the chapter"
    go.note("PT656", e, message, text_in(label) if label is not None else "")
    return [box(e, go, lead_in=words)]


def describing(parts: Iterable[Element], go: Reading) -> list[XmlNode]:
    """Alternative text and long description: the first of each; others are named."""
    texts = [t for part in parts for t in children(part, "alt-text") if text_in(t)]
    longs = [t for part in parts for t in children(part, "long-desc") if text_in(t)]
    for other in [*texts[1:], *longs[1:]]:
        go.aside(other)
    made: list[XmlNode] = [element("alt", "".join(texts[0].itertext()))] if texts else []
    if longs:
        said = "".join(str(t) for t in longs[0].itertext()).split("\n\n")
        made.append(element("long-desc", [element("p", p) for p in said if p.strip()]))
    return made


def caption(
    e: Element,
    go: Reading,
    more: Iterable[XmlNode] = (),
    words: Iterable[XmlNode] = (),
    files: list[XmlNode] | None = None,
) -> list[XmlNode]:
    """The caption with `more` after it; `words` before its title; links to `files` taken out."""
    made = child(e, "caption")
    head = child(made, "title")
    explained = go.inside(made, but=("title",)) if made is not None else []
    where = made if made is not None else e
    if files is not None:
        explained = blocks(explained)
        files += [n for n in explained if not isinstance(n, str) and local(n) == "media"]
        explained = [n for n in explained if n not in files]
    texts = paragraphs([*explained, *more], go, where)
    lead_in = list(words)
    title = inline([*lead_in, *(go.inside(head) if head is not None else [])], go, where)
    own = common(head, go) if head is not None else {}
    kept = [filled("title", trimmed(title), **own)] if not is_blank(title) else []
    if not kept and not texts:
        return []
    return [element("caption", kept, texts, **(common(made, go) if made is not None else {}))]


def credit(e: Element, go: Reading) -> list[XmlNode]:
    """Where a figure or table comes from: its attribution and its own rights."""
    found = children(e, "attrib", "permissions")
    lines = [inline(go.inside(part), go, part) for part in found]
    kept = [line for line in lines if not is_blank(line)]
    if not kept:
        return []
    joined = [n for line in kept for n in ["; ", *line]][1:]
    return [filled("source", joined, **common(found[0], go))]


@jats_in("fig-group")
def fig_group(e: Element, go: Reading) -> list[XmlNode]:
    """Figures under one caption; what is no figure follows the group."""
    made = [n for part in children(e, "fig", "graphic") for n in go(part)]
    figures = [n for n in made if not isinstance(n, str) and local(n) == "fig"]
    others = [n for n in made if n not in figures]
    rest = _extra(e, go, ("fig", *_NAMED))
    if not figures or _is_loose(e):
        go.note("PT655", e, "figures of a group without a label stand by themselves")
        head = caption(e, go)
        lines = [element("p", _inside(p)) for c in head if not isinstance(c, str) for p in c]
        return [*figures, *others, *lines, *rest, *_as_text(credit(e, go))]
    number = number_of(e, "figure", go)
    group = element("fig-group", figures, caption(e, go), number=number, **common(e, go))
    return [group, *others, *rest, *_as_text(credit(e, go))]


def _as_text(lines: list[XmlNode]) -> list[XmlNode]:
    return [element("p", *_inside(line)) for line in lines if not isinstance(line, str)]


def _inside(line: Element) -> list[XmlNode]:
    return [line.text or "", *list(line)]


@jats_in("graphic")
def graphic(e: Element, go: Reading) -> list[XmlNode]:
    """An image alone is a figure without a number, which a chapter counts all the same."""
    if not href(e):
        return go.inside(e)
    decorative = "yes" if e.get("content-type") == "decorative" else ""
    made = element(
        "fig",
        element("graphic", href=href(e)),
        describing([e], go),
        caption(e, go, _extra(e, go, _NAMED)),
        credit(e, go),
        decorative=decorative,
        number=number_of(e, "figure", go),
        **common(e, go),
    )
    return [made]


# ── media ──


@jats_in("media", "supplementary-material")
def media(e: Element, go: Reading) -> list[XmlNode]:
    """A file to be had elsewhere; its label stands before its caption."""
    label = child(e, "label")
    words: list[XmlNode] = [*go.inside(label), " "] if label is not None else []
    if href(e):
        return [_media(e, e, words, go)]
    files = [f for f in every(e, "media", "graphic", "inline-graphic") if href(f)]
    if len(files) == 1 and not child(files[0], "caption", "label") is not None:
        return [_media(files[0], e, words, go)]
    return [box(e, go, lead_in=words)] if (len(e) or text_in(e)) else []


def _media(file: Element, e: Element, words: Iterable[XmlNode], go: Reading) -> Element:
    """A link to a file, described by the element around it."""
    kind = (file.get("mimetype", "") or e.get("mimetype", "")).strip()
    subtype = file.get("mime-subtype", "") or e.get("mime-subtype", "")
    type_ = f"{kind}/{subtype}" if kind and subtype and "/" not in kind else kind
    holders = [e] if e is file else [e, file]
    inside = [n for holder in holders for n in _extra(holder, go, ("media", "graphic", *_NAMED))]
    more = [*inside, *_as_text(credit(e, go))]
    return element(
        "media",
        describing(holders, go),
        caption(e, go, more, words),
        href=href(file),
        type=type_,
        **common(e, go),
    )
