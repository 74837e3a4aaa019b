"""Calls what was generated of `places.yaml`: does each text arrive as it is?"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from tests.loopback import LoopbackServer, Received

from .describe import Texts

_VALUE = "p v/é"


class Exercise:
    """A package that was imported, and a server that its calls go to."""

    def __init__(self, folder: Path, texts: Texts, server: LoopbackServer) -> None:
        self._name = folder.name
        self._texts = texts
        self._server = server
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self._operations = {
            (each["method"], each["path"]): each for each in manifest["operations"]
        }
        keywords = {each["python"]: "k3y" for each in manifest["client"]["auth"]}
        client = import_module(self._name).Client
        self._client = client(base_url=server.url, retries=0, **keywords)
        self._encode = import_module(f"{self._name}._runtime.model").to_json

    def faults(self) -> Iterator[str]:
        """What does not arrive as it should."""
        try:
            with self._client:
                yield from self._exercise_main()
                yield from self._exercise_form()
                yield from self._exercise_parts()
                yield from self._exercise_union()
        finally:
            self._server.forget()

    def _call(
        self, method: str, path: str, values: Mapping[tuple[str, str], Any], body: Any
    ) -> Any:
        """Call an operation; the values are JSON, by place and name on the wire."""
        found = self._operations[method, path]
        given: dict[str, Any] = {}
        for each in found["parameters"]:
            if (each["in"], each["name"]) in values:
                value = values[each["in"], each["name"]]
                given[each["python"]] = self._decode(each["decode"], value)
        fields = found["body"]["media"][0]["fields"] if body is not None else []
        for each in fields:
            if each["name"] in body:
                value = self._decode(each["decode"], body[each["name"]])
                given[each["python"]] = value
        function = getattr(import_module(found["module"]), found["function"])
        return function(self._client, **given)

    def _decode(self, reference: str | None, value: Any) -> Any:
        if reference is None:
            return value
        module, _, path = reference.partition(":")
        found: Any = import_module(module)
        for name in path.split("."):
            found = getattr(found, name)
        return found(value)

    def _exercise_main(self) -> Iterator[str]:
        text = self._texts
        nested = {text["field"]: text["schema_example"], "kind": text["field_enum"]}
        body = {
            text["property"]: "v",
            "chosen": text["property_enum"],
            "fixed": text["property_constant"],
            "nested": nested,
        }
        values = {
            ("path", text["path_name"]): _VALUE,
            ("query", text["query_name"]): text["enum"],
            ("query", text["constant_name"]): text["constant"],
            ("query", text["deep_name"]): {text["deep_property"]: "deep"},
            ("query", "listed"): [text["item_enum"]],
            ("query", "shared"): text["description"],
            ("header", text["header_name"]): "h",
            ("cookie", text["cookie_name"]): "c",
        }
        self._server.answer(nested)
        path = f"/{text['segment']}/{{{text['path_name']}}}"
        answer = self._call("POST", path, values, body)
        yield from _unless_equal("the answer", self._encode(answer), nested)
        seen = self._server.last
        target, _, query = seen.line.partition(" ")[2].partition("?")
        # Braces and what stands behind "?" or "#" are no text of a path.
        expected = unquote(f"/{text['segment']}/") + _VALUE
        yield from _unless_equal("the path", unquote(target), expected)
        pairs = [
            (text["query_name"], text["enum"]),
            (text["constant_name"], text["constant"]),
            (f"{text['deep_name']}[{text['deep_property']}]", "deep"),
            ("listed", text["item_enum"]),
            ("shared", text["description"]),
        ]
        yield from _unless_equal("the query", _pairs(query), sorted(pairs))
        yield from _unless_equal("the body", seen.json, body)
        yield from self._faults_of_headers(seen)

    def _faults_of_headers(self, seen: Received) -> Iterator[str]:
        text = self._texts
        header = seen.headers.get(text["header_name"].lower())
        yield from _unless_equal("the header", header, "h")
        key = seen.headers.get(text["key_name"].lower())
        yield from _unless_equal("the key", key, "k3y")
        cookie = unquote(seen.headers.get("cookie", ""))
        yield from _unless_equal("the cookie", cookie, f"{text['cookie_name']}=c")

    def _exercise_form(self) -> Iterator[str]:
        field = self._texts["form_field"]
        self._server.answer_bytes(b"", None, 204)
        self._call("POST", "/forms", {}, {field: _VALUE})
        sent = _pairs(self._server.last.content.decode())
        yield from _unless_equal("the form", sent, [(field, _VALUE)])

    def _exercise_parts(self) -> Iterator[str]:
        name = self._texts["part_name"]
        self._server.answer_bytes(b"", None, 204)
        self._call("POST", "/parts", {}, {name: _VALUE})
        # As browsers escape it (HTML standard, "multipart/form-data").
        escaped = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        wanted = f'Content-Disposition: form-data; name="{escaped}"\r\n'
        if wanted.encode() not in self._server.last.content:
            yield f"the part: {self._server.last.content[:200]!r}"

    def _exercise_union(self) -> Iterator[str]:
        data = {self._texts["discriminator"]: self._texts["mapping_key"], "lives": 9}
        self._server.answer(data)
        answer = self._call("GET", "/unions", {}, None)
        yield from _unless_equal("the union", self._encode(answer), data)
        yield from _unless_equal("its kind", type(answer).__name__, "Cat")


def _pairs(query: str) -> list[tuple[str, str]]:
    return sorted(parse_qsl(query, keep_blank_values=True, strict_parsing=True))


def _unless_equal(what: str, found: object, expected: object) -> Iterator[str]:
    if found != expected:
        yield f"{what} is {found!r}, and not {expected!r}"[:400]


def strings_of(folder: Path) -> tuple[str, frozenset[str]]:
    """All that the docstrings of a package say, without blanks, and its constants."""
    said: list[str] = []
    constants: set[str] = set()
    for path in sorted(folder.rglob("*.py")):
        if "_runtime" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            match node:
                case ast.Expr(ast.Constant(str(text))):
                    said.append(without_blanks(text))
                case ast.Constant(str(text)):
                    constants.add(text)
                case _:
                    pass
    return "\0".join(said), frozenset(constants)


def without_blanks(text: str) -> str:
    return "".join(text.split())
