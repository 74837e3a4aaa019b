"""Variables of the first server's URL are arguments, and change only their own part."""

from __future__ import annotations

import asyncio
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest
from loopback import LoopbackServer, Received


class Refused(Exception):
    """Names the URL that was asked for."""


class Refusing:
    """A transport that sends nothing."""

    def send(self, request: Any, deadline: object) -> object:
        raise Refused(request.url)

    def close(self) -> None: ...


def asked(package: ModuleType, name: str = "list_pets", **variables: Any) -> str:
    client = package.Client(transport=Refusing(), version="1", **variables)
    with pytest.raises(Refused) as caught:
        getattr(client.pets, name)()
    return str(caught.value)


def at(server: LoopbackServer) -> dict[str, str]:
    port = str(urlsplit(server.url).port)
    return {"scheme": "http", "region": "127", "domain": ".0.0.1", "port": port}


def arrived(server: LoopbackServer) -> tuple[Received, str]:
    seen = server.last
    return seen, seen.headers["host"]


def test_the_defaults_are_used(package: ModuleType) -> None:
    url = "https://eu.example.org:8443/api/pets/v1/pets"
    assert asked(package) == url


@pytest.mark.parametrize(
    ("variables", "url"),
    [
        ({"region": "us"}, "https://us.example.org:8443/api/pets/v1/pets"),
        (
            {"domain": "-2.example.com"},
            "https://eu-2.example.com:8443/api/pets/v1/pets",
        ),
        (
            {"base_path": "{version}"},
            "https://eu.example.org:8443/%7Bversion%7D/v1/pets",
        ),
        ({"version_": "2 beta"}, "https://eu.example.org:8443/api/pets/v2%20beta/pets"),
    ],
)
def test_each_changes_its_part(
    package: ModuleType, variables: dict[str, str], url: str
) -> None:
    assert asked(package, **variables) == url


def test_a_path_is_percent_encoded_and_keeps_its_segments(package: ModuleType) -> None:
    url = asked(package, base_path="a b/ü?#%2F")
    assert url == "https://eu.example.org:8443/a%20b/%C3%BC%3F%23%252F/v1/pets"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("region", "asia"),
        ("scheme", "file"),
        *(("domain", text) for text in ("/x", "@x", "?x", "#x", ":1", "", "ü", "x y")),
        *(("port", text) for text in ("", "80/x", "80@x", "-1", 80, "٣")),
        *(("base_path", text) for text in ("..", "a/../b", "./a", 7)),
        ("version_", "3"),
    ],
)
def test_what_would_change_another_part_is_refused(
    package: ModuleType, name: str, value: object
) -> None:
    with pytest.raises(package.InvalidArgument, match=f"^{name} must"):
        package.Client(**{name: value})


def test_they_arrive(package: ModuleType, server: LoopbackServer) -> None:
    server.answer_bytes(b"", None, 204)
    with package.Client(**at(server), base_path="x", version="k") as client:
        client.pets.list_pets()
    seen, host = arrived(server)
    assert seen.line == "GET /x/v1/pets"
    assert host == f"127.0.0.1:{urlsplit(server.url).port}"
    assert seen.headers["x-version"] == "k"


def test_they_arrive_from_the_asynchronous_client(
    package: ModuleType, server: LoopbackServer
) -> None:
    async def call() -> None:
        async with package.AsyncClient(**at(server), version="k") as client:
            await client.pets.list_pets()

    server.answer_bytes(b"", None, 204)
    asyncio.run(call())
    seen, host = arrived(server)
    assert (seen.line, host.partition(":")[0]) == (
        "GET /api/pets/v1/pets",
        "127.0.0.1",
    )


def test_a_base_url_goes_before_all(
    package: ModuleType, server: LoopbackServer
) -> None:
    for _ in range(3):
        server.answer_bytes(b"", None, 204)
    with package.Client(base_url=server.url, region="us", version="k") as client:
        client.pets.list_pets()
        client.pets.list_files()
        client.pets.add_file()
    lines = [seen.line for seen in server.received]
    assert lines == ["GET /pets", "GET /files", "POST /files"]


def test_an_operation_with_servers_of_its_own_keeps_their_defaults(
    package: ModuleType,
) -> None:
    url = asked(package, "list_files", region="us")
    assert url == "https://eu.files.example.org/files"
    # Of this one's own server a part is not known.
    assert asked(package, "add_file", region="us").startswith("https://us.example.org:")
