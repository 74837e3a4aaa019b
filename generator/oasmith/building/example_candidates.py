"""Finds what may be an example of an answer: what is given for it, or for its parts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..document import Pointer
from ..reading.spec import Example, MediaType, Schema, Spec, Value
from .api import (
    Api,
    BytesContent,
    Content,
    JsonContent,
    Operation,
    StreamContent,
    TextContent,
)
from .merge import as_whole, resolve_schema


@dataclass(frozen=True, slots=True)
class ExampleCandidate:
    place: Pointer
    """Of the example, or of the media type that it is made for."""

    value: Value | None
    """None where it stands in another file."""

    schema: Schema | None
    is_list_of: bool
    """Whether the schema is that of each item of it."""

    is_made: bool = False
    """Whether it was put together of the examples of its parts."""


@dataclass(frozen=True, slots=True)
class AnswerWithExamples:
    """An answer that is no error, and the examples that it may have, best first."""

    operation: Operation
    status: str
    content_type: str
    content: Content
    candidates: tuple[ExampleCandidate, ...]


def find_example_candidates(spec: Spec, api: Api) -> Iterator[AnswerWithExamples]:
    """Give the answers that have a body of text, JSON or items."""
    described = {
        (operation.pointer, response.status, media.content_type): media
        for operation in spec.operations
        for response in operation.responses
        for media in response.content
    }
    for operation in api.operations:
        variant = operation.variant
        if variant is not None and not variant.streams:
            # What it answers is what the operation itself does.
            continue
        of = operation.pointer if variant is None else variant.of
        for response in operation.responses:
            for content_type, content in response.content:
                if response.is_error or isinstance(content, BytesContent):
                    continue
                media = described[of, response.status, content_type]
                yield AnswerWithExamples(
                    operation,
                    response.status,
                    content_type,
                    content,
                    tuple(_candidates(spec, media, content)),
                )


def _candidates(
    spec: Spec, media: MediaType, content: Content
) -> Iterator[ExampleCandidate]:
    schema, is_list_of = media.schema, False
    if isinstance(content, StreamContent):
        schema, is_list_of = _item_schema(spec, media), True
    for example in media.examples:
        value = _read_serialized(example, content)
        yield ExampleCandidate(example.pointer, value, schema, is_list_of)
    made = None if schema is None else _example_of(spec, schema, ())
    # The schema of text such as XML says what is in it, and not how it is written.
    is_structure = isinstance(content, TextContent) and not _is_text(made)
    if made is not None and not is_structure:
        value = Value([made.json]) if is_list_of else made
        yield ExampleCandidate(media.pointer, value, schema, is_list_of, is_made=True)


def _read_serialized(example: Example, content: Content) -> Value | None:
    """The value of an example, which may be the text that is sent.

    Text that can't be read is left as it is, and is no example then.
    """
    if not example.is_serialized or example.value is None:
        return example.value
    text = example.value.json
    try:
        match content:
            case JsonContent():
                return Value(json.loads(text))
            case StreamContent("lines"):
                lines = filter(str.strip, text.splitlines())
                return Value([json.loads(line) for line in lines])
            case _:
                return example.value
    except (TypeError, ValueError):
        return example.value


def _is_text(value: Value | None) -> bool:
    return value is not None and isinstance(value.json, str)


def _item_schema(spec: Spec, media: MediaType) -> Schema | None:
    if media.item_schema is not None or media.schema is None:
        return media.item_schema
    return as_whole(spec, media.schema).items or media.schema


def _example_of(spec: Spec, schema: Schema, above: tuple[Pointer, ...]) -> Value | None:
    """What a schema gives as an example, or what its parts give together."""
    said = resolve_schema(spec, schema)
    if said.pointer in above:
        return None
    if said.annotations.examples:
        return said.annotations.examples[0]
    whole, above = as_whole(spec, said), (*above, said.pointer)
    if whole.constant is not None:
        return whole.constant
    if whole.enum:
        return Value(whole.enum[0])
    if said.annotations.default is not None:
        return said.annotations.default
    if whole.properties:
        return _object_of(spec, whole, above)
    if whole.items is not None:
        item = _example_of(spec, whole.items, above)
        return None if item is None else Value([item.json])
    choices = (_example_of(spec, each, above) for each in whole.one_of or whole.any_of)
    return next((each for each in choices if each is not None), None)


def _object_of(spec: Spec, whole: Schema, above: tuple[Pointer, ...]) -> Value | None:
    """The properties of which there are examples, if the required ones are there."""
    members: dict[str, Any] = {}
    for name, each in whole.properties:
        if resolve_schema(spec, each).annotations.write_only:
            continue
        found = _example_of(spec, each, above)
        if found is not None:
            members[name] = found.json
        elif name in whole.required:
            return None
    return Value(members) if members else None
