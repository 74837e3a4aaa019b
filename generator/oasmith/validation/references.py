"""Finds out whether a reference leads to something in the same document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from ..document import Document, Pointer, ancestors, pointer_of_reference
from ..grammar import Part

Answer = Literal["found", "missing", "external"]


class References:
    """What references in a document may lead to: places, anchors, identifiers.

    Args:
        parts: All of the document, as `walk` gives it.
    """

    def __init__(self, document: Document, parts: Iterable[Part]) -> None:
        self._document = document
        self._self = document.root.get("$self")
        self._anchors: set[str] = set()
        self._ids: dict[Pointer, str] = {}
        self._answers: dict[str, Answer] = {}
        for part in parts:
            if part.kind == "Schema":
                self._remember(part)

    def look_up(self, reference: str, base: Pointer) -> Answer:
        """Where a reference leads.

        Args:
            reference: A URI-reference (RFC 3986 section 4.1), or a bare name, as the
                mapping of a discriminator may have.
            base: Where the object stands that has the reference.
        """
        resources = [
            above for above in ancestors(base) if self._ids and above in self._ids
        ]
        if not resources:
            if reference not in self._answers:
                self._answers[reference] = self._look_in("", reference)
            return self._answers[reference]
        # A "$id" makes "#/..." relative to the schema that has it, but many authors
        # who write one go on to refer from the document's root.
        answers = {self._look_in(above, reference) for above in [*resources, ""]}
        for answer in _BEST_FIRST:
            if answer in answers:
                return answer
        raise AssertionError(answers)

    def _remember(self, part: Part) -> None:
        for keyword in ("$anchor", "$dynamicAnchor"):
            anchor = part.value.get(keyword)
            if isinstance(anchor, str):
                self._anchors.add(anchor)
        identifier = part.value.get("$id")
        if isinstance(identifier, str):
            self._ids[part.pointer] = identifier.removesuffix("#")

    def _look_in(self, resource: Pointer, reference: str) -> Answer:
        if isinstance(self._self, str) and reference.startswith(f"{self._self}#"):
            reference = reference[len(self._self) :]
        pointer = pointer_of_reference(reference)
        if pointer is not None:
            try:
                self._document.find(resource + pointer)
            except LookupError:
                return "missing"
            return "found"
        uri, _, fragment = reference.partition("#")
        if uri in self._ids.values() or (not uri and fragment in self._anchors):
            return "found"
        return "missing" if not uri or _is_name(uri) else "external"


_BEST_FIRST: tuple[Answer, ...] = ("found", "missing", "external")


def _is_name(uri: str) -> bool:
    """Whether it is the name of a component rather than a file."""
    has_suffix = uri.lower().endswith((".json", ".yaml", ".yml"))
    return bool(re.fullmatch(r"[\w.\-]+", uri)) and not has_suffix
