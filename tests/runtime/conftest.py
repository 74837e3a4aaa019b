"""The server that the tests of the runtime talk to."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from issuer import Issuer, Sender
from kinds_of_transport import KINDS
from scripted_server import Server

from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.client import BaseClient


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


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    threads = {each.name for each in threading.enumerate()}
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        made = Issuer(listener.getsockname()[1])

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(
                        target=made.serve, args=[connection], name="served", daemon=True
                    ).start()

        threading.Thread(target=accept, name="served", daemon=True).start()
        yield made
        listener.shutdown(socket.SHUT_RDWR)
    end = time.monotonic() + 3
    while left := {e.name for e in threading.enumerate()} - threads - {"served"}:
        assert time.monotonic() < end, left
        time.sleep(0.01)


@pytest.fixture(params=["threads", "httpx2", "aiohttp"])
def sender(request: pytest.FixtureRequest) -> Sender:
    """Makes a client that awaits."""

    def make(client: BaseClient, **more: Any) -> BaseAsyncClient:
        if request.param == "threads":
            return BaseAsyncClient(client, **more)
        made = KINDS[request.param](proxy="")
        return BaseAsyncClient(client, transport=made, **more)

    if request.param != "threads":
        pytest.importorskip(request.param)
    return make
