"""Reads references that stand in place of paths, components, or a section of these.

OpenAPI has none there, but many tools follow them. Such a map becomes one of
references, each to a member of what it refers to, as if they had been written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from ..diagnostics import Diagnostics
from ..document import (
    Document,
    Pointer,
    find_object,
    is_object,
    join_pointer,
    objects_in,
)
from .addresses import is_remote
from .bundle_changes import change_tree
from .bundle_files import Files
from .bundle_references import Target, reference_to
from .problem import Broken, leads_nowhere

_AT_THE_TOP = (
    "components",
    "paths",
    "webhooks",
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
)


def refers_as_a_whole(document: Document) -> bool:
    """Whether a reference stands in place of any such map; found at once."""
    return next(_maps(document), None) is not None


def spread_maps(document: Document, files: Files, diagnostics: Diagnostics) -> Document:
    """A document in which each member refers for itself.

    Args:
        diagnostics: Gets a warning for each such reference, or an error, as all else
            that is asked for may be behind it.
    """
    seen: set[Pointer] = set()
    while (pointer := next(_maps(document, seen), None)) is not None:
        seen.add(pointer)
        place = document.node(join_pointer(pointer, "$ref"))
        target = _follow(document, pointer, files)
        if isinstance(target, Broken):
            for reason in target.reasons:
                diagnostics.add(reason)
            continue
        message = f'a reference stands in place of "{pointer[1:]}"; it is followed'
        diagnostics.warning(
            "repair[misplaced-reference]", message, place, help="refer member by member"
        )
        own = find_object(document, pointer) or {}
        members = {key: item for key, item in own.items() if key != "$ref"}
        is_extensible = pointer in ("/paths", "/components")
        spread = _references(target, document, is_extensible) | members
        root = change_tree(document.root, [(pointer, spread)])
        document = replace(document, root=root)
    return document


def _maps(document: Document, seen: set[Pointer] | None = None) -> Iterator[Pointer]:
    """The pointers of those maps that refer, from outside inwards."""
    places = [(f"/{key}", document.root.get(key)) for key in _AT_THE_TOP]
    components = document.root.get("components")
    places += [
        (join_pointer("/components", key), section)
        for key, section in objects_in(components)
        if not key.startswith("x-")
    ]
    for pointer, value in places:
        is_reference = is_object(value) and isinstance(value.get("$ref"), str)
        if is_reference and pointer not in (seen or ()):
            yield pointer


def _follow(document: Document, pointer: Pointer, files: Files) -> Target | Broken:
    """What such a reference leads to in the end."""
    found = Target(document, pointer, document.find(pointer))
    passed: set[tuple[str, Pointer]] = set()
    while is_object(found.value) and isinstance(found.value.get("$ref"), str):
        reference: str = found.value["$ref"]
        node = found.document.node(join_pointer(found.pointer, "$ref"))
        uri, _, fragment = reference.partition("#")
        loaded = files.load(uri, found.document, node) if uri else found.document
        if isinstance(loaded, Broken):
            return loaded
        target, key = unquote(fragment), (loaded.source.name, unquote(fragment))
        try:
            found = Target(loaded, target, loaded.find(target))
        except (LookupError, ValueError):
            return leads_nowhere(f'"{reference}" is a reference to nothing', node)
        if key in passed or not is_object(found.value):
            message = f'"{reference}" is no object, or one that holds itself'
            return leads_nowhere(message, node)
        passed.add(key)
    return found


def _references(
    target: Target, document: Document, is_extensible: bool
) -> dict[str, Any]:
    """A reference to each member of an object; extensions are taken as they are.

    Args:
        is_extensible: Whether "x-..." is an extension there, not a name.
    """
    uri = ""
    if target.document.source.name != document.source.name:
        uri = target.document.source.name
        if not is_remote(uri):
            folder = os.path.dirname(document.source.name) or os.curdir
            uri = quote(os.path.relpath(uri, folder).replace(os.sep, "/"))
    return {
        key: (
            item
            if is_extensible and key.startswith("x-")
            else {"$ref": uri + reference_to(join_pointer(target.pointer, key))}
        )
        for key, item in target.value.items()
    }
