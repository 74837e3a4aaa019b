"""The words that name something after the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..document import Document, Pointer, find_object, join_pointer, split_pointer
from .names import split_words

_VALUE_OF = {
    "items": "item",
    "additionalProperties": "value",
    "requestBody": "body",
    "itemSchema": "item",
}

_MEDIA_WORDS = {
    "application/octet-stream": "bytes",
    "application/x-www-form-urlencoded": "form",
    "multipart/form-data": "multipart",
    "text/plain": "text",
}

_LONGEST_FROM_PATH = 50
"""The characters that a name may take that is made of a path as it is."""

_PARAMETER = re.compile(r"\{[^{}/]*\}")


def operation_words(
    method: str, path: str, operation_id: str | None, tags: Sequence[str]
) -> list[str]:
    """The words of an operation's function: its operationId without the tag in front.

    Where there is no operationId, method and path serve: "GET /pets/{id}" becomes
    "get pets by id". Of a long path the parameters at its end are kept, and no others:
    "/owners/{owner}/.../visits/{id}" is "owners ... visits by id".
    """
    words = full_operation_words(method, path, operation_id)
    if operation_id and tags:
        lowered = [word.lower() for word in words]
        tag = [word.lower() for word in split_words(tags[0])]
        if lowered[: len(tag)] == tag and len(lowered) > len(tag):
            return words[len(tag) :]
    return words


def media_words(content_type: str) -> list[str]:
    """What a media type is called where there are several."""
    essence = content_type.partition(";")[0].strip().lower()
    if essence in _MEDIA_WORDS:
        return [_MEDIA_WORDS[essence]]
    kind, _, subtype = essence.partition("/")
    if kind in ("application", "text"):
        kind = ""
    return split_words(f"{kind} {subtype}") or ["other"]


def full_operation_words(method: str, path: str, operation_id: str | None) -> list[str]:
    """The words of an operation wherever its group is not beside them."""
    if operation_id and (words := split_words(operation_id)):
        return words
    words = [method.lower(), *_path_words(path)]
    if len("_".join(words)) > _LONGEST_FROM_PATH:
        return [method.lower(), *_path_words(_without_inner_parameters(path))]
    return words


def _path_words(path: str) -> list[str]:
    words: list[str] = []
    for segment in path.split("/"):
        for index, part in enumerate(segment.replace("}", "{").split("{")):
            words.extend(["by"] * (index % 2) + split_words(part))
    return words


def _without_inner_parameters(path: str) -> str:
    """The fixed segments, and the parameters that the path ends with."""
    segments = path.rstrip("/").split("/")
    end = len(segments)
    while end and _PARAMETER.fullmatch(segments[end - 1]):
        end -= 1
    fixed = [each for each in segments[:end] if not _PARAMETER.fullmatch(each)]
    return "/".join([*fixed, *segments[end:]])


def schema_words(
    document: Document, operations: Mapping[Pointer, Sequence[str]], pointer: Pointer
) -> list[str]:
    """The words of the schema at a pointer, from what it belongs to and its place.

    "/components/schemas/Pet/properties/owner" has "Pet owner"; the body of an
    operation has the operation's words and "body". A schema with a discriminator and
    those that extend it are together "any" of it.
    """
    keys = split_pointer(pointer)
    match keys:
        case ["components", "schemas", name, "discriminator"]:
            return ["any", *split_words(name)]
        case ["definitions", name, "discriminator"]:
            return ["any", *split_words(name)]
        case _:
            pass
    if keys[:1] == ["components"]:
        return [*split_words(keys[2]), *_words_below(document, keys, 3)]
    if keys[:1] in (["definitions"], ["parameters"], ["responses"]):
        return [*split_words(keys[1]), *_words_below(document, keys, 2)]
    for depth in (3, 4):
        if words := operations.get(join_pointer("", *keys[:depth])):
            return [*words, *_words_below(document, keys, depth)]
    path = full_operation_words("", keys[1], None) if len(keys) > 1 else []
    return [*path, *_words_below(document, keys, 2)]


def _words_below(document: Document, keys: Sequence[str], start: int) -> list[str]:
    words: list[str] = []
    index = start
    while index < len(keys):
        key = keys[index]
        follower = keys[index + 1] if index + 1 < len(keys) else ""
        here = join_pointer("", *keys[: index + 2])
        index += 2
        match key:
            case "properties" | "patternProperties" | "headers" | "encoding":
                words.extend(split_words(follower))
            case "parameters":
                words.extend(split_words(_member(document, here, "name") or follower))
            case "responses":
                words.extend(_response_words(document, keys[: index - 1], follower))
            case "oneOf" | "anyOf":
                title = _member(document, here, "title")
                words.extend(split_words(title) or [f"variant{int(follower) + 1}"])
            case "prefixItems":
                words.append(f"item{int(follower) + 1}")
            case "allOf" | "content":
                pass
            case _:
                words.extend([_VALUE_OF[key]] if key in _VALUE_OF else [])
                index -= 1
    return words


def _response_words(document: Document, above: Sequence[str], status: str) -> list[str]:
    """The first success is the response; others say their status."""
    statuses = find_object(document, join_pointer("", *above)) or {}
    successes = [code for code in statuses if code.startswith("2")]
    first = successes[0] if successes else "default"
    if status == first:
        return ["response"]
    # It is named before the validator has said whether it is a status at all.
    is_word = f"a{status}".isidentifier()
    return ["response", *([status] if is_word else split_words(status))]


def _member(document: Document, pointer: Pointer, key: str) -> str:
    found = (find_object(document, pointer) or {}).get(key)
    return found if isinstance(found, str) else ""
