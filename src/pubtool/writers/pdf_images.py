"""PDF: images fit for the press and for a screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from typing import Any

from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.resources import Image
from pubtool.writers.html import data_uri
from pubtool.writers.pdf_boxes import Painting, children, tag
from pubtool.writers.pdf_colour import Profile, converted

_PIXELS_AN_INCH = 96


def for_press(images: Mapping[str, Image], profile: Profile) -> dict[str, Image]:
    """Images in the inks of the press; drawings, and those in inks or grey already, as they are."""
    return {href: _in_ink(image, profile) for href, image in images.items()}


def coloured(images: Mapping[str, Image], place: Place) -> Iterator[Diagnostic]:
    """The images in RGB (PT591)."""
    for href, image in images.items():
        opened = _opened(image)
        if opened is not None and opened.mode in ("RGB", "RGBA", "P"):
            yield found("PT591", place, f"“{href}” is an RGB image")


def _opened(image: Image) -> Any:
    """The image as Pillow has it; None of a drawing, or of what Pillow cannot open."""
    from PIL import Image as Pillow

    with suppress(OSError, ValueError):
        if not image.media_type.startswith("image/svg"):
            opened = Pillow.open(BytesIO(image.data))
            opened.load()
            return opened
    return None


def _in_ink(image: Image, profile: Profile) -> Image:
    opened = _opened(image)
    if opened is None or opened.mode in ("CMYK", "L"):
        return image
    flat = _on_white(opened)
    grey = flat.convert("L")
    if grey.convert("RGB").tobytes() == flat.tobytes():
        return _saved(image, grey, "PNG", "image/png")
    inks = converted(flat, profile)
    return _saved(image, inks, "JPEG", "image/jpeg", quality=95, subsampling=0)


def _on_white(opened: Any) -> Any:
    """An image without transparency, in RGB; its profile is kept."""
    from PIL import Image as Pillow

    profile = opened.info.get("icc_profile")
    plain = opened.convert("RGBA")
    paper = Pillow.new("RGBA", plain.size, "white")
    paper.alpha_composite(plain)
    flat = paper.convert("RGB")
    if profile and opened.mode in ("RGB", "RGBA"):
        flat.info["icc_profile"] = profile
    return flat


def _saved(image: Image, made: Any, kind: str, media_type: str, **options: Any) -> Image:
    buffer = BytesIO()
    made.info.pop("icc_profile", None)
    made.save(buffer, kind, **options)
    return replace(image, data=buffer.getvalue(), media_type=media_type)


def too_coarse(
    paintings: Sequence[Painting], images: Mapping[str, Image], wanted: int, place: Place
) -> Iterator[Diagnostic]:
    """Images with fewer pixels an inch than wanted, at the size they are printed in (PT590)."""
    names = {data_uri(i.media_type, i.data): href for href, i in images.items()}
    for painting in paintings:
        for box in _all(painting.box):
            href = names.get(box.element.get("src", "")) if tag(box) == "img" else None
            size = _opened(images[href]) if href else None
            if size is None or not box.width:
                continue
            dpi = size.width / (box.width / _PIXELS_AN_INCH)
            if dpi < wanted:
                message = f"“{href}” has {dpi:.0f} pixels an inch as printed, under {wanted}"
                yield found("PT590", place, message)


def _all(box: Any) -> Iterator[Any]:
    yield box
    for child in children(box):
        yield from _all(child)
