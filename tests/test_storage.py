"""Chapters and results at an address: in a bucket of a real S3 server, in memory, in files."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pubtool import batch, remote, storage
from pubtool.diagnostics import StorageFailed
from pubtool.outcome import Job
from pubtool.storage import is_remote, shown
from tests.chapters import files, project
from tests.test_bad_input import pubtool

fsspec = pytest.importorskip("fsspec")
pytest.importorskip("s3fs")
PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of moto's S3 server on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            assert time.monotonic() < end
            assert run.poll() is None
            time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    run.kill()
    run.wait()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A bucket of this test's own, and its file system."""
    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }.items():
        monkeypatch.setenv(name, value)
    store = fsspec.filesystem("s3", use_listings_cache=False, skip_instance_cache=True)
    name = f"bucket-{abs(hash(str(tmp_path)))}"
    store.mkdir(name)
    return Bucket(store, name)


class Bucket:
    def __init__(self, store: Any, name: str) -> None:
        self.store, self.name = store, name

    def upload(self, folder: Path, under: str) -> str:
        for path in folder.rglob("*"):
            if path.is_file():
                key = f"{self.name}/{under}/{path.relative_to(folder)}"
                self.store.pipe_file(key, path.read_bytes())
        return f"s3://{self.name}/{under}"

    def files(self, under: str) -> dict[str, bytes]:
        found = self.store.find(f"{self.name}/{under}")
        read = {name.rpartition("/")[2]: self.store.cat_file(name) for name in found}
        return {n: data for n, data in read.items() if not n.startswith("report.")}


@pytest.mark.parametrize(
    ("written", "kept"),
    [("s3://b/x/ch.xml", "s3:/b/x/ch.xml"), ("file:///tmp/x", "file:/tmp/x")],
)
def test_an_address_is_shown_as_it_was_written(written: str, kept: str) -> None:
    assert str(Path(written)) == kept
    assert is_remote(Path(written))
    assert shown(Path(written)) == written


@pytest.mark.parametrize("path", ["ch.xml", "/tmp/x", "a:b", "C:/x"])
def test_a_path_is_no_address(path: str) -> None:
    assert not is_remote(Path(path))
    assert shown(Path(path)) == str(Path(path))


