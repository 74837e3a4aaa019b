"""Where things of a package are, as manifest.json has it: "package.module:name"."""

from __future__ import annotations

from ..building.api import (
    DeclaredType,
    NullableType,
    ObjectDeclaration,
    StringType,
    Type,
)
from ..layout.package import Package, Symbol
from ..runtime_place import is_of_runtime
from .expressions import decoder
from .imports import relative_module


def address_of(package: Package, symbol: Symbol) -> str:
    """Where something is, absolute or, in a shared runtime, relative to the package."""
    if package.runtime.levels and is_of_runtime(symbol.module):
        home = relative_module(symbol.module, "__init__", package.runtime)
    else:
        home = f"{package.name}.{symbol.module}"
    return f"{home}:{symbol.name}"


def decoder_of(package: Package, built: Type) -> str | None:
    """The function that makes the Python value of a JSON value, if it differs.

    Arrays, maps and unions in place have none of their own: functions also take the
    JSON values that these hold.
    """
    match built:
        case NullableType(inner):
            return decoder_of(package, inner)
        case StringType(format) if format != "text":
            return address_of(package, next(iter(decoder(package, built).symbols)))
        case DeclaredType(pointer):
            model = package.models[pointer]
            if isinstance(model.declaration, ObjectDeclaration):
                where = f"{model.symbol.name}.from_dict"
                return f"{package.name}.{model.symbol.module}:{where}"
            return address_of(package, model.decoder) if model.decoder else None
        case _:
            return None
