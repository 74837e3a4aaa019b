"""Finds out at little cost that a run has nothing to do.

Reading the lock and hashing files takes a few milliseconds; importing what a run
needs takes a hundred.
"""

from __future__ import annotations

import os
import sys

from . import __version__
from .config import ClientConfig, find_pyproject, read_clients
from .diagnostics import Diagnostics
from .inputs import inputs_of
from .output.lock import is_current, is_shared_current, read_lock


def tell_unchanged() -> bool:
    """Say so for each client of the pyproject.toml, if none has anything to do."""
    if not is_installed():
        return False
    pyproject = find_pyproject(os.curdir)
    clients = read_clients(pyproject, Diagnostics()) if pyproject else ()
    if not clients or not all(map(_is_unchanged, clients)):
        return False
    for client in clients:
        sys.stdout.write(f"{client.output_path}: up to date\n")
    return True


def is_installed() -> bool:
    """Whether this is an installed release: a checkout changes without its version."""
    return os.path.isdir(os.path.join(os.path.dirname(__file__), "templates"))


def _is_unchanged(client: ClientConfig) -> bool:
    if client.is_lenient:
        # What is left out is told each time.
        return False
    diagnostics = Diagnostics()
    lock = read_lock(client.output_path, diagnostics)
    if lock is None or any(diagnostics):
        return False
    return is_current(client.output_path, lock, inputs_of(client)) and (
        client.runtime_path is None or _is_runtime_current(client.runtime_path)
    )


def _is_runtime_current(folder: str) -> bool:
    diagnostics = Diagnostics()
    lock = read_lock(folder, diagnostics)
    if lock is None or any(diagnostics):
        return False
    return is_shared_current(folder, lock, __version__)
