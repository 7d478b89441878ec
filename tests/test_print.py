"""The PDF for the press: PDF/X-4, black on one plate, boxes within boxes, an even extent."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image as Pillow

from pubtool.checks.print import check, conserved
from pubtool.edition import Edition
from pubtool.pagination import from_json
from pubtool.resources import Image
from pubtool.settings import Images, Print, Settings
from pubtool.writers import pdf, pdf_press
from pubtool.writers.pdf_colour import Profile, ink
from pubtool.writers.pdf_sizes import length, page_size
from tests.test_html import edition_from
from tests.test_pdf import with_jats
from tests.test_pdf_tags import EXAMPLE

POINTS = 72 / 25.4
FIGURE = '<fig><graphic href="{href}"/><alt>A figure</alt><caption><p>A figure.</p></caption></fig>'


def for_press(edition: Edition, profile: Path, **job: Any) -> Edition:
    settings = replace(edition.settings, print=Print(icc=str(profile), **job))
    return replace(edition, settings=settings)


def printed(edition: Edition) -> bytes:
    """A print PDF made without a finding, that passes its checks."""
    made = pdf_press.write(edition)
    assert made.findings == ()
    assert check(made.data, "c.print.pdf", "full") == []
    assert conserved(edition, made.data, "c.print.pdf") == []
    return made.data


def inks(ghostscript: str, data: bytes, folder: Path) -> list[tuple[float, ...]]:
    """How much of cyan, magenta, yellow and black each page carries (Ghostscript's inkcov)."""
    path = folder / "c.pdf"
    path.write_bytes(data)
    command = [ghostscript, "-q", "-o", "-", "-sDEVICE=inkcov", str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [tuple(map(float, line.split()[:4])) for line in said.splitlines() if "CMYK" in line]


@pytest.fixture(scope="module")
def example(edition_of: Callable[[Path], Edition], press_profile: Path) -> Edition:
    return for_press(edition_of(EXAMPLE), press_profile)


@pytest.fixture(scope="module")
def data(example: Edition) -> bytes:
    return printed(example)


def picture(mode: str, colour: Any, size: tuple[int, int] = (2000, 1000)) -> Image:
    buffer = io.BytesIO()
    Pillow.new(mode, size, colour).save(buffer, "PNG")
    return Image("photo.png", Path("photo.png"), buffer.getvalue(), "image/png")


def pictured(image: Image, settings: Settings) -> Edition:
    edition = edition_from(FIGURE.format(href="photo.png"), project=settings)
    return replace(edition, images={"photo.png": image})


def image_of(data: bytes) -> Any:
    with pikepdf.open(io.BytesIO(data)) as file:
        (found,) = (o for o in file.objects
                    if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image")  # fmt: skip
        return str(found.ColorSpace), int(found.Width)


# ── the file ──


def test_the_example_is_fit_for_the_press(data: bytes, press_profile: Path) -> None:
    with pikepdf.open(io.BytesIO(data)) as file:
        (intent,) = file.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes() == press_profile.read_bytes()
        assert str(intent.S) == "/GTS_PDFX"
        assert str(intent.OutputConditionIdentifier)
        assert "/EmbeddedFiles" not in file.Root.get("/Names", {})


def test_black_text_prints_on_the_black_plate_alone(
    press_profile: Path, ghostscript: str, tmp_path: Path
) -> None:
    body = "<p>Black <bold>words</bold><fn><p>A note.</p></fn>.</p>" * 90
    plain = for_press(edition_from(body), press_profile, marks=False)
    for *colours, black in inks(ghostscript, printed(plain), tmp_path)[:2]:
        assert colours == [0, 0, 0]
        assert black > 0.005


def test_marks_print_on_every_plate(data: bytes, ghostscript: str, tmp_path: Path) -> None:
    for page in inks(ghostscript, data, tmp_path):
        assert min(page) > 0


@pytest.mark.parametrize(
    ("job", "trim", "bleed", "sheet"),
    [
        ({}, (160, 240), 3, 10),
        ({"marks": False}, (160, 240), 3, 3),
        ({"trim": "6x9in", "bleed": "5mm"}, (152.4, 228.6), 5, 12),
        ({"trim": "A5", "bleed": "0", "marks": False}, (148, 210), 0, 0),
    ],
)
def test_boxes_are_those_of_the_job(
    job: dict[str, Any], trim: tuple[float, float], bleed: float, sheet: float, press_profile: Path
) -> None:
    data = printed(for_press(edition_from("<p>Words.</p>"), press_profile, **job))
    with pikepdf.open(io.BytesIO(data)) as file:
        for page in file.pages:
            for name, out in (("/TrimBox", 0.0), ("/BleedBox", bleed), ("/MediaBox", sheet)):
                left, bottom, right, top = (float(n) / POINTS for n in page[name])
                assert right - left == pytest.approx(trim[0] + 2 * out, abs=0.05)
                assert top - bottom == pytest.approx(trim[1] + 2 * out, abs=0.05)
                assert left == pytest.approx(-out, abs=0.05)
                assert bottom == pytest.approx(-out, abs=0.05)


def test_the_extent_is_even_and_the_last_page_blank(press_profile: Path) -> None:
    made = pdf_press.write(for_press(edition_from("<p>Words.</p>"), press_profile))
    with pikepdf.open(io.BytesIO(made.data)) as file:
        assert len(file.pages) == 2
        assert "/Font" not in str(file.pages[1].Contents.read_bytes())
    assert len(from_json(made.beside[".print.pages.json"]).labels) == 2


def test_the_same_chapter_gives_the_same_bytes(example: Edition, data: bytes) -> None:
    assert pdf_press.write(example).data == data


def test_screen_and_press_break_pages_alike(example: Edition) -> None:
    screen = pdf.write(with_jats(example)).beside[".pages.json"]
    press = pdf_press.write(example).beside[".print.pages.json"]
    assert from_json(screen).starts == from_json(press).starts


# ── settings ──


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("A5", (148, 210)),
        ("6x9in", (152.4, 228.6)),
        ("16 × 24 cm", (160, 240)),
        ("160mm 24cm", (160, 240)),
        ("octavo", None),
        ("16cm", None),
    ],
)
def test_sizes_are_read_as_printers_write_them(text: str, size: tuple[float, float] | None) -> None:
    assert page_size(text) == (pytest.approx(size) if size else None)


def test_lengths() -> None:
    assert (length("3mm"), length("0"), length("0.5 cm"), length("3")) == (3, 0, 5, None)


@pytest.mark.parametrize(
    ("job", "rule", "says"),
    [
        ({"icc": ""}, "PT754", "no ICC profile"),
        ({"icc": "gone.icc"}, "PT755", "gone.icc"),
        ({"icc": "rgb"}, "PT755", "RGB"),
        ({"bleed": "wide"}, "PT756", "wide"),
        ({"trim": "octavo"}, "PT756", "octavo"),
    ],
)
def test_a_job_that_cannot_be_done_is_told(
    job: dict[str, Any], rule: str, says: str, press_profile: Path
) -> None:
    icc = job.get("icc", str(press_profile))
    icc = str(press_profile.with_name("srgb.icc")) if icc == "rgb" else icc
    settings = Settings(print=Print(**{**job, "icc": icc}))
    made = pdf_press.write(edition_from(project=settings))
    assert [(f.rule, says in f.message) for f in made.findings] == [(rule, True)]
    assert made.data == b""


# ── colours and images ──


def test_grey_is_black_ink_and_colour_goes_through_the_profile(press_profile: Path) -> None:
    profile = Profile.read(press_profile.read_bytes())
    assert ink((0, 0, 0), profile) == (0, 0, 0, 1)
    assert ink((0.75, 0.75, 0.75), profile) == (0, 0, 0, 0.25)
    cyan, magenta, yellow, _ = ink((1, 0, 0), profile)
    assert cyan < 0.2 < 0.7 < min(magenta, yellow)


@pytest.mark.parametrize(
    ("mode", "colour", "space"),
    [
        ("RGB", (200, 30, 30), "/DeviceCMYK"),
        ("RGBA", (200, 30, 30, 128), "/DeviceCMYK"),
        ("RGB", (90, 90, 90), "/DeviceGray"),
        ("L", 90, "/DeviceGray"),
    ],
)
def test_images_are_printed_in_inks(
    mode: str, colour: Any, space: str, press_profile: Path
) -> None:
    job = Settings(print=Print(icc=str(press_profile)))
    assert image_of(printed(pictured(picture(mode, colour), job)))[0] == space


def test_rgb_images_are_reported_where_they_are_not_converted(press_profile: Path) -> None:
    job = Settings(print=Print(icc=str(press_profile), rgb="report"))
    made = pdf_press.write(pictured(picture("RGB", (200, 30, 30)), job))
    assert [f.rule for f in made.findings] == ["PT591"]
    assert "PT758" in [f.rule for f in check(made.data, "c.print.pdf", "full")]


GRADIENT = b"""<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><defs>
<linearGradient id="g"><stop offset="0" stop-color="#c02020"/>
<stop offset="0.5" stop-color="#808080" stop-opacity="0.5"/><stop offset="1" stop-color="#000"/>
</linearGradient></defs><rect width="90" height="90" fill="url(#g)"/></svg>"""


def test_gradients_of_drawings_are_mixed_in_inks(
    press_profile: Path, ghostscript: str, tmp_path: Path
) -> None:
    edition = edition_from(FIGURE.format(href="g.svg"))
    drawing = Image("g.svg", Path("g.svg"), GRADIENT, "image/svg+xml")
    inked = for_press(replace(edition, images={"g.svg": drawing}), press_profile, marks=False)
    data = printed(inked)
    with pikepdf.open(io.BytesIO(data)) as file:
        found = [
            o for o in file.objects if isinstance(o, pikepdf.Dictionary) and "/ShadingType" in o
        ]
        spaces = sorted(str(shading.ColorSpace) for shading in found)
        ends = {
            len(f.C0) for s in found for f in s.Function.Functions if s.ColorSpace != "/DeviceGray"
        }
    assert (spaces, ends) == (["/DeviceCMYK", "/DeviceGray"], {4})
    cyan, magenta, _, black = inks(ghostscript, data, tmp_path)[0]
    assert min(magenta, black) > 0.003
    assert cyan <= magenta


def test_coarse_images_are_told_at_their_printed_size(press_profile: Path) -> None:
    job = Settings(print=Print(icc=str(press_profile)))
    coarse = pdf_press.write(pictured(picture("L", 90, (600, 300)), job))
    (finding,) = coarse.findings
    assert finding.rule == "PT590"
    assert "has 131 pixels an inch" in finding.message
    lenient = replace(job, images=Images(print_dpi=100))
    assert pdf_press.write(pictured(picture("L", 90, (600, 300)), lenient)).findings == ()


def test_huge_images_are_reduced_for_screens() -> None:
    image = picture("RGB", (200, 30, 30))
    whole = pdf.write(with_jats(pictured(image, Settings())))
    small = pdf.write(with_jats(pictured(image, Settings(images=Images(screen_dpi=150)))))
    assert image_of(whole.data)[1] == 2000
    assert image_of(small.data)[1] < 800


# ── the check ──


def rewritten(data: bytes, spoil: Callable[[pikepdf.Pdf], None]) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as file:
        spoil(file)
        file.save(buffer)
    return buffer.getvalue()


def no_intent(file: pikepdf.Pdf) -> None:
    del file.Root.OutputIntents


def odd(file: pikepdf.Pdf) -> None:
    del file.pages[-1]


def narrow(file: pikepdf.Pdf) -> None:
    file.pages[0].MediaBox = file.pages[0].TrimBox


def red(file: pikepdf.Pdf) -> None:
    file.pages[0].contents_add(b"1 0 0 rg 0 0 9 9 re f")


def linked(file: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])
    file.pages[1].Annots = pikepdf.Array([file.make_indirect(link)])


@pytest.mark.parametrize(
    ("spoil", "rule", "says"),
    [
        (no_intent, "PT757", "0 output intents"),
        (odd, "PT757", "an odd number"),
        (narrow, "PT757", "do not enclose"),
        (red, "PT758", "page 1 sets a colour in RGB"),
        (linked, "PT757", "page 2 has links"),
    ],
)
def test_the_check_finds(
    spoil: Callable[[pikepdf.Pdf], None], rule: str, says: str, data: bytes
) -> None:
    findings = check(rewritten(data, spoil), "c.print.pdf", "full")
    assert any(f.rule == rule and says in f.message for f in findings), findings


def test_a_screen_pdf_is_no_print_pdf(everything: Edition) -> None:
    said = {f.rule for f in check(pdf.write(with_jats(everything)).data, "c.print.pdf", "full")}
    assert {"PT757", "PT758"} <= said


def test_what_is_no_pdf_is_a_finding() -> None:
    assert [f.rule for f in check(b"x", "c.print.pdf", "full")] == ["PT757"]
