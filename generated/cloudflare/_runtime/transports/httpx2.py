# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""A transport over httpx2, which speaks HTTP/2, too."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol
from urllib.parse import urlsplit

from ..proxies import Proxy
from ..request import Request
from .arriving import Arriving
from .loops import FAILURES, LoopTransport
from .sending import content_of, fields_of


class _Stream(Protocol):
    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def aclose(self) -> None: ...


class _Answer(Protocol):
    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def stream(self) -> _Stream: ...


class _Session(Protocol):
    """What this module needs of httpx2.AsyncHTTPTransport."""

    async def handle_async_request(self, request: Any, /) -> _Answer: ...

    async def aclose(self) -> None: ...


class Httpx2Transport(LoopTransport[_Session]):
    """Carries requests with httpx2, for clients that block or await.

    Args:
        http2: Whether to speak HTTP/2 with servers that do; by default this depends on
            whether the package h2 is installed.
    """

    def __init__(
        self,
        *,
        max_response_bytes: int = 64 * 1024 * 1024,
        tls: ssl.SSLContext | None = None,
        proxy: str | None = None,
        http2: bool | None = None,
    ) -> None:
        super().__init__(max_response_bytes=max_response_bytes, tls=tls, proxy=proxy)
        # Not imported by its name, which checkers would look for where it is not there.
        library = self._httpx2 = import_module("httpx2")
        self._failures = (*FAILURES, library.HTTPError, library.InvalidURL)
        self._early_failures = (
            library.ConnectError,
            library.ConnectTimeout,
            library.ProxyError,
        )
        self._http2 = find_spec("h2") is not None if http2 is None else http2

    def _open_session(self, proxy: Proxy | None) -> _Session:
        library = self._httpx2
        given = None
        if proxy is not None:
            headers = {"Proxy-Authorization": proxy.authorization}
            given = library.Proxy(
                f"{proxy.scheme}://{proxy.place}",
                headers=headers if proxy.authorization else None,
                ssl_context=self._tls if proxy.scheme == "https" else None,
            )
        session: _Session = library.AsyncHTTPTransport(
            verify=self._tls,
            trust_env=False,
            http2=self._http2,
            limits=library.Limits(max_connections=None),
            proxy=given,
        )
        return session

    async def _close_session(self, session: _Session) -> None:
        await session.aclose()

    async def _exchange(
        self, session: _Session, request: Request, proxy: Proxy | None
    ) -> Arriving:
        url = urlsplit(request.url)
        target = f"{url.path or '/'}?{url.query}" if url.query else url.path or "/"
        # Without this, it would write some characters otherwise than they are given.
        given = {"target": target.encode()} if proxy is None else {}
        answer = await session.handle_async_request(
            self._httpx2.Request(
                request.method,
                request.url,
                headers=fields_of(request),
                content=content_of(request),
                extensions=given,
            )
        )
        headers = {name.lower(): value for name, value in answer.headers.items()}
        stream = answer.stream
        return Arriving(answer.status_code, headers, aiter(stream), stream.aclose)
