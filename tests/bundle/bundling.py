"""What a test gets when it bundles a description."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from oasmith.document import Document


@dataclass(frozen=True)
class Bundled:
    document: Document
    told: Sequence[str]
    """The place and the code of each diagnostic: "pets.yaml:3:7 remote-reference"."""

    def find(self, pointer: str) -> Any:
        return self.document.find(pointer)

    def place(self, pointer: str) -> str:
        """Where the user finds a part: "pets.yaml:3:7"."""
        found = self.document.node(pointer).locate()
        return f"{found.file}:{found.line}:{found.column}"


Bundle = Callable[[Mapping[str, str]], Bundled]
