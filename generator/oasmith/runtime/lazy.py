# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""Names that a package offers, and imports only when somebody uses them (PEP 562)."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # Checkers take it for true; typing costs more than all of this.
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def attach(
    package: str, modules: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Make ``__getattr__`` and ``__dir__`` for a package.

    Args:
        modules: For each name, the module that defines it, as the package imports it:
            ".client", or "..shared.client".
    """

    def get(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        path = modules[name].lstrip(".")
        up = len(modules[name]) - len(path) - 1
        module = f"{package.rsplit('.', up)[0]}.{path}"
        __import__(module)
        value: object = getattr(sys.modules[module], name)
        setattr(sys.modules[package], name, value)
        return value

    def list_names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *modules})

    return get, list_names
