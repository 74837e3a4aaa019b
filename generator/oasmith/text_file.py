"""Writes a text file that the user asked for."""

from __future__ import annotations

from pathlib import Path

from .diagnostics import Diagnostics, File


def write_text(path: str, text: str, diagnostics: Diagnostics) -> None:
    """Write a file as UTF-8.

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
