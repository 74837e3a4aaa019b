# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""A transport over aiohttp."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterable
from importlib import import_module
from typing import Any, Protocol

from ..errors import TransportError
from ..proxies import Proxy
from ..request import Request
from .arriving import Arriving
from .loops import FAILURES, LoopTransport
from .sending import content_of, fields_of


class _Pieces(Protocol):
    def iter_any(self) -> AsyncIterator[bytes]: ...

    def at_eof(self) -> bool: ...


class _Fields(Protocol):
    def items(self) -> Iterable[tuple[str, str]]: ...


class _Answer(Protocol):
    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> _Fields: ...

    @property
    def content(self) -> _Pieces: ...

    def release(self) -> object: ...

    def close(self) -> None: ...


class _Session(Protocol):
    """What this module needs of aiohttp.ClientSession."""

    async def request(self, method: str, url: Any, /, **more: Any) -> _Answer: ...

    async def close(self) -> None: ...


class AiohttpTransport(LoopTransport[_Session]):
    """Carries requests with aiohttp, for clients that block or await."""

    def __init__(
        self,
        *,
        max_response_bytes: int = 64 * 1024 * 1024,
        tls: ssl.SSLContext | None = None,
        proxy: str | None = None,
    ) -> None:
        super().__init__(max_response_bytes=max_response_bytes, tls=tls, proxy=proxy)
        # Not imported by their names, which checkers would look for.
        library = self._aiohttp = import_module("aiohttp")
        self._yarl = import_module("yarl")
        self._failures = (*FAILURES, library.ClientError)
        self._early_failures = (
            library.ClientConnectorError,
            library.ClientHttpProxyError,
        )

    def _open_session(self, proxy: Proxy | None) -> _Session:
        library = self._aiohttp
        session: Any = library.ClientSession(
            connector=library.TCPConnector(ssl=self._tls, limit=0),
            cookie_jar=library.DummyCookieJar(),
            auto_decompress=False,
            skip_auto_headers=("Accept", "Content-Type", "User-Agent"),
            timeout=library.ClientTimeout(),
        )
        # It would send requests again by itself, besides the client's own attempts.
        session._retry_connection = False
        made: _Session = session
        return made

    async def _close_session(self, session: _Session) -> None:
        await session.close()

    async def _exchange(
        self, session: _Session, request: Request, proxy: Proxy | None
    ) -> Arriving:
        fields, to_proxy = fields_of(request), dict[str, str]()
        if proxy is not None and proxy.authorization:
            # What is not for a tunnel goes to the proxy as it is.
            is_plain = request.url.startswith("http:")
            told = fields if is_plain else to_proxy
            told["Proxy-Authorization"] = proxy.authorization
        answer = await session.request(
            request.method,
            self._yarl.URL(request.url, encoded=True),
            headers=fields,
            data=content_of(request),
            allow_redirects=False,
            proxy=None if proxy is None else f"{proxy.scheme}://{proxy.place}",
            proxy_headers=to_proxy,
        )
        if answer.status == 101:
            answer.close()
            raise TransportError("the server switched to another protocol")
        return _arriving(answer)


def _arriving(answer: _Answer) -> Arriving:
    headers: dict[str, str] = {}
    for name, value in answer.headers.items():
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value

    async def close() -> None:
        if answer.content.at_eof():
            answer.release()
        else:
            answer.close()

    return Arriving(answer.status, headers, answer.content.iter_any(), close)
