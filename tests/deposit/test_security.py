"""What a hostile or careless server, network or neighbour must not get."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from pubtool.cli import main
from pubtool.deposit import secrets
from pubtool.deposit.failures import Refused, Unreached, Unsure, Untrusted
from pubtool.deposit.replies import xml
from pubtool.deposit.secrets import HIDDEN, Redactor
from pubtool.deposit.step import Request, Response
from pubtool.deposit.wire import Limits, Wire, is_safe, trusted
from pubtool.diagnostics import Diagnostic, Place
from pubtool.edition import Edition
from tests.deposit.conftest import TOKEN, Bench, job_for
from tests.deposit.fake_crossref import Crossref
from tests.deposit.fake_invenio import Invenio
from tests.deposit.loopback import FAULTS, Answer, Asked, Faults, serving

FORMS = [TOKEN, quote(TOKEN, safe=""), base64.b64encode(TOKEN.encode()).decode()]


def signed(request: Request) -> Request:
    return replace(request, headers={**request.headers, "Authorization": f"Bearer {TOKEN}"})


def wire(base: str, hosts: tuple[str, ...] = (), **limits: float) -> Wire:
    return Wire(base, signed, hosts, Limits(**{"silent": 2.0, **limits}))  # type: ignore[arg-type]


@pytest.mark.parametrize("fault", ["", *(f for f in FAULTS if "kill" not in f)])
def test_no_token_is_written_down(
    fault: str, good: Edition, bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor where the server throws it back at us."""
    caplog.set_level(0)
    server = Invenio(TOKEN)

    def echoing(asked: Asked) -> Answer:
        if asked.method == "DELETE" or asked.path.endswith("publish"):
            said = {"message": f"wrong: {asked.headers['authorization']}", "token": TOKEN}
            return Answer(400, json.dumps(said).encode(), {"Content-Type": "application/json"})
        return server(asked)

    with serving(Faults(echoing, fault, 3)) as address:
        outcome = bench.deposit(job_for(good, "invenio", address, publish=True))
    assert outcome.state == "failed"
    said = bench.said() + caplog.text + repr(outcome.findings) + repr(outcome.facts)
    assert HIDDEN in said
    for form in FORMS:
        assert form not in said


def test_user_and_password_travel_in_the_form_alone(good: Edition, bench: Bench) -> None:
    server = Crossref("press", TOKEN)
    from pubtool.deposit.step import File

    batch = b"<doi_batch><head><doi_batch_id>b1</doi_batch_id></head></doi_batch>"
    with serving(server) as address:
        job = job_for(good, "crossref", address, user="press", publish=True)
        outcome = bench.deposit(replace(job, files=(File("c.xml", batch, "application/xml"),)))
    assert outcome.state == "queued", outcome.findings
    assert server.received == 1
    assert TOKEN not in bench.said()


def test_a_redactor_knows_the_forms_a_secret_travels_in() -> None:
    redact = Redactor([TOKEN])
    for form in FORMS:
        assert redact(f"a {form} b") == f"a {HIDDEN} b"
    assert redact("Authorization: Basic abcdefg\nmore") == f"Authorization: {HIDDEN}\nmore"
    assert redact("https://x.example/?access_token=zzz&q=1").endswith(f"={HIDDEN}&q=1")


# ── where tokens come from ──

PLACE = Place("pubtool.toml")


def test_the_environment_comes_before_the_file_and_the_keyring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "_from_keyring", lambda _: "from the keyring")
    file = tmp_path / "token"
    file.write_text("from-the-file\n")
    file.chmod(0o600)
    name = secrets.variable("my-zenodo")
    assert name == "PUBTOOL_MY_ZENODO_TOKEN"
    assert secrets.token("my-zenodo", file, PLACE, {name: " from-outside "}) == "from-outside"
    assert secrets.token("my-zenodo", file, PLACE, {}) == "from-the-file"
    assert secrets.token("my-zenodo", None, PLACE, {}) == "from the keyring"


def test_the_keyring_of_the_system_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = pytest.importorskip("keyring")
    from keyring.backend import KeyringBackend

    class Ours(KeyringBackend):
        priority = 1.0  # type: ignore[assignment]

        def get_password(self, service: str, username: str) -> str | None:
            return "kept" if (service, username) == ("pubtool", "zenodo") else None

        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

    before = keyring.get_keyring()
    keyring.set_keyring(Ours())
    try:
        assert secrets.token("zenodo", None, PLACE, {}) == "kept"
        missing = secrets.token("other", None, PLACE, {})
    finally:
        keyring.set_keyring(before)
    assert isinstance(missing, Diagnostic)
    assert missing.rule == "PT851"


def test_a_token_of_several_lines_is_none(tmp_path: Path) -> None:
    refused = secrets.token("x", None, PLACE, {"PUBTOOL_X_TOKEN": "one\r\nX-Evil: two"})
    assert isinstance(refused, Diagnostic)
    assert refused.rule == "PT851"


# ── where requests go ──

