"""Reads what a description says of its operations, without the generator's reader.

Swagger 2.0 is made into the same before that (``swagger``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from oasmith.document import (
    Pointer,
    is_array,
    is_object,
    join_pointer,
    pointer_of_reference,
    split_pointer,
)

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_SEQUENTIAL = (
    *("text/event-stream", "application/json-seq", "application/jsonl"),
    *("application/x-ndjson", "application/ndjson", "application/x-jsonlines"),
)
_IGNORED_HEADERS = ("accept", "content-type", "authorization")
_FRAMING = (
    *("host", "content-length", "transfer-encoding", "connection"),
    "accept-encoding",
)
_MARKS = {
    "form": ",",
    "spaceDelimited": " ",
    "pipeDelimited": "|",
    "tabDelimited": "\t",
}
_STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}


def essence_of(content_type: str) -> str:
    """A media type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Media:
    content_type: str
    schema: Pointer | None
    """Where its schema stands, if it has one."""

    encoding: Mapping[str, Any]

    item: Pointer | None = None
    """Where the schema of each item stands, if it is a sequence of items."""

    def mark_of(self, name: str) -> str | None:
        """What stands between the values of a part that has all of them."""
        encoding = self.encoding.get(name, {})
        style = encoding.get("style", "form")
        if encoding.get("explode", style == "form") or style not in _MARKS:
            return None
        return _MARKS[style]

    @property
    def essence(self) -> str:
        return essence_of(self.content_type)

    @property
    def is_json(self) -> bool:
        return self.essence.endswith(("/json", "+json"))


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    place: str
    required: bool
    style: str
    explode: bool
    media: Media | None
    """What it is written as, where it has "content"."""

    schema: Pointer | None

    @property
    def is_framing(self) -> bool:
        """Whether it is a header that only the transport can write."""
        return self.place == "header" and self.name.lower() in _FRAMING


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    media: tuple[Media, ...]
    headers: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    body: tuple[Media, ...]
    body_required: bool
    answers: tuple[Answer, ...]
    security: tuple[tuple[str, ...], ...]


