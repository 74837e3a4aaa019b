"""Which texts are names in Python.

A run that finds nothing to do pays for this module's imports.
"""

from __future__ import annotations

import keyword
import unicodedata


def is_python_name(name: str) -> bool:
    """Whether Python takes a text for a name, and for this one."""
    is_same = name.isascii() or unicodedata.normalize("NFKC", name) == name
    return name.isidentifier() and not keyword.iskeyword(name) and is_same
