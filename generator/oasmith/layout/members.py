"""What tells the members of a list apart, whatever stands beside them.

The lock knows things by it, so that a parameter that is put before others moves no
name. It is as short as can be read: "query limit", "Cat", "kind=card", "{id,name}".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..document import is_array, is_object, objects_in, split_pointer

_MOST_WORDS = 5
_LONGEST = 100
_JOINTS = re.compile(r"[,|{}\[\]]")
_NUMBER = re.compile(r" [0-9]+$")


def tell_parameters_apart(members: Sequence[object]) -> tuple[str, ...]:
    """The place and the name of each parameter, or what its reference names."""
    return _number_twins([_word_of_parameter(each) for each in members])


def tell_schemas_apart(members: Sequence[object]) -> tuple[str, ...]:
    """What each schema refers to, or else its title, its constants, its properties.

    What consists of others is known by these: "Base,{id,name}", "A|B", "[Cat]".
    """
    return _number_twins([_shorten(_word_of_schema(each)) for each in members])


def parts_of_word(word: str) -> frozenset[str]:
    """All that a word says: properties, constants, titles, and what is referred to."""
    return frozenset(filter(None, _JOINTS.split(_NUMBER.sub("", word))))


def _number_twins(words: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    numbered: list[str] = []
    for word in words:
        seen[word] = seen.get(word, 0) + 1
        numbered.append(word if seen[word] == 1 else f"{word} {seen[word]}")
    return tuple(numbered)


def _shorten(word: str) -> str:
    if len(word) <= _LONGEST:
        return word
    return f"{word[:_LONGEST]} {hashlib.sha256(word.encode()).hexdigest()[:8]}"


def _word_of_parameter(member: object) -> str:
    if not is_object(member):
        return "any"
    return _target(member) or f"{member.get('in', '')} {member.get('name', '')}"


def _word_of_schema(member: object) -> str:
    if not is_object(member):
        return "any"
    title = member.get("title")
    if word := _target(member) or (title if isinstance(title, str) else ""):
        return word
    constants = sorted(
        f"{name}={value}"
        for name, schema in objects_in(member.get("properties"))
        if (value := _constant(schema)) is not None
    )
    if constants:
        return ",".join(constants[:_MOST_WORDS])
    if names := _names(member):
        return f"{{{','.join(names[:_MOST_WORDS])}}}"
    if parts := _join_parts(member):
        return parts
    types = member.get("type")
    words = types if is_array(types) else [types or "any"]
    return ",".join(map(str, words))


def _join_parts(member: Mapping[str, Any]) -> str:
    """What the parts of a schema are known by, where it consists of such."""
    for keyword, joint in (("allOf", ","), ("oneOf", "|"), ("anyOf", "|")):
        if is_array(parts := member.get(keyword)) and parts:
            return joint.join(map(_word_of_schema, parts))
    return f"[{_word_of_schema(items)}]" if (items := member.get("items")) else ""


def _target(member: Mapping[str, Any]) -> str:
    """The last word of what a member refers to, if it does."""
    reference = member.get("$ref")
    keys = split_pointer(reference) if isinstance(reference, str) else []
    return keys[-1] if keys else ""


def _constant(schema: Mapping[str, Any]) -> str | None:
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    is_one = is_array(values) and len(values) == 1 and isinstance(values[0], str)
    return values[0] if is_one else None


def _names(member: Mapping[str, Any]) -> list[str]:
    """The properties that must be there, or else those that may."""
    required, properties = member.get("required"), member.get("properties")
    if is_array(required) and required:
        return sorted(map(str, required))
    return sorted(properties) if is_object(properties) else []
