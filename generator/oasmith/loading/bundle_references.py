"""Finds what references lead to, in whichever file that is."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from ..document import Document, Pointer, is_array, is_object
from ..security_names import names_in
from ..suggestions import suggest_reference
from .bundle_files import Files
from .bundle_identifiers import IDENTIFIERS, Identifiers
from .problem import Broken, leads_nowhere

_ENDINGS = (".json", ".yaml", ".yml")


class Target(NamedTuple):
    """What a reference leads to."""

    document: Document
    pointer: Pointer
    value: Any


class Resolver:
    """Follows references, into whichever file."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._identifiers = Identifiers()

    def resolve(
        self, reference: str, document: Document, base: Pointer, place: Pointer
    ) -> Target | Broken:
        """Find what a reference leads to.

        Args:
            document: The one that has the reference.
            base: Of the object that has it, which identifiers may stand around.
            place: Of the reference itself.
        """
        uri, _, fragment = reference.partition("#")
        self._identifiers.add(document)
        if not uri:
            found, resource = document, self._identifiers.resource_of(document, base)
        elif known := self._identifiers.find(uri, document, base):
            found, resource = known
        else:
            loaded = self._files.load(uri, document, document.node(place))
            if isinstance(loaded, Broken):
                return loaded
            found, resource = loaded, ""
        self._identifiers.add(found)
        target = self._find(found, resource, unquote(fragment))
        if target is None:
            message = f'"{reference}" is a reference to nothing'
            help = suggest_reference(found, unquote(fragment), uri)
            return leads_nowhere(message, document.node(place), help)
        return target

    def has_identifier(self, document: Document, base: Pointer) -> bool:
        """Whether a place is in a schema that has an identifier of its own."""
        self._identifiers.add(document)
        return self._identifiers.resource_of(document, base) != ""

    def _find(
        self, document: Document, resource: Pointer, fragment: str
    ) -> Target | None:
        candidates = [resource + fragment]
        if fragment and not fragment.startswith("/"):
            try:
                anchored = self._identifiers.find_anchor(document, resource, fragment)
            except LookupError:
                return None
            candidates = [anchored]
        elif resource:
            # An "$id" makes "#/..." relative to the schema that has it, but many who
            # write one go on to refer from the document's root.
            candidates.append(fragment)
        for pointer in candidates:
            try:
                return Target(document, pointer, document.find(pointer))
            except (LookupError, ValueError):
                continue
        return None


def is_local(reference: str) -> bool:
    """Whether a reference is a pointer into the document that has it."""
    return reference == "#" or reference.startswith("#/")


def is_uri(name: str) -> bool:
    """Whether a name in the mapping of a discriminator is rather a reference."""
    return "/" in name or "#" in name or name.endswith(_ENDINGS)


def reference_to(pointer: Pointer) -> str:
    """A reference into the same document (RFC 6901 section 6)."""
    return "#" + quote(pointer, safe="/~!$&'()*+,;=:@")


def may_need_bundling(content: bytes) -> bool:
    """Whether a text has anything that `needs_bundling` looks for, at a glance."""
    return any(telling.search(content) for telling in _TELLING)


_TELLING = (
    re.compile(rb"""\$ref["']?+\s*+:\s*+(?!["']?\#[/"'])"""),
    re.compile(rb"\$(?:id|anchor|dynamic)"),
    re.compile(rb"""defaultMapping["']?+\s*+:\s*+(?!["']?\#/)"""),
    re.compile(
        rb"""
        mapping (?<!\wmapping) ["']?+\s*+:\s*+
        (?!\{ (?:\s*+"[^"]*+"\s*+:\s*+"\#/[^"]*+"\s*+,?+)*+ \})
        """,
        re.VERBOSE,
    ),
    re.compile(
        rb"""
        \# (?<= [^"'\s{,\[] \#) (?: [^"'\s:\#]++ | :(?=\S) )*+
        ["']?+ \s*+ : \s*+ [\[\-*&]
        """,
        re.VERBOSE,
    ),
    re.compile(rb"""\.(?:json|ya?ml)["']?+\s*+:\s*+[\[\-*&]"""),
    re.compile(rb"\\[uUx](?:00)*+(?:2[34eE]|[46-7])"),
    re.compile(rb"\x00"),
)
"""References to elsewhere, names of schemas, mappings to more than local references,
requirements of security schemes elsewhere;
escapes of dollars and letters, and UTF-16, which may hide them.

Each begins with what is searched for at once; the stars give nothing back, so that no
text takes long."""


def needs_bundling(root: dict[str, Any]) -> bool:
    """Whether anything may be referred to otherwise than by a pointer.

    What only looks like a reference counts as well: this is to be quick.
    """
    waiting: list[Any] = [root]
    while waiting:
        value = waiting.pop()
        if is_object(value):
            for key, item in value.items():
                if isinstance(item, str):
                    if (key == "$ref" and not is_local(item)) or key in _NAMING:
                        return True
                    if key == "defaultMapping" and _leads_out(item):
                        return True
                elif _names_elsewhere(key, item):
                    return True
                else:
                    waiting.append(item)
        elif is_array(value):
            waiting += value
    return False


_NAMING = IDENTIFIERS | {"$dynamicRef"}


def _maps_out(mapping: dict[str, Any]) -> bool:
    return any(isinstance(item, str) and _leads_out(item) for item in mapping.values())


def _names_elsewhere(key: str, value: object) -> bool:
    """Whether a mapping of tags, or requirements of security, refer to elsewhere."""
    if key == "mapping" and is_object(value):
        return _maps_out(value)
    names = names_in(value) if key == "security" else ()
    return any(
        "#" in name or name.endswith(_ENDINGS) for name in names if not is_local(name)
    )


def _leads_out(name: str) -> bool:
    return is_uri(name) and not is_local(name)
