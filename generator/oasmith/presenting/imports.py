"""Makes import lines of symbols, in the order that isort and ruff give them."""

from __future__ import annotations

from collections.abc import Iterable

from ..layout.package import Symbol
from ..layout.symbols import DATETIME
from ..runtime_place import RuntimePlace, is_of_runtime

_WIDTH = 88


def make_imports(
    symbols: Iterable[Symbol], module: str, runtime: RuntimePlace, indent: int = 0
) -> tuple[str, ...]:
    """Make the lines that import symbols into a module of the package.

    The standard library goes first, with a blank line behind it.

    Args:
        symbols: What the module uses; what it defines itself is left out.
        module: The dotted path of the module below the package.
        runtime: Where what is of the runtime is imported from.
        indent: The columns that the lines will be indented by.
    """
    standard: dict[str, set[str]] = {}
    relative: dict[str, set[str]] = {}
    lines: list[str] = []
    for symbol in set(symbols):
        if symbol == DATETIME:
            lines.append("import datetime as dt")
        elif symbol.external:
            standard.setdefault(symbol.module, set()).add(symbol.name)
        elif symbol.module != module:
            home = relative_module(symbol.module, module, runtime)
            relative.setdefault(home, set()).add(symbol.name)
    for name in sorted(standard):
        lines.extend(_import_from(name, standard[name], indent))
    own = [
        line
        for name in sorted(relative, key=_order)
        for line in _import_from(name, relative[name], indent)
    ]
    return (*lines, *([""] if lines and own else []), *own)


def relative_module(target: str, module: str, runtime: RuntimePlace) -> str:
    """How a module of the package names another one."""
    here, there = module.split(".")[:-1], target.split(".")
    if is_of_runtime(target):
        dots = "." * (len(here) + 1 + runtime.levels)
        return dots + runtime.module_of(target)
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "." * (len(here) - shared + 1) + ".".join(there[shared:])


def sort_names(names: Iterable[str]) -> list[str]:
    """Sort names as ruff does: constants first, then classes, then the rest."""
    return sorted(names, key=_kind)


def _order(module: str) -> tuple[int, str]:
    name = module.lstrip(".")
    return len(name) - len(module), name


def _import_from(module: str, names: set[str], indent: int) -> list[str]:
    ordered = sort_names(names)
    line = f"from {module} import {', '.join(ordered)}"
    if len(line) + indent <= _WIDTH:
        return [line]
    return [f"from {module} import (", *(f"    {name}," for name in ordered), ")"]


def _kind(name: str) -> tuple[int, str]:
    """Constants first, then classes, then the rest, each by name."""
    if name.isupper() and len(name) > 1:
        return 0, name
    return (1, name) if name[:1].isupper() else (2, name)
