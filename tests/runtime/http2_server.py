"""A server that speaks HTTP/2 over TLS, and nothing else."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, Event, RequestReceived, StreamEnded


@dataclass
class Http2Seen:
    headers: dict[str, str]
    content: bytes = b""


@dataclass
class Http2Server:
    pem: Path
    seen: list[Http2Seen] = field(default_factory=list[Http2Seen])
    connections: int = 0

    def __enter__(self) -> Self:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def accept(self) -> None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.pem)
        context.set_alpn_protocols(["h2"])
        with suppress(OSError):
            while True:
                plain, _ = self.listener.accept()
                self.connections += 1
                with suppress(OSError), plain:
                    self.serve(context.wrap_socket(plain, server_side=True))

    def serve(self, secure: ssl.SSLSocket) -> None:
        with secure:
            if secure.selected_alpn_protocol() != "h2":
                return
            connection = H2Connection(H2Configuration(client_side=False))
            connection.initiate_connection()
            secure.sendall(connection.data_to_send())
            while data := secure.recv(65536):
                for event in connection.receive_data(data):
                    self.take(connection, event)
                secure.sendall(connection.data_to_send())

    def take(self, connection: H2Connection, event: Event) -> None:
        match event:
            case RequestReceived(headers=headers):
                told = {name.decode(): value.decode() for name, value in headers or ()}
                self.seen.append(Http2Seen(told))
            case DataReceived(data=data, flow_controlled_length=length):
                self.seen[-1].content += data or b""
                assert event.stream_id is not None and length is not None
                connection.acknowledge_received_data(length, event.stream_id)
            case StreamEnded(stream_id=stream) if stream is not None:
                connection.send_headers(stream, [(":status", "200")])
                connection.send_data(stream, b"over HTTP/2", end_stream=True)
            case _:
                pass
