"""Files that have to be there for a client, whatever is in them: code written by hand.

A run that finds nothing to do pays for this module's imports.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping

from .config import ClientConfig
from .config_places import Export
from .output.states import PRESENT
from .runtime_place import find_parent


def places_needed(client: ClientConfig) -> Iterator[tuple[str, ...]]:
    """Paths from the working directory; of each tuple one has to be that of a file."""
    for export in client.exports:
        yield places_of(export, client)
    if client.runtime_path is not None:
        parent = find_parent(client.output_path, client.runtime_path)
        yield (os.path.join(os.path.relpath(parent), "__init__.py"),)


def places_of(export: Export, client: ClientConfig) -> tuple[str, ...]:
    """Where the module may be that an export is from."""
    module = os.path.join(client.output_path, *export.module.split("."))
    return f"{module}.py", os.path.join(module, "__init__.py")


def presences_of(client: ClientConfig, made: Collection[str]) -> Mapping[str, str]:
    """The state of each file that is there and has to be, for the lock.

    Args:
        made: The paths of what is generated, from the output folder: that is there in
            any case.
    """
    generated = {os.path.join(client.output_path, path) for path in made}
    states: dict[str, str] = {}
    for places in places_needed(client):
        there = [path for path in places if path in generated or os.path.isfile(path)]
        if there and there[0] not in generated:
            states[there[0]] = PRESENT
    return states
