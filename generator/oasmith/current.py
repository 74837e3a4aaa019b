"""Tells from locks whether what is on disk is what a run would write.

A run that finds nothing to do pays for this module's imports.
"""

from __future__ import annotations

from . import __version__
from .config import ClientConfig
from .diagnostics import Diagnostics
from .inputs import inputs_of
from .output.lock import Lock, is_current, is_shared_current, read_lock


def is_client_current(client: ClientConfig) -> bool:
    """Whether the package of a client, and a runtime that it shares, are up to date."""
    lock = _sound_lock(client.output_path)
    if lock is None or not is_current(client.output_path, lock, inputs_of(client)):
        return False
    if client.runtime_path is None:
        return True
    shared = _sound_lock(client.runtime_path)
    return shared is not None and is_shared_current(
        client.runtime_path, shared, __version__
    )


def _sound_lock(folder: str) -> Lock | None:
    diagnostics = Diagnostics()
    lock = read_lock(folder, diagnostics)
    return None if any(diagnostics) else lock
