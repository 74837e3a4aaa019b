"""Finds out whether the package of a client is what would be generated now."""

from __future__ import annotations

from .config import ClientConfig
from .diagnostics import Diagnostics
from .output.drift import Drift
from .unchanged import is_unchanged


def check_client(client: ClientConfig, diagnostics: Diagnostics) -> Drift:
    """How the files on disk differ; nothing is written or fetched.

    Where the lock proves that nothing does, nothing is generated either.

    Raises:
        Stopped: The description is at fault.
    """
    if is_unchanged(client):
        return Drift()
    # Imported here: what the lock proves needs none of it.
    from .deliver import compare_with_delivered
    from .pipeline import make_package

    made = make_package(client, diagnostics, is_offline=True)
    return compare_with_delivered(client, made, diagnostics)
