"""Our BITS read back is the same chapter, with its book."""

from __future__ import annotations

from pubtool.readers import jats
from pubtool.settings import Settings
from pubtool.writers import bits
from tests.conftest import EVERYTHING
from tests.roundtrip import differences, edition


def test_the_golden_chapter_comes_back_from_bits() -> None:
    data = EVERYTHING.read_bytes()
    back = jats.read(bits.write(edition(data)).data, "c.bits.xml", Settings())
    assert differences(data, back.data) == []
    assert [finding.message for finding in back.findings] == []
