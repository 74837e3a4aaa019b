"""A server on the loopback interface that answers with the bytes that a test gives."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from io import BufferedReader

Answer = bytes | Callable[[socket.socket], None]


@dataclass
class Seen:
    """A request as it arrived."""

    line: str
    headers: dict[str, str]
    content: bytes

    @property
    def target(self) -> str:
        return self.line.split(" ")[1]


@dataclass
class Server:
    """Answers in turn; after the last answer it hangs up on whoever asks."""

    port: int
    answers: list[Answer] = field(default_factory=list[Answer])
    seen: list[Seen] = field(default_factory=list[Seen])
    connections: int = 0
    wrap: Callable[[socket.socket], socket.socket] = lambda connection: connection

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def serve(self, plain: socket.socket) -> None:
        # Whatever goes wrong in here shows in what the client sees.
        with suppress(OSError, ValueError), plain, self.wrap(plain) as connection:
            stream = connection.makefile("rb")
            while line := stream.readline():
                self.seen.append(self.read(line.decode(), stream))
                if not self.answers:
                    break
                answer = self.answers.pop(0)
                if callable(answer):
                    answer(connection)
                    break
                connection.sendall(answer)
            connection.shutdown(socket.SHUT_RDWR)

    def read(self, line: str, stream: BufferedReader) -> Seen:
        headers: dict[str, str] = {}
        while head := stream.readline().decode("latin-1").strip():
            name, _, value = head.partition(":")
            headers[name.lower()] = value.strip()
        if headers.get("transfer-encoding") == "chunked":
            content = read_chunks(stream)
        else:
            content = stream.read(int(headers.get("content-length", 0)))
        return Seen(line.strip(), headers, content)


def read_chunks(stream: BufferedReader) -> bytes:
    content = b""
    while size := int(stream.readline(), 16):
        content += stream.read(size)
        assert stream.readline() == b"\r\n"
    assert stream.readline() == b"\r\n"
    return content


def reply(
    content: bytes = b"", status: int = 200, headers: dict[str, str] | None = None
) -> bytes:
    fields = {"Content-Length": str(len(content)), **(headers or {})}
    lines = [f"{name}: {value}" for name, value in fields.items()]
    return "\r\n".join([f"HTTP/1.1 {status} Told", *lines, "", ""]).encode() + content
