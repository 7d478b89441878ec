"""PDF: colours for the press: black on the black plate alone, all else through the ICC profile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

_RGB_PARTS = 3
_RGB = re.compile(rb"(\S+) (\S+) (\S+) (rg|RG)")


@dataclass(frozen=True, slots=True)
class Profile:
    """The ICC profile of a press: its bytes and its name."""

    data: bytes
    name: str

    @classmethod
    def read(cls, data: bytes) -> Profile:
        """A profile that says how four inks print. Raises ValueError for any other."""
        from PIL import ImageCms

        try:
            found = ImageCms.ImageCmsProfile(BytesIO(data)).profile
        except (OSError, ImageCms.PyCMSError):
            raise ValueError("it is not an ICC profile") from None
        if found.xcolor_space.strip() != "CMYK" or found.device_class != "prtr":
            raise ValueError(f"it is a profile for {found.xcolor_space.strip()}, not for printing")
        return cls(data, found.profile_description or "CMYK")


def press_colours(pdf: Any, profile: Profile) -> None:
    """Turn every colour of text, rules and drawings from RGB into ink."""
    import pydyf

    for stream in pdf.objects:
        if isinstance(stream, dict) and "ShadingType" in stream:
            _ink_shading(stream, profile)
        if not isinstance(stream, pydyf.Stream) or stream.extra.get("Subtype") == "/Image":
            continue
        for at, part in enumerate(stream.stream):
            said = _RGB.fullmatch(part) if isinstance(part, bytes) else None
            if said:
                inks = ink((float(said[1]), float(said[2]), float(said[3])), profile)
                operator = "k" if said[4] == b"rg" else "K"
                numbers = " ".join(f"{amount:.4g}" for amount in inks)
                stream.stream[at] = f"{numbers} {operator}".encode()


def _ink_shading(shading: Any, profile: Profile) -> None:
    """Turn the colours of a gradient into ink; one of transparency has none."""
    colours = list(_ends(shading["Function"]))
    for function, end in colours:
        function[end] = type(function[end])(ink(tuple(function[end]), profile))
    if colours:
        shading["ColorSpace"] = "/DeviceCMYK"


def _ends(function: Any) -> Iterator[tuple[Any, str]]:
    """The colours between which a function mixes (ISO 32000-1, 7.10.3 and 7.10.4)."""
    for part in function.get("Functions", ()):
        yield from _ends(part)
    for end in ("C0", "C1"):
        if len(function.get(end, ())) == _RGB_PARTS:
            yield function, end


def ink(rgb: tuple[float, ...], profile: Profile) -> tuple[float, ...]:
    """Cyan, magenta, yellow and black (0 to 1) of a colour (0 to 1); a grey is black alone."""
    if min(rgb) == max(rgb):
        return (0, 0, 0, 1 - rgb[0])
    from PIL import Image

    dot = Image.new("RGB", (1, 1), tuple(round(255 * part) for part in rgb))
    amounts: Any = converted(dot, profile).getpixel((0, 0))
    return tuple(amount / 255 for amount in amounts)


def converted(image: Any, profile: Profile) -> Any:
    """An RGB image (Pillow's) as CMYK of the press; its own profile, if it has one, counts."""
    from PIL import ImageCms

    own = image.info.get("icc_profile")
    transform = _transform(own if own else None, profile.data)
    return ImageCms.applyTransform(image, transform)


@cache
def _transform(own: bytes | None, press: bytes) -> Any:
    from PIL import ImageCms

    source = ImageCms.ImageCmsProfile(BytesIO(own)) if own else ImageCms.createProfile("sRGB")
    target = ImageCms.ImageCmsProfile(BytesIO(press))
    return ImageCms.buildTransform(
        source,
        target,
        "RGB",
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
