"""Allocates names of each kind, and remembers all of them for the lock."""

from __future__ import annotations

from collections.abc import Mapping

from .names import allocate
from .package import Names


class Allocator:
    """Allocates names and remembers all of them for the lock.

    Args:
        kept: The names of an earlier run.
        imported: What the modules of this package import besides.
    """

    def __init__(self, kept: Names, imported: frozenset[str]) -> None:
        self._kept = kept
        self._imported = imported
        self.names: dict[str, dict[str, str]] = {}

    def allocate(
        self, kind: str, wanted: Mapping[str, str], reserved: frozenset[str]
    ) -> dict[str, str]:
        if kind in ("models", "operations"):
            reserved |= self._imported
        given = allocate(wanted, self._kept.get(kind, {}), reserved)
        self.names.setdefault(kind, {}).update(given)
        return given

    def allocate_any(
        self, kind: str, wanted: Mapping[str, str], reserved: frozenset[str]
    ) -> dict[str, str]:
        """Allocate names of a kind that the lock leaves out where there are none."""
        return self.allocate(kind, wanted, reserved) if wanted else {}

    def kept(self, kind: str, wanted: Mapping[str, str]) -> frozenset[str]:
        """The names that an earlier run gave to what is wanted."""
        known = self._kept.get(kind, {})
        return frozenset(known[key] for key in wanted if key in known)
