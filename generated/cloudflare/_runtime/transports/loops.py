# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""What transports over asynchronous libraries share, whatever the library."""

from __future__ import annotations

import asyncio
import os
import ssl
import threading
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from concurrent.futures import CancelledError
from contextlib import asynccontextmanager
from functools import cached_property, partial
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from ..errors import (
    ApiError,
    Closed,
    ConnectionFailed,
    DeadlineExceeded,
    TransportError,
)
from ..proxies import Proxy, parse_proxy, proxy_from_environment
from ..request import Request
from ..response import Response
from ..route import name_place
from ..wire import remaining
from .arriving import Arriving, Bounds, LoopBody

FAILURES: tuple[type[Exception], ...] = (OSError, ValueError, EOFError)
"""What every library may let through."""

_CLOSED = "the transport was closed"

T = TypeVar("T")
S = TypeVar("S")


class LoopTransport(ABC, Generic[S]):
    """A transport over an asynchronous library, for clients of both kinds.

    A client that awaits uses it on its own event loop, and one that blocks on a loop
    that runs on a thread of the transport.

    Args:
        max_response_bytes: How large a body may be, packed and unpacked.
        tls: The settings for https, instead of those of the system.
        proxy: The URL of a proxy, or "" for none; by default the environment names it.

    Raises:
        InvalidArgument: The proxy is none that can be used.
    """

    _failures: tuple[type[Exception], ...]
    """By which the library says that an exchange failed, and ``FAILURES``."""

    _early_failures: tuple[type[Exception], ...]
    """Those of them that say that nothing was sent."""

    def __init__(
        self,
        *,
        max_response_bytes: int = 64 * 1024 * 1024,
        tls: ssl.SSLContext | None = None,
        proxy: str | None = None,
    ) -> None:
        self._limit = max_response_bytes
        self._given_tls = tls
        self._asks_environment = proxy is None
        self._proxy = parse_proxy(proxy) if proxy else None
        self._sessions: dict[tuple[asyncio.AbstractEventLoop, Proxy | None], S] = {}
        self._thread: _LoopThread | None = None
        self._lock = threading.Lock()

    @abstractmethod
    def _open_session(self, proxy: Proxy | None) -> S:
        """Make what holds the connections on the running loop."""

    @abstractmethod
    async def _close_session(self, session: S) -> None: ...

    @abstractmethod
    async def _exchange(
        self, session: S, request: Request, proxy: Proxy | None
    ) -> Arriving:
        """Send a request, and await the head of the response."""

    async def send_async(self, request: Request, deadline: float) -> Response:
        url = urlsplit(request.url)
        proxy = self._proxy
        if self._asks_environment:
            proxy = proxy_from_environment(url)
        within = partial(self._within, name_place(url, proxy))
        async with within(remaining(deadline)):
            session = self._session(proxy)
            arriving = await self._exchange(session, request, proxy)
        idle_timeout = request.idle_timeout if arriving.status < 400 else None
        bounds = Bounds(self._limit, deadline, idle_timeout, within)
        return Response(arriving.status, arriving.headers, LoopBody(arriving, bounds))

    def send(self, request: Request, deadline: float) -> Response:
        with self._lock:
            if self._thread is None or self._thread.is_of_parent:
                self._thread = _LoopThread()
            thread = self._thread
        return thread.run(self.send_async(request, deadline))

    async def close_async(self) -> None:
        """Close the connections of the running loop."""
        loop = asyncio.get_running_loop()
        for key in [key for key in self._sessions if key[0] is loop]:
            await self._close_session(self._sessions.pop(key))

    def close(self) -> None:
        """Close the connections that requests of blocking clients had made.

        Calls of theirs that are under way fail; whoever sends again opens new ones.
        """
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None and not thread.is_of_parent:
            thread.end(self.close_async)

    def _session(self, proxy: Proxy | None) -> S:
        key = asyncio.get_running_loop(), proxy
        if key not in self._sessions:
            for other in [each for each in self._sessions if each[0].is_closed()]:
                del self._sessions[other]
            self._sessions[key] = self._open_session(proxy)
        return self._sessions[key]

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return self._given_tls or ssl.create_default_context()

    @asynccontextmanager
    async def _within(self, place: str, seconds: float) -> AsyncGenerator[None]:
        """Give what happens in it so many seconds, and turn its errors into ours."""
        try:
            async with asyncio.timeout(seconds):
                yield
        except ApiError:
            raise
        except TimeoutError as error:
            raise DeadlineExceeded(f"{place} did not answer in time") from error
        except self._failures as error:
            if (own := _find_own(error)) is not None:
                raise own from None
            if (refused := _find_refusal(error)) is not None:
                raise TransportError(f"{place}: {refused}") from error
            # Its text may be what the server sent, and that may be what we sent.
            problem = f"{place} gave no whole HTTP response ({type(error).__name__})"
            sent = not isinstance(error, self._early_failures)
            raise ConnectionFailed(problem, sent) from error


class _LoopThread:
    """A thread that runs an event loop for the others."""

    def __init__(self) -> None:
        self._process = os.getpid()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="oasmith-loop", daemon=True
        )
        self._thread.start()
        self._lock = threading.Lock()
        self._is_ended = False

    @property
    def is_of_parent(self) -> bool:
        """Whether this process is a fork, into which no thread came along."""
        return self._process != os.getpid()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Wait for what the loop does.

        Raises:
            TransportError: The loop ended before.
        """
        with self._lock:
            if self._is_ended:
                coroutine.close()
                raise Closed(_CLOSED)
            future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return future.result()
        except CancelledError:
            raise Closed(_CLOSED) from None
        except BaseException:
            future.cancel()
            raise

    def end(self, last: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """End all that the loop does, let it do something at last, and end it."""
        with self._lock:
            if self._is_ended:
                return
            self._is_ended = True
        ending = asyncio.run_coroutine_threadsafe(self._finish(last), self._loop)
        ending.result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _finish(self, last: Callable[[], Coroutine[Any, Any, None]]) -> None:
        await self._cancel_tasks()
        await last()
        await self._cancel_tasks()

    async def _cancel_tasks(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _find_own(error: BaseException) -> ApiError | None:
    """What reading a file that is sent raised, if that is what is behind an error."""
    return next((each for each in _reasons(error) if isinstance(each, ApiError)), None)


def _find_refusal(error: BaseException) -> str | None:
    """Why a certificate is not trusted, if that is what is behind an error."""
    for each in _reasons(error):
        # A library may have a subclass, without the reason.
        if type(each) is ssl.SSLCertVerificationError:
            return each.verify_message
    return None


def _reasons(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and what led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
