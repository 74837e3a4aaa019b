"""What changes for callers: each change with its grade, and how many there are.

A code has one grade; docs/diff.md says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ..document import Pointer

Grade = Literal["breaking", "risky", "compatible"]

GRADES: tuple[Grade, ...] = ("breaking", "risky", "compatible")
"""From the worst on."""

GRADE_OF: Mapping[str, Grade] = {
    # The client
    "base-url-changed": "risky",
    "base-url-optional": "compatible",
    "base-url-required": "breaking",
    "credential-added": "compatible",
    "credential-changed": "breaking",
    "credential-removed": "breaking",
    "credential-scheme-changed": "risky",
    "server-variable-added": "compatible",
    "server-variable-default-changed": "risky",
    "server-variable-removed": "breaking",
    # Functions
    "credentials-accepted": "compatible",
    "credentials-needed": "breaking",
    "endpoint-changed": "risky",
    "function-added": "compatible",
    "function-moved": "breaking",
    "function-removed": "breaking",
    "media-type-changed": "risky",
    "server-changed": "risky",
    "status-changed": "risky",
    # Arguments
    "argument-added": "compatible",
    "argument-added-required": "breaking",
    "argument-default-changed": "risky",
    "argument-keyword-only": "breaking",
    "argument-optional": "compatible",
    "argument-order": "breaking",
    "argument-removed": "breaking",
    "argument-renamed": "breaking",
    "argument-required": "breaking",
    "constraint-loosened": "compatible",
    "constraint-tightened": "risky",
    # Headers
    "header-added": "compatible",
    "header-removed": "breaking",
    # Errors
    "error-added": "risky",
    "error-removed": "breaking",
    # Models
    "model-added": "compatible",
    "model-kind-changed": "breaking",
    "model-removed": "breaking",
    "model-renamed": "breaking",
    # Fields
    "field-added": "compatible",
    "field-added-required": "breaking",
    "field-read-only": "risky",
    "field-removed": "breaking",
    "field-renamed": "breaking",
    "field-write-only": "risky",
    "received-field-optional": "breaking",
    "received-field-required": "compatible",
    "sent-field-optional": "compatible",
    "sent-field-required": "breaking",
    # Types
    "default-variant-added": "compatible",
    "default-variant-changed": "breaking",
    "default-variant-removed": "breaking",
    "received-null-added": "breaking",
    "received-null-removed": "compatible",
    "received-type-changed": "breaking",
    "received-type-narrowed": "compatible",
    "received-type-widened": "breaking",
    "received-value-added": "risky",
    "received-value-removed": "compatible",
    "received-variant-added": "breaking",
    "received-variant-removed": "compatible",
    "sent-null-added": "compatible",
    "sent-null-removed": "breaking",
    "sent-type-changed": "breaking",
    "sent-type-narrowed": "breaking",
    "sent-type-widened": "compatible",
    "sent-value-added": "compatible",
    "sent-value-removed": "breaking",
    "sent-variant-added": "compatible",
    "sent-variant-removed": "breaking",
    # Anything
    "deprecated": "risky",
    "undeprecated": "compatible",
    "wire-changed": "compatible",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a description."""

    pointer: Pointer
    file: str = ""
    """The file, from the description's folder, where that is another one."""

    def __str__(self) -> str:
        return f"{self.file}#{self.pointer}" if self.file else self.pointer


@dataclass(frozen=True, slots=True)
class Change:
    code: str
    symbol: str
    """What it is about, as a caller writes it: "client.pets.list_pets(limit=)"."""

    text: str
    """What is different, from the caller's view."""

    old: Place | None = None
    """Where it stands in the old description, if it does."""

    new: Place | None = None

    @property
    def grade(self) -> Grade:
        return GRADE_OF[self.code]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a new description changes for the callers of an old one."""

    name: str
    """Of the package, or of the description that becomes one."""

    old: str
    """The old description, as the user named it."""

    new: str
    changes: tuple[Change, ...]

    def of_grade(self, grade: Grade) -> tuple[Change, ...]:
        return tuple(each for each in self.changes if each.grade == grade)

    def is_as_bad_as(self, grade: Grade) -> bool:
        """Whether there is a change of a grade, or of a worse one."""
        worst = GRADES[: GRADES.index(grade) + 1]
        return any(each.grade in worst for each in self.changes)

    @property
    def summary(self) -> str:
        """One line: how many changes there are of each grade."""
        counts = [(len(self.of_grade(grade)), grade) for grade in GRADES]
        told = [f"{number:,} {grade}" for number, grade in counts if number]
        if not told:
            return f"{self.name}: nothing changes for callers"
        noun = "change" if len(self.changes) == 1 else "changes"
        return f"{self.name}: {', '.join(told)} {noun} for callers"


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes from the worst on, each once, those of a symbol together."""
    return tuple(
        sorted(
            dict.fromkeys(changes),
            key=lambda each: (
                GRADES.index(each.grade),
                each.symbol,
                each.code,
                each.text,
            ),
        )
    )
