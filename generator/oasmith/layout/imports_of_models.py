"""Plans which declarations are imported late, and which aliases are not evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..building.api import AliasDeclaration, Declaration, DeclaredType
from ..building.type_walk import types_in, types_of
from ..circles import components
from ..document import Pointer

_LONGEST_CHAIN = 40
"""Modules that import one another in a row; each takes a dozen frames of a thousand."""

_MOST_PARTS = 500
"""The types that an alias stands for, those that it mentions by name included.

Python evaluates an alias when it is imported, and compares all that is in it.
"""


class Import(NamedTuple):
    """How a declaration gets what it needs."""

    late: frozenset[Pointer] = frozenset()
    """What it can't import yet when its module is imported."""

    is_text: bool = False
    """Whether an alias is written as a string, which Python does not evaluate."""


def plan_imports(
    declarations: Mapping[Pointer, Declaration],
) -> dict[Pointer, Import]:
    """Plan how each declaration gets what it needs.

    Late is the circle which it is part of, and what ends a chain of imports that is
    longer than Python follows. An alias is text if some of it is late, if it stands for
    too much, or if it mentions one that is text.
    """
    needs = {pointer: _needs(found) for pointer, found in declarations.items()}
    plans: dict[Pointer, Import] = {}
    levels: dict[Pointer, int] = {}
    parts: dict[Pointer, int] = {}
    for component in components(needs):
        circle = _circle_of(component, needs)
        below = [each for one in component for each in needs[one] - circle]
        level = 1 + max((levels[each] for each in below), default=0)
        for one in component:
            levels[one] = level
            late = circle.union(needs[one] if level % _LONGEST_CHAIN == 0 else ())
            parts[one] = _count_parts(declarations[one], circle, parts)
            is_text = isinstance(declarations[one], AliasDeclaration) and (
                bool(late)
                or parts[one] > _MOST_PARTS
                or any(plans[each].is_text for each in needs[one] - circle)
            )
            plans[one] = Import(late, is_text)
            parts[one] = 1 if is_text else parts[one]
    return plans


def _circle_of(
    component: list[Pointer], needs: Mapping[Pointer, set[Pointer]]
) -> frozenset[Pointer]:
    """The declarations that need one another; none where it is one that does not."""
    is_circle = len(component) > 1 or component[0] in needs[component[0]]
    return frozenset(component if is_circle else ())


def _count_parts(
    declaration: Declaration, circle: frozenset[Pointer], parts: Mapping[Pointer, int]
) -> int:
    """How much an alias stands for; a class is one thing whatever it holds."""
    if not isinstance(declaration, AliasDeclaration):
        return 1
    mentioned = [
        found.pointer
        for found in types_in(declaration.type)
        if isinstance(found, DeclaredType) and found.pointer not in circle
    ]
    return 1 + sum(parts[pointer] for pointer in mentioned)


def _needs(declaration: Declaration) -> set[Pointer]:
    return {
        found.pointer
        for mentioned in types_of(declaration)
        for found in types_in(mentioned)
        if isinstance(found, DeclaredType)
    }
