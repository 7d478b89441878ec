"""An InvenioRDM of its own on loopback, for the tests: the real program, its index a stand-in.

    python serve.py FOLDER [PORT] [LAG]

FOLDER keeps the database (SQLite), the files and, readable by its owner alone, `server.json` with
the address and a token, written when the server answers. Real are the REST interface, validation,
permissions, files, checksums, versions and the database; stand-in are OpenSearch (`index.py`),
Redis (fakeredis, in this process), DataCite (DOIs are given, but registered nowhere) and the task
queue (tasks run at once). The vocabularies are
those of InvenioRDM's own package, of languages and licences a few.
"""

from __future__ import annotations

import csv
import json
import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from index import serve as serve_index

VOCABULARIES = {
    "creatorsroles": ("crr", "roles.yaml"),
    "contributorsroles": ("cor", "roles.yaml"),
    "languages": ("lng", "languages.yaml"),
    "licenses": ("lic", "licenses.csv"),
    "resourcetypes": ("rsrct", "resource_types.yaml"),
    "descriptiontypes": ("dty", "description_types.yaml"),
    "datetypes": ("dat", "date_types.yaml"),
    "relationtypes": ("rlt", "relation_types.yaml"),
    "titletypes": ("ttyp", "title_types.yaml"),
    "removalreasons": ("rem", "removal_reasons.yaml"),
}
SOME = {
    "languages": {"eng", "tur", "aze", "deu", "fra"},
    "licenses": {"cc-by-4.0", "cc-by-sa-4.0", "cc-by-nc-4.0", "cc-by-nc-nd-4.0", "cc0-1.0"},
}
MAIL = "editor@example.org"


def redis() -> str:
    """A Redis in this process; its address without the number of a database."""
    from fakeredis import TcpFakeServer

    server = TcpFakeServer(("127.0.0.1", 0), server_type="redis")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"redis://127.0.0.1:{server.server_address[1]}"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def settings(folder: Path, port: int, lag: float) -> dict[str, Any]:
    """What differs from InvenioRDM's defaults."""
    at, index = redis(), serve_index(folder / "index.jsonl", lag)
    address = f"http://127.0.0.1:{port}"
    return {
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'invenio.db'}",
        "SQLALCHEMY_ENGINE_OPTIONS": {},
        "SEARCH_HOSTS": [{"host": "127.0.0.1", "port": index}],
        "ACCOUNTS_SESSION_REDIS_URL": f"{at}/1",
        "RATELIMIT_STORAGE_URI": f"{at}/3",
        "RATELIMIT_ENABLED": False,
        "CACHE_REDIS_URL": f"{at}/0",
        "CACHE_TYPE": "flask_caching.backends.RedisCache",
        "COMMUNITIES_IDENTITIES_CACHE_REDIS_URL": f"{at}/4",
        "IIIF_CACHE_REDIS_URL": f"{at}/5",
        "BROKER_URL": "memory://",
        "CELERY_BROKER_URL": "memory://",
        "CELERY_RESULT_BACKEND": "cache",
        "CELERY_CACHE_BACKEND": "memory",
        "CELERY_TASK_ALWAYS_EAGER": True,
        "CELERY_TASK_EAGER_PROPAGATES": False,
        "SECRET_KEY": "only-for-tests-on-loopback",
        "SITE_UI_URL": address,
        "SITE_API_URL": f"{address}/api",
        "TRUSTED_HOSTS": ["127.0.0.1", "localhost"],
        "APP_THEME": ["semantic-ui"],
        "SESSION_COOKIE_SECURE": False,
        "DATACITE_ENABLED": True,
        "DATACITE_PREFIX": "10.5072",
        "DATACITE_USERNAME": "nobody",
        "DATACITE_PASSWORD": "nothing",
        "RDM_PERSISTENT_IDENTIFIER_PROVIDERS": _providers(),
        "RDM_USER_MODERATION_ENABLED": False,
        "MAIL_SUPPRESS_SEND": True,
        "PREFERRED_URL_SCHEME": "http",
        "APP_DEFAULT_SECURE_HEADERS": {"force_https": False, "session_cookie_secure": False},
        "RDM_NAMESPACES": _imprint()[0],
        "RDM_CUSTOM_FIELDS": _imprint()[1],
    }


class Registrar:
    """Takes the place of DataCite: registers every DOI by forgetting it."""

    def __getattr__(self, _: str) -> Any:
        return lambda *_, **__: None


