"""PDF: the libraries of the text engine, found without starting programs that look for them.

What WeasyPrint imports for rare fonts alone is imported when such a font comes.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import get_ident
from types import ModuleType
from typing import Any

# What WeasyPrint loads, as a loader of Linux knows it.
_NAMES = (
    "libgobject-2.0.so.0", "libpango-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0",
    "libfontconfig.so.1", "libpangoft2-1.0.so.0",
)  # fmt: skip
# HarfBuzz cuts fonts down; these cut what it cannot, and variable fonts.
_RARE = (("fontTools.subset", ""), ("fontTools.varLib.instancer", "instantiateVariableFont"))


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


def put_off() -> None:
    """Let what WeasyPrint rarely needs be imported at its first use: a third of its import."""
    for name, function in _RARE:
        if name not in sys.modules:
            sys.modules[name] = _put_off(name, function)


def _put_off(name: str, function: str) -> ModuleType:
    """A module that becomes the real one when something is asked of it, or `function` called.

    It stands for what is imported as WeasyPrint does, by `from`.
    """
    module = ModuleType(name)

    def asked(attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        if sys.modules.get(name) is module:
            del sys.modules[name]
        return getattr(import_module(name), attribute)

    setattr(module, "__getattr__", asked)  # noqa: B010  (modules have none by type)
    if function:
        setattr(module, function, lambda *given, **named: asked(function)(*given, **named))
    return module
