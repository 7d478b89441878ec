"""HTML: what the settings and the chapter tell the stylesheet, as CSS variables.

The stylesheet decides where and how; `:root` holds the words, typefaces and colours it uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pubtool.settings import Style

_FALLBACK = '"Gentium Book Plus", serif'
_UNSAFE = re.compile(r"[{};<>&\\]")


def root_rule(variables: Mapping[str, str]) -> str:
    """A rule that sets those variables that have a value."""
    lines = [f"  --{name}: {value};" for name, value in variables.items() if value]
    return "\n".join([":root {", *lines, "}"]) if lines else ""


def screen_variables(style: Style) -> str:
    """[style] of pubtool.toml for the page on a screen; its link colour is for light paper."""
    plain = root_rule({"serif": font_list(style)})
    link = root_rule({"link": value(style.link_color)})
    return (
        f"{plain}\n@media not all and (prefers-color-scheme: dark) {{ {link} }}" if link else plain
    )


def font_list(style: Style) -> str:
    """The fonts asked for, with a fallback for the letters they lack."""
    return ", ".join([*map(css_string, style.fonts), _FALLBACK]) if style.fonts else ""


def value(text: str) -> str:
    """A CSS value that cannot end its declaration."""
    return _UNSAFE.sub("", text)


def css_string(text: str) -> str:
    """A CSS string literal (CSS Syntax 4.3.5), safe within a style element."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):X} " for c in text) + '"'
