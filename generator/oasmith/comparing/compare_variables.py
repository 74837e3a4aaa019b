"""Compares the variables of the server's URL, which are keywords of the client."""

from __future__ import annotations

from collections.abc import Iterator

from ..building.api import EnumType, StringType
from ..layout.package import VariableArgument
from .change import Change
from .pairs import Pairs
from .type_changes import Spot, Use, compare_uses


def compare_variables(pairs: Pairs) -> Iterator[Change]:
    """Tell what changes about them; each has a default, so none must be given."""
    before = {each.name: each for each in pairs.old.server_variables}
    after = {each.name: each for each in pairs.new.server_variables}
    for name, old in before.items():
        symbol, pointer = f"Client({name}=)", old.variable.pointer
        new = after.get(name)
        if new is None:
            places = pairs.places(pointer, None)
            text = "is no longer taken"
            yield Change("server-variable-removed", symbol, text, *places)
            continue
        spot = Spot(symbol, ("sent",))
        yield from compare_uses(pairs, spot, _use_of(old), _use_of(new))
        default = new.variable.default
        if default != old.variable.default:
            places = pairs.places(pointer, new.variable.pointer)
            text = f'is "{default}" where it is left out, and was '
            text += f'"{old.variable.default}"'
            yield Change("server-variable-default-changed", symbol, text, *places)
    for name, new in after.items():
        if name not in before:
            places = pairs.places(None, new.variable.pointer)
            symbol = f"Client({name}=)"
            yield Change("server-variable-added", symbol, "is new", *places)


def _use_of(argument: VariableArgument) -> Use:
    choices = argument.variable.choices
    built = EnumType(choices) if choices else StringType()
    return Use(built, argument.variable.pointer)
