"""Which version of black makes the bytes of a package, and which others make the same.

The lock has the version, so that nothing is proven by what another one has made. Most
versions make the same bytes: then the lock stays as it is, or two people with two
versions would change it to and fro. That they do is kept in the user's cache folder.

A run that finds nothing to do pays for this module's imports.
"""

from __future__ import annotations

from .lock import Lock, lock_text
from .states import hash_of


def formatter_version() -> str:
    """The version of black that is installed."""
    # Black itself takes 0.15 s to import, importlib.metadata 0.04 s, this 0.0003 s.
    return str(__import__("_black_version").version)


def settle_formatter(lock: Lock, previous: Lock | None) -> Lock:
    """The lock of a run; that of the run before, where black alone is another one."""
    if previous is None or previous.formatter in ("", lock.formatter):
        return lock
    same = lock._replace(formatter=previous.formatter)
    if not previous.is_whole or lock_text(same) != lock_text(previous):
        return lock
    # Imported here for the sake of the runs that need none of it.
    from ..cache import Cache

    Cache(_KIND).put(_key_of(previous, lock.formatter), b"")
    return same


def makes_the_same(lock: Lock, formatter: str) -> bool:
    """Whether a version of black is known to make what the lock speaks of."""
    if formatter == lock.formatter:
        return True
    from ..cache import Cache

    return Cache(_KIND).get(_key_of(lock, formatter)) is not None


_KIND = "alike"


def _key_of(lock: Lock, formatter: str) -> str:
    return f"{formatter} {hash_of(lock_text(lock).encode())}"