def test_a_bucket_gives_the_same_bytes_as_a_folder(bucket: Bucket, tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 3)
    there = bucket.upload(folder, "book")
    asked = ("--format", "jats,html,epub", "--check", "quick")
    assert pubtool("export", *asked, cwd=folder).returncode == 0
    for _ in range(2):
        done = pubtool("export", there, *asked, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert f"{there}/build/ch1.jats.xml" in done.stdout
        assert bucket.files("book/build") == files(folder / "build")
    # The second time they come from this machine's cache.
    assert "3 unchanged" in done.stdout
    told = json.loads(bucket.store.cat_file(f"{there}/build/report.json"))
    assert told["chapters"][0]["chapter"] == f"{there}/ch1.xml"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cache", "project"]


def test_a_chapter_here_with_results_there_and_the_other_way(
    bucket: Bucket, tmp_path: Path
) -> None:
    folder = project(tmp_path / "project")
    there = bucket.upload(folder, "book")
    out = f"s3://{bucket.name}/out"
    assert pubtool("export", "ch1.xml", "-o", out, cwd=folder).returncode == 0
    done = pubtool("export", f"{there}/ch1.xml", "-o", "here", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert bucket.files("out") == files(tmp_path / "here")
    assert set(files(tmp_path / "here")) == {"ch1.jats.xml"}


def test_what_a_run_takes_away_is_taken_away_there(bucket: Bucket, tmp_path: Path) -> None:
    folder = project(tmp_path / "project", 2)
    there = bucket.upload(folder, "book")
    key = f"{bucket.name}/book/build"
    bucket.store.pipe_file(f"{key}/ch1.jats.xml.invalid", b"old")
    bucket.store.pipe_file(f"{key}/ch1.jats.xml.invalid.json", b"[]")
    bucket.store.pipe_file(f"{key}/ch1.notes.txt", b"of somebody else")
    assert pubtool("export", there, cwd=tmp_path).returncode == 0
    assert set(bucket.files("book/build")) == {"ch1.jats.xml", "ch1.notes.txt", "ch2.jats.xml"}
    assert bucket.files("book/build")["ch1.notes.txt"] == b"of somebody else"


def test_findings_tell_the_address(bucket: Bucket, tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    chapter = folder / "ch1.xml"
    chapter.write_text(chapter.read_text().replace('rid="fig1"', 'rid="fig9"'))
    toml = folder / "pubtool.toml"
    toml.write_text(toml.read_text().replace("publisher =", "publsher ="))
    there = bucket.upload(folder, "book")
    done = pubtool("export", there, cwd=tmp_path)
    assert done.returncode == 1
    assert f"{there}/ch1.xml:" in done.stderr
    assert f"{there}/pubtool.toml:" in done.stderr
    assert "pubtool-" not in done.stderr
    assert bucket.files("book/build") == {}


def test_nothing_outside_the_project_is_fetched(bucket: Bucket, tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    chapter = folder / "ch1.xml"
    chapter.write_text(chapter.read_text().replace("images/dot.png", "../secret/dot.png"))
    there = bucket.upload(folder, "book")
    bucket.upload(folder / "images", "secret")
    done = pubtool("export", there, cwd=tmp_path)
    assert done.returncode == 1
    assert "PT503" in done.stderr


def test_one_too_large_is_refused_without_being_fetched(bucket: Bucket, tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    with (folder / "pubtool.toml").open("a") as file:
        file.write("[limits]\ninput-megabytes = 1\nimage-megabytes = 1\n")
    (folder / "ch1.xml").write_bytes(b"<" * 1_200_000)
    done = pubtool("export", bucket.upload(folder, "book"), cwd=tmp_path)
    assert done.returncode == 1
    assert "PT004" in done.stderr


def test_without_the_bucket_it_is_said(bucket: Bucket, tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    done = pubtool("export", "ch1.xml", "-o", "s3://no-such-bucket/x", "--no-cache", cwd=folder)
    assert done.returncode == 3
    assert "PT951" in done.stderr
    assert "Traceback" not in done.stderr
    done = pubtool("export", "gopher://x/ch1.xml", cwd=folder)
    assert done.returncode == 3
    assert "addresses begin with one of" in done.stderr


def test_a_store_that_is_not_encrypted_is_refused(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://store.example.org")
    fsspec.filesystem("s3").clear_instance_cache()
    with pytest.raises(StorageFailed, match="not encrypted"):
        storage.put(Path("s3://bucket/x"), b"x")


def test_without_fsspec_it_is_said_how_to_install_it(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    (folder / "fsspec.py").write_text("raise ImportError('no fsspec')")
    done = pubtool(
        "export", "-o", "s3://b/x", "--no-cache", cwd=folder,
        PYTHONPATH=os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]),
    )  # fmt: skip
    assert done.returncode == 3
    assert "pip install 'pubtool[storage]'" in done.stderr


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_other_stores(kind: str, tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    base = Path(f"memory://{tmp_path.name}" if kind == "memory" else f"file://{tmp_path}/store")
    for path in folder.rglob("*"):
        if path.is_file():
            storage.put(base / path.relative_to(folder), path.read_bytes())
    settings, chapters, findings = remote.project(base)
    assert findings == []
    assert chapters == [base / "ch1.xml"]
    job = Job(chapters[0], ("jats", "html"), settings, base / "build", "quick", cached=False)
    done = batch.settled(job, _future(job))
    assert not done.failed, done.findings
    assert [outcome.path for outcome in done.outcomes] == [
        base / "build" / "ch1.jats.xml", base / "build" / "ch1.html",
    ]  # fmt: skip
    made = storage.below(base / "build")
    assert [path.name for path in made] == ["ch1.html", "ch1.jats.xml"]
    here = replace(job, path=folder / "ch1.xml", out=tmp_path / "out",
                   settings=replace(settings, root=folder))  # fmt: skip
    assert not batch.work(here).failed
    storage.fetch(made[1], tmp_path / "fetched", 1 << 30)
    assert (tmp_path / "fetched").read_bytes() == (tmp_path / "out" / "ch1.jats.xml").read_bytes()


def _future(job: Job) -> Any:
    from pubtool.here import Here

    return Here().submit(remote.work, job)
