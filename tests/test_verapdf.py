"""What veraPDF, which archives trust, says of our PDFs; `make verapdf` fetches it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pubtool import readers
from pubtool.edition import Edition
from pubtool.settings import Settings
from pubtool.writers import pdf
from tests.conftest import EVERYTHING
from tests.test_pdf import with_jats
from tests.test_pdf_tags import EXAMPLE

Validator = Callable[[bytes, str], list[str]]


@pytest.fixture(scope="module", params=["example", "everything", "seed"])
def data(
    request: pytest.FixtureRequest,
    edition_of: Callable[[Path], Edition],
    tmp_path_factory: pytest.TempPathFactory,
) -> bytes:
    if request.param != "seed":
        chapter = EXAMPLE if request.param == "example" else EVERYTHING
    else:
        chapter = tmp_path_factory.mktemp("seed") / "chapter.xml"
        seed: Path = request.getfixturevalue("seed")
        chapter.write_bytes(readers.read(seed, Settings()).data)
    return pdf.write(with_jats(edition_of(chapter))).data


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_both_claims_hold(verapdf: Validator, data: bytes, profile: str) -> None:
    assert verapdf(data, profile) == []


def test_a_broken_claim_is_told(verapdf: Validator, everything: Edition) -> None:
    said = verapdf(pdf.write(with_jats(everything)).data, "1b")
    assert any("Xref streams shall not be used" in message for message in said)
