"""Reads servers of OpenAPI 3: their URLs, and the variables in these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..document import Pointer, is_array, is_object, join_pointer, objects_in
from .read_operations import Scope
from .spec import Server, ServerVariable

_VARIABLE = re.compile(r"\{([^{}]*)\}")


def read_servers(written: object, pointer: Pointer) -> tuple[Server, ...]:
    """Read the servers of an object that stands at a pointer."""
    return tuple(
        Server(
            str(server.get("url", "/")),
            ": ".join(
                str(server[key]) for key in ("name", "description") if key in server
            ),
            _read_variables(server, join_pointer(pointer, "servers", index)),
        )
        for index, server in enumerate(written if is_array(written) else [])
        if is_object(server)
    )


def read_own_servers(scope: Scope) -> tuple[Server, ...]:
    """Read the servers that an operation has for itself, or else its path."""
    if "servers" in scope.operation:
        return read_servers(scope.operation["servers"], scope.pointer)
    above, _, _ = scope.pointer.rpartition("/")
    return read_servers(scope.item.get("servers"), above)


def _read_variables(
    server: Mapping[str, Any], pointer: Pointer
) -> tuple[ServerVariable, ...]:
    written = dict(objects_in(server.get("variables")))
    names = dict.fromkeys(_VARIABLE.findall(str(server.get("url", ""))))
    return tuple(
        ServerVariable(
            pointer=join_pointer(pointer, "variables", name),
            name=name,
            default=default,
            choices=tuple(dict.fromkeys([*choices, default])) if choices else (),
            description=str(written[name].get("description", "")),
        )
        for name in names
        if name in written and "default" in written[name]
        for default, choices in [_read_values(written[name])]
    )


def _read_values(variable: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The default and the choices; the default is one of these, whatever they say."""
    listed = variable.get("enum")
    choices = map(str, listed) if is_array(listed) else ()
    return str(variable["default"]), list(choices)
