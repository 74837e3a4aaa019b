"""A server that gives access tokens, and who asks it."""

from __future__ import annotations

import asyncio
import gc
import json
import socket
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from calling import CAT, SECRET, operation
from scripted_server import Server, reply

from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.oauth2 import OAuth2

OP = operation(security=(("token",),))

Sender = Callable[..., BaseAsyncClient]


@dataclass
class Issuer(Server):
    """Gives tokens to who asks for them, and answers all else by the token in it."""

    gives: Callable[[int, socket.socket], bytes | None] = lambda count, connection: None
    """What is sent for the first, second, ... token, where that is not a token."""

    asked: int = 0
    lock: Any = field(default_factory=threading.Lock)

    def serve(self, plain: socket.socket) -> None:
        with suppress(OSError, ValueError), plain:
            stream = plain.makefile("rb")
            while line := stream.readline():
                seen = self.read(line.decode(), stream)
                self.seen.append(seen)
                if seen.target.endswith("/token"):
                    with self.lock:
                        self.asked += 1
                        count = self.asked
                    told = {"access_token": f"t{count}", "expires_in": 3600}
                    answer = self.gives(count, plain) or reply(
                        json.dumps(told).encode()
                    )
                else:
                    answer = CAT if "authorization" in seen.headers else reply(b"", 403)
                plain.sendall(answer)


def slowly(seconds: float) -> Callable[[int, socket.socket], bytes | None]:
    """Let the first who asks wait."""

    def give(count: int, connection: socket.socket) -> None:
        if count == 1:
            time.sleep(seconds)

    return give


def until(release: threading.Event) -> Callable[[int, socket.socket], bytes | None]:
    """Let the first who asks wait for something."""

    def give(count: int, connection: socket.socket) -> None:
        if count == 1:
            release.wait(5)

    return give


def credential(issuer: Issuer, **settings: Any) -> OAuth2:
    return OAuth2(f"{issuer.url}/token", "me", SECRET, **settings)


class Loop:
    """Runs what is awaited, and notes what asyncio complains of."""

    def __init__(self) -> None:
        self.complaints: list[dict[str, Any]] = []

    def run(self, main: Callable[[], Awaitable[Any]]) -> Any:
        async def watched() -> Any:
            loop = asyncio.get_running_loop()
            loop.set_exception_handler(lambda _, told: self.complaints.append(told))
            return await main()

        result = asyncio.run(watched())
        gc.collect()
        assert not self.complaints
        return result


async def send(sender: BaseAsyncClient) -> Any:
    """Make a call that needs a token."""
    return (await sender.send(OP, OP.request({"id": 1})))["name"]
