"""The ledger: what became of every construct of a description."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from .building.api import Api, Operation
from .diagnostics import Diagnostic
from .document import Node, Pointer, Source, ancestors, split_pointer
from .validation.leave_out import LeftOut
from .wording import count

Status = Literal["implemented", "degraded", "refused"]

_DEGRADING = frozenset(
    {
        "conflicting-types",
        "relative-server",
        "reserved-header",
        "several-choices",
        "unsupported-callback",
        "unsupported-content-schema",
        "unsupported-encoding",
        "unsupported-form",
        "unsupported-header",
        "dynamic-reference",
        "empty-content",
        "impossible-content",
        "unsupported-link",
        "unsupported-media-type",
        "unsupported-pagination",
        "unsupported-security-scheme",
        "unsupported-sequence",
        "unsupported-stream",
        "unsupported-style",
        "unsupported-webhook",
        "unusable-server",
        "unused-discriminator",
    }
)
"""Warnings that say that less was made of something than the description has."""


@dataclass(frozen=True, slots=True)
class Entry:
    kind: str
    """ "operation", "parameter", "body", "response", "schema", "security scheme", or
    whatever else was refused."""

    place: Node
    status: Status
    reasons: tuple[tuple[str, str], ...] = ()
    """Code and message of each warning."""


@dataclass(frozen=True, slots=True)
class Ledger:
    spec: Source
    entries: tuple[Entry, ...]

    @property
    def summary(self) -> str:
        """One line: how much there is, and how much of it is less than described."""
        made = Counter(
            entry.kind for entry in self.entries if entry.status != "refused"
        )
        became = Counter(entry.status for entry in self.entries)
        less = [
            f"{became[status]:,} {status}"
            for status in ("degraded", "refused")
            if became[status]
        ]
        operations = count(made["operation"], "operation")
        types = count(made["schema"], "type")
        return f"{operations}, {types}: {', '.join(less) or 'all implemented'}"


def make_ledger(
    api: Api, left_out: Iterable[LeftOut], diagnostics: Iterable[Diagnostic]
) -> Ledger:
    """Say of every construct of a description what became of it."""
    document = api.document
    constructs = {pointer: kind for kind, pointer in _constructs(api)}
    blamed: dict[Pointer, list[tuple[str, str]]] = {}
    for diagnostic in diagnostics:
        if diagnostic.code in _DEGRADING and isinstance(diagnostic.place, Node):
            for pointer in document.pointers_of(diagnostic.place):
                ups = (up for up in ancestors(pointer) if up in constructs)
                nearest = next(ups, pointer)
                constructs.setdefault(nearest, _kind_by_place(nearest))
                told = (diagnostic.code, diagnostic.message)
                blamed.setdefault(nearest, []).append(told)
    entries = [
        Entry(
            kind,
            document.node(pointer),
            "degraded" if pointer in blamed else "implemented",
            tuple(blamed.get(pointer, ())),
        )
        for pointer, kind in constructs.items()
    ]
    entries += [
        Entry(kind, place, "refused", ((fault.code, fault.message),))
        for kind, place, fault in left_out
    ]
    return Ledger(document.source, tuple(entries))


def ledger_text(ledger: Ledger) -> str:
    """The ledger as JSON, an entry a line."""
    lines = [
        json.dumps(_entry_json(entry, ledger.spec), ensure_ascii=False)
        for entry in ledger.entries
    ]
    entries = ",\n  ".join(lines)
    return (
        f'{{"ledger": 1, "summary": {json.dumps(ledger.summary)}, "entries": [\n'
        f"  {entries}\n]}}\n"
    )


def _entry_json(entry: Entry, spec: Source) -> dict[str, object]:
    """An entry; it has a "file" where that is not the description itself."""
    source = entry.place.source
    file = {} if source is spec else {"file": source.name}
    reasons = [{"code": code, "message": told} for code, told in entry.reasons]
    return {
        "kind": entry.kind,
        **file,
        "pointer": entry.place.pointer,
        "status": entry.status,
        **({"reasons": reasons} if reasons else {}),
    }


def _kind_by_place(pointer: Pointer) -> str:
    """What something is that is no part of an Api, because nothing was made of it."""
    match split_pointer(pointer):
        case []:
            return "description"
        case [*_, "securitySchemes" | "securityDefinitions", _]:
            return "security scheme"
        case [*_, "parameters", _]:
            return "parameter"
        case [*_, "headers", _]:
            return "header"
        case [*_, "webhooks", _]:
            return "webhook"
        case [*_, "servers", _, "url"] | ["host"]:
            return "server"
        case _:
            return "schema"


def _constructs(api: Api) -> Iterator[tuple[str, Pointer]]:
    for operation in api.operations:
        if operation.variant is None:
            yield "operation", operation.pointer
        yield from _constructs_of(operation)
    for pointer in api.declarations:
        yield "schema", pointer
    for scheme in api.schemes:
        yield "security scheme", scheme.pointer


def _constructs_of(operation: Operation) -> Iterator[tuple[str, Pointer]]:
    for parameter in operation.parameters:
        yield "parameter", parameter.pointer
    if operation.body is not None:
        yield "body", operation.body.pointer
    for response in operation.responses:
        yield "response", response.pointer
