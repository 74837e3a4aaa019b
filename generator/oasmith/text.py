"""The text of a file, and the places in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from .diagnostics import Location

_WIDEST_LINE = 160
"""Characters of a line that a listing shows."""


@dataclass(frozen=True, eq=False)
class Text:
    """A file that was decoded; two are equal only when they are the same one."""

    name: str
    """The file as the user named it."""

    content: bytes
    string: str
    """The content, decoded, without a byte order mark."""

    def line_at(self, offset: int) -> int:
        """The number, from 1, of the line that a character stands in."""
        return bisect_right(self._line_starts, offset)

    def location_at(self, offset: int) -> Location:
        """The line and column of a character, and the lines around it."""
        line, starts = self.line_at(offset), self._line_starts
        column = 1 + offset - starts[line - 1]
        listing = [(line, _cut(self._line(line), column))]
        if line > 1:
            listing.insert(0, (line - 1, _cut(self._line(line - 1), 1)))
        # A text that ends with a line break has no line after it.
        if line < len(starts) and starts[line] < len(self.string):
            listing.append((line + 1, _cut(self._line(line + 1), 1)))
        return Location(self.name, line, column, tuple(listing))

    @cached_property
    def _line_starts(self) -> list[int]:
        lines = self.string
        if "\r" in lines:
            # Every line then ends with one character, and none has moved.
            lines = lines.replace("\r\n", " \n").replace("\r", "\n")
        lengths = (len(line) + 1 for line in lines.split("\n")[:-1])
        return list(accumulate(lengths, initial=0))

    def _line(self, number: int) -> str:
        starts = [*self._line_starts[number - 1 : number + 1], len(self.string)]
        return self.string[starts[0] : starts[1]].rstrip("\r\n")


@dataclass(frozen=True, slots=True)
class Spot:
    """A character of a text, as a place."""

    text: Text
    offset: int

    def locate(self) -> Location:
        return self.text.location_at(self.offset)


def _cut(line: str, column: int) -> str:
    """The part of a line that is worth showing: what surrounds the column."""
    first = max(0, min(column - _WIDEST_LINE // 2, len(line) - _WIDEST_LINE))
    last = first + _WIDEST_LINE
    head, tail = "..." if first else "", "..." if last < len(line) else ""
    return head + line[first:last] + tail
