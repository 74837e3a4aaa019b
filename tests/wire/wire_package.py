"""The package that is made of a table, and the four ways to call a function of it."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from wire_table import Made, Table, make_value

import oasmith
from oasmith.diagnostics import Diagnostic

WAYS = ("function", "method", "async function", "async method")


class Pipe:
    """Gives its bytes once, and can't seek."""

    def __init__(self, content: bytes) -> None:
        self._stream = io.BytesIO(content)

    def read(self, size: int) -> bytes:
        return self._stream.read(size)


@dataclass(frozen=True)
class WirePackage:
    module: ModuleType
    operations: Mapping[str, Any]
    """Those of manifest.json by operationId."""

    diagnostics: tuple[Diagnostic, ...]

    def call(
        self,
        way: str,
        name: str,
        arguments: Mapping[str, Any],
        keywords: Any,
        *,
        pages: bool = False,
    ) -> Any:
        """Call a function in one of the ways; ``keywords`` are the client's.

        Args:
            pages: Call the function that gives the items of all pages.
        """
        made = make_value(dict(arguments), self._make)
        given = make_value(dict(keywords), self._make)
        found = self.operations[name]
        if pages:
            found = {**found, **found["pages"]}
        if way.startswith("async"):
            return asyncio.run(self._call_async(way, found, made, given))
        with self.module.Client(retries=0, **given) as client:
            if way == "method":
                group = getattr(client, found["group"])
                return _gather(getattr(group, found["function"])(**made))
            function = getattr(import_module(found["module"]), found["function"])
            return _gather(function(client, **made))

    def read_headers(self, name: str, keywords: Any) -> Any:
        """Call a function without arguments, and give the headers of the answer."""
        found = self.operations[name]
        function = getattr(import_module(found["module"]), found["function"])
        module, _, kind = found["responses"][0]["headers_type"].partition(":")
        with self.module.Client(retries=0, **keywords) as client:
            response = self.module.with_response(function, client).response
        return getattr(import_module(module), kind).from_response(response)

    async def _call_async(
        self, way: str, found: Any, made: dict[str, Any], given: dict[str, Any]
    ) -> Any:
        async with self.module.AsyncClient(retries=0, **given) as client:
            if way == "async method":
                group = getattr(client, found["group"])
                value = getattr(group, found["function"])(**made)
                return await _gather_async(value)
            module = import_module(found["module"])
            value = getattr(module, found["async_function"])(client, **made)
            return await _gather_async(value)

    def encode(self, value: object) -> Any:
        """What a returned value is in JSON; bytes and text are what they are."""
        if isinstance(value, bytes | str) or value is None:
            return value
        if isinstance(value, list):
            return [self.encode(item) for item in value]
        if type(value).__name__ == "ServerSentEvent":
            return self.encode({name: getattr(value, name) for name in _OF_EVENT})
        encode: Callable[[object], Any] = import_module(
            f"{self.module.__name__}._runtime.model"
        ).to_json
        return encode(value)

    def _make(self, written: Made) -> Any:
        content = make_value(written.content, self._make)
        match written.kind:
            case "unset":
                return self.module.UNSET
            case "file":
                return self.module.File(**content)
            case "open":
                return io.BytesIO(content.encode())
            case "pipe":
                return Pipe(content.encode())
            case _:
                model = getattr(self.module.models, content.pop("of"))
                return model.from_dict(content)


_OF_EVENT = ("data", "event", "id")


def _gather(value: Any) -> Any:
    """The items of a stream or of all pages, and what is none as it is."""
    return list(value) if hasattr(value, "__next__") or _pages(value) else value


async def _gather_async(value: Any) -> Any:
    if not _pages(value):
        value = await value
    is_many = hasattr(value, "__anext__") or _pages(value)
    return [item async for item in value] if is_many else value


def _pages(value: Any) -> bool:
    return type(value).__name__ in ("Paginator", "AsyncPaginator")


def make_package(table: Table, folder: Path, server: str) -> WirePackage:
    """Generate the package of a table, and import it."""
    spec = folder / f"{table.name}.yaml"
    spec.write_text(table.describe(server))
    name = f"wire_{table.name}"
    result = oasmith.generate(spec, folder / "packages" / name)
    sys.path.insert(0, str(folder / "packages"))
    try:
        module = import_module(name)
        import_module(f"{name}.models")
    finally:
        sys.path.pop(0)
    manifest = json.loads((folder / "packages" / name / "manifest.json").read_text())
    operations = {each["operationId"]: each for each in manifest["operations"]}
    return WirePackage(module, operations, result.diagnostics)
