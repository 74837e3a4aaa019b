# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""A transport over aiohttp."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterable
from importlib import import_module
from typing import Any, Protocol

from ..errors import ApiError, TransportError
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

    @property
    def sending(self) -> asyncio.Task[None] | None:
        """What sends the request, until all of it is sent."""
        ...

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
        self._response_class = _make_response_class(library.ClientResponse)

    def _open_session(self, proxy: Proxy | None) -> _Session:
        library = self._aiohttp
        session: Any = library.ClientSession(
            connector=library.TCPConnector(ssl=self._tls, limit=0),
            cookie_jar=library.DummyCookieJar(),
            auto_decompress=False,
            skip_auto_headers=("Accept", "Content-Type", "User-Agent"),
            timeout=library.ClientTimeout(),
            response_class=self._response_class,
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
        content = content_of(request)
        body = None if content is None or isinstance(content, bytes) else _Sent(content)
        answer = await session.request(
            request.method,
            self._yarl.URL(request.url, encoded=True),
            headers=fields,
            data=content if body is None else body,
            allow_redirects=False,
            proxy=None if proxy is None else f"{proxy.scheme}://{proxy.place}",
            proxy_headers=to_proxy,
        )
        if answer.status == 101:
            answer.close()
            raise TransportError("the server switched to another protocol")
        if body is not None:
            body.watch(answer)
        return _arriving(answer, body)


class _Sent:
    """A body that is being sent, and the error that reading it raised."""

    def __init__(self, pieces: AsyncIterator[bytes]) -> None:
        self._pieces = pieces
        self._answer: _Answer | None = None
        self.error: ApiError | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for piece in self._pieces:
                yield piece
        except ApiError as error:
            self.error = error
            if self._answer is not None:
                # Whoever waits for more of it is woken, but not from in here.
                asyncio.get_running_loop().call_soon(self._answer.close)
            raise

    def watch(self, answer: _Answer) -> None:
        """Close an answer that came early if there is an error later.

        Raises:
            ApiError: There is one already.
        """
        if self.error is not None:
            answer.close()
            raise self.error
        self._answer = answer


def _make_response_class(library_class: Any) -> Any:
    """Make a class of answers that let their requests be sent to the end.

    By itself aiohttp gives up the rest of a request when its answer is whole, without a
    word. Nothing that is public has a say in it.
    """

    def sending(answer: Any) -> Any:
        return getattr(answer, "_writer", None)

    def end(answer: Any) -> None:
        def end_now(sent: object = None) -> None:
            library_class._response_eof(answer)

        if sending(answer) is None:
            end_now()
        else:
            sending(answer).add_done_callback(end_now)

    more = {"_response_eof": end, "sending": property(sending)}
    return type("Answer", (library_class,), more)


async def _read(answer: _Answer, body: _Sent | None) -> AsyncIterator[bytes]:
    """Give the pieces of an answer, and what reading the request's body raises."""
    try:
        async for piece in answer.content.iter_any():
            yield piece
        # Who refuses a request need not be sent the rest of it.
        if answer.status < 400 and answer.sending is not None:
            await asyncio.wait([answer.sending])
    except Exception:
        if body is None or body.error is None:
            raise
    if body is not None and body.error is not None:
        raise body.error


def _arriving(answer: _Answer, body: _Sent | None) -> Arriving:
    headers: dict[str, str] = {}
    for name, value in answer.headers.items():
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value

    async def close() -> None:
        if answer.content.at_eof() and answer.sending is None:
            answer.release()
        else:
            answer.close()

    return Arriving(answer.status, headers, _read(answer, body), close)