class Description:
    """A description whose references are all within it."""

    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root

    def operations(self) -> Iterator[Operation]:
        """All operations, in the order of the description."""
        for path in self.root.get("paths", {}):
            if path.startswith("/"):
                item, place = self._follow(join_pointer("/paths", path))
                for method, below in self._methods_of(item):
                    yield self._operation(path, (item, place), method, below)

    def scheme(self, name: str) -> dict[str, Any]:
        """A security scheme by its name."""
        place = join_pointer("/components/securitySchemes", name)
        return self._follow(place)[0]

    def find(self, pointer: Pointer) -> Any:
        """What stands at a pointer."""
        value: Any = self.root
        for key in split_pointer(pointer):
            value = value[int(key)] if is_array(value) else value[key]
        return value

    def resolve(self, pointer: Pointer) -> tuple[Any, Pointer]:
        """What stands at a pointer, or is referred to there, and where that is."""
        found = self.find(pointer)
        while is_object(found) and "$ref" in found:
            target = pointer_of_reference(found["$ref"])
            assert target is not None, found["$ref"]
            found, pointer = self.find(target), target
        return found, pointer

    def file_fields(self, media: Media) -> dict[str, bool]:
        """The fields of a form that are files, and whether each is several.

        In OpenAPI 3.0 these are binary strings, in 3.1 what has no type (3.1.1 section
        4.8.14.3, and the default of contentType in 4.8.15.1.1).
        """
        if media.schema is None or not media.essence.startswith("multipart/"):
            return {}
        return dict(self._files_below(media.schema))

    def _files_below(self, pointer: Pointer) -> Iterator[tuple[str, bool]]:
        schema, place = self.resolve(pointer)
        for index in range(len(schema.get("allOf", []))):
            yield from self._files_below(join_pointer(place, "allOf", index))
        for name, raw in schema.get("properties", {}).items():
            many = is_object(raw) and raw.get("type") == "array" and "items" in raw
            at = join_pointer(place, "properties", name, *(["items"] if many else []))
            if _is_file(self.resolve(at)[0]):
                yield name, many

    def _follow(self, pointer: Pointer) -> tuple[dict[str, Any], Pointer]:
        found, place = self.resolve(pointer)
        assert is_object(found), pointer
        return found, place

    def _methods_of(self, item: dict[str, Any]) -> Iterator[tuple[str, str]]:
        is_newest = str(self.root.get("openapi")).startswith("3.2")
        for method in (*_METHODS, "query") if is_newest else _METHODS:
            if method in item:
                yield method.upper(), method
        for method in item.get("additionalOperations", {}) if is_newest else ():
            yield method, join_pointer("additionalOperations", method)

    def _operation(
        self, path: str, item: tuple[dict[str, Any], Pointer], method: str, below: str
    ) -> Operation:
        place = f"{item[1]}/{below}"
        raw = self.find(place)
        body, body_at = {}, ""
        if "requestBody" in raw:
            body, body_at = self._follow(f"{place}/requestBody")
        return Operation(
            method=method,
            path=path,
            parameters=tuple(self._parameters([item, (raw, place)])),
            body=self._media(body, body_at),
            body_required=body.get("required") is True,
            answers=tuple(self._answers(raw, place)),
            security=self._security(raw),
        )

    def _security(self, raw: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
        written = raw.get("security", self.root.get("security", []))
        return tuple(tuple(each) for each in written)

    def _parameters(
        self, owners: list[tuple[dict[str, Any], Pointer]]
    ) -> Iterator[Parameter]:
        found: dict[tuple[str, str], tuple[dict[str, Any], Pointer]] = {}
        for owner, place in owners:
            for index in range(len(owner.get("parameters", []))):
                raw, at = self._follow(join_pointer(place, "parameters", index))
                found[raw["in"], raw["name"]] = raw, at
        for (where, name), (raw, at) in found.items():
            if where == "header" and name.lower() in _IGNORED_HEADERS:
                continue
            yield self._parameter(raw, at)

    def _parameter(self, raw: dict[str, Any], at: Pointer) -> Parameter:
        style = raw.get("style", _STYLES.get(raw["in"], "form"))
        media = self._media(raw, at)
        return Parameter(
            name=raw["name"],
            place=raw["in"],
            required=raw.get("required") is True or raw["in"] == "path",
            style=style,
            explode=raw.get("explode", style in ("form", "cookie")),
            media=media[0] if media else None,
            schema=media[0].schema if media else self._schema(raw, at),
        )

    def _media(self, raw: dict[str, Any], at: Pointer) -> tuple[Media, ...]:
        pairs = [
            (name, *self._follow(join_pointer(at, "content", name)))
            for name in raw.get("content", {})
        ]
        return tuple(
            Media(
                name,
                self._schema(media, place),
                self._encoding(name, media),
                self._item(name, media, place),
            )
            for name, media, place in pairs
        )

    def _item(self, name: str, raw: dict[str, Any], at: Pointer) -> Pointer | None:
        """The schema of an item: "itemSchema", that of an array, or else the whole."""
        if not _is_sequential(essence_of(name)):
            return None
        if "itemSchema" in raw:
            return join_pointer(at, "itemSchema")
        if "schema" not in raw:
            return None
        whole, place = self._follow(join_pointer(at, "schema"))
        return join_pointer(place, "items") if "items" in whole else f"{at}/schema"

    def _encoding(self, content_type: str, raw: dict[str, Any]) -> dict[str, Any]:
        """The encoding of a form; 3.0 has no styles for parts (3.0.4, 4.7.15.1.2)."""
        written: dict[str, Any] = raw.get("encoding", {})
        is_old = str(self.root.get("openapi")).startswith("3.0")
        if not content_type.startswith("multipart/") or not is_old:
            return written
        kept = ("contentType", "headers")
        return {
            name: {key: it for key, it in each.items() if key in kept}
            for name, each in written.items()
        }

    def _answers(self, raw: dict[str, Any], at: Pointer) -> Iterator[Answer]:
        for status in raw.get("responses", {}):
            if not status.startswith("x-"):
                found, place = self._follow(join_pointer(at, "responses", status))
                headers = tuple(self._headers(found, place))
                yield Answer(status, self._media(found, place), headers)

    def _headers(self, raw: dict[str, Any], at: Pointer) -> Iterator[Parameter]:
        for name in raw.get("headers", {}):
            found, place = self._follow(join_pointer(at, "headers", name))
            whole = {**found, "name": name, "in": "header"}
            yield self._parameter(whole, place)

    def _schema(self, raw: dict[str, Any], at: Pointer) -> Pointer | None:
        return join_pointer(at, "schema") if "schema" in raw else None


def _is_sequential(essence: str) -> bool:
    """Whether it is one of OpenAPI 3.2's sequential media types (3.2.0, 4.14.4)."""
    return essence in _SEQUENTIAL or essence.endswith("+json-seq")


def _is_file(schema: Any) -> bool:
    if not is_object(schema):
        return False
    is_binary = schema.get("format") in ("binary", "file")
    kinds = ("type", "allOf", "oneOf", "anyOf", "enum", "const", "properties")
    return is_binary or not any(key in schema for key in kinds)
