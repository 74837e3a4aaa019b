"""The asynchronous client, the groups, and names that are imported late."""

from __future__ import annotations

import asyncio
import contextvars
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sample_types import Cat, Client, get_pet_async
from scripted_server import Server, reply

import oasmith.runtime
from oasmith.runtime.async_client import BaseAsyncClient
from oasmith.runtime.errors import DeadlineExceeded
from oasmith.runtime.lazy import attach
from oasmith.runtime.with_response import with_response_async

CAT = reply(b'{"kind":"cat","name":"Tom"}')


def test_calls(server: Server) -> None:
    where = contextvars.ContextVar[str]("where")

    async def main() -> None:
        where.set("here")
        client = Client(base_url=server.url, token=lambda: where.get())
        async with BaseAsyncClient(client, max_concurrency=8) as sender:
            server.answers = [CAT] * 41
            cat = Cat(kind="cat", name="Tom")
            calls = [get_pet_async(sender, str(number)) for number in range(40)]
            assert await asyncio.gather(*calls) == [cat] * 40
            both = await with_response_async(get_pet_async, sender, "i", limit=1)
            assert (both.value, both.response.status) == (cat, 200)
        assert server.seen[0].headers["authorization"] == "Bearer here"
        assert server.connections <= 8

    asyncio.run(main())


def sleep(connection: socket.socket) -> None:
    time.sleep(0.6)


def test_cancelling_ends_a_call_at_once(server: Server) -> None:
    async def main() -> None:
        async with BaseAsyncClient(Client(base_url=server.url, timeout=1)) as sender:
            server.answers = [sleep]
            start = time.monotonic()
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(get_pet_async(sender, "i"), 0.1)
            assert time.monotonic() - start < 0.4

    asyncio.run(main())


def test_waiting_for_a_thread_counts(server: Server) -> None:
    async def main() -> None:
        client = Client(base_url=server.url, retries=0)
        async with BaseAsyncClient(client, max_concurrency=1) as sender:
            hasty = sender.with_options(timeout=0.3)
            server.answers = [sleep, sleep, sleep]
            start = time.monotonic()
            calls = [get_pet_async(hasty, "i") for _ in range(3)]
            results = await asyncio.gather(*calls, return_exceptions=True)
            assert all(isinstance(result, DeadlineExceeded) for result in results)
            assert time.monotonic() - start < 0.6

    asyncio.run(main())


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package as it is generated, with the runtime copied into it."""
    root = tmp_path / "lazypets"
    group = root / "pets"
    group.mkdir(parents=True)
    runtime = Path(oasmith.runtime.__file__).parent
    (root / "_runtime").mkdir()
    for path in runtime.glob("*.py"):
        (root / "_runtime" / path.name).write_bytes(path.read_bytes())
    (root / "__init__.py").write_text(
        "from ._runtime.lazy import attach\n"
        '__getattr__, __dir__ = attach(__name__, {"UNSET": "._runtime.unset"})\n'
    )
    (group / "__init__.py").write_text(
        "from .._runtime.group import AsyncGroup, Group\n"
        "class Pets(Group):\n    _operations = ('get_pet',)\n"
        "class AsyncPets(AsyncGroup):\n    _operations = ('get_pet',)\n"
    )
    (group / "get_pet.py").write_text(
        "def get_pet(client, id):\n    return client.send(id, 'sync')\n"
        "async def get_pet_async(client, id):\n"
        "    return await client.send(id, 'async')\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    return "lazypets"


class Sender:
    def send(self, *args: str) -> tuple[str, ...]:
        return args


class AsyncSender:
    async def send(self, *args: str) -> tuple[str, ...]:
        return args


def test_groups(package: str) -> None:
    from importlib import import_module

    module = import_module(f"{package}.pets")
    pets = module.Pets(Sender())
    assert "get_pet" in dir(pets) and f"{package}.pets.get_pet" not in sys.modules
    assert pets.get_pet("i") == pets.get_pet(id="i") == ("i", "sync")
    function = sys.modules[f"{package}.pets.get_pet"].get_pet
    assert pets.get_pet.__func__ is function
    assert asyncio.run(module.AsyncPets(AsyncSender()).get_pet("i")) == ("i", "async")
    with pytest.raises(AttributeError, match="'Pets' has no attribute 'put_pet'"):
        _ = pets.put_pet


def test_names_are_imported_when_they_are_used(package: str) -> None:
    program = f"""
import sys, {package}
print(sorted(name for name in sys.modules if name.startswith("{package}")))
print("UNSET" in dir({package}), {package}.UNSET, "dataclasses" in sys.modules)
import {package}._runtime.client
print([name for name in ("asyncio", "uuid", "decimal") if name in sys.modules])
"""
    folder = next(path for path in sys.path if (Path(path) / package).is_dir())
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    names = [package, f"{package}._runtime", f"{package}._runtime.lazy"]
    assert done.stdout.splitlines() == [str(names), "True Unset.UNSET False", "[]"]


def test_unknown_names() -> None:
    get, _ = attach("oasmith", {})
    with pytest.raises(AttributeError, match="module 'oasmith' has no attribute 'x'"):
        get("x")
