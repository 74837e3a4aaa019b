"""Compares the typed headers of answers; each may be absent, whatever is described."""

from __future__ import annotations

from collections.abc import Iterator

from ..building.api import ResponseHeader
from ..layout.package import OperationModule
from .change import Change
from .pairs import Pairs
from .type_changes import Spot, Use, compare_uses


def compare_headers(
    pairs: Pairs, old: OperationModule, new: OperationModule
) -> Iterator[Change]:
    """Tell what changes about the headers that can be read of an answer."""
    before, after = _headers_of(old), _headers_of(new)
    for name, header in before.items():
        symbol = _symbol(old, name)
        found = after.get(name)
        if found is None:
            places = pairs.places(header.pointer, None)
            yield Change("header-removed", symbol, "is gone", *places)
        else:
            spot = Spot(symbol, ("received",))
            uses = Use(header.type, header.pointer), Use(found.type, found.pointer)
            yield from compare_uses(pairs, spot, *uses)
    for name, header in after.items():
        if name not in before:
            places = pairs.places(None, header.pointer)
            yield Change("header-added", _symbol(new, name), "is new", *places)


def _headers_of(module: OperationModule) -> dict[str, ResponseHeader]:
    """The headers by the attributes that they are read by."""
    if module.headers is None:
        return {}
    names = module.headers.fields
    return {names[each.name.lower()]: each for each in module.operation.headers}


def _symbol(module: OperationModule, name: str) -> str:
    assert module.headers is not None, "it has a header"
    return f"{module.headers.symbol.module}.{module.headers.symbol.name}.{name}"
