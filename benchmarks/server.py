"""A server of canned answers on this machine, in a process of its own.

It looks at no more of a request than it needs to find its end, so that it never is what
clients wait for.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from .processes import environment

ACCOUNT_ID = "023e105f4ecef8ad9ca31a8372d0c353"
LISTED = 1000
"""How many namespaces there are in the list."""


@contextmanager
def serve() -> Generator[str]:
    """Serve, and give the base URL."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.server"],
        cwd=Path(__file__).parents[1],
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline())
            yield f"http://127.0.0.1:{port}/client/v4"
        finally:
            process.terminate()


class _Answering(asyncio.Protocol):
    """Answers one connection; requests may come in pieces."""

    def __init__(self) -> None:
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := _end_of_request(self._received)) is not None:
            answer = _CREATED if self._received.startswith(b"POST") else _LIST
            self._received = self._received[end:]
            self._transport.write(answer)


def _end_of_request(received: bytes) -> int | None:
    """Where the first request ends, unless more of it is to come."""
    head, separator, _ = received.partition(b"\r\n\r\n")
    if not separator:
        return None
    _, found, rest = head.lower().partition(b"content-length:")
    length = int(rest.partition(b"\r\n")[0]) if found else 0
    end = len(head) + len(separator) + length
    return end if len(received) >= end else None


def _answer(result: object) -> bytes:
    body = json.dumps(
        {"result": result, "success": True, "errors": [], "messages": []},
        separators=(",", ":"),
    ).encode()
    head = (
        "HTTP/1.1 200 OK\r\n"
        "Date: Sun, 01 Jan 2017 00:00:00 GMT\r\n"
        "Content-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n"
        "Connection: keep-alive\r\n"
        "Cache-Control: no-store\r\n"
        "CF-Ray: 8c5a6f0a1b2c3d4e-AMS\r\n"
        "Server: cloudflare\r\n"
        "\r\n"
    )
    return head.encode() + body


def _namespace(name: str) -> dict[str, object]:
    return {
        "created_by": ACCOUNT_ID,
        "created_on": "2017-01-01T00:00:00.123456Z",
        "modified_by": ACCOUNT_ID,
        "modified_on": "2017-01-01T00:00:00.123456Z",
        "namespace_id": "f174e90a-fafe-4643-bbbc-4a0ed4fc8415",
        "namespace_name": name,
        "script_count": 800,
        "trusted_workers": False,
    }


_CREATED = _answer(_namespace("staging"))
_LIST = _answer([_namespace(f"namespace-{number}") for number in range(LISTED)])


async def _serve_forever() -> None:
    server = await asyncio.get_running_loop().create_server(
        _Answering, "127.0.0.1", 0, backlog=200
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve_forever())
