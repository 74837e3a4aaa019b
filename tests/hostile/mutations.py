"""Mutates descriptions: their trees, and the bytes that they are written in."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from .payloads import PAYLOADS

_VALUES: Sequence[Any] = (
    *(None, True, False, 0, -1, 7, 2**70, 1.5, "", "a", [], {}, [None], {"a": None}),
    *({"$ref": "#"}, {"$ref": "#/a"}, {"$ref": 7}, {"type": "object"}, {"type": []}),
    *({"type": "array"}, {"oneOf": []}, {"allOf": [{}]}, {"enum": []}, {"const": {}}),
    *(
        {"not": {}},
        {"type": "string", "pattern": "("},
        {"nullable": True},
        [[[]]],
        "*/*",
    ),
)
_KEYS: Sequence[str] = (
    *("$ref", "type", "items", "properties", "required", "enum", "const", "default"),
    *("allOf", "oneOf", "anyOf", "additionalProperties", "discriminator", "nullable"),
    *("format", "pattern", "minimum", "maxLength", "in", "name", "style", "explode"),
    *("content", "schema", "parameters", "responses", "security", "servers", "tags"),
    *("encoding", "headers", "x-a", "description", "deprecated", "prefixItems", "get"),
)

_Place = tuple[Any, Any]
"""A container of the tree, and a key or an index in it."""


def mutate_tree(root: dict[str, Any], random: Random) -> dict[str, Any]:
    """A copy of a tree with a few changes in it."""
    made: dict[str, Any] = copy.deepcopy(root)
    for _ in range(random.choice((1, 1, 1, 2, 3, 5))):
        places = list(_places(made))
        if places:
            random.choice(_CHANGES)(places, random)
    return made


def mutate_bytes(content: bytes, random: Random) -> bytes:
    """The bytes with a few of them changed, left out, or there twice."""
    made = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 4))):
        at = random.randrange(len(made) + 1)
        size = random.choice((1, 1, 1, 2, 8, 64, 1_024))
        match random.randrange(4):
            case 0:
                del made[at : at + size]
            case 1:
                made[at : at + 1] = bytes([random.randrange(256)])
            case 2:
                made[at:at] = made[at : at + size]
            case _:
                text = random.choice(list(PAYLOADS.values()))[:200]
                made[at:at] = random.choice((text, *"{}[]\",:'\\&*!|>-#%@`")).encode()
    return bytes(made)


def write(tree: Any) -> bytes:
    """A tree as JSON."""
    return json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _places(value: Any) -> Iterator[_Place]:
    keys: Any = value if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])


def _replace_value(places: Sequence[_Place], random: Random) -> None:
    holder, key = random.choice(places)
    holder[key] = copy.deepcopy(random.choice(_VALUES))


def _remove(places: Sequence[_Place], random: Random) -> None:
    holder, key = random.choice(places)
    del holder[key]


def _replace_text(places: Sequence[_Place], random: Random) -> None:
    texts = [(holder, key) for holder, key in places if isinstance(holder[key], str)]
    if texts:
        holder, key = random.choice(texts)
        holder[key] = random.choice(list(PAYLOADS.values()))


def _rename(places: Sequence[_Place], random: Random) -> None:
    holder, key = random.choice(places)
    if isinstance(holder, dict):
        name = random.choice((*_KEYS, *PAYLOADS.values()))
        holder[name] = holder.pop(key)


def _move(places: Sequence[_Place], random: Random) -> None:
    """Put a part of the tree at another place, where it may mean something else."""
    (source, source_key), (target, key) = random.choices(places, k=2)
    target[key] = copy.deepcopy(source[source_key])


def _add(places: Sequence[_Place], random: Random) -> None:
    holder, _ = random.choice(places)
    if isinstance(holder, dict):
        other, key = random.choice(places)
        value = random.choice((*_VALUES, other[key]))
        holder[random.choice(_KEYS)] = copy.deepcopy(value)


def _refer(places: Sequence[_Place], random: Random) -> None:
    """Refer to anything, from anywhere."""
    holder, key = random.choice(places)
    path: list[str] = []
    found: Any = places[0][0]
    while isinstance(found, dict | list) and found and random.random() < 0.9:
        keys = list(found) if isinstance(found, dict) else list(range(len(found)))
        step = random.choice(keys)
        path.append(str(step).replace("~", "~0").replace("/", "~1"))
        found = found[step]
    holder[key] = {"$ref": "/".join(["#", *path])}


_CHANGES: Sequence[Callable[[Sequence[_Place], Random], None]] = (
    _add,
    _move,
    _move,
    _refer,
    _refer,
    _remove,
    _rename,
    _replace_text,
    _replace_value,
    _replace_value,
)
