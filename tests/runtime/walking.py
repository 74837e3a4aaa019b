"""A client whose pages are written down, and ways to go through them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, repeat
from typing import Any
from urllib.parse import urljoin

from calling import fails, operation

from oasmith.runtime.answers import read_json
from oasmith.runtime.decode import required
from oasmith.runtime.errors import DecodeError
from oasmith.runtime.model import Model
from oasmith.runtime.operation import Operation
from oasmith.runtime.page_styles import (
    PageStyle,
)
from oasmith.runtime.pages import AsyncPaginator, Pages, Paginator
from oasmith.runtime.request import Request
from oasmith.runtime.response import Response
from oasmith.runtime.structures import list_of
from oasmith.runtime.values import decode_any


@dataclass(slots=True, kw_only=True, repr=False)
class Holder(Model):
    items: list[Any]

    def _read(self, data: dict[str, Any]) -> None:
        self.items = required(data, "items", list_of(decode_any))


@dataclass
class Script:
    """A client that is answered with these bodies, as if nothing could be refused."""

    bodies: Iterator[Any]
    told: list[DecodeError] | None = None
    link: str = ""
    urls: list[str] = field(default_factory=list[str])

    def send(self, operation: Operation[Any], request: Request) -> Any:
        self.urls.append(request.url)
        assert len(self.urls) < 2500, "it does not end"
        body = next(self.bodies)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        if self.link:
            headers["link"] = self.link.format(len(self.urls))
        response = Response(200, headers, content)
        response.url = urljoin("http://a.example/", request.url)
        response.attempts = 3
        if self.told is not None:
            response.on_mismatch = self.told.append
        return operation.responses["200"](response)


@dataclass
class Awaited:
    """The same client, but awaited."""

    script: Script

    async def send(self, operation: Operation[Any], request: Request) -> Any:
        return self.script.send(operation, request)


def paginate(style: PageStyle, script: Script) -> Paginator[Any, Any]:
    return Paginator(script, *_parts(style))


def _parts(style: PageStyle) -> tuple[Operation[Any], Request, Pages[Any, Any]]:
    paged = replace(operation(), responses={"200": read_json(Holder.from_dict)})
    return paged, Request("GET", "/a"), Pages(lambda page: page.items, style)


def gather(
    style: PageStyle, script: Script, awaited: bool, responses: bool = False
) -> list[Any]:
    """All items, or all pages with their responses."""
    if not awaited:
        paginator = paginate(style, script)
        return list(paginator.with_responses() if responses else paginator)
    twin = AsyncPaginator(Awaited(script), *_parts(style))

    async def go() -> list[Any]:
        return [each async for each in (twin.with_responses() if responses else twin)]

    return asyncio.run(go())


def walk(style: PageStyle, *bodies: Any, ever: Any = ()) -> list[Any]:
    return list(paginate(style, Script(chain(bodies, repeat(ever)))))


def refuse(style: PageStyle, *bodies: Any, ever: Any = ()) -> tuple[list[Any], Any]:
    """What is given before the error, and the error."""
    found: list[Any] = []
    script = Script(chain(bodies, repeat(ever)))

    def go() -> None:
        for each in paginate(style, script):
            found.append(each)

    return found, fails(DecodeError, go)


def thing(*ids: int, **more: Any) -> dict[str, Any]:
    return {"items": [{"id": each} for each in ids], **more}
