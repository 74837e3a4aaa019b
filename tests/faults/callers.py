"""The clients that meet the faults: blocking or awaiting, over each transport."""

from __future__ import annotations

import asyncio
import ssl
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from oasmith.runtime import streams
from oasmith.runtime.answers import read_json, read_nothing
from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.async_streams import AsyncItemStream
from oasmith.runtime.auth import Credentials
from oasmith.runtime.client import BaseClient
from oasmith.runtime.content import binary_content
from oasmith.runtime.decode import required, required_str
from oasmith.runtime.errors import ApiError
from oasmith.runtime.operation import Operation
from oasmith.runtime.request import Request
from oasmith.runtime.streams import ItemStream, read_events, read_lines
from oasmith.runtime.transport import HttpTransport
from oasmith.runtime.transports.aiohttp import AiohttpTransport
from oasmith.runtime.transports.httpx2 import Httpx2Transport
from oasmith.runtime.values import decode_int, decode_object

from .bodies import LIMIT
from .fault import Fault, Outcome
from .server import PEM
from .streams import LONGEST

TransportClass = type[HttpTransport] | type[Httpx2Transport] | type[AiohttpTransport]

OURS = ("blocking", "threads")
CALLERS: dict[str, tuple[TransportClass, bool]] = {
    "blocking": (HttpTransport, False),
    "threads": (HttpTransport, True),
    "httpx2": (Httpx2Transport, True),
    "aiohttp": (AiohttpTransport, True),
    "httpx2_blocking": (Httpx2Transport, False),
    "aiohttp_blocking": (AiohttpTransport, False),
}
"""The class of the transport, and whether the calls are awaited."""


def meet(fault: Fault, caller: str, port: int, take: Callable[[], int]) -> Outcome:
    """Call what has a fault, and tell what came of it.

    Args:
        take: Gives how many requests arrived since it was called last.
    """
    kind, is_async = CALLERS[caller]
    told: list[str] = []
    with _surroundings():
        take()
        tracemalloc.start()
        before, _ = tracemalloc.get_traced_memory()
        start = time.monotonic()
        if is_async:
            comes = asyncio.run(_await_calls(fault, kind, port, told))
        else:
            comes = _block_calls(fault, kind, port, told)
        seconds = time.monotonic() - start
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return Outcome(
        " ".join(comes), seconds, (peak - before) / 2**20, take(), tuple(told)
    )


@contextmanager
def _surroundings() -> Iterator[None]:
    """Pauses and the longest line are made short, so that the tests are."""
    with (
        mock.patch("random.uniform", lambda least, most: 0.0),
        mock.patch.object(streams, "_LONGEST", LONGEST),
    ):
        yield


def _block_calls(
    fault: Fault, kind: TransportClass, port: int, told: list[str]
) -> list[str]:
    with _client(fault, port, _transport(fault, kind)) as client:
        comes: list[str] = []
        for number in range(fault.calls):
            time.sleep(0.05 if number else 0)
            try:
                value = client.send(*_call(fault))
                if isinstance(value, ItemStream):
                    with value:
                        for item in value:
                            comes.append(_name(item))
                else:
                    comes.append(_name(value))
            except ApiError as error:
                comes.append(type(error).__name__)
                told.append(str(error))
        return comes


async def _await_calls(
    fault: Fault, kind: TransportClass, port: int, told: list[str]
) -> list[str]:
    client = _client(fault, port, None)
    async with BaseAsyncClient(client, transport=_transport(fault, kind)) as sender:
        comes: list[str] = []
        for number in range(fault.calls):
            await asyncio.sleep(0.05 if number else 0)
            try:
                value = await sender.send(*_call(fault))
                if isinstance(value, ItemStream):
                    async with AsyncItemStream(value) as items:
                        async for item in items:
                            comes.append(_name(item))
                else:
                    comes.append(_name(value))
            except ApiError as error:
                comes.append(type(error).__name__)
                told.append(str(error))
        return comes


def _name(value: object) -> str:
    return str(getattr(value, "data", value))


def _client(fault: Fault, port: int, transport: Any) -> BaseClient:
    base_url = f"http://127.0.0.1:{port}/v4"
    if fault.place in ("https", "trusted"):
        base_url = f"https://{_host(fault)}:{port}/v4"
    elif fault.place == "nowhere":
        base_url = "http://does-not-exist.invalid/v4"
    return BaseClient(
        Credentials({}, {}),
        base_url=base_url,
        default_base_url="",
        timeout=fault.timeout,
        transport=transport,
    ).with_options(redirects=fault.redirects)


def _host(fault: Fault) -> str:
    # The certificate is for localhost.
    return "localhost" if fault.place == "https" else "127.0.0.1"


def _transport(fault: Fault, kind: TransportClass) -> Any:
    tls = _TLS
    if fault.place:
        # The system's own settings, or what trusts the server.
        is_trusted = fault.place == "trusted"
        tls = ssl.create_default_context(cafile=PEM) if is_trusted else None
    return kind(max_response_bytes=LIMIT, tls=tls, proxy="")


def _read_name(value: object) -> object:
    return required(decode_object(value), "result", _read_result)


def _read_result(value: object) -> str:
    return required_str(decode_object(value), "namespace_name")


_TLS = ssl.create_default_context()
"""Making one takes longer than meeting most faults."""

_READERS: dict[str, Any] = {
    "": read_json(_read_name),
    "events": read_events(decode_int),
    "lines": read_lines(decode_int),
}


def _call(fault: Fault) -> tuple[Operation[Any], Request]:
    responses = {"200": _READERS[fault.items]}
    if not fault.items:
        responses["204"] = read_nothing
    operation: Operation[Any] = Operation(
        name="get_namespace",
        method=fault.method,
        path="/namespaces/staging",
        responses=responses,
        streams=bool(fault.items),
    )
    body = binary_content(bytes(fault.upload)) if fault.upload else None
    return operation, operation.request(body=body)
