# Part of the oasmith runtime, copied unchanged; edits are lost at the next run.
"""What asynchronous libraries are given to send."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from ..request import Request
from ..uploads import Upload


def fields_of(request: Request) -> dict[str, str]:
    """The headers, and those that libraries would choose otherwise."""
    fields = {"Accept-Encoding": "gzip, deflate", **request.headers}
    content = request.content
    if isinstance(content, Upload) and content.length is not None:
        fields["Content-Length"] = str(content.length)
    return {name: str(value) for name, value in fields.items()}


def content_of(request: Request) -> bytes | AsyncIterator[bytes] | None:
    """The body, of which files are read on threads."""
    content = request.content
    return _read(content) if isinstance(content, Upload) else content


async def _read(upload: Upload) -> AsyncIterator[bytes]:
    pieces = iter(upload)
    while piece := await asyncio.to_thread(next, pieces, b""):
        yield piece
