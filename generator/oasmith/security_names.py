"""Which security scheme a requirement names: by name, or by reference since 3.2."""

from __future__ import annotations

from .document import (
    Document,
    Pointer,
    find_object,
    join_pointer,
    pointer_of_reference,
    split_pointer,
)
from .grammar import version_of

_SECTIONS = ("/components/securitySchemes", "/securityDefinitions")


def find_scheme(document: Document, named: str) -> Pointer | None:
    """Where the scheme is declared that a requirement names, if it is in the document.

    A name goes before a reference (OpenAPI 3.2.0 section 4.30).
    """
    for section in _SECTIONS:
        pointer = join_pointer(section, named)
        if find_object(document, pointer) is not None:
            return pointer
    if version_of(document.root) != "3.2":
        return None
    own = document.root.get("$self")
    if isinstance(own, str):
        named = f"#{named[len(own) + 1 :]}" if named.startswith(f"{own}#") else named
    pointer = pointer_of_reference(named) or ""
    is_scheme = len(split_pointer(pointer)) == 3 and pointer.startswith(_SECTIONS[0])
    return pointer if is_scheme and find_object(document, pointer) else None
