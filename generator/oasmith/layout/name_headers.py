"""Names the classes of typed headers, and what is in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from ..document import Pointer, join_pointer
from .allocator import Allocator
from .names import class_case, snake_case, split_words
from .package import Group, HeadersClass, OperationModule, Symbol
from .reserved import HEADERS, MODEL_NAMES

_CLASSES = "header_classes"


def kept_header_classes(
    groups: Collection[Group], allocator: Allocator
) -> frozenset[str]:
    """The classes that an earlier run named, which no model may be called."""
    return allocator.kept(_CLASSES, _wanted_classes(groups))


def name_headers(
    groups: Collection[Group], models: Collection[str], allocator: Allocator
) -> tuple[Group, ...]:
    """Give the operations their classes of headers, each called as no model is."""
    reserved = MODEL_NAMES.union(models)
    classes: dict[Pointer, str] = {}
    for pointer, wanted in _wanted_classes(groups).items():
        # Each has a module of its own; operations of two groups may be called alike.
        classes |= allocator.allocate_any(_CLASSES, {pointer: wanted}, reserved)
    return tuple(
        replace(
            group,
            operations=tuple(
                _with_headers(each, classes, allocator) for each in group.operations
            ),
        )
        for group in groups
    )


def _wanted_classes(groups: Collection[Group]) -> dict[Pointer, str]:
    return {
        each.operation.pointer: class_case(
            [*split_words(each.function), "headers"], "Operation"
        )
        for group in groups
        for each in group.operations
        if each.operation.headers
    }


def _with_headers(
    module: OperationModule, classes: Mapping[Pointer, str], allocator: Allocator
) -> OperationModule:
    name = classes.get(module.operation.pointer)
    if name is None:
        return module
    keys = {
        join_pointer(module.operation.pointer, "headers", each.name.lower()): each.name
        for each in module.operation.headers
    }
    wanted = {key: snake_case(split_words(each), "value") for key, each in keys.items()}
    fields = allocator.allocate_any("headers", wanted, HEADERS)
    named = {keys[key].lower(): field for key, field in fields.items()}
    return replace(module, headers=HeadersClass(Symbol(module.module, name), named))
