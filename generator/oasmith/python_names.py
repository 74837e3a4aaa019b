"""Which texts are names in Python.

A run that finds nothing to do pays for this module's imports.
"""

from __future__ import annotations

import keyword


def is_python_name(name: str) -> bool:
    """Whether Python takes a text for a name, and for this one."""
    return name.isidentifier() and not keyword.iskeyword(name) and _is_normal(name)


def _is_normal(name: str) -> bool:
    """Whether Python, which normalises names, takes one as it is written."""
    if name.isascii():
        return True
    # Imported here, since most names have no need of it.
    import unicodedata

    return unicodedata.normalize("NFKC", name) == name
