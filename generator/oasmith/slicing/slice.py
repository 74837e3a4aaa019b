"""Cuts a description down to some operations and what these reach.

The slice is a valid description of its own. What is kept stands at the pointer that it
had; components and operations are the very same objects. Decided on the way:

- A component is kept whole when a reference leads to it or into it.
- An operation that was not asked for, but holds what a reference leads to, is kept
  whole and marked with UNSELECTED: the reference resolves, the slice stays valid, and
  no operation is listed for it. What such an operation reaches is kept too.
- Paths that share one path item by reference also share what is selected in it.
- Webhooks are dropped, and extensions at the top of which some part refers to anything.
- A path item that can't be read may hold what was asked for: it is kept, unless the
  patterns say that it does not.
- References that lead nowhere are left for later stages to tell.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..diagnostics import Diagnostics
from ..document import Document, Pointer, is_array, is_object, join_pointer, objects_in
from ..path_items import UNSELECTED, methods_of
from .reach import Reach, find_reach
from .select import (
    Selection,
    list_operations,
    may_select,
    select_operations,
    unread_paths,
)

_LIBRARIES = frozenset(
    {"definitions", "parameters", "responses", "securityDefinitions", "webhooks"}
)
"""Members at the top of which only what is reached is kept; so of "components"."""

_FIXED = frozenset({"info", "servers", "security", "externalDocs"})
"""Members that may be long and never refer to anything."""


def slice_document(
    document: Document, selection: Selection, diagnostics: Diagnostics
) -> Document:
    """The selected operations, or all, with whatever they need.

    Takes time in proportion to what is kept, and to the number of operations.
    """
    unread = unread_paths(document)
    selected = select_operations(
        list_operations(document), selection, diagnostics, unread
    )
    wanted = [path for path in unread if may_select(selection, path)]
    reach = find_reach(document, selected, wanted)
    if not selection.patterns:
        _warn_of_webhooks(document, diagnostics)
    root: dict[str, Any] = {}
    for key, value in document.root.items():
        pointer = join_pointer("", key)
        if key == "paths" and is_object(value):
            root[key] = _cut_path_items(value, pointer, document, reach)
        elif key == "components" and is_object(value):
            root |= _unless_empty(key, _cut_components(value, document, reach))
        elif key == "tags" and is_array(value):
            used = {tag for operation in selected for tag in operation.tags}
            root |= _unless_empty(key, _cut_tags(value, used))
        elif pointer in reach.whole or not _is_library(key, value):
            root[key] = value
        else:
            root |= _unless_empty(key, _cut_library(value, pointer, reach))
    if str(root.get("openapi", "2")).startswith(("3.1", "3.2")):
        # Only they may do without paths, but not without what was cut off here.
        root.setdefault("paths", {})
    return replace(document, root=root)


def _warn_of_webhooks(document: Document, diagnostics: Diagnostics) -> None:
    """Tell what is dropped, where everything was asked for."""
    for name, _ in objects_in(document.root.get("webhooks")):
        diagnostics.warning(
            "unsupported-webhook",
            f'nothing is made to receive "{name}"',
            document.node(join_pointer("/webhooks", name)),
        )


def _cut_path_items(
    items: dict[str, Any], parent: Pointer, document: Document, reach: Reach
) -> dict[str, Any]:
    methods = methods_of(document)
    kept: dict[str, Any] = {}
    for path, item in items.items():
        pointer = join_pointer(parent, path)
        if pointer in reach.whole:
            kept[path] = item
        elif pointer in reach.path_items:
            kept[path] = _cut_path_item(item, pointer, methods, reach)
    return kept


def _cut_path_item(
    item: dict[str, Any], parent: Pointer, methods: frozenset[str], reach: Reach
) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in item.items():
        pointer = join_pointer(parent, key)
        if key == "additionalOperations" and "query" in methods:
            more = {
                method: _marked(operation, place, reach)
                for method, operation in objects_in(value)
                if (place := join_pointer(pointer, method)) in reach.operations
            }
            kept |= _unless_empty(key, more)
        elif key not in methods:
            kept[key] = value
        elif pointer in reach.operations:
            kept[key] = _marked(value, pointer, reach)
    return kept


def _marked(operation: Any, pointer: Pointer, reach: Reach) -> Any:
    if pointer in reach.selected or not is_object(operation):
        return operation
    return {**operation, UNSELECTED: True}


def _cut_components(
    components: dict[str, Any], document: Document, reach: Reach
) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for kind, section in components.items():
        pointer = join_pointer("/components", kind)
        if pointer in reach.whole:
            kept[kind] = section
        elif kind == "pathItems" and is_object(section):
            items = _cut_path_items(section, pointer, document, reach)
            kept |= _unless_empty(kind, items)
        else:
            kept |= _unless_empty(kind, _cut_library(section, pointer, reach))
    return kept


def _cut_library(library: object, pointer: Pointer, reach: Reach) -> dict[str, Any]:
    if not is_object(library):
        return {}
    return {
        name: item
        for name, item in library.items()
        if join_pointer(pointer, name) in reach.whole
    }


def _cut_tags(tags: list[Any], used: set[str]) -> list[Any]:
    """The tags that are used, and in OpenAPI 3.2 those that they stand under."""
    parents = {
        tag["name"]: tag.get("parent")
        for tag in tags
        if is_object(tag) and isinstance(tag.get("name"), str)
    }
    kept: set[str] = set()
    for name in used:
        above: object = name
        # Whatever stands there as a parent may be no name at all.
        while isinstance(above, str) and above in parents and above not in kept:
            kept.add(above)
            above = parents[above]
    return [tag for tag in tags if is_object(tag) and _name_of(tag) in kept]


def _name_of(tag: dict[str, Any]) -> str | None:
    name = tag.get("name")
    return name if isinstance(name, str) else None


def _unless_empty(key: str, value: dict[str, Any] | list[Any]) -> dict[str, Any]:
    return {key: value} if value else {}


def _is_library(key: str, value: object) -> bool:
    return key in _LIBRARIES or (key not in _FIXED and _has_reference(value))


def _has_reference(value: object) -> bool:
    unread = [value]
    while unread:
        found = unread.pop()
        if is_object(found):
            if isinstance(found.get("$ref"), str):
                return True
            unread.extend(found.values())
        elif is_array(found):
            unread.extend(found)
    return False
