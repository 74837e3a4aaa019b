"""The names that schemas give themselves: "$id", "$anchor" and "$dynamicAnchor"."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urljoin

from ..document import Document, Pointer, ancestors
from ..grammar import Kind, Part, parts_of, version_of

IDENTIFIERS = frozenset({"$id", "$anchor", "$dynamicAnchor"})
"""Members of schemas of OpenAPI 3.1 and later (JSON Schema 2020-12, section 8.2)."""

Place = tuple[Document, Pointer]


@dataclass(slots=True)
class _Names:
    """The names that one document has."""

    ids: dict[Pointer, str] = field(default_factory=dict[Pointer, str])
    anchors: dict[tuple[Pointer, str], Pointer] = field(
        default_factory=dict[tuple[Pointer, str], Pointer]
    )
    """By the resource that an anchor is in and its name."""


class Identifiers:
    """What the identifiers of the documents read so far stand for."""

    def __init__(self) -> None:
        self._names: dict[str, _Names] = {}
        self._places: dict[str, Place] = {}

    def add(self, document: Document) -> None:
        """Remember the names in a document, once."""
        if document.source.name in self._names:
            return
        names = self._names[document.source.name] = _Names()
        own = document.root.get("$self")  # OpenAPI 3.2, section 4.1.1
        if isinstance(own, str):
            self._register(names, document, "", own)
        kind: Kind = "Schema" if version_of(document.root) is None else "OpenAPI"
        waiting = [Part(kind, "", document.root)]
        while waiting:
            part = waiting.pop()
            if part.kind == "Schema" and not IDENTIFIERS.isdisjoint(part.value):
                self._add_schema(names, document, part)
            waiting.extend(reversed(list(parts_of(part))))

    def find(self, uri: str, document: Document, base: Pointer) -> Place | None:
        """The schema or document that has a URI.

        Args:
            base: Where the reference stands, which is relative to the identifiers
                around it.
        """
        names = self._names[document.source.name]
        return self._places.get(_absolute(names, base, uri))

    def resource_of(self, document: Document, base: Pointer) -> Pointer:
        """The nearest schema around a place that has an "$id", or the document."""
        ids = self._names[document.source.name].ids
        return next((above for above in ancestors(base) if above in ids), "")

    def find_anchor(self, document: Document, resource: Pointer, name: str) -> Pointer:
        """The schema that has an anchor: in the resource, or else anywhere.

        Raises:
            LookupError: None has it.
        """
        anchors = self._names[document.source.name].anchors
        if (resource, name) in anchors:
            return anchors[resource, name]
        for (_, anchor), pointer in anchors.items():
            if anchor == name:
                return pointer
        raise LookupError(name)

    def _add_schema(self, names: _Names, document: Document, part: Part) -> None:
        identifier = part.value.get("$id")
        if isinstance(identifier, str):
            self._register(names, document, part.pointer, identifier)
        resource = self.resource_of(document, part.pointer)
        for keyword in ("$anchor", "$dynamicAnchor"):
            anchor = part.value.get(keyword)
            if isinstance(anchor, str):
                names.anchors.setdefault((resource, anchor), part.pointer)

    def _register(
        self, names: _Names, document: Document, pointer: Pointer, identifier: str
    ) -> None:
        full = _absolute(names, pointer, identifier.removesuffix("#"))
        names.ids[pointer] = full
        self._places.setdefault(full, (document, pointer))


def _absolute(names: _Names, base: Pointer, uri: str) -> str:
    """A URI in full, as far as the identifiers around it go (RFC 3986 section 5)."""
    above = next((each for each in ancestors(base) if each in names.ids), None)
    return uri if above is None else urljoin(names.ids[above], uri)
