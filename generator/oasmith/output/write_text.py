"""Reads and writes the single files that commands are asked for."""

from __future__ import annotations

from pathlib import Path

from ..diagnostics import Diagnostics, File


def read_text(path: str) -> str:
    """The text of a file; none where it is missing."""
    return Path(path).read_text(encoding="utf-8") if Path(path).exists() else ""


def write_text(path: str, text: str, diagnostics: Diagnostics) -> None:
    """Write a file, over what stands there.

    Raises:
        Stopped: It can't be written.
    """
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        diagnostics.fatal(
            "unwritable-output", f"this can't be written: {reason}", File(path)
        )
