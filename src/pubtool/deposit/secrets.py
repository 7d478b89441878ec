"""Where tokens come from, and that they are written down nowhere.

A token is looked for in the environment (`PUBTOOL_<TARGET>_TOKEN`), in the file named by
`token-file`, which only its owner may read, and in the keyring of the system. It is never taken
from the command line or from pubtool.toml.
"""

from __future__ import annotations

import base64
import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

from pubtool.diagnostics import Diagnostic, Place, found

SERVICE = "pubtool"
HIDDEN = "•••"
# Whatever stands in these places is a secret, even one we were not told.
_PLACES = re.compile(
    r"(?i)((?:authorization|x-xsrf-token|dspace-xsrf-token|set-cookie|cookie)[\"']?\s*[:=]\s*)"
    r"(?:\"[^\"]*\"|'[^']*'|[^\r\n,}]+)"
    r"|((?:access_token|token|passwd|login_passwd|pwd)=)[^&\s\"']+"
)


def variable(target: str) -> str:
    """The environment variable of a target: `PUBTOOL_ZENODO_TOKEN` for "zenodo"."""
    return f"PUBTOOL_{re.sub(r'[^A-Z0-9]', '_', target.upper())}_TOKEN"


def token(
    target: str, file: Path | None, place: Place, environment: Mapping[str, str] | None = None
) -> str | Diagnostic:
    """The token of a target, or why there is none that may be used (PT851, PT852)."""
    known = os.environ if environment is None else environment
    said: str | Diagnostic = known.get(variable(target), "").strip()
    if not said:
        said = _from_file(file, place) if file is not None else _from_keyring(target)
    if isinstance(said, str) and not said.isprintable():
        return found("PT851", place, f"the token for “{target}” is more than one line")
    if said:
        return said
    message = f"there is no token for “{target}”: {variable(target)} is not set"
    return found("PT851", place, message)


def _from_file(file: Path, place: Place) -> str | Diagnostic:
    try:
        mode = file.stat().st_mode
        said = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return found("PT851", place, f"the token file {file.name} cannot be read")
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        return found("PT852", place, f"others can read the token file {file.name}")
    return said or found("PT851", place, f"the token file {file.name} is empty")


def _from_keyring(target: str) -> str:
    """What the system's keyring holds for a target; "" where there is none, or no keyring."""
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return ""
    try:
        return (keyring.get_password(SERVICE, target) or "").strip()
    except keyring.errors.KeyringError:
        return ""


class Redactor:
    """Takes secrets out of texts, as they are and in the forms they travel in."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._known: dict[str, None] = {}
        for secret in secrets:
            self.add(secret)

    def add(self, secret: str) -> None:
        """From now on this text is a secret."""
        if len(secret) < 4:
            return
        encoded = base64.b64encode(secret.encode()).decode()
        for form in (secret, quote(secret, safe=""), quote_plus(secret), encoded):
            self._known[form] = None

    def __call__(self, text: str) -> str:
        """The text with every secret replaced."""
        for form in sorted(self._known, key=len, reverse=True):
            text = text.replace(form, HIDDEN)
        return _PLACES.sub(lambda m: f"{m[1] or m[2]}{HIDDEN}", text)


def basic(user: str, password: str) -> str:
    """The value of `Authorization` for a user and password (RFC 7617)."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
