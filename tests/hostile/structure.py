"""A description that is hostile, or broken, and what is to become of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .places import Verdict

Json = dict[str, Any]


@dataclass(frozen=True)
class Structure:
    """A description as bytes, and what is to become of it."""

    name: str
    verdict: Verdict
    content: Callable[[], bytes]
    code: str = ""
    """The error that it is refused with, where that is worth a word."""

    seconds: float = 20
    """What the whole run may take, starting Python included."""

    suffix: str = "json"


def description(schemas: Mapping[str, Any], schema: Any = None) -> Json:
    """A description whose one operation takes and gives a schema."""
    taken = {"$ref": "#/components/schemas/Root"} if schema is None else schema
    body = {"content": {"application/json": {"schema": taken}}}
    content = {"content": {"application/json": {"schema": taken}}}
    answer = {"200": {"description": "Done.", **content}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Hostile", "version": "1"},
        "paths": {"/a": {"post": {"requestBody": body, "responses": answer}}},
        "components": {"schemas": dict(schemas)},
    }


def described(schemas: Mapping[str, Any], schema: Any = None) -> Callable[[], bytes]:
    return lambda: json.dumps(description(schemas, schema)).encode()


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
