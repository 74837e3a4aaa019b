"""Finds the declarations that need one another in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..building.api import Declaration, DeclaredType
from ..building.type_walk import types_in, types_of
from ..document import Pointer


def find_cycles(
    declarations: Mapping[Pointer, Declaration],
) -> dict[Pointer, frozenset[Pointer]]:
    """The circle that each declaration is part of, for those that are in one.

    These are the strongly connected components of more than one declaration, or of
    one that needs itself (Tarjan 1972, without recursion).
    """
    needs = {pointer: _needs(found) for pointer, found in declarations.items()}
    circles: dict[Pointer, frozenset[Pointer]] = {}
    for component in _components(needs):
        circle = frozenset(component)
        if len(circle) > 1 or needs[component[0]] & circle:
            circles.update(dict.fromkeys(component, circle))
    return circles


def _needs(declaration: Declaration) -> set[Pointer]:
    return {
        found.pointer
        for mentioned in types_of(declaration)
        for found in types_in(mentioned)
        if isinstance(found, DeclaredType)
    }


def _components(needs: Mapping[Pointer, set[Pointer]]) -> Iterator[list[Pointer]]:
    index: dict[Pointer, int] = {}
    low: dict[Pointer, int] = {}
    open_: dict[Pointer, None] = {}
    for start in needs:
        if start in index:
            continue
        work = [(start, iter(sorted(needs[start])))]
        index[start] = low[start] = len(index)
        open_[start] = None
        while work:
            node, successors = work[-1]
            for successor in successors:
                if successor not in index:
                    index[successor] = low[successor] = len(index)
                    open_[successor] = None
                    work.append((successor, iter(sorted(needs[successor]))))
                    break
                if successor in open_:
                    low[node] = min(low[node], index[successor])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    yield _close(open_, node)


def _close(open_: dict[Pointer, None], node: Pointer) -> list[Pointer]:
    component: list[Pointer] = []
    while not component or component[-1] != node:
        component.append(open_.popitem()[0])
    return component
