"""The system call that exchanges two folders in one step."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from pathlib import Path

_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS


def find_exchange() -> Callable[[Path, Path], None] | None:
    """The call, if the system's library has one; it raises OSError if it fails."""
    if sys.platform == "win32":
        return None
    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "renameat2"):

        def call(one: bytes, other: bytes) -> int:
            return int(library.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _EXCHANGE))

    elif hasattr(library, "renamex_np"):

        def call(one: bytes, other: bytes) -> int:
            return int(library.renamex_np(one, other, _EXCHANGE))

    else:
        return None

    def exchange(one: Path, other: Path) -> None:
        if call(os.fsencode(one), os.fsencode(other)) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(one))

    return exchange
