"""What is wrong with a text or a reference, before anyone has been told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..diagnostics import Diagnostic, Diagnostics
from ..document import Node
from ..text import Text
from .extent import MOST_LEVELS


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one character of a text."""

    code: str
    message: str
    offset: int


class Malformed(Exception):
    """A text can't be read as a tree; the problems say why, in the text's order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(*problems)
        self.problems = sorted(problems, key=lambda problem: problem.offset)


class Broken(NamedTuple):
    """Why a reference can't be followed."""

    reasons: tuple[Diagnostic, ...]


def leads_nowhere(message: str, place: Node, help: str | None = None) -> Broken:
    """A reference that has nothing at its end, or nothing that fits."""
    told = Diagnostics()
    told.error("unresolved-reference", message, place, help=help)
    return Broken(tuple(told))


def duplicate_key(text: Text, key: str, first: int, second: int) -> Problem:
    """The fault of a key that stands twice in one object, at these offsets."""
    where = f"the first is on line {text.line_at(first)}"
    return Problem("duplicate-key", f'the key "{key}" stands twice, {where}', second)


def too_deep(offset: int) -> Problem:
    """The fault of a tree that the later stages could not walk."""
    message = f"objects and lists are nested more than {MOST_LEVELS} levels deep"
    return Problem("too-deep", message, offset)
