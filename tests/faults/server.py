"""The server: a port for each fault, and a count of what arrived there.

It runs in a process of its own, so that nothing of it is measured. usage: python -m
tests.faults.server; it prints the ports, and answers "take NAME" with how many requests
arrived since that was asked.
"""

from __future__ import annotations

import json
import socket
import ssl
import struct
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from .fault import Answer, Close, Fault, ForEver, Reset, Send, Wait
from .faults import FAULTS

PEM = Path(__file__).parents[1] / "runtime" / "localhost.pem"


class _Ended(Exception):
    """The connection is closed, on purpose."""


@dataclass
class FaultyServer:
    fault: Fault
    listener: socket.socket
    requests: int = 0
    answered: int = 0

    def accept(self) -> None:
        with suppress(OSError):  # The listener is closed.
            while True:
                connection, _ = self.listener.accept()
                threading.Thread(
                    target=self.serve, args=[connection], daemon=True
                ).start()

    def serve(self, plain: socket.socket) -> None:
        with suppress(OSError, ValueError, _Ended), plain:
            connection = self.wrap(plain) if self.fault.with_tls else plain
            with connection:
                if self.fault.at_accept:
                    act(connection, self.next_answer())
                stream = connection.makefile("rb")
                while self.read(stream):
                    act(connection, self.next_answer())

    def wrap(self, plain: socket.socket) -> socket.socket:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(PEM)
        return context.wrap_socket(plain, server_side=True)

    def next_answer(self) -> Answer:
        answers = self.fault.answers
        answer = answers[min(self.answered, len(answers) - 1)]
        self.answered += 1
        return answer

    def read(self, stream: BufferedReader) -> bool:
        """Read a request; give whether there was one."""
        length = 0
        if not stream.readline():
            return False
        while line := stream.readline().strip():
            name, _, value = line.lower().partition(b":")
            if name == b"content-length":
                length = int(value)
        self.requests += 1
        if self.fault.reads_uploads:
            stream.read(length)
        return True

    def take(self) -> int:
        count = self.requests
        self.requests = self.answered = 0
        return count


def act(connection: socket.socket, answer: Answer) -> None:
    for each in answer:
        match each:
            case Send(data, times, pause):
                while times:
                    connection.sendall(data)
                    times = times if times == ForEver else times - 1
                    if pause:
                        time.sleep(pause)
            case Wait(seconds):
                time.sleep(seconds)
            case Close():
                raise _Ended
            case Reset():
                linger = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                raise _Ended


def start(fault: Fault) -> FaultyServer:
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    server = FaultyServer(fault, listener)
    if fault.place == "refused":
        # Nobody else gets the port, and nobody listens at it.
        listener.close()
        server.listener = socket.socket()
        server.listener.bind(("127.0.0.1", 0))
    else:
        threading.Thread(target=server.accept, daemon=True).start()
    return server


def main() -> None:
    servers = {fault.name: start(fault) for fault in FAULTS}
    ports = {name: each.listener.getsockname()[1] for name, each in servers.items()}
    print(json.dumps(ports), flush=True)
    for line in sys.stdin:
        print(servers[line.split()[1]].take(), flush=True)


if __name__ == "__main__":
    main()
