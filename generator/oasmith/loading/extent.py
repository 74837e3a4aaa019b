"""How deep and how large a tree is, once its shared parts are written out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from ..document import is_object

MOST_LEVELS = 500
"""Objects and lists within each other; the stages that recurse rely on it."""


@dataclass(frozen=True, slots=True)
class Extent:
    levels: int
    nodes: int


def measure(root: Any, most_nodes: int) -> Extent:
    """The extent of a tree, but no more than is needed to see that it is too large.

    It goes level by level, since a tree with aliases can be deeper than the stack.
    """
    level, extent = _containers([root]), Extent(0, 1)
    while level and extent.levels <= MOST_LEVELS and extent.nodes <= most_nodes:
        # Counted before it is built: one more level can be a thousand times larger.
        extent = Extent(extent.levels + 1, extent.nodes + sum(map(len, level)))
        if extent.nodes <= most_nodes:
            level = _containers(chain.from_iterable(map(_children, level)))
    return extent


def _containers(values: Iterable[Any]) -> list[Any]:
    return [value for value in values if type(value) is dict or type(value) is list]


def _children(container: Any) -> Iterable[Any]:
    return container.values() if is_object(container) else container
