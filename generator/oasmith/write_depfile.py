"""Tells build tools which files packages depend on, and that these were taken up."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress

from .config import ClientConfig, find_pyproject
from .diagnostics import Diagnostics, File
from .output.depfile import depfile_text, is_nameable
from .output.write_text import write_text
from .prerequisites import are_current, files_read

TARGET = "manifest.json"
"""The file of a package that stands for it: a build tool that deletes it after a
failure, as Make does, destroys nothing. Without the lock, names would be lost."""


def write_depfile(
    path: str,
    find_clients: Callable[[Diagnostics], Sequence[ClientConfig]],
    started: int,
    diagnostics: Diagnostics,
) -> None:
    """Write the dependency file of packages that were just made, and date them.

    Args:
        find_clients: Finds them as the command line and pyproject.toml have them now.
        started: When the run began, in nanoseconds since the epoch.

    Raises:
        Stopped: It can't be written.
    """
    clients = find_clients(diagnostics)
    targets = [os.path.join(client.output_path, TARGET) for client in clients]
    named = [path for path in _files_of(clients) if _can_be_named(path, diagnostics)]
    with suppress(OSError):
        os.makedirs(os.path.dirname(path) or os.curdir, exist_ok=True)
    write_text(path, depfile_text(targets, named), diagnostics)
    _date(targets, find_clients, started)


def _files_of(clients: Sequence[ClientConfig]) -> tuple[str, ...]:
    configured = any(client.place is not None for client in clients)
    pyproject = find_pyproject(os.curdir) if configured else None
    read = files_read(clients)
    return (pyproject, *read) if pyproject else read


def _can_be_named(path: str, diagnostics: Diagnostics) -> bool:
    if is_nameable(path):
        return True
    message = "no dependency file can name this file; its changes go unnoticed"
    diagnostics.warning("unnameable-file", message, File(path), help="rename it")
    return False


def _date(
    targets: Sequence[str],
    find_clients: Callable[[Diagnostics], Sequence[ClientConfig]],
    started: int,
) -> None:
    """Make targets newer than what they were made of, and than nothing else.

    What changed in the meantime has to stay newer, or nobody would take it up.
    """
    for target in targets:
        os.utime(target)
    if not are_current(find_clients(Diagnostics())):
        for target in targets:
            os.utime(target, ns=(started, started))
