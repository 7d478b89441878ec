"""One chapter, from its file to checked artifacts."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from pubtool import resources
from pubtool.diagnostics import Diagnostic
from pubtool.edition import Edition
from pubtool.labels import labels_for
from pubtool.resolve import resolve
from pubtool.resources import Image, Images
from pubtool.settings import Settings
from pubtool.source import LANG, Source, read
from pubtool.validate import chapter_findings

IMAGES = ("graphic", "inline-graphic")


def schema(settings: Settings) -> etree.XMLSchema:
    """The chapter schema, or the project's own version of it."""
    return etree.XMLSchema(etree.parse(str(resources.find("schema", "chapter.xsd"))))


def load(path: Path, settings: Settings) -> tuple[Source, list[Diagnostic]]:
    """A chapter's source and everything found in it. Raises Unreadable (PT001 to PT006)."""
    source = read(path, limit=settings.limits.input_megabytes)
    return source, chapter_findings(source, schema(settings))


def edition(source: Source, settings: Settings) -> tuple[Edition, list[Diagnostic]]:
    """The edition of a valid source: resolved, with its images read (PT501 to PT504)."""
    images, findings = read_images(source, settings)
    labels = labels_for(source.root.get(LANG, ""), settings.labels)
    return Edition(resolve(source, settings, labels), settings, images), findings


def read_images(source: Source, settings: Settings) -> tuple[dict[str, Image], list[Diagnostic]]:
    """Every image of a chapter by its href, and those that cannot be had."""
    folder = Path(source.file).resolve().parent
    reader = Images(settings.root, folder, settings.limits.image_megabytes)
    images: dict[str, Image] = {}
    findings: list[Diagnostic] = []
    for element in source.root.iter(*(f"{{*}}{name}" for name in IMAGES)):
        href = element.get("href", "")
        if href in images:
            continue
        image = reader.read(href, source.place(element))
        if isinstance(image, Diagnostic):
            findings.append(image)
        else:
            images[href] = image
    return images, findings
