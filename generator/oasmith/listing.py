"""Writes diagnostics as text: where, what, the lines around it, what to do."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator

from .diagnostics import Diagnostic, Diagnostics, Location
from .escape import escape_unsafe

_MOST_WARNINGS = 5
"""Of one kind that are told; a large description may have hundreds."""

_MOST_CHARACTERS = 1_000
"""Of a message, which may quote what somebody wrote."""

_RED, _YELLOW, _PLAIN = "\x1b[31m\x1b[1m", "\x1b[33m\x1b[1m", "\x1b[0m"


def split_repetitive(
    diagnostics: Diagnostics,
) -> tuple[list[Diagnostic], dict[str, int]]:
    """What is told: all errors, and of warnings of one kind no more than a few.

    Returns:
        These, and how many more warnings there are, by their code.
    """
    told: list[Diagnostic] = []
    seen: Counter[str] = Counter()
    for diagnostic in diagnostics:
        seen[diagnostic.code] += 1
        if diagnostic.severity == "error" or seen[diagnostic.code] <= _MOST_WARNINGS:
            told.append(diagnostic)
    return told, {
        code: number - _MOST_WARNINGS
        for code, number in seen.items()
        if number > _MOST_WARNINGS and code not in diagnostics.error_codes
    }


def paint_diagnostic(diagnostic: Diagnostic) -> str:
    """A diagnostic as lines for standard error, in colour where that is a terminal."""
    text = format_diagnostic(diagnostic)
    if "NO_COLOR" in os.environ or not sys.stderr.isatty():
        return text
    mark = f"{diagnostic.severity}[{diagnostic.code}]"
    color = _RED if diagnostic.severity == "error" else _YELLOW
    return text.replace(mark, f"{color}{mark}{_PLAIN}", 1)


def format_diagnostic(diagnostic: Diagnostic) -> str:
    """A diagnostic as lines for a terminal, without colour and without a last newline.

    Characters that could paint the terminal, or make a line look like another, are
    escaped as Python would write them.
    """
    location = diagnostic.place.locate() if diagnostic.place else None
    return "\n".join(
        escape_unsafe(line) for line in _format_lines(diagnostic, location)
    )


def _format_lines(diagnostic: Diagnostic, location: Location | None) -> Iterator[str]:
    message = diagnostic.message
    if len(message) > _MOST_CHARACTERS:
        half = _MOST_CHARACTERS // 2
        message = f"{message[:half]} [...] {message[-half:]}"
    head = f"{diagnostic.severity}[{diagnostic.code}]: {message}"
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
