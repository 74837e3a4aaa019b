"""Spells what targets depend on, as Make and Ninja read it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SPECIAL = re.compile(r"(\\*)([ \t#])")
_UNSPEAKABLE = re.compile(r"[\r\n\0;=|]")
"""What Make takes for the end of a name, and Ninja for a part of it if escaped."""


def is_nameable(path: str) -> bool:
    """Whether a path can be written in such a file."""
    return _UNSPEAKABLE.search(path) is None


def depfile_text(targets: Sequence[str], prerequisites: Sequence[str]) -> str:
    """A rule without a recipe: targets, and the files that they are made of.

    Each of these files is also a target of nothing, so that Make does not complain of
    one that is gone: it makes the targets again, and these have new prerequisites then.
    """
    made = " ".join(map(_escape, targets))
    lines = " \\\n".join(
        [f"{made}:", *(f"  {_escape(path)}" for path in prerequisites)]
    )
    # In a target, Make reads "%" as a pattern; Ninja reads it as it is.
    phony = [f"{_escape(path)}:\n" for path in prerequisites if "%" not in path]
    return "\n".join([f"{lines}\n", *phony])


def _escape(path: str) -> str:
    """As GCC does it: what both tools take for the same name."""
    escaped = _SPECIAL.sub(r"\1\1\\\2", path)
    return escaped.replace("$", "$$").replace(":", "\\:")
