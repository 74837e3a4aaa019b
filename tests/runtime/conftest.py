"""The server that the tests of the runtime talk to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from kinds_of_transport import KINDS
from scripted_server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        made = Server(listener.getsockname()[1])

        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                made.connections += 1
                threading.Thread(
                    target=made.serve, args=[connection], daemon=True
                ).start()

        threading.Thread(target=accept, daemon=True).start()
        yield made
        listener.shutdown(socket.SHUT_RDWR)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Any:
    """The class of each transport whose library is installed."""
    if request.param:
        pytest.importorskip(request.param)
    return KINDS[request.param]
