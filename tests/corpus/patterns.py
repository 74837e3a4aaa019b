"""Makes strings that match a regular expression."""

from __future__ import annotations

import re
from random import Random

_ANY_COUNT = 3
"""How often what may be repeated without end is repeated at most."""


class NoMatch(Exception):
    """No string was found; the pattern uses what this module does not know."""


def sample_pattern(random: Random, pattern: str) -> str:
    """A string that matches a regular expression.

    Raises:
        NoMatch: The pattern uses what is not known here, such as looking ahead.
    """
    reader = _Reader(random, pattern)
    text = reader.read_choice()
    try:
        matches = reader.at_end() and re.search(pattern, text) is not None
    except re.error:
        matches = False
    if not matches:
        raise NoMatch(pattern)
    return text


_CLASSES = {
    "d": "0123456789",
    "w": "abcXYZ019_",
    "s": " ",
    "D": "abc-",
    "W": "-. ",
    "S": "abc019-",
}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_DOT = "abcXYZ019-_"


class _Reader:
    """Reads a pattern once, and makes up a matching string on the way."""

    def __init__(self, random: Random, pattern: str) -> None:
        self._random = random
        self._pattern = pattern
        self._at = 0

    def at_end(self) -> bool:
        return self._at >= len(self._pattern)

    def read_choice(self) -> str:
        choices = [self._read_sequence()]
        while self._take("|"):
            choices.append(self._read_sequence())
        return self._random.choice(choices)

    def _read_sequence(self) -> str:
        made = ""
        while not self.at_end() and self._pattern[self._at] not in "|)":
            start = self._at
            piece = self._read_piece()
            fewest, most = self._read_count()
            after = self._at
            for number in range(self._random.randint(fewest, most)):
                self._at = start
                made += piece if number == 0 else self._read_piece()
            self._at = after
        return made

    def _read_piece(self) -> str:
        character = self._next()
        match character:
            case "^" | "$":
                return ""
            case "(":
                return self._read_group()
            case "[":
                return self._random.choice(self._read_set())
            case ".":
                return self._random.choice(_DOT)
            case "\\":
                return self._random.choice(self._read_escape())
            case "*" | "+" | "?":
                raise NoMatch(self._pattern)
            case _:
                return character

    def _read_group(self) -> str:
        if self._take("?"):
            if self._take("P<") or (self._take("<") and self._peek() not in "=!"):
                self._at = self._pattern.index(">", self._at) + 1
            elif not self._take(":"):
                raise NoMatch(self._pattern)
        made = self.read_choice()
        if not self._take(")"):
            raise NoMatch(self._pattern)
        return made

    def _read_escape(self) -> str:
        """The characters that an escape stands for."""
        character = self._next()
        if character in "bBAZzpPk123456789":
            raise NoMatch(self._pattern)
        if character in "xu":
            digits = self._pattern[self._at : self._at + (2 if character == "x" else 4)]
            self._at += len(digits)
            return chr(int(digits, 16))
        return _CLASSES.get(character) or _ESCAPES.get(character, character)

    def _read_set(self) -> str:
        excluded = self._take("^")
        members = ""
        while self._peek() != "]" or not members:
            first = self._read_member()
            if self._peek() == "-" and self._pattern[self._at + 1 :][:1] not in (
                "]",
                "",
            ):
                self._next()
                last = self._read_member()
                members += "".join(
                    map(chr, range(ord(first[0]), ord(last[0]) + 1)[:300])
                )
            else:
                members += first
        self._next()
        if excluded:
            members = "".join(it for it in _DOT + "/: é" if it not in members)
        if not members:
            raise NoMatch(self._pattern)
        return members

    def _read_member(self) -> str:
        character = self._next()
        return self._read_escape() if character == "\\" else character

    def _read_count(self) -> tuple[int, int]:
        counts = (0, 1)
        if self._take("*"):
            counts = (0, _ANY_COUNT)
        elif self._take("+"):
            counts = (1, _ANY_COUNT)
        elif self._take("?"):
            pass
        elif found := re.compile(r"\{(\d+)(,?)(\d*)\}").match(self._pattern, self._at):
            self._at = found.end()
            fewest = int(found[1])
            most = int(found[3] or fewest + _ANY_COUNT) if found[2] else fewest
            counts = (fewest, min(most, fewest + _ANY_COUNT))
        else:
            return (1, 1)
        self._take("?")
        return counts

    def _peek(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _next(self) -> str:
        if self.at_end():
            raise NoMatch(self._pattern)
        self._at += 1
        return self._pattern[self._at - 1]

    def _take(self, text: str) -> bool:
        found = self._pattern.startswith(text, self._at)
        self._at += len(text) if found else 0
        return found
