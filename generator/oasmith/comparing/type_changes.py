"""Tells differences of types as changes, by the way that values go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from ..building.api import Type
from ..document import Pointer
from ..layout.package import Package
from ..presenting.expressions import annotate
from .change import GRADE_OF, GRADES, Change
from .difference import (
    Closed,
    DefaultChanged,
    Difference,
    Narrowed,
    NullAdded,
    NullRemoved,
    Opened,
    Replaced,
    ValuesAdded,
    ValuesRemoved,
    VariantsAdded,
    VariantsRemoved,
    Widened,
)
from .pairs import Pairs
from .type_differences import find_differences

Direction = Literal["sent", "received"]

_MOST_VALUES = 6
"""That are told of an enum."""


@dataclass(frozen=True, slots=True)
class Use:
    """A type, and where it is used."""

    type: Type
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Spot:
    """What a change is told of."""

    symbol: str
    directions: tuple[Direction, ...]
    subject: str = ""
    """Which part of it, if not all of it: "the result"."""


def compare_uses(pairs: Pairs, spot: Spot, old: Use, new: Use) -> Iterator[Change]:
    """Tell how a type changes; where values go both ways, the worse of the two."""
    for difference in find_differences(pairs, old.type, new.type):
        told = [
            _tell(pairs, spot.subject, direction, difference)
            for direction in spot.directions
        ]
        if told:
            code, text = min(told, key=lambda each: GRADES.index(GRADE_OF[each[0]]))
            yield Change(
                code,
                spot.symbol,
                text,
                *pairs.places(old.pointer, new.pointer),
            )


def _tell(
    pairs: Pairs, subject: str, direction: Direction, difference: Difference
) -> tuple[str, str]:
    """The code, and the sentence."""
    parts = [*reversed(difference.within), *([subject] if subject else [])]
    named = " of ".join(parts)
    if direction == "sent":
        code, predicate = _tell_sent(pairs, difference)
    else:
        code, predicate = _tell_received(pairs, difference)
    return code, f"{named} {predicate}" if named else predicate


def _tell_sent(pairs: Pairs, difference: Difference) -> tuple[str, str]:
    match difference.kind:
        case NullAdded():
            return "sent-null-added", "takes None, too"
        case NullRemoved():
            return "sent-null-removed", "takes None no more"
        case ValuesAdded(values):
            return "sent-value-added", f"takes {_list(values, 'and')}, too"
        case ValuesRemoved(values):
            return "sent-value-removed", f"takes {_list(values, 'or')} no more"
        case Opened(values):
            told = f"takes any {_kind(values)}, not only {_list(values, 'or')}"
            return "sent-value-added", told
        case Closed(values):
            return "sent-value-removed", f"takes nothing but {_list(values, 'or')}"
        case VariantsAdded(types):
            told = _union(pairs.new, types, is_open=False)
            return "sent-variant-added", f"takes {told}, too"
        case VariantsRemoved(types):
            told = _union(pairs.old, types, is_open=False)
            return "sent-variant-removed", f"takes {told} no more"
        case Widened(old, new):
            return "sent-type-widened", f"takes {_both(pairs, old, new, 'and took')}"
        case Narrowed(old, new):
            return "sent-type-narrowed", f"takes {_both(pairs, old, new, 'and took')}"
        case Replaced(old, new):
            return "sent-type-changed", f"takes {_both(pairs, old, new, 'and took')}"
        case DefaultChanged(old, new):
            return _tell_default(pairs, old, new)
        case _:
            assert_never(difference.kind)


def _tell_received(pairs: Pairs, difference: Difference) -> tuple[str, str]:
    match difference.kind:
        case NullAdded():
            return "received-null-added", "may be None, which it never was"
        case NullRemoved():
            return "received-null-removed", "is never None any more"
        case ValuesAdded(values):
            return "received-value-added", f"may be {_list(values, 'or')}, too"
        case ValuesRemoved(values):
            return "received-value-removed", f"is no longer {_list(values, 'or')}"
        case Opened(values):
            told = f"may be any {_kind(values)}, not only {_list(values, 'or')}"
            return "received-value-added", told
        case Closed(values):
            return "received-value-removed", f"is only {_list(values, 'or')} now"
        case VariantsAdded(types):
            told = _union(pairs.new, types, is_open=True)
            return "received-variant-added", f"may be {told}, too"
        case VariantsRemoved(types):
            told = _union(pairs.old, types, is_open=True)
            return "received-variant-removed", f"is no longer {told}"
        case Widened(old, new):
            return "received-type-widened", f"is {_both(pairs, old, new, 'and was')}"
        case Narrowed(old, new):
            return "received-type-narrowed", f"is {_both(pairs, old, new, 'and was')}"
        case Replaced(old, new):
            return "received-type-changed", f"is {_both(pairs, old, new, 'and was')}"
        case DefaultChanged(old, new):
            return _tell_default(pairs, old, new)
        case _:
            assert_never(difference.kind)


def _tell_default(pairs: Pairs, old: Type | None, new: Type | None) -> tuple[str, str]:
    """Tell what an object is whose tag tells nothing, whichever way it goes."""
    before = annotate(pairs.old, old, is_open=False).text if old else "an error"
    after = annotate(pairs.new, new, is_open=False).text if new else "an error"
    code = "changed" if old and new else "added" if new else "removed"
    told = f"is {after} where the tag is missing or not known, and was {before}"
    return f"default-variant-{code}", told


def _both(pairs: Pairs, old: Type, new: Type, between: str) -> str:
    before = annotate(pairs.old, old, is_open=False).text
    after = annotate(pairs.new, new, is_open=False).text
    return f"{after}, {between} {before}"


def _union(package: Package, types: Sequence[Type], *, is_open: bool) -> str:
    names = [annotate(package, each, is_open=is_open).text for each in types]
    return " | ".join(dict.fromkeys(names))


def _list(values: Sequence[str | int], conjunction: str) -> str:
    """Values in quotes, no more of them than somebody reads."""
    told = [f'"{each}"' for each in values[:_MOST_VALUES]]
    if more := len(values) - len(told):
        told.append(f"{more} more")
    if len(told) == 1:
        return told[0]
    return f"{', '.join(told[:-1])} {conjunction} {told[-1]}"


def _kind(values: Sequence[str | int]) -> str:
    return "str" if isinstance(values[0], str) else "int"
