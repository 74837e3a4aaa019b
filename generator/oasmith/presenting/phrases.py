"""Puts constraints and defaults into words, for docstrings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from ..building.api import Doc
from ..reading.spec import Constraints


def describe_value(doc: Doc) -> str:
    """What a docstring says of a value: the description, then what it must keep to."""
    sentences = [as_sentence(doc.text or doc.title), *_demands(doc.constraints)]
    if doc.default is not None:
        shown = json.dumps(doc.default.json, ensure_ascii=False)
        if len(shown) <= 60:
            sentences.append(f"The API's default is {shown}.")
    if doc.deprecated:
        sentences.append("Deprecated.")
    return _append(sentences)


def as_sentence(text: str) -> str:
    """End a text with a full stop, if it ends with a word."""
    text = text.strip()
    return f"{text}." if text and text[-1].isalnum() else text


def list_in_words(items: Sequence[str]) -> str:
    """Some things, "and" before the last: "403", "403 and 404", "403, 404 and 410"."""
    *others, last = items
    return f"{', '.join(others)} and {last}" if others else last


def _append(sentences: list[str]) -> str:
    """Put sentences behind the first paragraph, where the description has several."""
    first, *demands = sentences
    if not demands:
        return first
    head, gap, rest = first.partition("\n\n")
    return " ".join(filter(None, [head, *demands])) + gap + rest


def _demands(constraints: Constraints) -> Iterator[str]:
    if constraints.min_length and constraints.min_length == constraints.max_length:
        yield f"Exactly {_count(constraints.min_length, 'character')}."
    else:
        yield from _bounds(constraints.min_length, constraints.max_length, "character")
    if constraints.pattern is not None and len(constraints.pattern) <= 60:
        yield f"Matches `{constraints.pattern}`."
    if constraints.minimum is not None:
        yield f"At least {constraints.minimum}."
    if constraints.exclusive_minimum is not None:
        yield f"More than {constraints.exclusive_minimum}."
    if constraints.maximum is not None:
        yield f"At most {constraints.maximum}."
    if constraints.exclusive_maximum is not None:
        yield f"Less than {constraints.exclusive_maximum}."
    if constraints.multiple_of is not None:
        yield f"A multiple of {constraints.multiple_of}."
    yield from _bounds(constraints.min_items, constraints.max_items, "item")
    if constraints.unique_items:
        yield "No item twice."
    yield from _bounds(
        constraints.min_properties, constraints.max_properties, "property"
    )


def _bounds(least: int | None, most: int | None, unit: str) -> Iterator[str]:
    if least:
        yield f"At least {_count(least, unit)}."
    if most is not None:
        yield f"At most {_count(most, unit)}."


def _count(number: int, unit: str) -> str:
    plural = "properties" if unit == "property" else f"{unit}s"
    return f"{number} {unit if number == 1 else plural}"
