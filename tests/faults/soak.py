"""Many calls at once, for a long time, on one client and a server that resets some.

Each call asks for a number of its own and must get it back. Afterwards no socket and no
thread may be left, and memory may not have grown.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import random
import resource
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BufferedReader
from itertools import count
from pathlib import Path
from typing import Any

from oasmith.runtime.answers import read_json
from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.auth import Credentials
from oasmith.runtime.client import BaseClient
from oasmith.runtime.errors import ApiError, ConnectionFailed
from oasmith.runtime.operation import Operation
from oasmith.runtime.retry import RetryQuota
from oasmith.runtime.transport import HttpTransport
from oasmith.runtime.transports.aiohttp import AiohttpTransport
from oasmith.runtime.transports.httpx2 import Httpx2Transport
from oasmith.runtime.values import decode_int

THREADS = 8
COROUTINES = 200
ONE_IN = 20
"""How many connections there are to each one that is reset."""

TRANSPORTS = {
    "http": HttpTransport,
    "httpx2": Httpx2Transport,
    "aiohttp": AiohttpTransport,
}

_GET: Operation[int] = Operation(
    name="get_number",
    method="GET",
    path="/numbers/{number}",
    responses={"200": read_json(decode_int)},
)


@dataclass
class Tally:
    """What came of all calls."""

    right: int = 0
    mixed: int = 0
    """Answers that belong to another call."""

    failed: int = 0
    """Calls whose attempts were all reset."""

    other: list[str] = field(default_factory=list[str])
    """Errors that should not be."""

    def note(self, asked: int, got: int) -> None:
        self.right += got == asked
        self.mixed += got != asked

    def fail(self, error: ApiError) -> None:
        if isinstance(error, ConnectionFailed):
            self.failed += 1
        else:
            self.other.append(str(error))


@dataclass(frozen=True)
class Left:
    """What a process holds."""

    sockets: int
    threads: int
    mebibytes: float

    @staticmethod
    def now() -> Left:
        gc.collect()
        kinds = [_kind(name) for name in os.listdir("/proc/self/fd")]
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        size = pages * resource.getpagesize() / 2**20
        return Left(kinds.count("socket"), threading.active_count(), size)


@dataclass(frozen=True)
class Soak:
    tally: Tally
    before: Left
    after: Left
    seconds: float

    @property
    def problems(self) -> list[str]:
        tally, before, after = self.tally, self.before, self.after
        grown = after.mebibytes - before.mebibytes
        told = {
            f"{tally.mixed} mixed answers": tally.mixed,
            f"{len(tally.other)} errors, like {tally.other[:1]}": tally.other,
            # Three resets in a row: 1 in 8,000, and a few more when connections die.
            f"{tally.failed} of {tally.right} calls failed": (
                tally.failed > 2 + tally.right / 1000
            ),
            f"only {tally.right} calls": tally.right < 100 * self.seconds,
            f"{after.sockets - before.sockets} sockets left": (
                after.sockets > before.sockets
            ),
            f"{after.threads - before.threads} threads left": (
                after.threads > before.threads
            ),
            f"{grown:.1f} MiB grown": grown > 10,
        }
        return [problem for problem, holds in told.items() if holds]


def soak(name: str, seconds: float) -> Soak:
    """Call from all threads and all coroutines for so many seconds in all."""
    with _server() as port:
        _spend(name, port, 0.5, Tally())  # What is made once is no leak.
        before = Left.now()
        tally = Tally()
        _spend(name, port, seconds, tally)
        return Soak(tally, before, Left.now(), seconds)


def _spend(name: str, port: int, seconds: float, tally: Tally) -> None:
    transport: Any = TRANSPORTS[name](proxy="")
    client = _client(port, transport)
    work = _Work(client, transport, time.monotonic() + seconds, tally)
    threads = [threading.Thread(target=work.block) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    asyncio.run(work.spread())
    for thread in threads:
        thread.join()
    client.close()
    # The threads of a closed client end by themselves.
    end = time.monotonic() + 5
    while time.monotonic() < end and any(
        thread.name.startswith("oasmith") for thread in threading.enumerate()
    ):
        time.sleep(0.01)


class _Work:
    """What threads and coroutines do with one client until the time is over."""

    def __init__(
        self, client: BaseClient, transport: Any, end: float, tally: Tally
    ) -> None:
        self._client = client
        self._transport = transport
        self._end = end
        self._tally = tally
        self._lock = threading.Lock()
        self._numbers = count()

    def block(self) -> None:
        while time.monotonic() < self._end:
            number = next(self._numbers)
            try:
                got = self._client.send(_GET, _GET.request({"number": number}))
            except ApiError as error:
                self._fail(error)
            else:
                self._note(number, got)

    async def spread(self) -> None:
        async with BaseAsyncClient(self._client, transport=self._transport) as sender:
            await asyncio.gather(*(self._await(sender) for _ in range(COROUTINES)))

    async def _await(self, sender: BaseAsyncClient) -> None:
        while time.monotonic() < self._end:
            number = next(self._numbers)
            request = _GET.request({"number": number})
            try:
                if number % 50:
                    self._note(number, await sender.send(_GET, request))
                else:
                    # Some are cancelled, wherever they are.
                    with suppress(TimeoutError):
                        late = random.uniform(0, 0.01)
                        await asyncio.wait_for(sender.send(_GET, request), late)
            except ApiError as error:
                self._fail(error)

    def _note(self, asked: int, got: int) -> None:
        with self._lock:
            self._tally.note(asked, got)

    def _fail(self, error: ApiError) -> None:
        with self._lock:
            self._tally.fail(error)


class _NoQuota(RetryQuota):
    """The quota is for outages; here resets are the rule, and all have to be met."""

    def take(self) -> bool:
        return True


def _client(port: int, transport: Any) -> BaseClient:
    client = BaseClient(
        Credentials({}, {}),
        base_url=f"http://127.0.0.1:{port}",
        default_base_url="",
        transport=transport,
    )
    client._quota = _NoQuota()
    return client


@contextmanager
def _server() -> Iterator[int]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.soak"],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


def _kind(descriptor: str) -> str:
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}").partition(":")[0]
    except OSError:
        return ""


def _serve(connection: socket.socket) -> None:
    """Answer with the number of the path, and reset one request in twenty."""
    with suppress(OSError), connection:
        stream: BufferedReader = connection.makefile("rb")
        while line := stream.readline():
            while stream.readline().strip():
                pass
            number = line.split()[1].rpartition(b"/")[2]
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(number)}\r\n\r\n"
            answer = head.encode() + number
            if random.random() < 1 / ONE_IN:
                linger = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                connection.sendall(answer[: random.randrange(len(answer))])
                return
            connection.sendall(answer)


def _main() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        print(json.dumps(listener.getsockname()[1]), flush=True)
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=_serve, args=[connection], daemon=True).start()


if __name__ == "__main__":
    _main()
