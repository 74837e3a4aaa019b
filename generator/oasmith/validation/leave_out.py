"""Leaves out of a description what is at fault, so that the rest of it can be used.

Three rules decide on what goes, from the fault's place outwards:

- A fault within a schema makes that schema, and no more of it, one of any value.
- What only adds to something (a header of a response, an example, a tag of a
  discriminator, one of several alternatives of `security`, ...) is left out alone.
- Any other fault leaves out the operation that has it. A component goes, and with it
  the operations that refer to it.

What only describes the whole (`info`, say) stays, as a client needs none of it. Any
other fault above the operations ends the run: it may change where a request goes.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any, NamedTuple

from ..diagnostics import Diagnostic
from ..document import (
    Document,
    Node,
    Pointer,
    ancestors,
    is_array,
    pointer_of_reference,
    split_pointer,
)
from ..grammar import Part, parts_of
from .edit import Drop, Edit, Keep, Put, apply_edits

Examine = Callable[[Document], Iterable[Diagnostic]]
"""Finds all that is wrong with a document."""


class LeftOut(NamedTuple):
    """A part of a description that nothing is made of."""

    kind: str
    place: Node
    fault: Diagnostic
    """Why; its help says what became of the part."""


def leave_out_faults(
    document: Document, examine: Examine
) -> tuple[Document, tuple[LeftOut, ...]]:
    """Leave out what is at fault, until nothing is found that can be."""
    left_out: list[LeftOut] = []
    gone: dict[Pointer, Diagnostic] = {}
    while True:
        plan = _Plan(document, gone)
        for fault in examine(document):
            if fault.severity == "error":
                plan.add(fault)
        pieces = plan.settle()
        if not pieces:
            return document, tuple(dict.fromkeys(left_out))
        left_out += plan.record(pieces)
        document = _without(document, pieces)


def as_far_as_harmful(fault: Diagnostic) -> Diagnostic:
    """A fault that could not be left out: a warning where a client can do with it."""
    if isinstance(fault.place, Node):
        member = fault.place.pointer.split("/")[1:2]
        if member in (["info"], ["tags"], ["externalDocs"]):
            return fault._replace(severity="warning")
    return fault


class _Piece(NamedTuple):
    """Something to leave out."""

    kind: str
    """A kind of the grammar, or "SecurityRequirement"."""

    pointer: Pointer
    operations: tuple[Pointer, ...] = ()
    """Those in a path item."""

    @property
    def is_schema(self) -> bool:
        """Whether it stays, as a schema of any value."""
        return self.kind == "Schema"


@dataclass(slots=True)
class _Plan:
    """What is to be left out of one document."""

    document: Document
    gone: dict[Pointer, Diagnostic]
    """What was left out so far, and why."""

    pieces: dict[Pointer, _Piece] = field(default_factory=dict[Pointer, _Piece])
    faults: dict[Pointer, Diagnostic] = field(default_factory=dict[Pointer, Diagnostic])
    """Why each piece is to go."""

    def add(self, fault: Diagnostic) -> None:
        """Plan what to leave out because of a fault, wherever the document has it."""
        if not isinstance(fault.place, Node):
            return
        for pointer in self.document.pointers_of(fault.place):
            piece = _piece_at(self.document, pointer, self.pieces)
            if piece is not None and piece.pointer not in self.pieces:
                self.pieces[piece.pointer] = piece
                self.faults[piece.pointer] = self._cause_of(fault, pointer)

    def settle(self) -> list[_Piece]:
        """The pieces to leave out now.

        What stands in another piece goes with it. But a schema waits for those in it,
        as the validator tells some faults of what is around them, too.
        """
        around = {
            above
            for piece in self.pieces.values()
            if piece.is_schema
            for above in islice(ancestors(piece.pointer), 1, None)
        }
        pieces = [
            piece
            for piece in self.pieces.values()
            if not (piece.is_schema and piece.pointer in around)
        ]
        whole = {piece.pointer for piece in pieces if not piece.is_schema}
        return [
            piece
            for piece in pieces
            if whole.isdisjoint(islice(ancestors(piece.pointer), 1, None))
        ]

    def record(self, pieces: Iterable[_Piece]) -> Iterator[LeftOut]:
        """Tell what is left out, and remember it."""
        for piece in pieces:
            fault = self.faults[piece.pointer]
            self.gone[piece.pointer] = fault
            fault = fault._replace(help=_OUTCOMES.get(piece.kind, "it is left out"))
            kind = "Operation" if piece.operations else piece.kind
            word = _KINDS.get(kind, kind.lower())
            for pointer in piece.operations or (piece.pointer,):
                yield LeftOut(word, self.document.node(pointer), fault)

    def _cause_of(self, fault: Diagnostic, pointer: Pointer) -> Diagnostic:
        """The fault itself, or why a reference can't be followed.

        It may lead to another file, or to what was left out before.
        """
        for reason in self.document.broken.get(pointer, ()):
            return reason
        try:
            reference = self.document.find(pointer)
        except (LookupError, ValueError):
            return fault
        target = pointer_of_reference(reference) if isinstance(reference, str) else None
        for above in ancestors(target or ""):
            if (cause := self.gone.get(above)) is not None:
                # Of a chain, the first cause is told.
                _, mark, first = cause.message.rpartition(_LEFT_OUT)
                message = f'"{reference}"{_LEFT_OUT}{first if mark else cause.message}'
                return fault._replace(code=cause.code, message=message)
        return fault


_LEFT_OUT = " is left out: "


def _piece_at(
    document: Document, pointer: Pointer, planned: Container[Pointer]
) -> _Piece | None:
    """What goes because of a fault at a place; None where everything has to stay."""
    chain = _parts_to(document.root, pointer)
    rest = pointer[len(chain[-1].pointer) :].split("/")[1:]
    alternatives = chain[-1].value.get("security")
    if rest[:1] == ["security"] and len(rest) > 1 and is_array(alternatives):
        listed = f"{chain[-1].pointer}/security"
        others = (each for each in range(len(alternatives)) if str(each) != rest[1])
        # Without any, calls would carry no credentials.
        if any(f"{listed}/{each}" not in planned for each in others):
            return _Piece("SecurityRequirement", f"{listed}/{rest[1]}")
    if chain[-1].kind == "Discriminator" and rest[:1] == ["mapping"] and rest[1:]:
        return _Piece("MappingEntry", f"{chain[-1].pointer}/mapping/{rest[1]}")
    if chain[-1].kind == "Discriminator" and rest == ["defaultMapping"]:
        return _Piece("DefaultMapping", f"{chain[-1].pointer}/defaultMapping")
    for above, part in reversed(list(pairwise(chain))):
        if part.kind == "Schema":
            if part.value:
                return _Piece(part.kind, part.pointer)
        elif (
            part.kind in _WITHOUT_HARM
            or above.kind == "Components"
            or (above.kind == "OpenAPI" and part.kind in _LISTED_AT_THE_TOP)
            or (above.kind == "OpenAPI" and _is_other_server(part))
        ):
            inner = (each.pointer for each in parts_of(part) if _is_operation(each))
            return _Piece(part.kind, part.pointer, tuple(inner))
    return None


def _is_operation(part: Part) -> bool:
    return part.kind == "Operation"


def _is_other_server(part: Part) -> bool:
    """Whether it is a server besides the first, to which requests go."""
    return part.kind == "Server" and part.pointer != "/servers/0"


def _parts_to(root: dict[str, Any], pointer: Pointer) -> list[Part]:
    """The objects of known kinds that a place is in, from the outermost."""
    chain = [Part("OpenAPI", "", root)]
    while True:
        for part in parts_of(chain[-1]):
            if f"{pointer}/".startswith(f"{part.pointer}/"):
                chain.append(part)
                break
        else:
            return chain


def _without(document: Document, pieces: Iterable[_Piece]) -> Document:
    """The document without some pieces.

    Of a list the last goes first, and so does what is inside of others, so that every
    pointer holds until its turn comes.
    """
    for piece in sorted(pieces, key=_position, reverse=True):
        document = apply_edits(document, [_edit_for(document, piece)])
    return document


def _edit_for(document: Document, piece: _Piece) -> tuple[Pointer, Edit]:
    """The edit that leaves a piece out, with the pointer of the object to edit."""
    above, _, _ = piece.pointer.rpartition("/")
    key = split_pointer(piece.pointer)[-1]
    if not is_array(holder := document.find(above)):
        return above, Put(key, {}) if piece.is_schema else Drop(key)
    index, member = int(key), split_pointer(above)[-1]
    above, _, _ = above.rpartition("/")
    if piece.is_schema:
        return above, Put(member, [*holder[:index], {}, *holder[index + 1 :]])
    others = tuple(each for each in range(len(holder)) if each != index)
    return above, Keep(member, others)


def _position(piece: _Piece) -> list[tuple[int, str]]:
    keys = piece.pointer.split("/")
    return [(int(key) if key.isdecimal() else -1, key) for key in keys]


_WITHOUT_HARM = frozenset(
    {
        "Callback",
        "Discriminator",
        "Example",
        "ExternalDocs",
        "Header",
        "Link",
        "Operation",
        "PathItem",
        "Xml",
    }
)
"""What can go from where it stands, and leaves the rest as it was."""

_LISTED_AT_THE_TOP = frozenset({"Parameter", "Response", "SecurityScheme", "Tag"})

_KINDS: Mapping[str, str] = {
    "DefaultMapping": "default mapping",
    "ExternalDocs": "external documentation",
    "MappingEntry": "mapping entry",
    "PathItem": "path item",
    "RequestBody": "body",
    "SecurityRequirement": "security requirement",
    "SecurityScheme": "security scheme",
}
"""What kinds of two words are called in the ledger."""

_OUTCOMES: Mapping[str, str] = {
    "Operation": "the operation is left out",
    "PathItem": "the operations of this path are left out",
    "Schema": "it is read as a schema of any value",
}
