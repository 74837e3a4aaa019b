"""Chooses what is meant: values that are valid, and that their place can hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from tests.corpus.definitions import Definitions, NotUnderstood
from tests.corpus.merge import NoSample
from tests.corpus.sample import Sampler, Size
from tests.corpus.validity import Judge, Unusable

from oasmith.document import Pointer, is_array, is_object

from .described import Parameter

_TRIES = 60
_MARKS = {"spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}


class NoMeaning(Exception):
    """There is nothing that could be meant; the message says why."""


class Meanings:
    """Samples of the schemas of a description, each proved valid by jsonschema-rs."""

    def __init__(self, root: dict[str, Any], pointers: Sequence[Pointer]) -> None:
        self._definitions = Definitions(root)
        self._sampler = Sampler(self._definitions, Random(4))
        self._known: dict[Pointer, Any] = {}
        for pointer in pointers:
            try:
                self._definitions.add(pointer)
                self._known[pointer] = None
            except NotUnderstood as problem:
                self._known[pointer] = problem
        self._judge = Judge(self._definitions)

    def is_valid(self, pointer: Pointer, value: Any) -> bool:
        """Whether a value is one of the schema at a pointer."""
        return self._validator(pointer).is_valid(value)

    def choose(
        self, pointer: Pointer | None, size: Size, holds: Callable[[Any], bool]
    ) -> Any:
        """A value of a schema that its place can hold.

        Raises:
            NoMeaning: None was found, or the schema is not understood.
        """
        if pointer is None:
            return "text"
        validator = self._validator(pointer)
        reason = "no sample is valid"
        for attempt in range(_TRIES):
            try:
                chosen: Size = size if attempt < _TRIES // 2 else "mixed"
                value = self._sampler.sample([pointer], chosen)
            except (NoSample, RecursionError) as problem:
                reason = f"no sample: {problem}"
                continue
            if not validator.is_valid(value):
                continue
            if holds(value):
                return value
            reason = "no sample that its place can hold"
        raise NoMeaning(reason)

    def _validator(self, pointer: Pointer) -> Any:
        if self._known[pointer] is None:
            try:
                self._known[pointer] = self._judge.validator([pointer])
            except Unusable as problem:
                self._known[pointer] = problem
        found = self._known[pointer]
        if isinstance(found, Exception):
            raise NoMeaning(f"the schema: {found}")
        return found


def can_hold(parameter: Parameter) -> Callable[[Any], bool]:
    """Whether a value can stand in a place, and be read back from there.

    Text that is empty, arrays without items and null have no form there, or share
    theirs with something else (OpenAPI 3.1.1 section 4.8.12.4; RFC 6570 section 2.3).
    """
    style = parameter.style
    place = "cookie style" if style == "cookie" else parameter.place
    is_content = parameter.media is not None and parameter.media.is_json
    mark = _MARKS.get(style, "")
    if style == "label" and parameter.explode:
        mark = "."

    def holds(value: Any) -> bool:
        if mark and (is_object(value) or is_array(value)) and mark in _texts_of(value):
            # OpenAPI does not say what comes of a delimiter in a value.
            return False
        if is_content:
            return place != "header" or _is_plain(value)
        deep = style == "deepObject"
        if is_object(value):
            return bool(value) and all(
                key.isascii() and "[" not in key and _is_part(it, place, deep)
                for key, it in value.items()
            )
        if is_array(value):
            return bool(value) and all(_is_part(it, place, deep) for it in value)
        return _is_scalar(value, place)

    return holds


def _texts_of(value: Any) -> str:
    parts = [*value, *value.values()] if is_object(value) else value
    return "".join(map(str, parts))


def _is_part(value: Any, place: str, deep: bool) -> bool:
    if deep and is_object(value):
        return bool(value) and all(_is_part(it, place, deep) for it in value.values())
    if deep and is_array(value):
        return bool(value) and all(_is_part(it, place, deep) for it in value)
    return _is_scalar(value, place) and not (
        place in ("header", "cookie style") and "," in str(value)
    )


def _is_scalar(value: Any, place: str) -> bool:
    if is_object(value) or is_array(value) or value is None:
        return False
    if not isinstance(value, str):
        return True
    if place == "path":
        return value not in ("", ".", "..")
    if place == "header":
        return bool(value) and _is_plain(value) and value == value.strip()
    return value != ""


def _is_plain(value: Any) -> bool:
    return not isinstance(value, str) or (value.isascii() and value.isprintable())


def can_be_field(value: Any, mark: str | None) -> bool:
    """Whether a value can be a field of a form: null and empty arrays can not.

    What is joined by a mark has scalars alone, and none with the mark in it.
    """
    if mark and (is_array(value) or is_object(value)):
        parts = [*value.values()] if is_object(value) else value
        scalars = all(_is_scalar(it, "part") for it in parts)
        return bool(value) and scalars and mark not in _texts_of(value)
    if is_array(value):
        return bool(value) and all(it is not None and not is_array(it) for it in value)
    return value is not None
