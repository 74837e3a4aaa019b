"""Writes JSON with a line for each innermost object, which keeps differences small."""

from __future__ import annotations

from json import JSONEncoder

from ..document import is_array, is_object

_one_line = JSONEncoder(ensure_ascii=False).encode


def flat_json(value: object, indent: str = "") -> str:
    """JSON text; what holds nothing but scalars, or lists of these, is one line.

    Lines that have all of a thing are rarely alike: tools that compare texts find out
    soon which of them stayed.
    """
    within = indent + " "
    if is_object(value) and any(map(_is_deep, value.values())):
        lines = [
            f"{_one_line(key)}: {flat_json(item, within)}"
            for key, item in value.items()
        ]
        return _enclose("{", lines, "}", indent)
    if is_array(value) and any(map(_is_deep, value)):
        lines = [flat_json(item, within) for item in value]
        return _enclose("[", lines, "]", indent)
    return _one_line(value)


def _is_deep(item: object) -> bool:
    """Whether it is more than a scalar, or a list of these."""
    if is_array(item):
        return any(is_array(each) or is_object(each) for each in item)
    return is_object(item)


def _enclose(opening: str, lines: list[str], closing: str, indent: str) -> str:
    joined = f",\n{indent} ".join(lines)
    return f"{opening}\n{indent} {joined}\n{indent}{closing}"
