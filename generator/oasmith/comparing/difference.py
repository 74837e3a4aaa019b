"""How a new type can differ from an old one, whichever way its values go."""

from __future__ import annotations

from dataclasses import dataclass

from ..building.api import Type

Values = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class NullAdded:
    pass


@dataclass(frozen=True, slots=True)
class NullRemoved:
    pass


@dataclass(frozen=True, slots=True)
class ValuesAdded:
    """An enum has more values."""

    values: Values


@dataclass(frozen=True, slots=True)
class ValuesRemoved:
    values: Values


@dataclass(frozen=True, slots=True)
class Opened:
    """What was an enum takes every value of its kind."""

    values: Values


@dataclass(frozen=True, slots=True)
class Closed:
    """What took every value of a kind is an enum."""

    values: Values


@dataclass(frozen=True, slots=True)
class VariantsAdded:
    variants: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class VariantsRemoved:
    variants: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class Widened:
    """The new type takes every value of the old one, and more."""

    old: Type
    new: Type


@dataclass(frozen=True, slots=True)
class Narrowed:
    old: Type
    new: Type


@dataclass(frozen=True, slots=True)
class Replaced:
    """Some value of either type is none of the other's."""

    old: Type
    new: Type


@dataclass(frozen=True, slots=True)
class DefaultChanged:
    """An object whose tag tells nothing is something else; None for an error."""

    old: Type | None
    new: Type | None


Kind = (
    NullAdded
    | NullRemoved
    | ValuesAdded
    | ValuesRemoved
    | Opened
    | Closed
    | VariantsAdded
    | VariantsRemoved
    | Widened
    | Narrowed
    | Replaced
    | DefaultChanged
)


@dataclass(frozen=True, slots=True)
class Difference:
    kind: Kind
    within: tuple[str, ...] = ()
    """The parts that it is in, from the outermost on: "each item", "each value"."""
