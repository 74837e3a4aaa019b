"""The parts of a description that are validated apart, and what each depends on.

A path item or a component is valid or not by itself, by what it reaches through
references, and by the version of OpenAPI. Where none of this has changed since it was
valid, it need not be looked at again. What the validator says of several parts at once,
such as an operationId that stands twice, is told by `semantics` in its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

from ..document import Pointer, is_object, join_pointer

_SECTIONS = ("paths", "definitions", "parameters", "responses")
"""Members of the root that hold parts; so do the members of "components"."""

_REFERENCE = re.compile(r'"#/([^"]*)"')
_UNSURE = re.compile(
    r""""\$(?:id|anchor|dynamicRef|dynamicAnchor)":|"\$ref":"(?:"|\#(?!/))|"\#/[^"]*\\"""
)
"""What makes references mean something else than a place that is easily read."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A description by its parts."""

    size: int
    """In characters of JSON."""

    rest: str
    """The digest of what is no part, which is always looked at."""

    digests: Mapping[Pointer, str]
    """What decides on each part: its digest, and those of what it reaches."""

    reached: Mapping[Pointer, Collection[Pointer]]
    """The parts that each part reaches, itself among them."""

    @property
    def digest(self) -> str:
        """Of the whole."""
        return _digest("\n".join([self.rest, *self.digests.values()]))


def find_parts(root: dict[str, Any]) -> Parts:
    """Take a description apart, or give it as a whole where that is not sure."""
    texts = {pointer: _dump(part) for pointer, part in _parts_of(root)}
    around = _dump(_without(root, texts))
    size = len(around) + sum(map(len, texts.values()))
    if any(_UNSURE.search(text) for text in (around, *texts.values())):
        return Parts(size, _digest("\n".join([around, *texts.values()])), {}, {})
    rest = _digest(around)
    own = {pointer: _digest(text) for pointer, text in texts.items()}
    edges = {pointer: _references_in(text) for pointer, text in texts.items()}
    reached = {pointer: _reach(pointer, edges) for pointer in texts}
    digests = {
        pointer: _digest(
            "\n".join(f"{each} {own.get(each, rest)}" for each in sorted(others))
        )
        for pointer, others in reached.items()
    }
    return Parts(size, rest, digests, reached)


def keep_parts(
    root: dict[str, Any], parts: Parts, wanted: Collection[Pointer]
) -> dict[str, Any]:
    """A description of some parts, what they reach, and what is around them."""
    kept = {other for pointer in wanted for other in parts.reached[pointer]}
    return _without(root, parts.digests.keys() - kept)


def _parts_of(root: dict[str, Any]) -> Iterator[tuple[Pointer, Any]]:
    for pointer, section in _sections_of(root):
        for name, part in section.items():
            yield join_pointer(pointer, name), part


def _sections_of(root: dict[str, Any]) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    for key in _SECTIONS:
        if is_object(section := root.get(key)):
            yield join_pointer("", key), section
    if is_object(components := root.get("components")):
        for key, section in components.items():
            if is_object(section):
                yield join_pointer("/components", key), section


def _without(root: dict[str, Any], left_out: Collection[Pointer]) -> dict[str, Any]:
    """The root without some parts; empty sections stay, since they may be required."""
    sections = {
        pointer: {
            name: part
            for name, part in section.items()
            if join_pointer(pointer, name) not in left_out
        }
        for pointer, section in _sections_of(root)
    }
    cut = {key: sections.get(join_pointer("", key), root[key]) for key in root}
    if is_object(components := root.get("components")):
        cut["components"] = {
            key: sections.get(join_pointer("/components", key), section)
            for key, section in components.items()
        }
    return cut


def _references_in(text: str) -> frozenset[Pointer]:
    """The parts that a text names, whether it refers to them or not."""
    found: set[Pointer] = set()
    for reference in _REFERENCE.findall(text):
        keys = unquote(reference).split("/")
        depth = 3 if keys[0] == "components" else 2
        found.add("/" + "/".join(keys[:depth]))
    return frozenset(found)


def _reach(start: Pointer, edges: Mapping[Pointer, Collection[Pointer]]) -> set[str]:
    reached = {start}
    unread = [start]
    while unread:
        for pointer in edges.get(unread.pop(), ()):
            if pointer not in reached:
                reached.add(pointer)
                unread.append(pointer)
    return reached


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
