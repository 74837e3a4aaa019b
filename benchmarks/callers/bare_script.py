"""Calls the API as a script does that has nothing but http.client and json.

Awaited, it is asyncio's streams and as little HTTP as will do.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter

_PATH = "/accounts/023e105f4ecef8ad9ca31a8372d0c353/workers/dispatch/namespaces"
_HEADERS = {"Authorization": "Bearer a-token", "Content-Type": "application/json"}


class Caller:
    def __init__(self, base_url: str) -> None:
        host, self._path = _split(base_url)
        self._connection = HTTPConnection(host)

    def create(self) -> str:
        """Make a namespace, and give its name."""
        body = json.dumps({"name": "staging"})
        name: str = self._call("POST", body)["result"]["namespace_name"]
        return name

    def list(self) -> int:
        """Fetch all namespaces, and give their number."""
        return len(self._call("GET", None)["result"])

    def _call(self, method: str, body: str | None) -> Any:
        self._connection.request(method, self._path, body, _HEADERS)
        response = self._connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise RuntimeError(content)
        return json.loads(content)


class AsyncCaller:
    def __init__(self, base_url: str) -> None:
        self._host, self._path = _split(base_url)
        self._idle: list[tuple[StreamReader, StreamWriter]] = []

    async def create(self) -> str:
        from asyncio import open_connection

        host, _, port = self._host.partition(":")
        connection = (
            self._idle.pop() if self._idle else await open_connection(host, int(port))
        )
        content = await self._exchange(*connection, json.dumps({"name": "staging"}))
        self._idle.append(connection)
        name: str = json.loads(content)["result"]["namespace_name"]
        return name

    async def _exchange(
        self, reader: StreamReader, writer: StreamWriter, body: str
    ) -> bytes:
        fields = {**_HEADERS, "Host": self._host, "Content-Length": str(len(body))}
        lines = [f"{name}: {value}" for name, value in fields.items()]
        head = "\r\n".join([f"POST {self._path} HTTP/1.1", *lines, "", ""])
        writer.write((head + body).encode())
        status, *received = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
        headers = dict(line.lower().split(b": ", 1) for line in received if line)
        content = await reader.readexactly(int(headers[b"content-length"]))
        if b" 200 " not in status:
            raise RuntimeError(content)
        return content

    async def close(self) -> None:
        for _, writer in self._idle:
            writer.close()


def decoder_of(body: bytes) -> Callable[[], int]:
    """What decodes the body of a list, and gives the number of namespaces."""
    return lambda: len(json.loads(body)["result"])


def _split(base_url: str) -> tuple[str, str]:
    """The host, and the path of the namespaces."""
    host, _, path = base_url.removeprefix("http://").partition("/")
    return host, f"/{path}{_PATH}"
