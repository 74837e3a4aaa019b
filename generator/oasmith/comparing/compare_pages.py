"""Compares the functions that give the items of all pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..layout.package import OperationModule
from .change import Change
from .pairs import Pairs
from .type_changes import Spot, Use, compare_uses


def compare_pages(
    pairs: Pairs, old: OperationModule, new: OperationModule
) -> Iterator[Change]:
    """Tell what changes about the function for all pages of an operation.

    Its arguments are those of the function for one page, which are told there; and with
    that it comes and goes.
    """
    before, after = _find(old), _find(new)
    places = pairs.places(
        old.operation.pointer if before else None,
        new.operation.pointer if after else None,
    )
    if before is None and after is not None:
        yield Change("function-added", after.symbol, "is new", *places)
    elif before is not None and after is None:
        yield Change("function-removed", before.symbol, "is gone", *places)
    elif before is not None and after is not None:
        symbol, other = before.symbol, after.symbol
        if symbol != other:
            yield Change("function-moved", symbol, f"is {other} now", *places)
        spot = Spot(f"{symbol}()", ("received",), "each item")
        yield from compare_uses(pairs, spot, before.items, after.items)


@dataclass(frozen=True, slots=True)
class _Found:
    symbol: str
    """The function, as a caller writes it."""

    items: Use


def _find(module: OperationModule) -> _Found | None:
    operation = module.operation
    if operation.paging is None:
        return None
    symbol = f"client.{module.group}.{module.pages_function}"
    return _Found(symbol, Use(operation.paging.item, operation.pointer))
