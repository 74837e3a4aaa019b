"""Matches what has a name on both sides: by what it stands for, or else by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

T = TypeVar("T")


def match_names(
    old: Mapping[str, T], new: Mapping[str, T], key: Callable[[T], object]
) -> dict[str, str]:
    """The new name of each old thing that is there still.

    Args:
        key: What a thing stands for, whatever it is called; none is there twice.
    """
    by_key = {key(thing): name for name, thing in new.items()}
    matched = {
        name: by_key[key(thing)] for name, thing in old.items() if key(thing) in by_key
    }
    taken = set(matched.values())
    for name in old:
        if name not in matched and name in new and name not in taken:
            matched[name] = name
    return matched
