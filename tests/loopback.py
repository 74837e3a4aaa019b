"""A server on the loopback interface: it records requests, and answers as told."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Received:
    """A request as it arrived; header names are in lower case."""

    line: str
    """Method and target: "GET /pets?limit=10"."""

    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass(frozen=True)
class _Answer:
    status: int
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class LoopbackServer:
    """Gives the queued answers in turn; with none left it answers with 599."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        """Listen by http, or by https with settings for TLS."""
        self._scheme = "http" if tls is None else "https"
        self.received: list[Received] = []
        self._answers: list[_Answer] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        if tls is not None:
            listening = self._server.socket
            self._server.socket = tls.wrap_socket(listening, server_side=True)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=[0.01], daemon=True
        )

    @property
    def url(self) -> str:
        host = "127.0.0.1" if self._scheme == "http" else "localhost"
        return f"{self._scheme}://{host}:{self._server.server_port}"

    @property
    def last(self) -> Received:
        return self.received[-1]

    def answer(self, data: object, status: int = 200, **headers: str) -> None:
        """Queue an answer in JSON, with further headers."""
        content = json.dumps(data).encode()
        self.answer_bytes(content, "application/json", status, headers)

    def answer_bytes(
        self,
        content: bytes,
        content_type: str | None,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        typed = {} if content_type is None else {"Content-Type": content_type}
        self._answers.append(_Answer(status, content, {**typed, **(headers or {})}))

    def forget(self) -> None:
        """Drop what was received, and the answers that nobody asked for."""
        self.received.clear()
        self._answers.clear()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _make_handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                content = self.read_content()
                headers = {name.lower(): text for name, text in self.headers.items()}
                # As it was sent: the path of the handler has leading slashes made one.
                line = self.requestline.removesuffix(" HTTP/1.1")
                outer.received.append(Received(line, headers, content))
                self.give(
                    outer._answers.pop(0) if outer._answers else _Answer(599, b"")
                )

            do_GET = do_PUT = do_POST = do_DELETE = do_PATCH = handle_any
            do_OPTIONS = do_HEAD = do_TRACE = handle_any

            def read_content(self) -> bytes:
                if self.headers.get("Transfer-Encoding") != "chunked":
                    length = int(self.headers.get("Content-Length", 0))
                    return self.rfile.read(length)
                content = b""
                while size := int(self.rfile.readline(), 16):
                    content += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return content

            def give(self, answer: _Answer) -> None:
                self.send_response(answer.status)
                for name, text in answer.headers.items():
                    self.send_header(name, text)
                if answer.status != 204:
                    self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler
