"""Files that have to be there for a client, or must not be, whatever is in them.

A run that finds nothing to do pays for this module's imports.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from .config import ClientConfig
from .output.states import ABSENT, PRESENT, state_of
from .runtime_place import find_parent

if TYPE_CHECKING:
    from .output.lock import Lock


def places_needed(client: ClientConfig) -> Iterator[tuple[str, ...]]:
    """Paths from the working directory; of each tuple one has to be that of a file."""
    for export in client.exports:
        yield places_of(export.module, client)
    if client.runtime_path is not None:
        parent = find_parent(client.output_path, client.runtime_path)
        yield (os.path.join(os.path.relpath(parent), "__init__.py"),)


def places_forbidden(client: ClientConfig) -> Iterator[str]:
    """Where no file may be: a module would take the place of what is offered."""
    for export in client.exports:
        yield from places_of(export.name, client)


def places_of(module: str, client: ClientConfig) -> tuple[str, ...]:
    """Where a module of the package may be, by its dotted path."""
    path = os.path.join(client.output_path, *module.split("."))
    return f"{path}.py", os.path.join(path, "__init__.py")


class Presence:
    """Which files are there once a run is over.

    Args:
        made: The paths of what is generated, from the output folder.
        previous: The lock of the run before: what that wrote, and is generated no more,
            goes away unless somebody has edited it.
    """

    def __init__(
        self, client: ClientConfig, made: Collection[str], previous: Lock | None
    ) -> None:
        def join(path: str) -> str:
            return os.path.join(client.output_path, path)

        self._client = client
        self._made = frozenset(map(join, made))
        known: Mapping[str, str] = previous.files if previous is not None else {}
        self._leaving = {join(path): known[path] for path in known if path not in made}

    def is_there(self, path: str) -> bool:
        """Whether there is a file, by its path from the working directory."""
        return path in self._made or (os.path.isfile(path) and self._stays(path))

    def is_any_there(self, paths: Iterable[str]) -> bool:
        return any(map(self.is_there, paths))

    def states(self) -> Mapping[str, str]:
        """The state of each that has to be there, or must not be, for the lock."""
        states = dict.fromkeys(places_forbidden(self._client), ABSENT)
        for places in places_needed(self._client):
            there = [path for path in places if self.is_there(path)]
            if there and there[0] not in self._made:
                states[there[0]] = PRESENT
        return states

    def _stays(self, path: str) -> bool:
        known = self._leaving.get(path)
        return known is None or (known != "" and state_of(path) != known)
