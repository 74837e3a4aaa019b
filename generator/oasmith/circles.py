"""Finds what needs itself, or one another, in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def components(needs: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """The strongly connected components of a graph, each after what it needs.

    These are Tarjan's (1972), without recursion.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: dict[str, None] = {}
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


def _close(open_: dict[str, None], node: str) -> list[str]:
    component: list[str] = []
    while not component or component[-1] != node:
        component.append(open_.popitem()[0])
    return component
