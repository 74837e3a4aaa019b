"""Files that have to be there for a client, or must not be, whatever is in them.

A run that finds nothing to do pays for this module's imports.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping

from .config import ClientConfig
from .output.states import ABSENT, PRESENT
from .runtime_place import find_parent


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


def presences_of(client: ClientConfig, made: Collection[str]) -> Mapping[str, str]:
    """The state of each file that has to be there, or must not be, for the lock.

    Args:
        made: The paths of what is generated, from the output folder: that is there in
            any case.
    """
    generated = {os.path.join(client.output_path, path) for path in made}
    states = dict.fromkeys(places_forbidden(client), ABSENT)
    for places in places_needed(client):
        there = [path for path in places if path in generated or os.path.isfile(path)]
        if there and there[0] not in generated:
            states[there[0]] = PRESENT
    return states
