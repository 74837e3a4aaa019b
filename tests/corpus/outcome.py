"""What became of one document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .documents import CorpusDocument


def _counts() -> dict[str, int]:
    return {}


def _texts() -> list[str]:
    return []


@dataclass(slots=True)
class Faults:
    """What a tool said of a package: how often, and the first things it said."""

    count: int = 0
    first: list[str] = field(default_factory=_texts)

    def add(self, line: str) -> None:
        self.count += 1
        if len(self.first) < 10:
            self.first.append(line)


@dataclass(slots=True)
class Outcome:
    """The results for one document, filled in check by check."""

    document: CorpusDocument
    problem: str = ""
    """Why the generator could not even be run."""

    several_files: bool = False
    exit_code: int | None = None
    crashed: bool = False
    """It ended by a traceback or a signal, or ran out of time."""

    codes: dict[str, int] = field(default_factory=_counts)
    """How many diagnostics, by severity and code: "error[no-such-file]"."""

    messages: list[str] = field(default_factory=_texts)
    seconds: float = 0.0
    peak_megabytes: float = 0.0
    lines: int = 0
    described: int = 0
    generated: int = 0
    missing: list[str] = field(default_factory=_texts)
    """The operations that are described but not generated."""

    modules: int = 0
    imports: Faults = field(default_factory=Faults)
    unstable: Faults = field(default_factory=Faults)
    """Files that differ between runs that should give the same."""

    black: Faults = field(default_factory=Faults)
    mypy: Faults = field(default_factory=Faults)
    pyright: Faults = field(default_factory=Faults)
    round_trips: dict[str, Any] | None = None

    @property
    def is_generated(self) -> bool:
        return self.exit_code == 0

    @property
    def group(self) -> str:
        """What it is counted under."""
        if self.several_files:
            return "several files"
        major, minor = self.document.version.split(".")[:2]
        return f"{major}.{minor}"

    @property
    def wrong_schemas(self) -> int:
        """Schemas with an instance that did not come back as it went in."""
        schemas: dict[str, int] = (self.round_trips or {}).get("schemas", {})
        wrong = ("decode error", "encode error", "unequal")
        return sum(schemas.get(each, 0) for each in wrong)

    @property
    def is_clean(self) -> bool:
        faults = (self.imports, self.unstable, self.black, self.mypy, self.pyright)
        return (
            self.is_generated
            and not self.problem
            and not self.missing
            and not any(each.count for each in faults)
            and not self.wrong_schemas
        )
