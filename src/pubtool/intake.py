"""From a chapter's file to an edition: read, validated, its images in hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lxml import etree

from pubtool import house, resources
from pubtool.diagnostics import Diagnostic, Place, errors, found
from pubtool.edition import Edition
from pubtool.labels import labels_for
from pubtool.resolve import resolve
from pubtool.resources import Image, Images
from pubtool.settings import Settings
from pubtool.source import LANG, Source, read
from pubtool.validate import chapter_findings, house_findings
from pubtool.weighing import weighed

_IMAGES = ("{*}graphic", "{*}inline-graphic")


@cache
def schema() -> etree.XMLSchema:
    """The chapter schema, loaded once."""
    return etree.XMLSchema(etree.parse(str(resources.find("schema", "chapter.xsd"))))


def load(path: Path, settings: Settings) -> tuple[Source, list[Diagnostic]]:
    """A chapter's source and everything found in it. Raises Unreadable (PT001 to PT006)."""
    source = read(path, limit=settings.limits.input_megabytes)
    findings = weighed(chapter_findings(source, schema()), settings.check.rules)
    if settings.house.schematron and not errors(findings):
        findings += _house_rules(source, settings)
    return source, findings


def _house_rules(source: Source, settings: Settings) -> list[Diagnostic]:
    try:
        path = resources.find("schema", settings.house.schematron, settings.root)
    except FileNotFoundError:
        message = f"there is no “{settings.house.schematron}” in the project's schema/ folder"
        return [found("PT802", Place(settings.file), message)]
    rules = house.rules(path)
    return [rules] if isinstance(rules, Diagnostic) else house_findings(source, rules)


def edition(source: Source, settings: Settings) -> tuple[Edition, list[Diagnostic]]:
    """The edition of a valid source: resolved, with its images read (PT501 to PT504)."""
    images, findings = read_images(source, settings)
    labels = labels_for(source.root.get(LANG, ""), settings.labels)
    return Edition(resolve(source, settings, labels), settings, images), findings


def read_images(source: Source, settings: Settings) -> tuple[dict[str, Image], list[Diagnostic]]:
    """Every image of a chapter by its href, and those that cannot be had."""
    folder = Path(source.file).resolve().parent
    reader = Images(settings.root, folder, settings.limits.image_megabytes)
    places = {e.get("href", ""): e for e in reversed(list(source.root.iter(*_IMAGES)))}
    got = {href: reader.read(href, source.place(e)) for href, e in places.items()}
    images = {href: image for href, image in got.items() if isinstance(image, Image)}
    return images, [finding for finding in got.values() if isinstance(finding, Diagnostic)]
