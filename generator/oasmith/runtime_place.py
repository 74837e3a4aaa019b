"""Where the runtime stands: in the package, or beside it for several packages.

A run that finds nothing to do pays for this module's imports.
"""

from __future__ import annotations

import os
from typing import NamedTuple


class RuntimePlace(NamedTuple):
    """A package of the runtime, as a module at the root of ours imports it."""

    levels: int = 0
    """How many packages above ours one has to go; none where it is a part of ours."""

    module: str = "_runtime"
    """Its dotted path from there."""

    def module_of(self, name: str) -> str:
        """The dotted path of a module that is called "_runtime.name" in a symbol."""
        return self.module + name.removeprefix(OWN_RUNTIME.module)


OWN_RUNTIME = RuntimePlace()
"""In the package itself."""


def is_of_runtime(module: str) -> bool:
    """Whether the dotted path of a symbol's module is one of the runtime's."""
    return module.partition(".")[0] == OWN_RUNTIME.module


def find_parent(output: str, runtime: str) -> str:
    """The folder that both stand in; paths are from the working directory.

    Raises:
        ValueError: There is none, as on two drives.
    """
    return os.path.commonpath([os.path.abspath(output), os.path.abspath(runtime)])


def place_runtime(output: str, runtime: str | None) -> RuntimePlace:
    """How a package at one path imports a runtime at another one."""
    if runtime is None:
        return OWN_RUNTIME
    parent = find_parent(output, runtime)
    up, down = (os.path.relpath(path, parent) for path in (output, runtime))
    return RuntimePlace(len(up.split(os.sep)), ".".join(down.split(os.sep)))