def _providers() -> list[Any]:
    """InvenioRDM's own providers of identifiers, but that no DOI leaves this machine."""
    from invenio_rdm_records.config import RDM_PERSISTENT_IDENTIFIER_PROVIDERS as BUILT_IN
    from invenio_rdm_records.services.pids import providers

    class Client(providers.DataCiteClient):
        @property
        def api(self) -> Registrar:
            return Registrar()

    ours = providers.DataCitePIDProvider("datacite", client=Client("datacite", "DATACITE"))
    return [ours, *(one for one in BUILT_IN if one.name != "datacite")]


def _imprint() -> tuple[dict[str, str], list[Any]]:
    from invenio_rdm_records.contrib.imprint import IMPRINT_CUSTOM_FIELDS, IMPRINT_NAMESPACE

    return dict(IMPRINT_NAMESPACE), list(IMPRINT_CUSTOM_FIELDS)


def entries(name: str, file: str) -> Iterator[dict[str, Any]]:
    """The terms of a vocabulary as InvenioRDM's package brings them."""
    import invenio_rdm_records

    path = Path(invenio_rdm_records.__file__).parent / "fixtures/data/vocabularies" / file
    with path.open() as text:
        rows = map(_nested, csv.DictReader(text)) if path.suffix == ".csv" else yaml.safe_load(text)
        yield from (row for row in rows if name not in SOME or row["id"] in SOME[name])


def _nested(row: dict[str, str]) -> dict[str, Any]:
    """A row of CSV whose columns are named `title__en`."""
    made: dict[str, Any] = {}
    for name, value in row.items():
        outer, _, inner = name.partition("__")
        if inner and value:
            made.setdefault(outer, {})[inner] = value
        elif outer == "tags":
            made[outer] = [tag.strip() for tag in value.split(",")]
        elif not inner:
            made[outer] = value
    return made


def prepare(app: Any, folder: Path) -> str:
    """The database, the vocabularies, a user; returns a token of that user."""
    from invenio_access.permissions import system_identity
    from invenio_accounts.proxies import current_datastore
    from invenio_db import db
    from invenio_files_rest.models import Location
    from invenio_oauth2server.models import Token
    from invenio_search import current_search
    from invenio_vocabularies.proxies import current_service as vocabularies

    db.create_all()
    list(current_search.create(ignore=[400]))
    db.session.add(Location(name="files", uri=str(folder / "files"), default=True))
    user = current_datastore.create_user(
        email=MAIL, password="only-for-tests", active=True, username="editor"
    )
    db.session.commit()
    from datetime import UTC, datetime

    user.confirmed_at = datetime.now(UTC).replace(tzinfo=None)
    db.session.commit()
    for name, (pid_type, file) in VOCABULARIES.items():
        vocabularies.create_type(system_identity, name, pid_type)
        for entry in entries(name, file):
            vocabularies.create(system_identity, {**entry, "type": name})
    token = Token.create_personal("pubtool", user.id, scopes=["user:email"])
    db.session.commit()
    return str(token.access_token)


def main(folder: Path, port: int, lag: float) -> None:
    from werkzeug.serving import make_server

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "files").mkdir(exist_ok=True)
    os.environ["INVENIO_INSTANCE_PATH"] = str(folder)
    new = not (folder / "token").exists()
    if new:
        for stale in ("invenio.db", "index.jsonl"):
            (folder / stale).unlink(missing_ok=True)
    from flask import Flask
    from werkzeug.middleware.dispatcher import DispatcherMiddleware

    port = port or free_port()
    said = settings(folder, port, lag)
    from invenio_app.factory import create_api

    api: Flask = create_api(**said)
    if new:
        with api.app_context():
            _write(folder / "token", prepare(api, folder))
    server = make_server("127.0.0.1", port, DispatcherMiddleware(_nowhere, {"/api": api}))
    told = {"address": f"http://127.0.0.1:{server.port}", "token": (folder / "token").read_text()}
    _write(folder / "server.json", json.dumps(told))
    print(told["address"], flush=True)
    server.serve_forever()


def _nowhere(environ: Any, start: Any) -> list[bytes]:
    start("404 Not Found", [("Content-Type", "text/plain")])
    return [b"only /api is served"]


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        Path(given[0]).resolve(),
        int(given[1]) if len(given) > 1 else 5080,
        float(given[2]) if len(given) > 2 else 0.0,
    )
