"""YAML as the events of libyaml; the one module that imports yaml."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.reader import ReaderError

from ..text import Text
from .problem import Malformed, Problem, too_deep

NULL_KEYS = frozenset(("", "~", "Null", "NULL"))

__all__ = [
    "NULL_KEYS",
    "AliasEvent",
    "DocumentStartEvent",
    "Event",
    "MappingEndEvent",
    "MappingStartEvent",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "is_merge",
    "key_of",
    "offset_of",
    "open_events",
    "refusals_told",
]


def open_events(text: Text) -> Callable[[], Event | None]:
    """What gives libyaml's next event of a text, call by call.

    The calls go straight to libyaml, hundreds of thousands of times, so its errors
    are told apart outside, by `refusals_told`.
    """
    return yaml.CSafeLoader(text.string).get_event


@contextmanager
def refusals_told(text: Text) -> Generator[None, None, None]:
    """Turn what libyaml raises about a text into the problem that it is.

    Raises:
        Malformed: The text breaks YAML's grammar.
    """
    try:
        yield
    except ReaderError as error:
        problem = _forbidden_character(text, error)
        raise Malformed([problem]) from error
    except yaml.MarkedYAMLError as error:
        told = (error.context, error.problem)
        message = ", ".join(part for part in told if part)
        offset = error.problem_mark.index if error.problem_mark else 0
        if "nesting depth" in message:
            raise Malformed([too_deep(offset)]) from error
        problem = Problem("bad-yaml", f"this is not YAML: {message}", offset)
        raise Malformed([problem]) from error


def offset_of(event: Event | None) -> int:
    """Where an event begins, in characters from the start of the text."""
    return event.start_mark.index if event and event.start_mark else 0


def key_of(event: ScalarEvent) -> str:
    """A key as it is written, except that every spelling of null is "null"."""
    plain = event.tag is None and not event.style
    return "null" if plain and event.value in NULL_KEYS else event.value


def is_merge(event: ScalarEvent) -> bool:
    """Whether a key merges its value (yaml.org/type/merge.html)."""
    return event.value == "<<" and event.tag is None and not event.style


def _forbidden_character(text: Text, error: ReaderError) -> Problem:
    # libyaml counts bytes here; a forbidden character is so wherever it stands.
    offset = max(text.string.find(chr(error.character)), 0)
    message = f"the character U+{error.character:04X} can't stand in YAML"
    return Problem("bad-yaml", message, offset)
