"""A SWORD 2 server of its own on loopback, for the tests: swh.deposit, with PostgreSQL.

    python serve.py FOLDER [PORT]

FOLDER keeps the database and the files and, readable by its owner alone, `server.json` with the
address of the service document, user and password. Real are the protocol, checksums, packaging,
users and the database; what swh.deposit does with a deposit afterwards (checks, loading into the
archive) is left out: its storage and scheduler live in memory.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import threading
import types
from pathlib import Path
from typing import Any

USER, PASSWORD, COLLECTION = "editor", "only-for-tests", "chapters"


def binary(name: str) -> str:
    """A program of PostgreSQL, in the path or where Debian puts it."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name) or (str(places[-1]) if places else "")
    if not found:
        raise SystemExit("PostgreSQL is missing: apt-get install postgresql")
    return found


def database(folder: Path) -> Path:
    """A PostgreSQL in the folder, listening on a socket there alone; the socket's folder."""
    data, sockets = folder / "postgres", folder
    user: dict[str, Any] = {}
    if os.getuid() == 0:
        # PostgreSQL does not run as root.
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        user = {"user": owner.pw_uid, "group": owner.pw_gid, "cwd": folder, "extra_groups": []}
    if not data.exists():
        run = [binary("initdb"), "-D", str(data), "-A", "trust", "-U", "deposit", "--no-sync"]
        subprocess.run(run, check=True, stdout=subprocess.DEVNULL, **user)
    options = f"-k {sockets} -c listen_addresses='' -c fsync=off"
    start = [binary("pg_ctl"), "-D", str(data), "-w", "-l", str(data / "log"), "-o", options]
    subprocess.run([*start, "start"], check=True, stdout=subprocess.DEVNULL, **user)
    import atexit

    stop = [binary("pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]
    atexit.register(lambda: subprocess.run(stop, check=False, stdout=subprocess.DEVNULL, **user))
    return sockets


def configure(folder: Path, sockets: Path, port: int) -> None:
    """Django's settings, and swh.deposit's own file."""
    from swh.deposit.settings import common

    ours = types.ModuleType("pubtool_sword_settings")
    for name in dir(common):
        if name.isupper():
            setattr(ours, name, getattr(common, name))
    ours.SECRET_KEY = "only-for-tests-on-loopback"  # type: ignore[attr-defined]
    ours.DEBUG = False  # type: ignore[attr-defined]
    ours.MEDIA_ROOT = str(folder / "uploads")  # type: ignore[attr-defined]
    ours.STORAGES = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    ours.DATABASES = {"default": {  # type: ignore[attr-defined]
        "ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "USER": "deposit",
        "HOST": str(sockets)}}  # fmt: skip
    ours.REST_FRAMEWORK = {  # type: ignore[attr-defined]
        **common.REST_FRAMEWORK,
        "DEFAULT_AUTHENTICATION_CLASSES": [
            "rest_framework.authentication.BasicAuthentication",
        ],
    }
    sys.modules[ours.__name__] = ours
    os.environ["DJANGO_SETTINGS_MODULE"] = ours.__name__
    said = {
        "scheduler": {"cls": "memory"},
        "storage": {"cls": "memory"},
        "storage_metadata": {"cls": "memory"},
        "swh_authority_url": f"http://127.0.0.1:{port}",
        "authentication_provider": "basic",
        "checks": False,
        "extraction_dir": str(folder / "extracted"),
    }
    config = folder / "swh.yml"
    config.write_text(json.dumps(said))
    os.environ["SWH_CONFIG_FILENAME"] = str(config)


def prepare() -> None:
    """The tables, a user and a collection."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from swh.deposit.models import DepositClient, DepositCollection

    collection, _ = DepositCollection.objects.get_or_create(name=COLLECTION)
    client, _ = DepositClient.objects.get_or_create(username=USER)
    client.set_password(PASSWORD)
    client.collections = [collection.id]
    client.provider_url, client.domain = "https://example.org/", "example.org"
    client.save()


def main(folder: Path, port: int) -> None:
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    folder.mkdir(parents=True, exist_ok=True)
    configure(folder, database(folder), port)
    prepare()
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet)
    # An exception would be swallowed in the middle of a request, and the server go on.
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    address = f"http://127.0.0.1:{server.server_port}/1/servicedocument/"
    told = {"address": address, "user": USER, "token": PASSWORD, "collection": COLLECTION}
    path = folder / "server.json"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(json.dumps(told))
    print(address, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    # Ends by SystemExit, so that PostgreSQL is stopped too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    main(Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 5006)
