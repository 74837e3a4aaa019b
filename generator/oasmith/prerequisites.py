"""The files that packages are made of, as paths from the working directory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from .config import ClientConfig
from .current import is_client_current
from .diagnostics import Diagnostics, Stopped
from .loading.sources import source_files
from .output.lock import ABSENT, Lock, read_lock
from .pipeline import access_of, load_description


def files_read(clients: Iterable[ClientConfig]) -> tuple[str, ...]:
    """What the last runs for clients read, as their locks record it; sorted."""
    found: set[str] = set()
    for client in clients:
        if lock := _lock_of(client):
            found |= {path for path, is_there in _recorded(client, lock) if is_there}
    return tuple(sorted(found))


def files_to_watch(client: ClientConfig) -> set[str]:
    """What the next run may depend on, files that are missing included.

    Where the last run failed, it is what the description refers to now.
    """
    found = {client.spec_path, *client.overlay_paths}
    if lock := _lock_of(client):
        found |= {path for path, _ in _recorded(client, lock)}
    return found if are_current([client]) else found | _files_referred_to(client)


def are_current(clients: Iterable[ClientConfig]) -> bool:
    """Whether all packages are what would be made of the files as they are now."""
    return all(map(is_client_current, clients))


def _lock_of(client: ClientConfig) -> Lock | None:
    return read_lock(client.output_path, Diagnostics())


def _recorded(client: ClientConfig, lock: Lock) -> Iterator[tuple[str, bool]]:
    """The path of each source, and whether there was a file."""
    is_absolute = os.path.isabs(client.spec_path)
    for path, known in lock.sources.items():
        joined = os.path.normpath(os.path.join(client.output_path, path))
        # As the user would name it: build tools compare names letter by letter.
        name = os.path.abspath(joined) if is_absolute else os.path.relpath(joined)
        yield name, known != ABSENT


def _files_referred_to(client: ClientConfig) -> set[str]:
    access = access_of(client, None, is_offline=True)
    try:
        document = load_description(client, Diagnostics(), access)
    except Stopped:
        return set()
    return set(source_files(document, client.spec_path))
