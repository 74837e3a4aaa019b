"""What a run depends on at a path, in a word that a lock can keep.

A run that finds nothing to do pays for this module's imports.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping

ABSENT = "absent"
"""Of a file that is looked for and may be missing."""

PRESENT = "present"
"""Of a file whose content does not matter."""

_FOLDER = "/"
"""How the name of a folder ends whose templates are looked through."""


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def states_of(contents: Mapping[str, bytes | None]) -> dict[str, str]:
    """The states of files whose content is known, or which are not there."""
    return {
        path: ABSENT if content is None else hash_of(content)
        for path, content in contents.items()
    }


def state_of(path: str, known: str = "") -> str:
    """The state of what is at a path: a hash, or one of the words.

    Args:
        path: Of a file; or, with a slash at its end, of a folder of templates, of which
            the names count.
        known: The state that it was in, which says whether its content matters.
    """
    if is_folder(path):
        return hash_of("\n".join(names_in(path)).encode("utf-8", "replace"))
    if not os.path.isfile(path):
        return ABSENT
    if known == PRESENT:
        return PRESENT
    try:
        with open(path, "rb") as file:
            return hash_of(file.read())
    except OSError:
        return ABSENT


def is_folder(path: str) -> bool:
    """Whether the path of a source is that of a folder of templates."""
    return path.endswith(_FOLDER)


def name_folder(path: str) -> str:
    """The path of a folder of templates as that of a source."""
    return path.rstrip(_FOLDER) + _FOLDER


def names_in(folder: str) -> tuple[str, ...]:
    """The paths of all templates in a folder, from there and with slashes; sorted."""
    return tuple(sorted(_templates_in(folder)))


def _templates_in(folder: str) -> Iterator[str]:
    for above, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".jinja"):
                path = os.path.relpath(os.path.join(above, name), folder)
                yield path.replace(os.sep, "/")
