"""Escapes what must not come through to a terminal or a page as it is."""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f"  # control characters, but for the tab
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"  # line separators, bidi marks
    "\ufeff\ud800-\udfff]"  # byte order marks, and what UTF-8 can't encode
)


def escape_unsafe(line: str) -> str:
    """A line without characters that could paint a terminal or look like another line.

    They are escaped as Python would write them.
    """
    return _UNSAFE.sub(lambda found: _spell(found[0]), line)


def _spell(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
