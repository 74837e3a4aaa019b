"""What a user's template has of its own, told from what it takes from its view.

The text of a template has a mark wherever something else is filled in. A name or a
string around a mark is the template's where what was filled in is known by itself.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

MARK = "\ue000"
"""Stands for what is filled in: an expression, or what a statement leaves out."""

_QUOTED = (
    r'"{3}.*?"{3}',
    r"'{3}.*?'{3}",
    r'"(?:[^"\\\n]|\\.)*"',
    r"'(?:[^'\\\n]|\\.)*'",
)
_STRING = re.compile("|".join(_QUOTED), re.DOTALL)
_WORD = re.compile(rf"[\w{MARK}]+")
_CODING = re.compile(r"coding[:=]")
"""What makes a comment in the first two lines say how a module is encoded (PEP 263)."""


@dataclass(frozen=True)
class TemplateWords:
    """The words of a template.

    Args:
        text: What it has itself, with marks.
    """

    text: str

    @cached_property
    def names(self) -> frozenset[str]:
        """Its words, and the pieces of those around a mark."""
        return frozenset(
            piece
            for word in _WORD.findall(self.text)
            for piece in word.split(MARK)
            if piece
        )

    @cached_property
    def calls_filled(self) -> bool:
        """Whether it calls what is filled in."""
        return f"{MARK}(" in self.text

    def has_name(self, name: str, is_known: Callable[[str], bool]) -> bool:
        """Whether it is a name of the template, or one around names that are known."""
        return name in self.names or _is_filled(self._filled_names, name, is_known)

    def has_string(self, text: str, is_known: Callable[[str], bool]) -> bool:
        """Whether it is a string of the template, or a piece of one.

        What is filled in has to be known.
        """
        if text in self.text or any(text in each for each in self._strings):
            return True
        return _is_filled(self._filled_strings, text, is_known)

    def has_comment(self, comment: str, line: int) -> bool:
        """Whether a comment is the template's, whatever is filled in behind it."""
        shown = _spaced(comment)
        if shown in self._comments:
            return True
        names_encoding = line <= 2 and _CODING.search(comment) is not None
        return not names_encoding and any(
            pattern.fullmatch(shown) for pattern in _patterns_of(self._comments, ".*")
        )

    @cached_property
    def _strings(self) -> tuple[str, ...]:
        return tuple(map(_value_of, _STRING.findall(self.text)))

    @cached_property
    def _filled_names(self) -> tuple[re.Pattern[str], ...]:
        return tuple(_patterns_of(_WORD.findall(self.text), r"(\w*)"))

    @cached_property
    def _filled_strings(self) -> tuple[re.Pattern[str], ...]:
        return tuple(_patterns_of(self._strings, "(.*?)"))

    @cached_property
    def _comments(self) -> frozenset[str]:
        """Whatever begins with a number sign: more than the comments, all its own."""
        return frozenset(
            _spaced(line[found.start() :])
            for line in self.text.splitlines()
            for found in re.finditer("#", line)
        )


def _patterns_of(texts: Iterable[str], filled: str) -> Iterator[re.Pattern[str]]:
    """What comes of texts with marks."""
    for text in texts:
        pieces = text.split(MARK)
        if len(pieces) > 1 and any(pieces):
            yield re.compile(filled.join(map(re.escape, pieces)), re.DOTALL)


def _is_filled(
    patterns: Iterable[re.Pattern[str]], text: str, is_known: Callable[[str], bool]
) -> bool:
    found = filter(None, (pattern.fullmatch(text) for pattern in patterns))
    return any(
        all(is_known(filled) for filled in match.groups() if filled) for match in found
    )


def _spaced(comment: str) -> str:
    """A comment in black's form."""
    return f"# {comment[1:].strip()}"


def _value_of(string: str) -> str:
    try:
        return str(literal_eval(string))
    except (SyntaxError, ValueError):
        return string
