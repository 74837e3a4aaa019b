"""What some operations of a description reach through references."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from ..document import (
    Document,
    Pointer,
    find_object,
    is_array,
    is_object,
    join_pointer,
    pointer_of_reference,
    split_pointer,
)
from ..grammar import has_default_mapping
from ..inheritance import Heirs, all_heirs, find_heirs, parts_of, schemas_section
from ..path_items import methods_of, operations_in, path_item_parts
from ..security_names import find_scheme
from .select import OperationSummary


@dataclass(frozen=True, slots=True)
class Reach:
    whole: Collection[Pointer]
    """Components, and sections of them, that are needed as they are."""

    path_items: Collection[Pointer]
    """Path items of which all is needed that is no operation."""

    operations: Collection[Pointer]
    """Operations of these path items that are needed."""

    selected: Collection[Pointer]
    """Operations that were asked for; the others only hold what is referred to."""


def find_reach(
    document: Document, selected: Iterable[OperationSummary], paths: Iterable[str] = ()
) -> Reach:
    """Follow references, discriminators and security requirements to their end.

    Args:
        selected: The operations asked for.
        paths: Paths of which all that is no operation is kept, whatever it is.

    Schemas can also be reached by "$id", "$anchor" and "$dynamicRef", whose meaning
    depends on where one comes from. All schemas are needed when any of these is.
    """
    search = _Search(document)
    summaries = tuple(selected)
    for summary in summaries:
        search.add_path(summary.path)
        search.add_operation(summary.pointer)
    for path in paths:
        search.add_path(path)
        search.add_what_is_no_operation(path)
    search.add_security(document.root.get("security"))
    search.run()
    return Reach(
        search.whole,
        search.path_items,
        search.operations,
        {summary.pointer for summary in summaries},
    )


class _Search:
    """What is known to be needed so far, and what is still to be read of it."""

    def __init__(self, document: Document) -> None:
        self.whole: set[Pointer] = set()
        self.path_items: set[Pointer] = set()
        self.operations: set[Pointer] = set()
        self._document = document
        self._methods = methods_of(document)
        self._schemas = schemas_section(document)
        version = str(document.root.get("openapi", "2.0"))
        self._has_default_mapping = has_default_mapping(document.root)
        self._has_identifiers = not version.startswith(("2", "3.0"))
        written = map(document.find, document.broken)
        self._broken = {each for each in written if isinstance(each, str)}
        self._heirs: Heirs | None = None
        self._unread: list[Any] = []

    def add_path(self, path: str) -> None:
        """Keep a path item, but none of its operations."""
        pointer = join_pointer("/paths", path)
        item = find_object(self._document, pointer)
        if item is None or pointer in self.path_items:
            return
        for place, part in path_item_parts(self._document, item, pointer):
            if place.startswith(("/paths/", "/components/pathItems/")):
                self._add_path_item(place, part)
            else:
                self._add(place)

    def add_what_is_no_operation(self, path: str) -> None:
        """Keep what stands where a path item or an operation belongs."""
        pointer = join_pointer("/paths", path)
        if (item := find_object(self._document, pointer)) is None:
            self.whole.add(pointer)
            return
        for place, part in path_item_parts(self._document, item, pointer):
            for key, value in part.items():
                if key in self._methods and not is_object(value):
                    self.operations.add(join_pointer(place, key))

    def add_operation(self, pointer: Pointer) -> None:
        if pointer not in self.operations:
            self.operations.add(pointer)
            self._unread.append(find_object(self._document, pointer))

    def add_security(self, requirements: object) -> None:
        """Keep the schemes that are named (in 3.2 a name may be a reference)."""
        if not is_array(requirements):
            return
        for requirement in filter(is_object, requirements):
            for name in requirement:
                self._add(find_scheme(self._document, name) or "")

    def run(self) -> None:
        """Read everything that is kept, until nothing is added."""
        while self._unread:
            value = self._unread.pop()
            if is_object(value):
                for key, item in value.items():
                    if isinstance(item, str):
                        self._read_string(key, item)
                    else:
                        self._read_container(key, item)
            elif is_array(value):
                self._unread += value

    def _read_string(self, key: str, value: str) -> None:
        if key == "$ref":
            pointer = pointer_of_reference(value)
            if pointer is not None:
                self._add(pointer)
            elif value not in self._broken:
                self._add(self._schemas)
        elif key in ("$id", "$dynamicRef") and self._has_identifiers:
            self._add(self._schemas)

    def _read_container(self, key: str, value: object) -> None:
        if key == "discriminator" and is_object(value):
            self._add_mapping(value)
        elif key == "security":
            self.add_security(value)
        if isinstance(value, dict | list):
            self._unread.append(value)

    def _add_mapping(self, discriminator: dict[str, Any]) -> None:
        """Keep what a discriminator names; a name of a schema is one before a URI."""
        mapping = discriminator.get("mapping")
        named = list(mapping.values()) if is_object(mapping) else []
        if self._has_default_mapping:
            named.append(discriminator.get("defaultMapping"))
        for target in named:
            if isinstance(target, str):
                pointer = pointer_of_reference(target)
                self._add(pointer or join_pointer(self._schemas, target))

    def _add(self, pointer: Pointer) -> None:
        """Keep the component that a pointer leads to or into, if there is one."""
        keys = split_pointer(pointer)
        if not keys or keys == ["paths"]:
            return
        if keys[0] == "paths":
            self._add_in_path(keys)
            return
        unit = join_pointer("", *keys[: self._depth_of_units(keys[0])])
        section = unit.rpartition("/")[0]
        if unit in self.whole or section in self.whole:
            return
        try:
            value = self._document.find(unit)
        except (LookupError, ValueError):
            return
        self.whole.add(unit)
        self._unread.append(value)
        if section == self._schemas and _has_discriminator(value):
            self._add_heirs(unit)

    def _depth_of_units(self, key: str) -> int:
        if key == "components":
            return 3
        return 2 if is_object(self._document.root.get(key)) else 1

    def _add_heirs(self, pointer: Pointer) -> None:
        """Keep the schemas that extend one with a discriminator, and theirs."""
        if self._heirs is None:
            self._heirs = find_heirs(self._document)
        for heir in all_heirs(self._heirs, pointer):
            self._add(heir)

    def _add_in_path(self, keys: list[str]) -> None:
        """Keep the operation that something referred to stands in."""
        place = join_pointer("", *keys[:2])
        item = find_object(self._document, place)
        if item is None:
            return
        self._add_path_item(place, item)
        target = join_pointer("", *keys) + "/"
        for _, _, operation in operations_in(item, place, self._methods):
            if len(keys) == 2 or target.startswith(operation + "/"):
                self.add_operation(operation)

    def _add_path_item(self, place: Pointer, item: dict[str, Any]) -> None:
        if place not in self.path_items:
            self.path_items.add(place)
            self._unread += [
                value
                for key, value in item.items()
                if key not in self._methods and key != "additionalOperations"
            ]


def _has_discriminator(schema: object) -> bool:
    if not is_object(schema):
        return False
    return "discriminator" in schema or any(map(_has_discriminator, parts_of(schema)))
