"""Says in the words of OpenAPI 3 what Swagger 2.0 says of the wire.

Schemas stay where they are, and so do the pointers to them.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from oasmith.document import is_object, pointer_of_reference, split_pointer

_NOT_OF_SCHEMAS = (
    *("name", "in", "description", "required", "allowEmptyValue"),
    *("collectionFormat", "x-example"),
)
_STYLES = {
    ("query", "csv"): ("form", False),
    ("query", "multi"): ("form", True),
    ("query", "ssv"): ("spaceDelimited", False),
    ("query", "pipes"): ("pipeDelimited", False),
    ("query", "tsv"): ("tabDelimited", False),
}
_FORM = "application/x-www-form-urlencoded"
_PARTS = "multipart/form-data"


def modernise(root: dict[str, Any]) -> dict[str, Any]:
    """A description of OpenAPI 3 that means the same; others are given back."""
    if root.get("swagger") != "2.0":
        return root
    made = deepcopy(root)
    schemes = made.get("securityDefinitions", {})
    made["components"] = {
        "securitySchemes": {k: _scheme(v) for k, v in schemes.items()}
    }
    for item in made.get("paths", {}).values():
        common = item.pop("parameters", [])
        for operation in item.values():
            if is_object(operation) and "responses" in operation:
                _modernise_operation(made, common, operation)
    return made


def _scheme(raw: dict[str, Any]) -> dict[str, Any]:
    return {**raw, "type": "http", "scheme": "basic"} if raw["type"] == "basic" else raw


def _modernise_operation(
    root: dict[str, Any], common: list[Any], operation: dict[str, Any]
) -> None:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for each in (*common, *operation.get("parameters", [])):
        raw = _resolve(root, each)
        found[raw["in"], raw["name"]] = raw
    consumes = operation.get("consumes", root.get("consumes")) or ["application/json"]
    produces = operation.get("produces", root.get("produces")) or ["application/json"]
    fields = [raw for raw in found.values() if raw["in"] == "formData"]
    operation["parameters"] = [
        _parameter(raw)
        for raw in found.values()
        if raw["in"] not in ("body", "formData")
    ]
    for raw in found.values():
        if raw["in"] == "body":
            kinds = [each for each in consumes if each not in (_FORM, _PARTS)]
            content = {kind: {"schema": raw["schema"]} for kind in kinds or consumes}
            required = raw.get("required", False)
            operation["requestBody"] = {"required": required, "content": content}
    if fields:
        operation["requestBody"] = _form(fields, consumes)
    for status, written in operation["responses"].items():
        answer = dict(_resolve(root, written))
        if "schema" in answer:
            content = {each: {"schema": _file(answer["schema"])} for each in produces}
            answer["content"] = content
        headers = answer.get("headers", {})
        answer["headers"] = {k: {"schema": _as_schema(v)} for k, v in headers.items()}
        operation["responses"][status] = answer


def _parameter(raw: dict[str, Any]) -> dict[str, Any]:
    place = raw["in"]
    made = {"name": raw["name"], "in": place, "schema": _as_schema(raw)}
    made["required"] = raw.get("required", False)
    if raw.get("type") == "array":
        written = raw.get("collectionFormat", "csv")
        made["style"], made["explode"] = _STYLES.get(
            (place, written), ("simple", False)
        )
    return made


def _form(fields: list[dict[str, Any]], consumes: list[str]) -> dict[str, Any]:
    has_file = any(raw.get("type") == "file" for raw in fields)
    kinds = [each for each in consumes if each in (_FORM, _PARTS)] or [_FORM]
    required = [raw["name"] for raw in fields if raw.get("required")]
    schema = {
        "type": "object",
        "properties": {raw["name"]: _as_schema(raw) for raw in fields},
        "required": required,
    }
    encoding: dict[str, Any] = {}
    for raw in fields:
        if raw.get("type") == "array":
            style, explode = _STYLES["query", raw.get("collectionFormat", "csv")]
            encoding[raw["name"]] = {"style": style, "explode": explode}
    media = {"schema": schema, "encoding": encoding}
    content = dict.fromkeys([_PARTS] if has_file else kinds, media)
    return {"required": bool(required), "content": content}


def _as_schema(raw: dict[str, Any]) -> dict[str, Any]:
    return _file({k: v for k, v in raw.items() if k not in _NOT_OF_SCHEMAS})


def _file(schema: dict[str, Any]) -> dict[str, Any]:
    if schema.get("type") == "file":
        return {**schema, "type": "string", "format": "binary"}
    return schema


def _resolve(root: dict[str, Any], raw: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in raw:
        pointer = pointer_of_reference(raw["$ref"])
        assert pointer is not None, raw
        found: Any = root
        for key in split_pointer(pointer):
            found = found[key]
        raw = found
    return raw
