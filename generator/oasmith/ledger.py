"""The ledger: what became of every construct of a description."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from .building.api import Api, Operation
from .diagnostics import Diagnostic
from .document import Node, Pointer, ancestors
from .wording import count

Kind = Literal[
    "operation",
    "parameter",
    "body",
    "response",
    "schema",
    "security scheme",
    "webhook",
]
Status = Literal["implemented", "degraded"]

_DEGRADING = frozenset(
    {
        "conflicting-types",
        "relative-server",
        "reserved-header",
        "several-choices",
        "unsupported-callback",
        "unsupported-encoding",
        "unsupported-form",
        "dynamic-reference",
        "other-media-types",
        "unsupported-link",
        "unsupported-media-type",
        "unsupported-security-scheme",
        "unsupported-sequence",
        "unsupported-style",
        "unsupported-webhook",
        "unused-discriminator",
    }
)
"""Warnings that say that less was made of something than the description has."""


@dataclass(frozen=True, slots=True)
class Entry:
    kind: Kind
    pointer: Pointer
    status: Status
    reasons: tuple[tuple[str, str], ...]
    """Code and message of each warning."""


@dataclass(frozen=True, slots=True)
class Ledger:
    entries: tuple[Entry, ...]

    @property
    def summary(self) -> str:
        """One line: how much there is, and how much of it is less than described."""
        kinds = Counter(entry.kind for entry in self.entries)
        degraded = sum(entry.status == "degraded" for entry in self.entries)
        became = f"{degraded:,} degraded" if degraded else "all implemented"
        operations = count(kinds["operation"], "operation")
        return f"{operations}, {count(kinds['schema'], 'type')}: {became}"


def make_ledger(api: Api, diagnostics: Iterable[Diagnostic]) -> Ledger:
    """Say of every construct that an Api is made of what became of it."""
    reasons: dict[Pointer, list[tuple[str, str]]] = {}
    for diagnostic in diagnostics:
        if diagnostic.code in _DEGRADING and isinstance(diagnostic.place, Node):
            told = (diagnostic.code, diagnostic.message)
            reasons.setdefault(diagnostic.place.pointer, []).append(told)
    constructs = dict.fromkeys([*_constructs(api), *_webhooks(reasons)])
    known = {pointer for _, pointer in constructs}
    blamed: dict[Pointer, list[tuple[str, str]]] = {}
    for pointer, why in reasons.items():
        nearest = next((up for up in ancestors(pointer) if up in known), pointer)
        blamed.setdefault(nearest, []).extend(why)
    return Ledger(
        tuple(
            Entry(
                kind,
                pointer,
                "degraded" if pointer in blamed else "implemented",
                tuple(blamed.get(pointer, ())),
            )
            for kind, pointer in constructs
        )
    )


def ledger_text(ledger: Ledger) -> str:
    """The ledger as JSON, an entry a line."""
    lines = [
        json.dumps(
            {
                "kind": entry.kind,
                "pointer": entry.pointer,
                "status": entry.status,
                **(
                    {"reasons": [{"code": c, "message": m} for c, m in entry.reasons]}
                    if entry.reasons
                    else {}
                ),
            },
            ensure_ascii=False,
        )
        for entry in ledger.entries
    ]
    entries = ",\n  ".join(lines)
    return (
        f'{{"ledger": 1, "summary": {json.dumps(ledger.summary)}, "entries": [\n'
        f"  {entries}\n]}}\n"
    )


def _constructs(api: Api) -> Iterator[tuple[Kind, Pointer]]:
    for operation in api.operations:
        yield "operation", operation.pointer
        yield from _constructs_of(operation)
    for pointer in api.declarations:
        yield "schema", pointer
    for scheme in api.schemes:
        yield "security scheme", scheme.pointer


def _webhooks(
    reasons: Mapping[Pointer, list[tuple[str, str]]],
) -> Iterator[tuple[Kind, Pointer]]:
    """The webhooks, of which nothing is made but what is told of them."""
    for pointer, why in reasons.items():
        if any(code == "unsupported-webhook" for code, _ in why):
            yield "webhook", pointer


def _constructs_of(operation: Operation) -> Iterator[tuple[Kind, Pointer]]:
    for parameter in operation.parameters:
        yield "parameter", parameter.pointer
    if operation.body is not None:
        yield "body", operation.body.pointer
    for response in operation.responses:
        yield "response", response.pointer
