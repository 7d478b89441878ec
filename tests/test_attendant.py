"""One Java machine for all workers: the same messages, and none lost when it is gone."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from pubtool.checks import attendant, epubcheck
from pubtool.checks.attendant import serve
from pubtool.workers import Workers

NO_BOOK = b"this is no EPUB"


@pytest.fixture
def served() -> Iterator[Workers]:
    with Workers(2, serve=serve) as workers:
        yield workers


def _told(data: bytes) -> tuple[list[epubcheck.Message], bool]:
    """What is said of a book in a worker, and whether that worker has started Java."""
    import jpype

    return attendant.messages(data), bool(jpype.isJVMStarted())


def _told_without(data: bytes) -> tuple[list[epubcheck.Message], bool]:
    """The same where whoever should serve does not listen."""
    os.environ[attendant.RUN] = tempfile.mkdtemp()
    attendant._BEGIN = 0.1
    return _told(data)


def _none(folder: str) -> None:
    """Serve by closing every socket that is opened."""
    from multiprocessing.connection import Listener

    with Listener(str(Path(folder, attendant._SOCKET)), "AF_UNIX") as listener:
        while True:
            listener.accept().close()


def _nothing(folder: str) -> None:
    """Serve by holding everybody up."""
    from multiprocessing.connection import Listener

    with Listener(str(Path(folder, attendant._SOCKET)), "AF_UNIX") as listener:
        held = [listener.accept()]
        sleep(1000)
        held.clear()


def _gave_up() -> bool:
    """True if this worker asks nobody any more."""
    return bool(attendant._missed) and attendant._service() is None


def _told_soon(data: bytes) -> tuple[list[epubcheck.Message], bool]:
    """The same by somebody with little patience."""
    attendant._PATIENCE = 1
    return _told(data)


def test_workers_ask_one_machine_and_start_none(served: Workers) -> None:
    said = [served.submit(_told, NO_BOOK) for _ in range(4)]
    expected = epubcheck.told(NO_BOOK)
    assert any(message.id.startswith("PKG") for message in expected)
    for future in said:
        messages, started = future.result()
        assert [m.id for m in messages] == [m.id for m in expected]
        assert not started


def test_a_worker_without_a_machine_to_ask_checks_for_itself() -> None:
    with Workers(1) as alone:
        messages, started = alone.submit(_told, NO_BOOK).result()
        assert messages
        assert started
        messages, started = alone.submit(_told_without, NO_BOOK).result()
        assert messages
        assert started


@pytest.mark.parametrize(
    ("bad", "asked"), [(_none, _told), (_nothing, _told_soon)], ids=["gone", "held up"]
)
def test_a_book_is_checked_though_the_machine_gives_no_answer(bad: object, asked: object) -> None:
    with Workers(1, serve=bad) as workers:  # type: ignore[arg-type]
        messages, started = workers.submit(asked, NO_BOOK).result()  # type: ignore[arg-type, misc]
        assert any(message.id.startswith("PKG") for message in messages)
        assert started
        assert workers.submit(_gave_up).result()


def test_the_machine_ends_with_the_workers() -> None:
    workers = Workers(2, serve=serve)
    servant = workers._servant
    assert servant is not None
    assert workers.submit(os.getpid).result()
    process = servant._process
    assert process.is_alive()
    workers.shutdown()
    assert not process.is_alive()
