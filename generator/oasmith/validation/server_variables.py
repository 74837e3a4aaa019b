"""Checks that the URL of a server and its variables agree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Pointer, is_array, join_pointer, objects_in
from ..grammar import Part


def disagreements(server: Part) -> Iterator[tuple[str, Pointer]]:
    """What is wrong with the variables of a server, and where."""
    names = re.findall(r"\{([^{}]*)\}", str(server.value.get("url", "")))
    variables = dict(objects_in(server.value.get("variables")))
    for name in dict.fromkeys(names):
        if name not in variables:
            yield f'"{{{name}}}" in the URL is declared by no variable', server.pointer
    for name, variable in variables.items():
        pointer = join_pointer(server.pointer, "variables", name)
        if name not in names:
            yield f'variable "{name}" does not occur in the URL', pointer
        choices, default = variable.get("enum"), variable.get("default")
        if is_array(choices) and choices and default not in choices:
            yield f'the default of "{name}" is none of its choices', pointer
