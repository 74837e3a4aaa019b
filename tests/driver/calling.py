"""Calls functions of a generated package by what its manifest.json says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from .items import gives_items

WAYS = ("function", "method", "async function", "async method")

SECRETS = {
    "plain": "s3cret/ü",
    "user": ("ann", "pass:wörd"),
    "token": "t0k.en",
    "header": "k3y",
}


class Package:
    """A package that is on sys.path, and its manifest."""

    def __init__(self, folder: Path) -> None:
        self.manifest: dict[str, Any] = json.loads(
            (folder / "manifest.json").read_text(encoding="utf-8")
        )
        self.operations: Mapping[tuple[str, str], dict[str, Any]] = {
            (each["method"], each["path"]): each for each in self.manifest["operations"]
        }
        self.encode: Callable[[object], Any] = self.load(self.manifest["encode"])
        self.answered: Mapping[str, str] = {}
        """The headers of the last answer."""
        self.status_error: type[Exception] = import_module(folder.name).StatusError

    def load(self, reference: str) -> Any:
        """What "module:attribute" stands for."""
        module, _, path = reference.partition(":")
        found: Any = import_module(module)
        for name in path.split("."):
            found = getattr(found, name)
        return found

    def decode(self, reference: str | None, value: Any) -> Any:
        """A JSON value as what an argument takes."""
        return value if reference is None else self.load(reference)(value)

    def make_file(self, data: bytes, content_type: str | None) -> Any:
        return self.load(self.manifest["file"])(data, "a file.bin", content_type)

    def credentials(self) -> dict[str, Any]:
        """The keywords of a client that has everything."""
        return {
            each["python"]: _SECRET_OF.get(each["kind"], SECRETS["plain"])
            for each in self.manifest["client"]["auth"]
        }

    def call(
        self, way: str, found: Mapping[str, Any], base_url: str, keywords: Any
    ) -> Any:
        """Call an operation in one of the ways, with all credentials.

        What is given item by item comes back as a list.
        """
        client = self.manifest["client"]
        options = {client["base_url_keyword"]: base_url, "retries": 0}
        options |= self.credentials()
        if way.startswith("async"):
            return asyncio.run(self._call_async(way, found, options, keywords))
        with self.load(client["factory"])(**options) as opened:
            made = opened.with_options(after_response=self._note)
            if way == "method":
                group = getattr(made, found["group"])
                given = getattr(group, found["function"])(**keywords)
            else:
                module = import_module(found["module"])
                given = getattr(module, found["function"])(made, **keywords)
            return list(given) if gives_items(found) else given

    def _note(self, request: object, response: Any) -> None:
        self.answered = response.headers

    async def _call_async(
        self, way: str, found: Mapping[str, Any], options: Any, keywords: Any
    ) -> Any:
        client = self.manifest["client"]
        async with self.load(client["async_factory"])(**options) as opened:
            made = opened.with_options(after_response=self._note)
            if way == "async method":
                group = getattr(made, found["group"])
                given = await getattr(group, found["function"])(**keywords)
            else:
                module = import_module(found["module"])
                function = getattr(module, found["async_function"])
                given = await function(made, **keywords)
            return [each async for each in given] if gives_items(found) else given


_SECRET_OF: Mapping[str, Any] = {
    "http-bearer": SECRETS["token"],
    "oauth2": SECRETS["token"],
    "openid-connect": SECRETS["token"],
    "http-basic": SECRETS["user"],
    "api-key-header": SECRETS["header"],
}
