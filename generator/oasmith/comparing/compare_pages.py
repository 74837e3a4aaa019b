"""Compares the functions that give the items of all pages."""

from __future__ import annotations

from collections.abc import Iterator

from ..layout.package import OperationModule
from .change import Change
from .pairs import Pairs
from .type_changes import Spot, Use, compare_uses


def compare_pages(
    pairs: Pairs, old: OperationModule | None, new: OperationModule | None
) -> Iterator[Change]:
    """Tell what changes about the function for all pages of an operation.

    Its arguments are those of the function for one page, which are told there.
    """
    symbol, other = _symbol(old), _symbol(new)
    places = pairs.places(old and old.operation.pointer, new and new.operation.pointer)
    match symbol, other:
        case None, None:
            pass
        case None, str():
            yield Change("function-added", other, "is new", *places)
        case str(), None:
            yield Change("function-removed", symbol, "is gone", *places)
        case str(), str():
            if symbol != other:
                yield Change("function-moved", symbol, f"is {other} now", *places)
            spot = Spot(f"{symbol}()", ("received",), "each item")
            uses = _use(old), _use(new)
            yield from compare_uses(pairs, spot, *uses)


def _symbol(module: OperationModule | None) -> str | None:
    if module is None or module.pages_function is None:
        return None
    return f"client.{module.group}.{module.pages_function}"


def _use(module: OperationModule) -> Use:
    paging = module.operation.paging
    assert paging is not None
    return Use(paging.item, module.operation.pointer)
