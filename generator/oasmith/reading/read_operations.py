"""Reads operations: what every version of OpenAPI says in the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from ..diagnostics import Diagnostics
from ..document import (
    Document,
    Node,
    Pointer,
    is_array,
    is_object,
    join_pointer,
    objects_in,
    pointer_of_reference,
    split_pointer,
)
from ..path_items import UNSELECTED, methods_of, operations_in, path_item_parts
from ..security_names import find_scheme
from .read_pagination import read_pagination
from .read_schema import SchemaReader
from .spec import Operation, Parameter, RequestBody, Response, Server


@dataclass(frozen=True, slots=True)
class Reader:
    document: Document
    diagnostics: Diagnostics
    schema_reader: SchemaReader

    def node(self, pointer: Pointer) -> Node:
        return self.document.node(pointer)


class Scope(NamedTuple):
    """An operation, and what it is read with."""

    item: Mapping[str, Any]
    """The path item around it."""

    operation: Mapping[str, Any]
    pointer: Pointer
    """Of the operation."""

    parameters: tuple[tuple[Mapping[str, Any], Pointer], ...]
    """Its own and the path item's that it does not replace, each with its pointer."""


class Wire(NamedTuple):
    """What an operation sends and gets, which 2.0 and 3.x say each in its own way."""

    parameters: tuple[Parameter, ...]
    body: RequestBody | None
    responses: tuple[Response, ...]
    servers: tuple[Server, ...]


def read_operations(
    reader: Reader, read_wire: Callable[[Reader, Scope], Wire]
) -> tuple[Operation, ...]:
    """Read every operation, in the document's order."""
    document = reader.document
    methods = methods_of(document)
    return tuple(
        replace(
            _read_operation(reader, (path, method), scope, read_wire(reader, scope)),
            # Paths may share an item by reference, and each has operations of its own.
            pointer=home + pointer[len(place) :],
        )
        for path, item in objects_in(document.root.get("paths"))
        if not path.startswith("x-")
        for home in [join_pointer("/paths", path)]
        for place, part in path_item_parts(document, item, home)
        for method, raw, pointer in operations_in(part, place, methods)
        if UNSELECTED not in raw
        for scope in [_scope_of(reader, (part, place), (raw, pointer))]
    )


def resolve(
    reader: Reader, raw: Mapping[str, Any], pointer: Pointer
) -> tuple[Mapping[str, Any], Pointer]:
    """Follow references, to anything but schemas, to what they stand for.

    That one leads nowhere is for `check_semantics` to tell.
    """
    seen: set[Pointer] = set()
    while isinstance(reference := raw.get("$ref"), str):
        target = pointer_of_reference(reference)
        if target is None:
            return {}, pointer
        try:
            found = reader.document.find(target)
        except (LookupError, ValueError):
            return {}, pointer
        if target in seen or not is_object(found):
            problem = "a part of itself" if target in seen else "no object"
            message = f'"{reference}" refers to what is {problem}'
            reader.diagnostics.error(
                "unresolved-reference", message, reader.node(pointer)
            )
            return {}, pointer
        seen.add(target)
        raw, pointer = found, target
    return raw, pointer


def quote_names(names: Sequence[str]) -> str:
    """List names as messages do."""
    return ", ".join(f'"{name}"' for name in names)


def _scope_of(
    reader: Reader,
    item: tuple[Mapping[str, Any], Pointer],
    operation: tuple[Mapping[str, Any], Pointer],
) -> Scope:
    found: dict[tuple[str, str], tuple[Mapping[str, Any], Pointer]] = {}
    for owner, above in (item, operation):
        listed = owner.get("parameters")
        for index, written in enumerate(listed if is_array(listed) else []):
            if is_object(written):
                place = join_pointer(above, "parameters", index)
                raw, pointer = resolve(reader, written, place)
                found[(str(raw.get("in")), str(raw.get("name")))] = raw, pointer
    return Scope(item[0], *operation, tuple(found.values()))


def _read_operation(
    reader: Reader, endpoint: tuple[str, str], scope: Scope, wire: Wire
) -> Operation:
    raw = scope.operation
    path, method = endpoint
    operation_id = raw.get("operationId")
    tags = raw.get("tags")
    _warn_of_callbacks(reader, scope)
    return Operation(
        pointer=scope.pointer,
        method=method,
        path=path,
        operation_id=operation_id if isinstance(operation_id, str) else None,
        tags=tuple(str(tag) for tag in tags) if is_array(tags) else (),
        summary=str(raw.get("summary", "")),
        description=str(raw.get("description", "")),
        deprecated=raw.get("deprecated") is True,
        parameters=wire.parameters,
        body=wire.body,
        responses=wire.responses,
        security=_read_security(reader, raw),
        servers=wire.servers,
        pagination=read_pagination(
            raw,
            lambda key: reader.node(join_pointer(scope.pointer, key)),
            reader.diagnostics,
        ),
    )


def _warn_of_callbacks(reader: Reader, scope: Scope) -> None:
    names = [name for name, _ in objects_in(scope.operation.get("callbacks"))]
    if names:
        reader.diagnostics.warning(
            "unsupported-callback",
            f"nothing is made to receive {quote_names(names)}",
            reader.node(join_pointer(scope.pointer, "callbacks")),
        )


def _read_security(
    reader: Reader, raw: Mapping[str, Any]
) -> tuple[tuple[str, ...], ...]:
    """Read the alternatives; none at all is one that needs nothing."""
    written = raw.get("security", reader.document.root.get("security"))
    alternatives = [
        tuple(_scheme_name(reader, name) for name in alternative)
        for alternative in (written if is_array(written) else [])
        if is_object(alternative)
    ]
    return tuple(dict.fromkeys(alternatives)) or ((),)


def _scheme_name(reader: Reader, named: str) -> str:
    """The name of a scheme that a requirement may also refer to."""
    pointer = find_scheme(reader.document, named)
    return named if pointer is None else split_pointer(pointer)[-1]
