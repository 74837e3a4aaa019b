"""Writes a diagnostic as text: where, what, the lines around it, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .diagnostics import Diagnostic, Location

_UNSAFE = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f"  # control characters, but for the tab
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"  # line separators, bidi marks
    "\ufeff\ud800-\udfff]"  # byte order marks, and what UTF-8 can't encode
)


def format_diagnostic(diagnostic: Diagnostic) -> str:
    """A diagnostic as lines for a terminal, without colour and without a last newline.

    Characters that could paint the terminal, or make a line look like another, are
    escaped as Python would write them.
    """
    location = diagnostic.place.locate() if diagnostic.place else None
    return "\n".join(
        escape_controls(line) for line in _format_lines(diagnostic, location)
    )


def _format_lines(diagnostic: Diagnostic, location: Location | None) -> Iterator[str]:
    head = f"{diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}"
    if location is None:
        yield head
    else:
        yield f"{_format_position(location)}: {head}"
        yield from _format_listing(location)
    if diagnostic.help is not None:
        yield f"  = help: {diagnostic.help}"


def _format_position(location: Location) -> str:
    if not location.line:
        return location.file
    return f"{location.file}:{location.line}:{location.column}"


def _format_listing(location: Location) -> Iterator[str]:
    width = max((len(str(number)) for number, _ in location.listing), default=0)
    for number, line in location.listing:
        mark = ">" if number == location.line else " "
        yield f"{mark} {number:>{width}} | {line}".rstrip(" ")


def escape_controls(line: str) -> str:
    """A line without what could paint the terminal, or look like another line."""
    return _UNSAFE.sub(lambda found: _spell(found[0]), line)


def _spell(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