BASE = "https://repository.example.org/server"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://repository.example.org/other", True),
        ("https://repository.example.org:443/x", True),
        ("http://repository.example.org/x", False),
        ("https://repository.example.org:8443/x", False),
        ("https://evil.example/repository.example.org", False),
        ("https://repository.example.org@evil.example/", False),
        ("https://repository.example.org.evil.example/", False),
        ("https://uploads.figshare.com/x", True),
        ("https://evilfigshare.com/x", False),
        ("http://uploads.figshare.com/x", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_the_targets_own_origin_is_trusted(url: str, expected: bool) -> None:
    assert trusted(url, BASE, ("figshare.com",)) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.example/", True),
        ("http://x.example/", False),
        ("http://127.0.0.1:5000/", True),
        ("http://[::1]:5000/", True),
        ("http://localhost/", True),
        ("http://localhost.evil.example/", False),
        ("http://127.0.0.1.evil.example/", False),
        ("ftp://x.example/", False),
    ],
)
def test_credentials_need_https_but_to_this_machine(url: str, expected: bool) -> None:
    assert is_safe(url) is expected


def test_credentials_do_not_follow_a_redirect_to_another_origin() -> None:
    seen: list[Asked] = []

    def other(asked: Asked) -> Answer:
        seen.append(asked)
        return Answer(200, b"{}", {"Content-Type": "application/json"})

    with serving(other) as elsewhere:
        moved = Answer(302, b"", {"Location": f"{elsewhere}/file"})
        with serving(lambda _: moved) as here, wire(here) as client:
            secret = {"X-XSRF-TOKEN": "forged"}
            assert client.send(Request("GET", f"{here}/file", secret)).status == 200
    assert "authorization" not in seen[0].headers
    assert "x-xsrf-token" not in seen[0].headers


def test_writing_follows_no_redirect() -> None:
    moved = Answer(307, b"", {"Location": "https://elsewhere.example/"})
    with serving(lambda _: moved) as here, wire(here) as client:
        assert client.send(Request("POST", f"{here}/x", {}, b"data")).status == 307


@pytest.mark.parametrize(
    "location", ["http://elsewhere.example/", "ftp://x/", "file:///etc/passwd"]
)
def test_a_redirect_to_an_unsafe_place_is_refused(location: str) -> None:
    moved = Answer(302, b"", {"Location": location})
    with serving(lambda _: moved) as here, wire(here) as client, pytest.raises(Untrusted):
        client.send(Request("GET", f"{here}/x"))


def test_redirects_have_an_end() -> None:
    again = Answer(302, b"", {"Location": "/again"})
    with serving(lambda _: again) as here, wire(here) as client, pytest.raises(Unreached):
        client.send(Request("GET", f"{here}/x"))


def test_a_server_cannot_send_our_token_elsewhere(good: Edition, bench: Bench) -> None:
    """A SWORD receipt that names addresses of another host."""
    service = (
        '<service xmlns="http://www.w3.org/2007/app"><workspace>'
        '<collection href="https://evil.example/chapters"/></workspace></service>'
    )
    answer = Answer(200, service.encode(), {"Content-Type": "application/atomsvc+xml"})
    with serving(lambda _: answer) as address:
        said = {"collection": "chapters", "user": "x", "package": "sword-simplezip"}
        outcome = bench.deposit(job_for(good, "sword", address, **said))
    assert [finding.rule for finding in outcome.findings] == ["PT861"]


# ── what answers may be ──


def test_an_answer_has_a_largest_size() -> None:
    large = Answer(200, b"x" * 200_000)
    with (
        serving(lambda _: large) as here,
        wire(here, bytes=100_000) as client,
        pytest.raises(Unsure, match="larger"),
    ):
        client.send(Request("GET", f"{here}/x"))


def test_a_compressed_answer_is_measured_as_it_unfolds() -> None:
    import gzip

    bomb = Answer(200, gzip.compress(bytes(10_000_000)), {"Content-Encoding": "gzip"})
    with (
        serving(lambda _: bomb) as here,
        wire(here, bytes=1_000_000) as client,
        pytest.raises(Unsure, match="larger"),
    ):
        client.send(Request("GET", f"{here}/x"))


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        "<!DOCTYPE x [<!ENTITY e 'x'>]><x>&e;</x>".encode("utf-16"),
        b"<x>",
        b"",
    ],
)
def test_xml_that_declares_entities_or_is_damaged_is_refused(body: bytes) -> None:
    with pytest.raises(Refused):
        xml(Response(200, {"content-type": "application/xml"}, body))


def test_an_address_with_a_password_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "pubtool.toml"
    address = "https://me:secret-word@repository.example.org"
    settings.write_text(f'[deposit.here]\nkind = "invenio"\naddress = "{address}"\n')
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "one.xml").write_text("<chapter/>")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["deposit", "here", "--dry-run"])
    assert result.exit_code == 1
    assert "PT850" in result.output
    assert "secret-word" not in result.output
