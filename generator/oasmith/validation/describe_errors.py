"""Says in our words what a JSON Schema validator finds wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from ..document import is_array, is_object
from .values import show

_LONGEST_MESSAGE = 200

_MOST_CHOICES = 12

_KINDS: Mapping[str, str] = {
    "null": "null",
    "boolean": "a boolean",
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "array": "a list",
    "object": "an object",
}


class Told(NamedTuple):
    message: str
    help: str | None = None
    member: str | None = None
    """That of the object at the error's place which it is about."""


def describe_error(error: Any) -> Told:
    """What is wrong, and where something similar would be right, that.

    Args:
        error: A ``jsonschema.ValidationError``.
    """
    value, wanted = error.instance, error.validator_value
    match error.validator:
        case "required" if is_object(value) and is_array(wanted):
            # There is an error for each, which only its message tells apart.
            missing = (name for name in wanted if error.message.startswith(repr(name)))
            return Told(f"{show(next(missing, '?'))} is missing")
        case "type":
            names = wanted if is_array(wanted) else [wanted]
            kinds = _alternatives(_KINDS.get(str(name), str(name)) for name in names)
            return Told(f"{show(value)} is not {kinds}")
        case "enum" if is_array(wanted) and len(wanted) <= _MOST_CHOICES:
            choices = _alternatives(map(show, wanted))
            return Told(f"{show(value)} is not {choices}", _near(value, wanted))
        case "const":
            return Told(f"{show(value)} is not {show(wanted)}")
        case "format":
            return Told(f"{show(value)} is not a {wanted}")
        case "additionalProperties" | "unevaluatedProperties" if is_object(value):
            if told := _describe_additional(value, error.schema):
                return told
        case _:
            pass
    return Told(_in_our_form(error.message))


def _describe_additional(
    value: Mapping[str, Any], schema: Mapping[str, Any]
) -> Told | None:
    known = schema.get("properties", {})
    patterns = [*schema.get("patternProperties", {})]
    others = [
        name
        for name in value
        if name not in known
        and not any(re.search(pattern, name) for pattern in patterns)
    ]
    if not others:
        return None
    verb = "has" if len(others) == 1 else "have"
    names = " and ".join(map(show, others[:3])) + (" and others" * (len(others) > 3))
    absent = [name for name in known if name not in value]
    help = _near(others[0], absent)
    return Told(f"{names} {verb} no place here", help, others[0])


def _near(value: object, known: Sequence[object]) -> str | None:
    names = [name for name in known if isinstance(name, str)]
    close = get_close_matches(value, names, 1) if isinstance(value, str) else []
    return f"did you mean {show(close[0])}?" if close else None


def _alternatives(texts: Iterable[str]) -> str:
    *others, last = dict.fromkeys(texts)
    return f"{', '.join(others)} or {last}" if others else last


def _in_our_form(message: str) -> str:
    """A message of the validator, in lower case and of one line that is not long."""
    first, _, rest = message.partition(" ")
    if first.istitle() and first not in ("None", "True", "False"):
        message = f"{first.lower()} {rest}"
    message = " ".join(message.split())
    if len(message) > _LONGEST_MESSAGE:
        half = _LONGEST_MESSAGE // 2
        message = f"{message[: half - 3]} ... {message[2 - half :]}"
    return message
