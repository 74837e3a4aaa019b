"""What the next run for a client depends on, besides pyproject.toml."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Literal, NamedTuple

from .config import ClientConfig
from .diagnostics import Diagnostics, Stopped
from .loading.sources import source_files
from .output.lock import Lock, read_lock
from .output.states import PRESENT, is_folder, names_in
from .pipeline import access_of, load_description
from .presence import places_forbidden, places_needed
from .targets import is_client_current

Need = Literal["content", "names", "presence"]
"""What counts at a path: the content of a file, the names of the templates in a folder,
or only that there is a file."""


class Dependency(NamedTuple):
    path: str
    """From the working directory, as the user would name it; there may be nothing."""

    need: Need


def dependencies_of(client: ClientConfig) -> tuple[Dependency, ...]:
    """What the lock records of the last run, sorted.

    Where that is out of date, or a run has failed, also what a run would look for now.
    """
    lock = read_lock(client.output_path, Diagnostics())
    found = set(_recorded(client, lock)) if lock else set[Dependency]()
    if not is_client_current(client):
        found |= {*_looked_for(client)}
    return tuple(sorted(found))


def are_current(clients: Iterable[ClientConfig]) -> bool:
    """Whether all packages are what would be made of the files as they are now."""
    return all(map(is_client_current, clients))


def _recorded(client: ClientConfig, lock: Lock) -> Iterator[Dependency]:
    is_absolute = os.path.isabs(client.spec_path)
    for path, known in lock.sources.items():
        joined = os.path.normpath(os.path.join(client.output_path, path))
        # Build tools compare names letter by letter.
        name = os.path.abspath(joined) if is_absolute else os.path.relpath(joined)
        if is_folder(path):
            yield Dependency(name, "names")
        else:
            yield Dependency(name, "presence" if known == PRESENT else "content")


def _looked_for(client: ClientConfig) -> Iterator[Dependency]:
    paths = {client.spec_path, *client.overlay_paths, *_files_referred_to(client)}
    if (folder := client.templates_path) is not None:
        yield Dependency(folder, "names")
        paths |= {os.path.join(folder, name) for name in names_in(folder)}
    for path in paths:
        yield Dependency(path, "content")
    for path in chain(*places_needed(client), places_forbidden(client)):
        yield Dependency(os.path.normpath(path), "presence")


def _files_referred_to(client: ClientConfig) -> Iterable[str]:
    access = access_of(client, None, is_offline=True)
    try:
        document = load_description(client, Diagnostics(), access)
    except Stopped:
        return ()
    return source_files(document, client.spec_path)
