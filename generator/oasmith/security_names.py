"""Which security schemes requirements name: by name, or by reference since 3.2."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .document import (
    Document,
    Pointer,
    find_object,
    is_array,
    is_object,
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


def may_be_reference(document: Document, name: str) -> bool:
    """Whether what a requirement names is no declared scheme, and looks like a URI."""
    if "/" not in name and "#" not in name and "." not in name:
        return False
    return find_object(document, join_pointer(_SECTIONS[0], name)) is None


def rename_schemes(security: object, rename: Callable[[int, str], str]) -> object:
    """Requirements with other names in them.

    Args:
        rename: Takes the number of an alternative and a name that it has.
    """
    if not is_array(security):
        return security
    return [
        (
            {rename(index, name): scopes for name, scopes in required.items()}
            if is_object(required)
            else required
        )
        for index, required in enumerate(security)
    ]


def names_in(security: object) -> Iterator[str]:
    """What the requirements name."""
    for required in security if is_array(security) else ():
        yield from required if is_object(required) else ()
