# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""What carries requests for clients that await."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from .request import Request
from .response import Response


@runtime_checkable
class AsyncTransport(Protocol):
    """A transport that is awaited; one that has ``send``, too, serves every client."""

    async def send_async(self, request: Request, deadline: float) -> Response:
        """Give the response before ``time.monotonic()`` comes to the deadline.

        It is like the one of ``Transport.send``; its body may be an ``AsyncBody``.

        Raises:
            TransportError: No response arrived.
        """
        ...

    async def close_async(self) -> None: ...
