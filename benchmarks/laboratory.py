"""Where measuring is done, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Effort:
    """How often things are done; more of it is more exact, and takes longer."""

    starts: int
    """Rounds in which each contestant starts a process."""

    rounds: int
    """Rounds in which each contestant does something many times, as follows."""

    creates: int
    creates_at_once: int
    lists: int
    decodes: int

    generations: int
    """Rounds of generating from a small description."""

    large_generations: int
    """Rounds of generating from one that takes a minute."""


FULL = Effort(
    starts=15,
    rounds=5,
    creates=1000,
    creates_at_once=500,
    lists=30,
    decodes=20,
    generations=7,
    large_generations=2,
)
QUICK = Effort(
    starts=2,
    rounds=1,
    creates=50,
    creates_at_once=50,
    lists=2,
    decodes=2,
    generations=1,
    large_generations=1,
)


@dataclass(frozen=True, slots=True)
class Laboratory:
    python: Path
    """Runs the contestants, which are installed beside it."""

    folder: Path
    """Takes what is made on the way, and is empty at first."""

    effort: Effort
