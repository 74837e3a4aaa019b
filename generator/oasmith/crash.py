"""Tells of a bug of ours, and keeps what is needed to find it."""

from __future__ import annotations

import sys
import tempfile
import traceback

from . import __version__

EXIT_CODE = 70
"""EX_SOFTWARE of sysexits.h."""


def report_crash(error: Exception) -> int:
    """Write the traceback to a file and name it; give the exit code."""
    details = "".join(traceback.format_exception(error))
    with tempfile.NamedTemporaryFile(
        "w", prefix="oasmith-crash-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(f"oasmith {__version__}, Python {sys.version}\n\n{details}")
        # The refusal of a module is of no use without the module.
        file.write(getattr(error, "text", ""))
    told = " ".join(str(error).split())[:200].encode("ascii", "backslashreplace")
    sys.stderr.write(
        f"oasmith: this is a bug of ours: {type(error).__name__}: {told.decode()}\n"
        f"  = help: please report it with the description and {file.name}; "
        "no package is half written\n"
    )
    return EXIT_CODE
