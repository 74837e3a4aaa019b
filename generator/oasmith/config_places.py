"""What a client's table says of other code: a shared runtime, modules written by hand.

A run that finds nothing to do pays for this module's imports.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .python_names import is_python_name
from .runtime_place import find_parent

_BESIDE_HELP = "choose a folder beside the package's own, or above that"


class ConfigFault(NamedTuple):
    """What is wrong with a setting."""

    code: str
    message: str
    help: str


class Export(NamedTuple):
    """A name of a module that is written by hand, which the package offers too."""

    module: str
    """The dotted path below the package."""

    name: str

    def __str__(self) -> str:
        return f"{self.module}:{self.name}"


def fault_of_runtime(output: str, runtime: str) -> ConfigFault | None:
    """Why a package can't import a runtime; paths are from the working directory."""
    try:
        parent = find_parent(output, runtime)
    except ValueError:
        parent = ""
    if parent in ("", os.path.abspath(output), os.path.abspath(runtime)):
        message = f'"{runtime}" does not stand beside the package'
        return ConfigFault("bad-runtime", message, _BESIDE_HELP)
    parts = os.path.relpath(runtime, parent).split(os.sep)
    if not all(map(is_python_name, parts)):
        message = f'"{"/".join(parts)}" can\'t be imported'
        return ConfigFault("bad-runtime", message, "call the folder by a Python name")
    if not os.path.isfile(os.path.join(parent, "__init__.py")):
        shown = os.path.relpath(parent)
        message = f'"{output}" and "{runtime}" have no package that holds both'
        help = f'put an "__init__.py" into "{shown}" if that is one; or {_BESIDE_HELP}'
        return ConfigFault("bad-runtime", message, help)
    return None


def fault_of_overlap(runtime: str | None, outputs: Sequence[str]) -> ConfigFault | None:
    """Why a runtime can't stand where it is to, beside the packages of all clients."""
    for output in outputs if runtime is not None else ():
        if _is_within(str(runtime), output):
            message = f'"{runtime}" is in "{output}", which is the folder of a client'
            return ConfigFault("bad-runtime", message, _BESIDE_HELP)
    return None


def fault_of_nesting(output: str, others: Iterable[str]) -> ConfigFault | None:
    """Why a package can't stand where it is to, within what else is generated."""
    for other in others:
        if output != other and _is_within(output, other):
            message = f'"{output}" is within "{other}", which is generated too'
            return ConfigFault("same-output", message, "give each a folder of its own")
    return None


def _is_within(path: str, folder: str) -> bool:
    inner, outer = (f"{os.path.abspath(each)}{os.sep}" for each in (path, folder))
    return inner.startswith(outer)


def fault_of_export(text: str) -> ConfigFault | None:
    """Why a text is no "module:Name"."""
    module, colon, name = text.partition(":")
    if colon and all(map(is_python_name, (*module.split("."), name))):
        return None
    message = f'"{text}" is no name in a module'
    help = 'say "module:Name", with the module\'s path from the package: "extra:Helper"'
    return ConfigFault("bad-export", message, help)


def parse_export(text: str) -> Export:
    """Read a text in which `fault_of_export` finds no fault."""
    module, _, name = text.partition(":")
    return Export(module, name)
