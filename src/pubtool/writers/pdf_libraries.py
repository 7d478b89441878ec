"""PDF: the libraries of the text engine, found without starting programs that look for them."""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import get_ident

# What WeasyPrint loads, as a loader of Linux knows it.
_NAMES = (
    "libgobject-2.0.so.0", "libpango-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0",
    "libfontconfig.so.1", "libpangoft2-1.0.so.0",
)  # fmt: skip


@contextmanager
def known_by_name() -> Iterator[None]:
    """While WeasyPrint is imported: libraries that the loader knows are not searched for.

    Of each it tries the names of all systems, and for each that fails Python runs ldconfig, the
    compiler and the linker: fifty processes, a third of the time of the import. Where the loader
    lacks a library, and off Linux, all is left as it is; so it is for other threads.
    """
    if sys.platform != "linux" or not all(map(_loads, _NAMES)):
        yield
        return
    search, here = ctypes.util.find_library, get_ident()
    ctypes.util.find_library = lambda name: None if get_ident() == here else search(name)
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
