"""Compares what an argument must keep to, besides its type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from ..reading.spec import Constraints

_AT_LEAST = frozenset(
    {"minimum", "exclusive_minimum", "min_length", "min_items", "min_properties"}
)
_AT_MOST = frozenset(
    {"maximum", "exclusive_maximum", "max_length", "max_items", "max_properties"}
)


def compare_constraints(
    old: Constraints, new: Constraints
) -> Iterator[tuple[str, str]]:
    """The code and the sentence of each constraint that changes."""
    for each in fields(Constraints):
        before, after = getattr(old, each.name), getattr(new, each.name)
        if before == after:
            continue
        words = each.name.replace("_", " ")
        if before is None or before is False:
            yield "constraint-tightened", f"must keep to {words} {_say(after)}"
        elif after is None or after is False:
            yield "constraint-loosened", f"need not keep to {words} {_say(before)}"
        else:
            text = f"must keep to {words} {_say(after)} instead of {_say(before)}"
            yield _judge(each.name, before, after), text


def _judge(name: str, before: float, after: float) -> str:
    """Another pattern or divisor may refuse what was taken."""
    looser = (name in _AT_LEAST and after < before) or (
        name in _AT_MOST and after > before
    )
    return "constraint-loosened" if looser else "constraint-tightened"


def _say(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()
