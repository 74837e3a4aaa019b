"""A description as the plain tree that it is written in, and the places in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeGuard
from urllib.parse import unquote

from .diagnostics import Diagnostic, Location

Pointer = str
"""A JSON Pointer (RFC 6901): "" is the whole document, "/info/title" a part."""


class Source(Protocol):
    """A file that was read; it finds places in its text when it is asked."""

    @property
    def name(self) -> str:
        """The file as the user named it."""
        ...

    @property
    def content(self) -> bytes: ...

    def locate(self, pointer: Pointer) -> Location:
        """Find where a pointer stands, or the nearest thing above it that exists."""
        ...


@dataclass(frozen=True, slots=True)
class Node:
    """A place in a document; it is compared and hashed as a file and a pointer."""

    source: Source = field(repr=False)
    pointer: Pointer

    def locate(self) -> Location:
        return self.source.locate(self.pointer)


@dataclass(frozen=True, slots=True)
class Document:
    """One description: dicts, lists and scalars, as JSON has them.

    Mapping keys are strings throughout. Trees are shared between documents and are
    never changed.
    """

    source: Source
    root: dict[str, Any]
    origins: Mapping[Pointer, Node] = field(default_factory=dict[Pointer, Node])
    """Where a part came from that did not stand at its pointer in the source."""

    broken: Mapping[Pointer, tuple[Diagnostic, ...]] = field(
        default_factory=dict[Pointer, tuple[Diagnostic, ...]]
    )
    """The references to elsewhere that stand as they were written, as they can't be
    followed, by their pointers, and why not: as errors, which nobody was told of."""

    files: Mapping[str, bytes | None] = field(default_factory=dict[str, bytes | None])
    """What references to elsewhere led to, by name: its content, or None where there
    is nothing."""

    overlays: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    """The overlays that were applied, by name."""

    def node(self, pointer: Pointer) -> Node:
        """The place that a pointer of this document stands for."""
        if self.origins:
            for above in ancestors(pointer):
                if (origin := self.origins.get(above)) is not None:
                    rest = pointer[len(above) :]
                    return Node(origin.source, origin.pointer + rest)
        return Node(self.source, pointer)

    def pointers_of(self, node: Node) -> list[Pointer]:
        """The pointers that stand for a place: the inverse of `node`."""
        candidates = [node.pointer] if node.source is self.source else []
        for pointer, origin in self.origins.items():
            inside = f"{node.pointer}/".startswith(f"{origin.pointer}/")
            if inside and origin.source is node.source:
                candidates.append(pointer + node.pointer[len(origin.pointer) :])
        return [pointer for pointer in candidates if self.node(pointer) == node]

    def find(self, pointer: Pointer) -> Any:
        """The value at a pointer.

        Raises:
            LookupError: Nothing stands there.
        """
        value: Any = self.root
        for key in split_pointer(pointer):
            if is_object(value):
                value = value[key]
            elif is_array(value) and key.isdecimal():
                value = value[int(key)]
            else:
                raise LookupError(pointer)
        return value


def join_pointer(pointer: Pointer, *keys: str | int) -> Pointer:
    """Extend a pointer by keys, escaped as RFC 6901 section 3 says."""
    escaped = (str(key).replace("~", "~0").replace("/", "~1") for key in keys)
    return "/".join([pointer, *escaped])


def split_pointer(pointer: Pointer) -> list[str]:
    """The keys that a pointer consists of, unescaped."""
    keys = pointer.split("/")[1:]
    return [key.replace("~1", "/").replace("~0", "~") for key in keys]


def ancestors(pointer: Pointer) -> Iterator[Pointer]:
    """The pointer itself and each one above it, up to the whole document."""
    yield pointer
    while pointer:
        pointer = pointer.rpartition("/")[0]
        yield pointer


def pointer_of_reference(reference: str) -> Pointer | None:
    """The pointer that a reference into the same document has, else None.

    The fragment is percent-decoded (RFC 3986 section 3.5): "#/paths/~1a%20b".
    """
    if reference in ("", "#"):
        return ""
    return unquote(reference[1:]) if reference.startswith("#/") else None


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def find_object(document: Document, pointer: Pointer) -> dict[str, Any] | None:
    """The object at a pointer, if there is one."""
    try:
        found = document.find(pointer)
    except (LookupError, ValueError):
        return None
    return found if is_object(found) else None


def objects_in(value: object) -> Iterable[tuple[str, dict[str, Any]]]:
    """The members of an object that are objects themselves."""
    if is_object(value):
        for key, item in value.items():
            if is_object(item):
                yield key, item
