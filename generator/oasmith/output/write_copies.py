"""Writes the copies of fetched files, which a later run reads in their place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from ..diagnostics import Diagnostics, File


def write_copies(
    copies: Mapping[str, bytes], diagnostics: Diagnostics, undo: ExitStack
) -> None:
    """Write files that are not there yet, each of them whole.

    Args:
        copies: The content of each, by its path from the working directory.
        undo: Gets what makes them again what they were.

    Raises:
        Stopped: One can't be written.
    """
    for name, content in copies.items():
        path = Path(name)
        started = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            started.write_bytes(content)
            undo.callback(_put_back, path, _read(path))
            started.replace(path)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            message = f"this can't be written: {reason}"
            diagnostics.fatal("unwritable-output", message, File(name))
        finally:
            # What is whole has another name by now.
            with suppress(OSError):
                started.unlink()


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _put_back(path: Path, old: bytes | None) -> None:
    # A copy that stays does no harm: nothing speaks of it.
    with suppress(OSError):
        path.unlink() if old is None else path.write_bytes(old)
