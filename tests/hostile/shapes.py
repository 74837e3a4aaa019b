"""Descriptions of a hostile shape: depth, circles, size, names that are twins."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .places import Verdict
from .structure import Json, Structure, described, description, ref


def shapes() -> Iterator[Structure]:
    """All of them."""
    yield from _deep()
    yield from _circular()
    yield from _large()
    yield from _twins()


def _nest(levels: int, wrap: Callable[[Any], Any]) -> Callable[[], bytes]:
    def make() -> bytes:
        # Written as text, since json.dumps does not go as deep.
        mark = '"@"'
        before, after = json.dumps(wrap("@")).split(mark)
        inner = '{"type": "string"}'
        whole = json.dumps(description({"Root": "@"}))
        return whole.replace(mark, before * levels + inner + after * levels).encode()

    return make


_WRAPS: Mapping[str, Callable[[Any], Any]] = {
    "arrays": lambda inner: {"type": "array", "items": inner},
    "maps": lambda inner: {"type": "object", "additionalProperties": inner},
    "objects": lambda inner: {"type": "object", "properties": {"a": inner}},
    "parts": lambda inner: {"allOf": [inner]},
    "choices": lambda inner: {"oneOf": [inner, {"type": "integer"}]},
    "tuples": lambda inner: {"type": "array", "prefixItems": [inner], "items": False},
    "negations": lambda inner: {"not": inner},
}


def _deep() -> Iterator[Structure]:
    for name, wrap in _WRAPS.items():
        for levels in (10, 40, 60, 150, 240):
            # A tuple of unknown length names the type of its items twice.
            readable = 10 if name == "tuples" else 40
            verdict: Verdict = "accept" if levels <= readable else "either"
            yield Structure(f"{levels} {name}", verdict, _nest(levels, wrap))
        yield Structure(f"1,000 {name}", "reject", _nest(1_000, wrap), "too-deep")
    brackets = b'{"openapi": ' + b"[" * 100_000
    yield Structure("100,000 brackets", "reject", lambda: brackets)
    braces = b'{"a":' * 100_000
    yield Structure("100,000 braces", "reject", lambda: braces)


def _circular() -> Iterator[Structure]:
    yield Structure("itself", "reject", described({"Root": ref("Root")}))
    yield Structure(
        "in a ring", "reject", described({"Root": ref("A"), "A": ref("Root")})
    )
    part_of_itself = described({"Root": {"allOf": [ref("Root")], "type": "object"}})
    yield Structure("a part of itself", "reject", part_of_itself)
    choice = described({"Root": {"oneOf": [ref("Root"), {"type": "string"}]}})
    yield Structure("a choice of itself", "either", choice)
    for name, wrap in _WRAPS.items():
        if name not in ("parts", "choices", "negations"):
            yield Structure(
                f"{name} of itself", "accept", described({"Root": wrap(ref("Root"))})
            )
    tree = {"oneOf": [{"type": "string"}, _WRAPS["arrays"](ref("Tree"))]}
    forest = {"oneOf": [ref("Tree"), {"type": "integer"}]}
    yield Structure(
        "a choice of what holds itself",
        "accept",
        described({"Tree": tree, "Root": forest}),
    )
    chain = {f"S{n}": ref(f"S{n + 1}") for n in range(5_000)}
    end = {"S5000": {"type": "string"}, "Root": ref("S0")}
    chained = described({**chain, **end})
    yield Structure("a chain of 5,000 references", "either", chained, seconds=60)
    linked = {
        f"S{n}": {"type": "object", "properties": {"next": ref(f"S{n + 1}")}}
        for n in range(1_000)
    }
    end = {"S1000": {"type": "string"}, "Root": ref("S0")}
    yield Structure("a chain of 1,000 objects", "accept", described({**linked, **end}))
    heirs = {
        f"S{n}": {"allOf": [ref(f"S{n + 1}")], "properties": {f"p{n}": {}}}
        for n in range(300)
    }
    end = {"S300": {"type": "object"}, "Root": ref("S0")}
    yield Structure("an heir of 300", "either", described({**heirs, **end}))
    ring = {
        f"S{n}": {
            "type": "object",
            "properties": {f"p{m}": ref(f"S{m}") for m in range(60)},
        }
        for n in range(60)
    }
    yield Structure("all in all", "accept", described({**ring, "Root": ref("S0")}))
    doubled = {
        f"S{n}": {"allOf": [ref(f"S{n + 1}"), ref(f"S{n + 1}")]} for n in range(40)
    }
    end = {"S40": {"type": "object"}, "Root": ref("S0")}
    yield Structure(
        "2 to the 40th parts", "either", described({**doubled, **end}), seconds=60
    )
    either = {
        f"S{n}": {
            "oneOf": [ref(f"S{n + 1}"), {"type": "array", "items": ref(f"S{n + 1}")}]
        }
        for n in range(30)
    }
    end = {"S30": {"type": "string"}, "Root": ref("S0")}
    yield Structure("2 to the 30th choices", "either", described({**either, **end}))


def _large() -> Iterator[Structure]:
    enum = {"type": "string", "enum": [f"value {n}" for n in range(100_000)]}
    yield Structure(
        "100,000 enum values", "accept", described({"Root": enum}), seconds=60
    )
    fields = {f"field_{n}": {"type": "string"} for n in range(10_000)}
    many = {"type": "object", "properties": fields}
    yield Structure("10,000 fields", "accept", described({"Root": many}), seconds=60)
    parts = [{"type": "object", "title": f"T{n}"} for n in range(2_000)]
    yield Structure(
        "2,000 choices", "accept", described({"Root": {"oneOf": parts}}), seconds=60
    )
    for what, text in (
        ("letters", "a" * 2_000_000),
        ("words", "many words " * 200_000),
        ("lines", "a\n" * 500_000),
        ("brackets", "([{" * 300_000),
        ("quotes", "\"'\\" * 300_000),
        ("backticks", "`" * 500_000),
        ("list items", "- a\n" * 200_000),
        ("blanks", " " * 1_000_000 + "a"),
        ("full stops", "A. " * 300_000),
    ):
        root = {"type": "object", "description": text, "title": text[:50_000]}
        yield Structure(
            f"a megabyte of {what}", "accept", described({"Root": root}), seconds=60
        )
    names = {"n" * 100_000: {"type": "string"}, "N" * 100_000: {"type": "string"}}
    yield Structure(
        "fields with long names",
        "accept",
        described({"Root": {"type": "object", "properties": names}}),
    )
    many_tags = description({"Root": {}})
    many_tags["paths"]["/a"]["post"]["tags"] = [f"t{n}" for n in range(50_000)]
    yield Structure("50,000 tags", "accept", lambda: json.dumps(many_tags).encode())


def _twins() -> Iterator[Structure]:
    for what, names in (
        ("case", ["pet", "Pet", "PET", "pEt"]),
        ("compatible characters", ["fi", "\ufb01", "FI", "F\u0131", "F\u0130"]),
        (
            "punctuation",
            ["a b", "a-b", "a.b", "a_b", "aB", "a  b", "a/b", "a~b", "a\0b"],
        ),
        ("nothing", ["", " ", "-", "\u2603", "\u200b", "\n"]),
        ("devices", ["con", "CON", "nul", "aux.", "com1", "lpt9", "prn"]),
        ("numbers", ["1", "01", "\u0661", "\u00b9", "1.0"]),
        (
            "names of ours",
            ["self", "extra", "from_dict", "to_dict", "_wire_names", "data"],
        ),
        (
            "types",
            ["str", "int", "dict", "list", "dt", "bool", "None", "Any", "Literal"],
        ),
    ):
        fields = {name: {"type": "string", "enum": [name, "b"]} for name in names}
        root = {"type": "object", "properties": fields, "required": names}
        yield Structure(f"twins by {what}", "accept", described({"Root": root}))
        made = description({"Root": root}, root)
        paths = made["paths"]
        for name in names:
            operation = {
                "operationId": name,
                "tags": [name],
                "parameters": [
                    {"name": each, "in": "query", "schema": {"type": "string"}}
                    for each in names
                ],
                "responses": {"200": {"description": "Done."}},
            }
            paths[f"/{len(paths)}"] = {"get": operation}
        content = json.dumps(made).encode()
        yield Structure(
            f"operations that are twins by {what}",
            "accept",
            lambda content=content: content,
        )
    same = {f"a{'!' * n}": {"type": "string"} for n in range(3_000)}
    root = {"type": "object", "properties": same}
    yield Structure("3,000 names that are one", "accept", described({"Root": root}))
    schemas: Json = {
        name: {"type": "object"} for name in ("Pet", "pet", "PET", "P.e.t", "p-e-t")
    }
    fields = {str(n): ref(name) for n, name in enumerate(schemas)}
    root = {"type": "object", "properties": fields}
    yield Structure(
        "schemas that are twins", "accept", described({**schemas, "Root": root})
    )
