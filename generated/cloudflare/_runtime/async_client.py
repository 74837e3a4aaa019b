# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""The client whose calls are awaited.

It has a module of its own because asyncio takes longer to import than all the rest.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from copy import copy
from functools import partial
from typing import Any, Self, TypeVar, Unpack

from .client import BaseClient
from .operation import Operation
from .options import OptionChanges
from .request import Request
from .response import Response
from .streams import ItemStream

R = TypeVar("R")


class BaseAsyncClient:
    """Carries out the calls of a client that blocks, in threads of its own.

    The time that a call may take counts from when it is awaited. A cancelled call ends
    at once; its thread goes on until the response arrives or that time is over.
    """

    def __init__(self, client: BaseClient, *, max_concurrency: int = 32) -> None:
        self._client = client
        self._threads = ThreadPoolExecutor(max_concurrency, "oasmith")

    def with_options(self, **changes: Unpack[OptionChanges]) -> Self:
        """A client like this one, and with the same connections and threads.

        Args:
            changes: What is not as it is here; ``Options`` says what there is.
        """
        other = copy(self)
        other._client = self._client.with_options(**changes)
        return other

    async def send(self, operation: Operation[R], request: Request) -> R:
        """Carry out an operation within the time that a call may take."""
        send_before = self._client.send_before
        call = partial(send_before, self._client.deadline(), operation, request)
        # The credentials' functions see the context variables of the caller.
        job = self._threads.submit(copy_context().run, call)
        try:
            return await asyncio.wrap_future(job)
        except asyncio.CancelledError:
            job.add_done_callback(_close_result)
            raise

    async def close(self) -> None:
        """Close the connections, also those of clients made by ``with_options``."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._client.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.close()


def _close_result(job: Future[Any]) -> None:
    """Give up a body that nobody is there to read any more."""
    if not job.cancelled() and job.exception() is None:
        result = job.result()
        if isinstance(result, Response | ItemStream):
            result.close()
