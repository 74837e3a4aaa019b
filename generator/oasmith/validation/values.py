"""JSON values as JSON Schema sees them: their types, and when two are equal."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from ..document import is_array, is_object


def has_type(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether a value is of a type that a schema allows; no type allows all."""
    if value is None and schema.get("nullable") is True:
        return True
    types = schema.get("type")
    tests = [
        _TESTS[name]
        for name in (types if is_array(types) else [types])
        if isinstance(name, str) and name in _TESTS
    ]
    return not tests or any(test(value) for test in tests)


def identity_of(value: Any) -> str:
    """A text that two values share when they are equal: 1 and 1.0, not 1 and true."""
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, sort_keys=True)


def show(value: Any) -> str:
    """A value as JSON, short enough for a message."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TESTS: Mapping[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "number": _is_number,
    "integer": lambda value: _is_number(value) and value == value // 1,
    "array": is_array,
    "object": is_object,
}
