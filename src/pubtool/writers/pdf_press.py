"""PDF for the press: PDF/X-4 with output intent, trim, bleed, marks, an even extent, no links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from pubtool.diagnostics import Diagnostic, Place, found
from pubtool.edition import Edition, Made
from pubtool.outcome import PRINT_PAGES
from pubtool.writers.html import Element
from pubtool.writers.pdf import Target, typeset
from pubtool.writers.pdf_boxes import Painting
from pubtool.writers.pdf_colour import Profile, press_colours
from pubtool.writers.pdf_draft import print_page, with_xmp
from pubtool.writers.pdf_images import coloured, for_press, too_coarse
from pubtool.writers.pdf_metadata import DATE, complete_catalogue
from pubtool.writers.pdf_sizes import css_size, length, page_size
from pubtool.writers.pdf_tags import tag

# The room that marks take beyond the bleed (mm); how long they are, and how far off (points).
_MARGIN = 7.0
_MARK, _GAP, _RADIUS, _LINE = 14.0, 3.0, 4.0, 0.25
_POINTS = 72 / 25.4
Box = tuple[float, float, float, float]
_OPTIONS = {"pdf_variant": "pdf/x-4", "pdf_tags": True}


def write(edition: Edition) -> Made:
    """The chapter as PDF/X-4, by [print] of the settings.

    Findings PT754 to PT756 where those do not suffice. Raises ToolMissing, ToolFailed.
    """
    job = prepared(edition)
    if not isinstance(job, Job):
        return Made(b"", tuple(job))
    place, said = Place(edition.chapter.file), edition.settings.print
    reported = list(coloured(edition.images, place)) if said.rgb == "report" else []
    made = typeset(job.edition, job.target())
    return replace(made, findings=(*made.findings, *reported))


def press_page(edition: Edition) -> Made:
    """The page that is set for the press: no links, black, room for bleed and marks."""
    job = prepared(edition)
    return job.page(job.edition) if isinstance(job, Job) else Made(b"", tuple(job))


@dataclass(frozen=True, slots=True)
class Job:
    """What goes to the press: the edition in ink, the profile, the bleed in mm, marks or none."""

    edition: Edition
    profile: Profile
    bleed: float
    marks: bool

    @property
    def room(self) -> float:
        """How far the sheet goes beyond the trim, in mm."""
        return self.bleed + _MARGIN * self.marks

    def page(self, edition: Edition) -> Made:
        """The page that is set."""
        return print_page(edition, unlinked, f"@page {{ bleed: {self.room:.3f}mm; }}")

    def drafts(self, edition: Edition) -> dict[str, Made]:
        """The page, and the XMP of the file."""
        return with_xmp(self.page(edition), edition, "xmp-print.xml", DATE)

    def target(self) -> Target:
        """What is done around WeasyPrint."""
        return Target(
            drafts=self.drafts,
            options=_OPTIONS,
            finish=self.finish,
            arrange=self.arrange,
            inspect=self.inspect,
            beside=PRINT_PAGES,
            date=DATE,
        )

    def arrange(self, document: Any) -> None:
        """Give a document its output intent, and a blank page where their number is odd."""
        from weasyprint.css import ColorProfile

        document.color_profiles["device-cmyk"] = ColorProfile(
            BytesIO(self.profile.data), self.profile.name, "relative-colorimetric", tuple("cmyk")
        )
        document.output_intent = "device-cmyk"
        if len(document.pages) % 2:
            document.pages.append(_blank(document.pages[0], self.room))

    def inspect(self, paintings: Sequence[Painting]) -> list[Diagnostic]:
        """The images that are too coarse as they are printed."""
        wanted, place = self.edition.settings.images.print_dpi, Place(self.edition.chapter.file)
        return list(too_coarse(paintings, self.edition.images, wanted, place))

    def finish(self, pdf: Any, paintings: Sequence[Painting], edition: Edition) -> None:
        """Tags, inks, boxes and marks."""
        tag(pdf, paintings, edition.chapter.record.language)
        complete_catalogue(pdf, edition)
        press_colours(pdf, self.profile)
        _colour_spaces(pdf)
        pages = [o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/Page"]
        for page, painting in zip(pages, paintings, strict=True):
            self._boxes(page)
            if self.marks:
                painting.stream.stream.extend(
                    _marks(tuple(page["TrimBox"]), self.bleed * _POINTS + _GAP)
                )

    def _boxes(self, page: Any) -> None:
        """The bleed box, which WeasyPrint guesses (ISO 15930-7, 6.12)."""
        out = self.bleed * _POINTS
        left, bottom, right, top = page["TrimBox"]
        box = (left - out, bottom - out, right + out, top + out)
        page["BleedBox"] = type(page["TrimBox"])(box)


def prepared(edition: Edition) -> Job | list[Diagnostic]:
    """The job that [print] describes, or what keeps it from being done."""
    said, file = edition.settings.print, edition.settings.file or "pubtool.toml"
    profile = _profile(edition)
    bleed, findings = length(said.bleed), []
    if isinstance(profile, Diagnostic):
        findings.append(profile)
    if bleed is None:
        findings.append(found("PT756", Place(file), f"“{said.bleed}” is no bleed"))
    if said.trim and page_size(said.trim) is None:
        findings.append(found("PT756", Place(file), f"“{said.trim}” is no size of pages"))
    if findings or isinstance(profile, Diagnostic) or bleed is None:
        return findings
    style = edition.settings.style
    style = replace(style, page_size=css_size(said.trim or style.page_size), link_color="")
    images = edition.images if said.rgb == "report" else for_press(edition.images, profile)
    inked = replace(edition, settings=replace(edition.settings, style=style), images=images)
    return Job(inked, profile, bleed, said.marks)


def _profile(edition: Edition) -> Profile | Diagnostic:
    """The profile named in [print] icc; a relative path starts at the project."""
    settings = edition.settings
    place = Place(settings.file or "pubtool.toml")
    if not settings.print.icc:
        return found("PT754", place, "no ICC profile is named in [print] icc")
    path = settings.root / settings.print.icc
    try:
        return Profile.read(path.read_bytes())
    except OSError as error:
        return found("PT755", place, f"{settings.print.icc}: {error.strerror}")
    except ValueError as error:
        return found("PT755", place, f"{settings.print.icc}: {error}")


def unlinked(article: Element) -> None:
    """Take the targets of links away; the words stay."""
    for link in article.iter("a"):
        link.attrib.pop("href", None)


def _blank(like: Any, room: float) -> Any:
    """An empty page of the size of another."""
    import weasyprint

    style = f"@page {{ size: {like.width}px {like.height}px; margin: 0; bleed: {room}mm; }}"
    html = f'<html lang="en"><style>{style}</style><body></body></html>'
    return weasyprint.HTML(string=html).render().pages[0]


def _colour_spaces(pdf: Any) -> None:
    """Leave only what is used: the ink of registration, which prints on every plate."""
    import pydyf

    tint = pydyf.Dictionary(
        {
            "FunctionType": 2,
            "Domain": pydyf.Array([0, 1]),
            "C0": pydyf.Array([0] * 4),
            "C1": pydyf.Array([1] * 4),
            "N": 1,
        }
    )
    for spaces in (o for o in pdf.objects if isinstance(o, dict) and "lab-d50" in o):
        spaces.clear()
        spaces["All"] = pydyf.Array(["/Separation", "/All", "/DeviceCMYK", tint])


def _marks(trim: Box, off: float) -> list[bytes]:
    """Crop marks at the corners of the trim and registration marks at its sides, as operators.

    They keep `off` points from the trim.
    """
    lines = [*_crops(trim, off), *_crosses(trim, off + _MARK / 2)]
    drawn = [f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S".encode() for a, b, c, d in lines]
    return [b"/Artifact BMC q", b"/All CS 1 SCN %.2f w" % _LINE, *drawn, b"Q EMC"]


def _crops(trim: Box, off: float) -> Iterator[Box]:
    left, bottom, right, top = trim
    far = off + _MARK
    for x in (left, right):
        yield x, bottom - off, x, bottom - far
        yield x, top + off, x, top + far
    for y in (bottom, top):
        yield left - off, y, left - far, y
        yield right + off, y, right + far, y


def _crosses(trim: Box, off: float) -> Iterator[Box]:
    left, bottom, right, top = trim
    across, up = (left + right) / 2, (bottom + top) / 2
    for x, y in ((across, bottom - off), (across, top + off), (left - off, up), (right + off, up)):
        yield x - _RADIUS, y, x + _RADIUS, y
        yield x, y - _RADIUS, x, y + _RADIUS
