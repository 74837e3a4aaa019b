"""A store of results by what they were made from, in the user's cache folder.

Whatever goes wrong with it (no folder, no space, no rights), work goes on without.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from hashlib import sha256
from pathlib import Path

_KEPT_SECONDS = 30 * 24 * 3600
_SUM_BYTES = 32


class Cache:
    """The results of one kind; many processes may use it at the same time.

    Args:
        kind: The name of a folder of its own.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def get(self, key: str) -> bytes | None:
        """What was put under a key, unless it is gone or damaged."""
        path = self._path(key)
        try:
            stored = path.read_bytes() if path else b""
        except OSError:
            return None
        data = stored[_SUM_BYTES:]
        return data if stored[:_SUM_BYTES] == sha256(data).digest() else None

    def put(self, key: str, data: bytes) -> None:
        """Keep a result for about 30 days.

        Args:
            key: All that the result depends on, versions of tools included.
        """
        path = self._path(key)
        if path is None:
            return
        started = path.with_name(f"{path.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            started.write_bytes(sha256(data).digest() + data)
            started.replace(path)
        # One put in 16, as the digest has it, looks after one of the 256 folders.
        if path.name.startswith("0"):
            _prune(path.parent)

    def _path(self, key: str) -> Path | None:
        folder = cache_folder()
        if folder is None:
            return None
        digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return folder / self._kind / digest[:2] / digest[2:]


def cache_folder() -> Path | None:
    """`$OASMITH_CACHE`, or oasmith's place in the user's cache folder, if there is one.

    The latter is where the XDG Base Directory Specification or Windows has it.
    """
    if chosen := os.environ.get("OASMITH_CACHE"):
        return Path(chosen)
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    if above := os.environ.get(variable):
        return Path(above, "oasmith")
    try:
        return Path.home() / ".cache" / "oasmith"
    except RuntimeError:
        return None


def _prune(folder: Path) -> None:
    """Remove what is older than the cache keeps things."""
    oldest = time.time() - _KEPT_SECONDS
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            # Another process may remove the same file.
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()
