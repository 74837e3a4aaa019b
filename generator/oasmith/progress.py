"""Shows on a terminal what a run is at."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager

from .recording import Recorder


@contextmanager
def show_progress(text: str) -> Generator[None]:
    """Show a text that moves while the block runs; on no terminal, show nothing."""
    is_recorded = isinstance(sys.stderr, Recorder)
    if is_recorded or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    # Rich takes a while to import, and most runs have no terminal.
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(text)):
        yield
