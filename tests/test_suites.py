"""Official schema suites: taken whole, refused if they could do harm, and exports held to them."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from pubtool import suites
from pubtool.cli import main
from pubtool.diagnostics import Unreadable
from pubtool.edition import Edition
from pubtool.formats import formats
from pubtool.zipped import pack
from tests.conftest import shared
from tests.suite_zip import FOLDER, suite_zip

MAIN = f"{FOLDER}/JATS-archivearticle1-3-mathml3.dtd"


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def zipped(folder: Path) -> bytes:
    """A folder as the ZIP a user would download."""
    files = [p for p in sorted(folder.rglob("*")) if p.is_file()]
    return pack({str(p.relative_to(folder.parent)): p.read_bytes() for p in files})


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["schemas", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def test_a_suite_is_added_and_listed_with_its_hash(tmp_path: Path) -> None:
    file = tmp_path / "jats.zip"
    file.write_bytes(suite_zip())
    code, said, _ = run("add", str(file))
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    assert code == 0
    assert "JATS 1.3" in said
    assert sha256 in said
    assert run("list") == (0, said, "")
    assert run("add", str(file))[0] == 0
    assert run("list") == (0, said, "")
    doctor = CliRunner().invoke(main, ["doctor", str(tmp_path)])
    assert f"registered, sha256 {sha256}" in doctor.stdout


@pytest.mark.parametrize(
    ("folder", "name", "format_"),
    [("jats-1.4-dtd", "JATS 1.4", "jats"), ("bits-2.0-dtd", "BITS 2.0", "bits")],
)
def test_exports_are_held_to_the_official_suite(
    folder: str, name: str, format_: str, tmp_path: Path, everything: Edition
) -> None:
    file = tmp_path / "suite.zip"
    file.write_bytes(zipped(shared(f"schemas/{folder}")))
    assert [suite.name for suite in suites.add(file)] == [name]
    row = formats()[format_]
    data = row.write(everything).data
    assert row.check(data, "c.xml", "full") == []
    # Of the registered suite only its own message can come: pubtool's DTDs know no such limit.
    (suite,) = suites.registered()
    suite.path.write_text(suite.path.read_text() + "\n<!ELEMENT more EMPTY>")
    assert row.check(data, "c.xml", "full") == []
    suite.path.write_text("<!ELEMENT other EMPTY>")
    told = row.check(data, "c.xml", "full")
    assert told
    assert all(finding.message.startswith(f"{name}: ") for finding in told)


def test_a_jats_of_a_later_version_is_not_held_to_an_earlier_suite(
    tmp_path: Path, everything: Edition
) -> None:
    (tmp_path / "jats.zip").write_bytes(suite_zip())
    (suite,) = suites.add(tmp_path / "jats.zip")
    suite.path.write_text("<!ELEMENT other EMPTY>")
    data = formats()["jats"].write(everything).data
    later = data.replace(b'dtd-version="1.3"', b'dtd-version="1.4"')
    assert formats()["jats"].check(data, "c.xml", "full") != []
    assert formats()["jats"].check(later, "c.xml", "full") == []


def bomb() -> bytes:
    return pack({"big.dtd": b" " * 60_000_000})


def many() -> bytes:
    return pack({f"{n}.ent": b"" for n in range(5001)})


def encrypted() -> bytes:
    """A ZIP whose only member says that it needs a password."""
    data = bytearray(pack({"x.dtd": b"<!ELEMENT a ANY>"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def linked() -> bytes:
    """A symbolic link named like a module, as a hostile ZIP would have it."""
    out = BytesIO(suite_zip())
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo(f"{FOLDER}/link.ent")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


BAD = {
    "no ZIP": (b"%PDF-1.7", "cannot be opened"),
    "escape": (suite_zip({"../../x.dtd": b""}), "outside its folder"),
    "absolute": (suite_zip({"/x.dtd": b""}), "outside its folder"),
    "backslashes": (suite_zip({"..\\..\\x.dtd": b""}), "outside its folder"),
    "drive": (suite_zip({"C:x.dtd": b""}), "outside its folder"),
    "bomb": (bomb(), "more than 50 MB"),
    "many": (many(), "more than 5000 files"),
    "password": (encrypted(), "cannot be opened"),
    "nothing": (pack({"readme.txt": b"hello"}), "no DTD"),
    "reads a file": (
        suite_zip({f"{FOLDER}/more.ent": b'<!ENTITY x SYSTEM "file:///etc/passwd">'}),
        "would read “file:///etc/passwd”",
    ),
    "reads the network": (
        suite_zip({f"{FOLDER}/more.ent": b'<!ENTITY % x PUBLIC "a" "http://127.0.0.1/x.ent">'}),
        "would read “http://127.0.0.1/x.ent”",
    ),
    "does not load": (
        suite_zip(
            {MAIN: b"<!-- -//NLM//DTD BITS Book Interchange DTD v2.0 20151225//EN --><!ELEMENT"}
        ),
        "does not load",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_suite_is_refused_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    data, says = BAD[name]
    file = tmp_path / "x.zip"
    file.write_bytes(data)
    with pytest.raises(Unreadable) as refused:
        suites.add(file)
    assert refused.value.finding.rule == "PT020"
    assert says in refused.value.message
    assert suites.registered() == []
    left = [p for p in (tmp_path / "data").rglob("*") if p.is_file()]
    assert left == []


def test_a_link_in_a_zip_is_written_as_the_text_it_holds(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(linked())
    suites.add(tmp_path / "x.zip")
    (suite,) = suites.registered()
    link = suite.path.parent / "link.ent"
    assert not link.is_symlink()
    assert link.read_text() == "/etc/passwd"
