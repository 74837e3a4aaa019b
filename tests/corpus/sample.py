"""Samples instances of a schema; whether they are valid is for others to say."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, Literal

from oasmith.document import Pointer, is_object

from .definitions import Definitions, Schema, schema_reference
from .merge import Merged, NoSample, merge_schema
from .numbers_in_bounds import sample_integer, sample_number
from .patterns import NoMatch, sample_pattern
from .strings import sample_format, sample_text
from .tags import children_of, tag_object, tagged_choice

Size = Literal["least", "most", "mixed"]
"""Required properties alone, all that there are, or some of them."""

_LEAST_FROM_DEPTH = 4
_DEEPEST = 16
_TRIES = 4
_OF_OBJECTS = frozenset(
    ["properties", "required", "patternProperties", "additionalProperties"]
)
_ANYTHING: tuple[Any, ...] = (None, True, 7, 1.5, "text", [1, "a"], {"a": {"b": None}})


class Sampler:
    """Samples instances from the schemas of one document.

    Args:
        random: Where all choices come from, so that a seed gives the same instances.
    """

    def __init__(self, definitions: Definitions, random: Random) -> None:
        self._definitions = definitions
        self._random = random

    def sample(self, pointers: Sequence[Pointer], size: Size) -> Any:
        """An instance that the schemas at some pointers should take, all of them.

        Raises:
            NoSample: None was found.
        """
        references = [{"$ref": schema_reference(pointer)} for pointer in pointers]
        return self._sample({"allOf": references}, size, 0)

    def _sample(self, schema: Schema, size: Size, depth: int) -> Any:
        """Try a few times, since choices may contradict each other."""
        if depth > _DEEPEST:
            raise NoSample("nested without end")
        size = "least" if depth >= _LEAST_FROM_DEPTH else size
        for left in reversed(range(_TRIES if depth < _LEAST_FROM_DEPTH else 2)):
            try:
                return self._sample_once(schema, size, depth)
            except NoSample:
                if not left:
                    raise
        raise AssertionError("the last try returns or raises")

    def _sample_once(self, schema: Schema, size: Size, depth: int) -> Any:
        merged, tags = merge_schema(self._definitions, schema), dict[str, str]()
        if children := children_of(merged):
            return self._sample(self._random.choice(children), size, depth + 1)
        while merged.choices:
            picks = [self._random.choice(choices) for choices in merged.choices]
            tags |= tagged_choice(merged, picks)
            rest: Schema = dict(merged.keywords)
            chosen = merge_schema(self._definitions, {"allOf": [rest, *picks]})
            chosen.tags, chosen.pointers = merged.tags + chosen.tags, merged.pointers
            merged = chosen
        value = self._sample_merged(merged, size, depth)
        if is_object(value):
            return tag_object(value, merged, tags)
        return value

    def _sample_merged(self, merged: Merged, size: Size, depth: int) -> Any:
        keywords = merged.keywords
        if "const" in keywords:
            return keywords["const"]
        if "enum" in keywords:
            types = keywords.get("type")
            values = [it for it in keywords["enum"] if not types or _is_of(it, types)]
            if not values:
                raise NoSample("an enum without values")
            return self._random.choice(values)
        match self._choose_type(keywords, size):
            case "object":
                return self._sample_object(keywords, size, depth)
            case "array":
                return self._sample_array(keywords, size, depth)
            case "string":
                return self._sample_string(keywords)
            case "integer":
                return sample_integer(self._random, keywords)
            case "number":
                return sample_number(self._random, keywords)
            case "boolean":
                return self._random.choice((True, False))
            case "null":
                return None
            case _:
                return self._random.choice(_ANYTHING)

    def _choose_type(self, keywords: dict[str, Any], size: Size) -> str:
        """A type, which is guessed where none is said: null is for "mixed" alone."""
        types: list[str] = keywords.get("type", [])
        if types:
            telling = [name for name in types if name != "null" or size == "mixed"]
            return self._random.choice(telling or types)
        if _OF_OBJECTS & keywords.keys():
            return "object"
        if {"items", "prefixItems"} & keywords.keys():
            return "array"
        if {"pattern", "format", "minLength", "maxLength"} & keywords.keys():
            return "string"
        return "number" if {"minimum", "maximum"} & keywords.keys() else "anything"

    def _sample_string(self, keywords: dict[str, Any]) -> str:
        if "pattern" in keywords:
            try:
                return sample_pattern(self._random, keywords["pattern"])
            except NoMatch:
                raise NoSample("a pattern that is not understood") from None
        form = keywords.get("format") or keywords.get("contentEncoding", "")
        text = sample_format(self._random, form)
        if text is not None:
            return text
        shortest, longest = keywords.get("minLength", 0), keywords.get("maxLength")
        return sample_text(self._random, shortest, longest)

    def _sample_array(
        self, keywords: dict[str, Any], size: Size, depth: int
    ) -> list[Any]:
        first = keywords.get("prefixItems", [])
        items = keywords.get("items", True)
        fewest = keywords.get("minItems", 0)
        wanted = {"least": 0, "most": 2, "mixed": self._random.randrange(3)}[size]
        count = min(max(fewest, wanted + len(first)), keywords.get("maxItems", 1000))
        made: list[Any] = []
        for number in range(count):
            schema = first[number] if number < len(first) else items
            try:
                item = self._sample(schema, size, depth + 1)
            except NoSample:
                if number < fewest:
                    raise
                break
            if not (keywords.get("uniqueItems") and item in made):
                made.append(item)
        return made

    def _sample_object(
        self, keywords: dict[str, Any], size: Size, depth: int
    ) -> dict[str, Any]:
        made: dict[str, Any] = {}
        properties = keywords.get("properties", {})
        required = keywords.get("required", [])
        for name in dict.fromkeys([*properties, *required]):
            if name not in required and not self._wants(size):
                continue
            try:
                schema = properties.get(name, True)
                made[name] = self._sample(schema, size, depth + 1)
            except NoSample:
                if name in required:
                    raise
        self._add_extras(made, keywords, size, depth)
        return made

    def _wants(self, size: Size) -> bool:
        return size == "most" or (size == "mixed" and self._random.random() < 0.5)

    def _add_extras(
        self, made: dict[str, Any], keywords: dict[str, Any], size: Size, depth: int
    ) -> None:
        """Add properties that have no name in the schema."""
        missing = keywords.get("minProperties", 0) - len(made)
        rest = keywords.get("additionalProperties", True)
        if keywords.get("unevaluatedProperties") is False:
            rest = False
        count = max(missing, 1 if rest is not False and size != "least" else 0)
        for number in range(count):
            if rest is not False:
                made[f"x-extra {number}"] = self._sample(rest, size, depth + 1)
        for pattern, schema in keywords.get("patternProperties", {}).items():
            if size != "least" or missing > 0:
                try:
                    name = sample_pattern(self._random, pattern)
                except NoMatch:
                    continue
                made.setdefault(name, self._sample(schema, size, depth + 1))


def _is_of(value: object, types: list[str]) -> bool:
    match value:
        case None:
            return "null" in types
        case bool():
            return "boolean" in types
        case int():
            return "integer" in types or "number" in types
        case float():
            return "number" in types
        case str():
            return "string" in types
        case list():
            return "array" in types
        case _:
            return "object" in types
